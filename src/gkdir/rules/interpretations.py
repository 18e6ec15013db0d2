"""Policies, interpretations and questions (GK726–GK730): linked to each other, and easy to understand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.article import Article
from gkdir.rules.rule import Context, Fault, rule

JOINED = "关于全面推进政务公开工作的意见：政策解读与政策文件同步公开；解读形式多样，用图表、问答等群众看得懂的形式"

_ABOVE = re.compile(r"国务院|主席令|国令|国[发办函]|[部厅委]令|人社[部厅]|财[社综税]")
"""National organs in the number of a document; they publish the interpretation themselves."""
_NO_POLICY = re.compile(r"通知书|公示|公告\Z|名单|批复|任免|人事|招聘|复函")
_SHOWN = re.compile(r"^\s*\|.*\|\s*$|!\[|<table\b|^#{2,4}.*[?？]\s*$|^\W{0,4}(?:问|答|Q|A)\s*[：:]", re.MULTILINE)
"""A table, a picture, or questions and answers."""
_NAMED = re.compile(r"《([^《》\n]{3,120})》")
_TITLE_ASKS = re.compile("[?？]|问答|一图|图解|图说|视频")


@rule(
    "GK726", "policy-without-interpretation", "政策文件没有解读", on=Article,
    severity=Severity.INFO, cite=JOINED, requirement="R4.2a",
)  # fmt: skip
def policy_without_interpretation(article: Article, context: Context) -> Iterator[Fault]:
    """本县自己发的政策文件，没有哪一篇政策解读讲它。

    ## 为什么
    文件是给机关看的，群众看不懂跟自己有什么关系。国家和省里的文件由发文机关解读，可以不写。已经失效的不提。

    ## 错误
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```

    ## 正确
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    解读: [interpretations/rules]
    ```
    ```yaml pages/interpretations/rules.md
    标题: 《公共就业服务办法》讲了什么
    日期: 2026-03-01
    正文: |
      ## 目的
      少跑路。
      ## 作用
      村里也能办。
      ## 要求
      | 谁 | 带什么 |
      |---|---|
      | 本人 | 身份证 |
      ## 与切身利益的关系
      不收费。
    ```
    """
    if article.kind != "policies" or article.expired(context.today) or not _own(article, context):
        return
    mine = _articles(context)
    replaced = any(one.supersedes(article) for one in mine if one.id != article.id)
    if not replaced and not any(one.kind == "interpretations" and one.joined(article) for one in mine):
        yield Fault(
            article.place,
            f"政策文件《{article.title}》没有解读",
            f"请在 pages/interpretations 里写一篇，开头写 对应文件: {article.id}。",
        )


@rule(
    "GK727", "interpretation-only-text", "解读只有文字", on=Article, severity=Severity.INFO, cite=JOINED
)  # fmt: skip
def interpretation_only_text(article: Article, _context: Context) -> Iterator[Fault]:
    """政策解读里没有表格、图片，也没有一问一答，从头到尾都是文字。

    ## 为什么
    只有文字的解读，网站检查时算形式单一，群众也看不下去。谁、带什么、多少钱，列一张表就清楚。

    ## 错误
    ```yaml pages/interpretations/rules.md
    标题: 《公共就业服务办法》讲了什么
    日期: 2026-03-01
    正文: |
      ## 目的
      少跑路。
      ## 作用
      村里也能办。
      ## 要求
      带身份证。
      ## 与切身利益的关系
      不收费。
    ```

    ## 正确
    ```yaml pages/interpretations/rules.md
    标题: 《公共就业服务办法》讲了什么
    日期: 2026-03-01
    正文: |
      ## 目的
      少跑路。
      ## 作用
      村里也能办。
      ## 要求
      | 谁 | 带什么 |
      |---|---|
      | 本人 | 身份证 |
      ## 与切身利益的关系
      不收费。
    ```
    """
    if article.kind != "interpretations" or not article.sections or _TITLE_ASKS.search(article.title):
        return
    pictured = any(file.picture for section in article.sections for file in section.files)
    asked = any(section.title.rstrip().endswith(("?", "？")) for section in article.sections)
    if not (pictured or asked or any(_SHOWN.search(section.markdown) for section in article.sections)):
        yield Fault(
            article.place,
            f"解读《{article.title}》只有文字",
            "请加一张表，或者一张图（图里的字也写出来），或者写成一问一答。",
        )


@rule(
    "GK728", "question-without-item", "常见问题没有写和哪个事项有关", on=Article,
    severity=Severity.INFO, requirement="R4.1b",
)  # fmt: skip
def question_without_item(article: Article, context: Context) -> Iterator[Fault]:
    """常见问题没有写“事项”。

    ## 为什么
    写了的，事项的页面上就有这一问，群众在办事的地方看得到；没有写的，只在常见问题里。

    ## 错误
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    ```

    ## 正确
    ```yaml pages/faq/card.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    事项: [social_insurance/9.6]
    ```
    """
    if article.kind == "faq" and not article.items and not context.troubled(article.place.file):
        likely = _likely(article, context)
        hint = (
            f"像是“{likely[1]}”，是的话请写 事项: [{likely[0]}]。" if likely else "请写 事项: [领域/编号]，可以写几个。"
        )
        yield Fault(article.place, f"常见问题“{article.title}”没有写和哪个事项有关", hint)


@rule(
    "GK729", "interpretation-of-nothing", "看不出解读的是哪份文件", on=Article,
    severity=Severity.WARNING, requirement="R4.2a",
)  # fmt: skip
def interpretation_of_nothing(article: Article, context: Context) -> Iterator[Fault]:
    """政策解读没有写“对应文件”，正文里也没有提到是哪份文件；或者提到的文件本站就有，却没有写“对应文件”。

    ## 为什么
    政策和解读要互相链接，网站检查时逐篇点开看。解读上级文件的，正文里写明文件的名称就行。

    ## 错误
    ```yaml pages/interpretations/rules.md
    标题: 一图读懂公共就业服务
    日期: 2026-03-01
    正文: |
      ## 目的
      少跑路。
      ## 作用
      | 谁 | 带什么 |
      |---|---|
      | 本人 | 身份证 |
      ## 要求
      带身份证。
      ## 与切身利益的关系
      不收费。
    ```

    ## 正确
    ```yaml pages/interpretations/rules.md
    标题: 一图读懂《公共就业服务办法》
    日期: 2026-03-01
    正文: |
      ## 目的
      少跑路。
      ## 作用
      | 谁 | 带什么 |
      |---|---|
      | 本人 | 身份证 |
      ## 要求
      带身份证。
      ## 与切身利益的关系
      不收费。
    ```
    """
    if article.kind != "interpretations" or article.policies or context.troubled(article.place.file):
        return
    policies = [one for one in _articles(context) if one.kind == "policies"]
    if any(article.joined(one) for one in policies):
        return
    text = _text(article)
    named = {_bare(name) for name in _NAMED.findall(text)}
    meant = next((one for one in policies if _bare(one.title) in named), None)
    if meant is not None:
        message = f"解读《{article.title}》讲的是本站的《{meant.title}》，没有写“对应文件”"
        yield Fault(article.place, message, f"请在开头写 对应文件: {meant.id}。")
    elif not named and not article.link:
        hint = "请在开头写 对应文件: policies/文件名；解读上级文件的，在正文里写明文件的名称。"
        yield Fault(article.place, f"解读《{article.title}》看不出讲的是哪份文件", hint)


@rule(
    "GK730", "crossed-articles", "文件和解读、新的和旧的对不上", on=Article,
    severity=Severity.WARNING, requirement="R4.2a",
)  # fmt: skip
def crossed_articles(article: Article, context: Context) -> Iterator[Fault]:
    """文件写的“解读”，那一篇写明讲的是别的文件；解读的日期早于它解读的文件，文章还没有发布就失效、废止、修改，代替别的文件的反而更早，或者几篇互相代替。

    ## 为什么
    日期或者篇名多半写错了。群众不知道哪一份算数，检查时也算前后矛盾。

    ## 错误
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    有效至: 2025-12-31
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```

    ## 正确
    ```yaml pages/policies/rules.md
    标题: 清源县公共就业服务办法
    日期: 2026-03-01
    有效至: 2030-12-31
    原文: "https://www.qingyuan.gov.cn/zcwj/5.html"
    ```
    """
    yield from _of_another(article, context)
    yield from _before_it_was_published(article)
    day_place = article.written["日期"].place if "日期" in article.written else article.place
    for other in _articles(context):
        if article.kind == "interpretations" and article.joined(other) and article.published < other.published:
            message = f"解读《{article.title}》（{article.published}）早于文件《{other.title}》（{other.published}）"
            yield Fault(day_place, message, "请核对两篇的日期，或者“对应文件”写的是不是这一篇。")
        elif article.supersedes(other) and article.id != other.id and article.published < other.published:
            message = f"《{article.title}》（{article.published}）代替的《{other.title}》（{other.published}）反而更晚"
            yield Fault(day_place, message, "请核对两篇的日期，或者是不是写反了。")
    if (article.replaces or article.replaced_by) and _circles(article, _articles(context)):
        message = f"《{article.title}》代替的文件，绕一圈又代替了它自己"
        yield Fault(article.place, message, "只能是新的代替旧的，请删去写反的一处。")


def _before_it_was_published(article: Article) -> Iterator[Fault]:
    """Faults of days on which an article ended or was changed before it was published."""
    days = [(key, day, article.place_of(key)) for key, day in (("有效至", article.until), ("废止", article.withdrawn))]
    days += [("修改", one.day, one.place) for one in article.revisions]
    for key, day, place in days:
        if day is not None and day < article.published:
            message = f"《{article.title}》{article.published}才发布，“{key}”写的是{day}"
            yield Fault(place, message, "请核对两个日期。")


def _of_another(policy: Article, context: Context) -> Iterator[Fault]:
    """Faults of interpretations that a policy names, but that are of another policy and do not mention this one."""
    every = {one.id: one for one in _articles(context)}
    for index, name in enumerate(policy.interpretations):
        other = every.get(name)
        if other is None or not other.policies or policy.id in other.policies or _mentions(other, policy):
            continue
        where = policy.written.get(f"解读.{index}") or policy.written.get("解读")
        yield Fault(
            where.place if where else policy.place,
            f"“解读”写的《{other.title}》，“对应文件”是 {'、'.join(other.policies)}，没有提到《{policy.title}》",
            f"请核对“解读”是不是写错了；那一篇也讲这份文件的，在它的“对应文件”里加上 {policy.id}。",
        )


def _mentions(article: Article, policy: Article) -> bool:
    """Whether an article mentions the policy, by its whole title or by the part that people quote."""
    text, title = _text(article), _bare(policy.title)
    return title in _bare(text) or any(_bare(name) in title for name in _NAMED.findall(text))


def _text(article: Article) -> str:
    return article.title + (article.summary or "") + "".join(section.markdown for section in article.sections)


def _circles(article: Article, every: tuple[Article, ...]) -> bool:
    """Whether an article replaces itself, directly or through others."""
    seen = {article.id}
    left = [article]
    while left:
        newer = left.pop()
        for older in every:
            if newer.supersedes(older) and older.id != newer.id:
                if older.id == article.id:
                    return True
                if older.id not in seen:
                    seen.add(older.id)
                    left.append(older)
    return False


def _articles(context: Context) -> tuple[Article, ...]:
    return tuple(one for files in (*context.county.inherited, context.county) for one in files.articles)


def _bare(title: str) -> str:
    """A title as people quote it: without punctuation, issuer and kind of document."""
    bare = re.sub(r"[\W_]+", "", title)
    return re.sub(r"的?通知\Z|^.{2,20}?关于印发", "", bare)


def _own(article: Article, context: Context) -> bool:
    """Whether one of the county's offices issued the article, by its document number and publisher."""
    if _ABOVE.search(article.number or "") or _NO_POLICY.search(article.title):
        return False
    source, overlay = article.source, context.county.overlay
    if source is None or source.startswith(("县", "区", "旗", "本")):
        return True
    names = [name for name in (overlay.name, overlay.short_name) if name]
    known = context.catalog is not None and context.catalog.organisation(source) is not None
    return known or any(name in source for name in names)


def _likely(article: Article, context: Context) -> tuple[str, str] | None:
    """(id, name) of the item with the longest name that the question contains; ``None`` if it contains none."""
    if context.catalog is None:
        return None
    text = article.title + "".join(section.markdown for section in article.sections)[:2_000]
    named = (
        (len(name), entry.item.id, name)
        for entry in context.catalog.entries()
        for name in (entry.alias, entry.item.name)
        if name and len(name) > 3 and (name in article.title or name in text)
    )
    found = max(named, default=None)
    return (found[1], found[2]) if found else None
