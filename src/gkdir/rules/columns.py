"""Columns of the website (GK71x): articles exist, are complete and current, and refer to existing items."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import County
from gkdir.model.dated import is_far_ahead
from gkdir.rules.blank import says_nothing
from gkdir.rules.rule import Context, Fault, rule

ASKED = ("policies", "notices", "faq")
"""The columns that the notice requires; the others are optional."""

HEADINGS = {"目的": "目的", "作用": "作用", "要求": "要求", "利益": "与切身利益的关系"}
"""A word that a heading of an interpretation must contain → the name of that part."""

OLD_ANSWER = 180
"""Days after which a response must be reviewed."""

FRESH = {"policies": 183, "notices": 183}
"""Column → days within which it needs a new article: half a year for these two, according to the inspection."""

INSPECTION = "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）"


@rule("GK711", "empty-column", "该有的栏目还没有内容", on=County, severity=Severity.INFO, requirement="R4.1b")
def empty_column(county: County, _context: Context) -> Iterator[Fault]:
    """政策文件、通知公告、常见问题三个栏目，有的一篇也没有。

    ## 为什么
    通知要求主动公开政策文件、通知公告、常见问题。空的栏目不会出现在网页上；已经放在政府网站别处的，可以不管这条提示。

    ## 错误
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    ```

    ## 正确
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    ```
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-01
    ```
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```
    """
    there = {article.kind for article in county.articles}
    unread = {trouble.place.file.rpartition("/")[0].rpartition("/")[2] for trouble in county.troubles}
    empty = [kind for kind in ASKED if kind not in there and kind not in unread]
    if empty:
        names = "、".join(ARTICLE_KINDS[kind] for kind in empty)
        folders = "、".join(f"pages/{kind}" for kind in empty)
        yield Fault(
            county.overlay.place, f"{names}还没有内容", f"请在 {folders} 里各放一篇；放在政府网站别处的可以不管。"
        )


@rule(
    "GK712", "half-interpretation", "解读没有讲全四个方面", on=Article, severity=Severity.WARNING, requirement="R4.2a"
)
def half_interpretation(article: Article, _context: Context) -> Iterator[Fault]:
    """政策解读没有写全目的、作用、要求、与切身利益的关系四个小标题。

    ## 为什么
    通知要求把目的、作用、要求以及与切身利益的关系讲清、讲透、讲明白。

    ## 错误
    ```yaml pages/interpretations/card.md
    标题: 《社会保障卡管理办法》讲了什么
    日期: 2026-03-01
    正文: |
      ## 目的
      一张卡办多件事。
    ```

    ## 正确
    ```yaml pages/interpretations/card.md
    标题: 《社会保障卡管理办法》讲了什么
    日期: 2026-03-01
    正文: |
      ## 目的
      一张卡办多件事。
      ## 作用
      看病、领养老金都用它。
      ## 要求
      要先激活。
      ## 与您的切身利益有什么关系
      少带几张卡，少跑几趟路。
    ```
    """
    if article.kind != "interpretations":
        return
    titles = [section.title for section in article.sections]
    missing = [name for word, name in HEADINGS.items() if not any(word in title for title in titles)]
    if missing:
        yield Fault(
            article.place,
            f"解读《{article.title}》没有写{'、'.join(f'“{name}”' for name in missing)}",
            f"请加上这些小标题（## {missing[0]}），每个下面写几句。",
        )


@rule("GK713", "old-response", "回应关切超过半年", on=Article, severity=Severity.INFO, requirement="R4.3a")
def old_response(article: Article, context: Context) -> Iterator[Fault]:
    """一篇回应关切发布已经超过 180 天。

    ## 为什么
    群众关心的事会变。请看看答复还对不对；不再适用的写上“有效至”，不要改日期。

    ## 错误
    ```yaml pages/responses/wages.md
    标题: 关于补贴发放时间的回应
    日期: 2025-06-01
    ```

    ## 正确
    ```yaml pages/responses/wages.md
    标题: 关于补贴发放时间的回应
    日期: 2026-03-01
    ```
    """
    age = (context.today - article.published).days
    if article.kind == "responses" and age > OLD_ANSWER and not article.expired(context.today):
        yield Fault(
            article.place_of("日期"),
            f"回应《{article.title}》发布已经 {age} 天",
            "请看看答复还对不对：有新情况的另写一篇，不再适用的写上“有效至”。不要改日期。",
        )


@rule("GK714", "no-result", "意见征集结束了没有公布结果", on=Article, severity=Severity.WARNING, requirement="R4.4c")
def no_result(article: Article, context: Context) -> Iterator[Fault]:
    """意见征集已经结束，没有写结果。

    ## 为什么
    提了意见没有下文，下次就没有人提了。

    ## 错误
    ```yaml pages/consultations/hours.md
    标题: 窗口周六是否开门
    日期: 2026-03-01
    截止: 2026-03-31
    ```

    ## 正确
    ```yaml pages/consultations/hours.md
    标题: 窗口周六是否开门
    日期: 2026-03-01
    截止: 2026-03-31
    结果: 收到意见12条，多数赞成，四月起周六上午开门。
    ```
    """
    if article.kind == "consultations" and article.closed(context.today) and says_nothing(article.result or ""):
        yield Fault(
            article.place_of(next((key for key in ("结果", "状态") if key in article.written), "截止")),
            f"意见征集《{article.title}》已经结束，没有写结果",
            "请写 结果: 收到多少意见，采纳了哪些，没有采纳的为什么。",
        )


@rule("GK715", "expired-urgent", "紧急通知已经过期", on=County, severity=Severity.INFO, requirement="R4.3b")
def expired_urgent(county: County, context: Context) -> Iterator[Fault]:
    """紧急通知过了截止日期。

    ## 为什么
    过期的紧急通知不再显示在网页上。事情还没有完的，要改截止日期；已经完的，删去它。

    ## 错误
    ```yaml county.yaml
    紧急通知: {内容: 因暴雨，窗口暂停办公, 截止: 2026-05-03}
    ```

    ## 正确
    ```yaml county.yaml
    紧急通知: {内容: 因暴雨，窗口暂停办公, 截止: 2026-06-03}
    ```
    """
    urgent = county.overlay.urgent
    if urgent is not None and urgent.until < context.today:
        yield Fault(
            urgent.until_place or urgent.place,
            f"紧急通知的截止日期 {urgent.until} 已经过了，网页上不再显示",
            "事情还没有完的，请改截止日期；已经完的，请删去紧急通知。",
        )


@rule(
    "GK716", "article-of-unknown-item", "文章写到的事项目录里没有", on=Article, severity=Severity.WARNING,
    requirement="R4.1b",
)  # fmt: skip
def article_of_unknown_item(article: Article, context: Context) -> Iterator[Fault]:
    """文章的“事项”写了一个本县目录里没有的编号。

    ## 为什么
    写错了编号，这篇文章就不会出现在那个事项的页面上。

    ## 错误
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    事项: [social_insurance/9.60]
    ```

    ## 正确
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    事项: [social_insurance/9.6]
    ```
    """
    for index, item in enumerate(article.items):
        if context.catalog is not None and not context.unsettled and context.catalog.entry(item) is None:
            yield Fault(
                article.place_of(f"事项.{index}"),
                f"本县目录里没有事项“{item}”",
                "请写成领域/编号，如 employment/4.1；没有列入的事项请删去。",
            )


@rule(
    "GK717", "article-date-ahead", "文章的日期在以后", on=Article, severity=Severity.WARNING,
    cite=f"{INSPECTION}：伪造发稿日期属于单项否决",
)  # fmt: skip
def article_date_ahead(article: Article, context: Context) -> Iterator[Fault]:
    """文章的日期是还没有到的日子。

    ## 为什么
    多半是年份写错了。伪造发稿日期在网站检查里属于单项否决。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2027-03-01
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-01
    ```
    """
    if article.published > context.today and not is_far_ahead(article.published, context.today):
        yield Fault(
            article.place_of("日期"),
            f"《{article.title}》的日期 {article.published} 还没有到",
            "请检查年月日是否写错；还没有到日子的，到那天再放进来。",
        )


@rule(
    "GK718", "policy-without-text", "政策文件只有名称没有内容", on=Article, severity=Severity.WARNING,
    cite=f"{INSPECTION}：政策文件仅有名称没有内容链接的扣分",
)  # fmt: skip
def policy_without_text(article: Article, _context: Context) -> Iterator[Fault]:
    """政策文件既没有原文的网址，也没有正文。

    ## 为什么
    只看得到名称，等于没有公开。

    ## 错误
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    ```

    ## 正确
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```
    """
    if article.kind == "policies" and not article.link and not article.sections:
        yield Fault(
            article.place,
            f"政策文件《{article.title}》没有原文的网址，也没有正文",
            "请写 原文: 网址，或者在第二行“---”下面写正文。",
        )


@rule(
    "GK725", "unjoined-interpretation", "对应的文件或者解读不存在", on=Article,
    severity=Severity.WARNING, requirement="R4.2a",
)  # fmt: skip
def unjoined_interpretation(article: Article, context: Context) -> Iterator[Fault]:
    """政策解读的“对应文件”、政策文件的“解读”、“代替”、“被代替”，写了一篇没有的、别的栏目的文章。

    ## 为什么
    政策和解读、新文件和旧文件要互相指到。写错了名称，两边的页面上都没有链接。

    ## 错误
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    解读: [interpretations/rule]
    ```

    ## 正确
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```
    """
    known = {one.id for files in (*context.county.inherited, context.county) for one in files.articles}
    for key, kind, names in (
        ("对应文件", "policies/", article.policies),
        ("解读", "interpretations/", article.interpretations),
        ("代替", "", article.replaces),
        ("被代替", "", (article.replaced_by,) if article.replaced_by else ()),
    ):
        for index, name in enumerate(names):
            if name not in known or name == article.id or not name.startswith(kind):
                folder = kind.rstrip("/") or article.kind
                wrong = "就是它自己" if name == article.id else "没有这一篇"
                if name in known and not name.startswith(kind):
                    wrong = f"不是{ARTICLE_KINDS[folder]}"
                where = article.written.get(f"{key}.{index}") or article.written.get(key)
                yield Fault(
                    where.place if where else article.place,
                    f"“{key}”写的“{name}”{wrong}",
                    f"请写文件夹和文件名，如 {folder}/rules；文章放在 pages/{folder} 里。",
                )
