"""Wording of all that is published (GK951–GK955): names, spelling, offices, what is unfinished, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gkdir.finding import Place, Severity
from gkdir.model.county import County, Overlay
from gkdir.model.project import Project
from gkdir.read.published import PublishedText, PublishedTexts, template_texts
from gkdir.rules.blank import says_nothing
from gkdir.rules.calendar import misdated
from gkdir.rules.columns import INSPECTION
from gkdir.rules.lexicon import Lexicon, Miswritten
from gkdir.rules.rule import Context, Fault, Rule, rule

_WORDING = f"{INSPECTION}：严重表述错误属于单项否决，错别字扣分"

_UNIT = "人民政府|局|委|厅|办|县|市|区|乡|镇|村|街道|社区|部门|单位|科|股|公司|同志|年|月|日|元|万元|号|分局|中心|工作"
_X = "[xXｘＸ×╳]"
_NAMED = "(?:联系人|电话|姓名|地址|负责人)"
_PROMISED = (
    "敬请期待|待补充|待补录|待完善|待添加|待录入|待填写|此处填写|此处插入|此处添加|在此填写|在此输入|单击此处|点击此处输入"
    "|(?:内容|页面|栏目|网页|网站)(?:正在)?(?:建设|整理|完善|更新|编辑)中"
)
_WILL_COME = re.compile(_PROMISED)
"""What is no blank in an office file either, where 20××年 and 某某公司 are."""
_UNFINISHED = re.compile(
    "|".join(
        (
            _PROMISED,
            "[（(](?:此处|以下|内容)?(?:略|待定|待填|待补|待核实|待更新|暂缺|暂无|空缺?)[)）]",
            r"暂无(?:内容|数据|信息|资料)(?=[。！!\s\"']|\Z)|TODO|(?<![A-Za-z])TBD(?![A-Za-z])",
            "标题测试|测试(?:标题|文章|内容|页面)|某某(?=局|县|市|区|镇|乡|部门|单位|人民政府|街道|公司)",
            rf"(?<![\dA-Za-z@./_-]){_X}{{2,}}(?={_UNIT})",
            r"(?<![\dA-Za-z@./_*×-])[xXｘＸ]{3,}(?![\dA-Za-z./_*-])",
            rf"(?:电话|联系人|地址|网址|邮箱|时间|金额)[:：][ ]?{_X}{{2,}}(?![\d*])",
            rf"20{_X}{{2}}年?|〔20(?:{_X}|_){{1,2}}〕",
            r"(?<![*＊])[*＊]{3,}(?=局|委|办|县|市|区|镇|乡|街道)(?![^*\n]*\*{3})",
            rf"{_NAMED}[:：][ ]?(?:某某|[*＊]{{3,}})",
            r"(?:测试){2,}|这是(?:一[条个篇段])?测试|您的(?:标题|内容|文字)在这里|点击(?:这里|此处)(?:输入|添加|编辑)",
            r"(?i:lorem ipsum)|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|\[object Object\]",
            r"(?<![A-Za-z.])(?:undefined|NaN)(?![A-Za-z])|(?<=[\u4e00-\u9fff])null|null(?=[\u4e00-\u9fff])",
            r"\$\{[\w. ]{1,40}\}|\{\{[^{}\n]{1,60}\}\}|(?<!\d)0{3,4}[-—]0{6,8}(?!\d)",
            r"(?<!\d)(?:1900[-/年]0?1[-/月]0{1,2}|1899[-/年]12[-/月]3[01])(?!\d)",
            r"如下[:：](?:…+|[.。]{3,})|[?？]{3,}|(?<![_＿])[_＿]{3,}(?![_＿]*\d)",
        )
    )
)
"""What is left where something was to be filled in, wherever it stands."""
_NOTHING = "略|待定|待补|待填|待公布|测试|暂缺|不详|test|同上|xx|xxx|xxxx|×|××|×××|无内容"
_ALL_OF_IT = re.compile(
    rf"^[ ]*(?:(?:标题|摘要):[ ]+)?[\"'（(]?({_NOTHING})[\"'）)]?[。！!]?[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line, or the value of a key, that holds nothing else."""
_ANY = (
    *(
        "敬请",
        "待补",
        "待完",
        "待添",
        "待录",
        "待填",
        "待定",
        "待核",
        "待更",
        "此处",
        "在此",
        "略)",
        "略）",
        "暂无",
        "暂缺",
        "空)",
    ),
    *(
        "建设中",
        "整理中",
        "完善中",
        "更新中",
        "编辑中",
        "空）",
        "空缺",
        "TODO",
        "TBD",
        "测试",
        "某某",
        "如下",
        "???",
        "？？？",
    ),
    *("xx", "xX", "Xx", "XX", "ｘｘ", "ＸＸ", "××", "╳╳", "___", "＿＿＿", "〔20", "***", "＊＊＊", "您的", "点击"),
    *("orem ipsum", "#", "[object", "undefined", "NaN", "null", "${", "{{", "000-0", "0000—0", "1900", "1899"),
)
"""One of these is in every such text: looking for them is quicker by far."""
_BLANKS = ("_", "＿")


@rule("GK951", "grave-wording", "国名、地名或者机关的名称有严重错误", on=Miswritten, cite=_WORDING)
def grave_wording(miswritten: Miswritten, context: Context) -> Iterator[Fault]:
    """要发布的文字里，国家、党政机关、港澳台和民族地方的名称写错了，或者表述有严重错误。

    ## 为什么
    这一类错误在网站检查里发现一处就是单项否决。写法在 national/wording.yaml 里，各县可以另写自己的 wording.yaml。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 按中华人民共合国的法律当场告知
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 按中华人民共和国的法律当场告知
    ```
    """
    return _told(miswritten, "国名地名", context)


@rule("GK952", "misspelling", "有错别字", on=Miswritten, severity=Severity.WARNING, cite=_WORDING)
def misspelling(miswritten: Miswritten, context: Context) -> Iterator[Fault]:
    """要发布的文字里有错别字：标题、正文、表格、机构的说明、文件的名称都看。

    ## 为什么
    错别字是网站检查里最常见的问题。只收一定写错的写法：“台风登陆”“帐篷”不算；没有错的，用“允许”写明理由。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 登陆网站查看
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 登录网站查看
    ```
    """
    return _told(miswritten, "错别字", context)


@rule(
    "GK953", "renamed-office", "写到了已经更名或者撤销的机构", on=Miswritten, severity=Severity.WARNING, cite=_WORDING
)
def renamed_office(miswritten: Miswritten, context: Context) -> Iterator[Fault]:
    """要发布的文字里还让人去找已经更名、合并或者撤销的机构。

    ## 为什么
    照着去的人找不到门。文件的名称、说明它原来叫什么的话，不算；本地确实还叫这个名称的，用“允许”写明理由。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 到县国税局领取
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 到县税务局领取
    ```
    """
    return _told(miswritten, "机构", context)


@rule("GK954", "unfinished-text", "内容没有写完", on=PublishedTexts, severity=Severity.WARNING, cite=INSPECTION)
def unfinished_text(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """文章、表格、机构的说明或者文件的名称里，还留着“待补充”“敬请期待”“XX局”。办事指南里的由 GK612 说。

    ## 为什么
    没有写完的内容、空白的栏目，网站检查要扣分；群众看到的是没有人管。

    ## 错误
    ```yaml pages/faq/card.md
    标题: XX局怎么走
    日期: 2026-03-01
    ```

    ## 正确
    ```yaml pages/faq/card.md
    标题: 人社局怎么走
    日期: 2026-03-01
    ```
    """
    for text in published.texts:
        if text.part == "guides":
            continue
        for offset, words in holes(text):
            said = "、".join(f"“{word}”" for word in words)
            yield Fault(text.place(offset), f"像是没有写完：{said}", "请换成真实的内容；还没有内容的，先不要发布。")


@rule(
    "GK955",
    "misdated",
    "日期、时间不存在，或者和星期对不上",
    on=PublishedTexts,
    severity=Severity.WARNING,
    cite=_WORDING,
)
def misdated_text(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """要发布的文字里写着不存在的日期（11月31日）、时间（25:00），或者日期和写的星期对不上。

    ## 为什么
    群众会照着日子和钟点来。没有写年份的，按文章的日期推算是哪一年。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 周六照常办理
    日期: 2026-03-01
    正文: |
      2026年3月7日（星期日）上午9:00—12:60照常办理。
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 周六照常办理
    日期: 2026-03-01
    正文: |
      2026年3月7日（星期六）上午9:00—12:00照常办理。
    ```
    """
    for text in published.texts:
        by_line: dict[int | None, tuple[int, list[str]]] = {}
        for offset, message in misdated(text.text):
            by_line.setdefault(text.place(offset).line, (offset, []))[1].append(message)
        for offset, messages in by_line.values():
            yield Fault(text.place(offset), "；".join(dict.fromkeys(messages)), "请对照日历改正。")


def project_faults(project: Project) -> Iterator[tuple[Rule, Fault]]:
    """What is written wrong in the project's own templates, with the rule that says so."""
    texts = tuple(template_texts(project.folder))
    if texts:
        context = Context(project, County("", "", Overlay("", Place(""), name="", code="")), None, date.min)
        for miswritten in Lexicon(project.reference.wording).miswritten(texts):
            for each in (grave_wording, misspelling, renamed_office):
                yield from ((each, fault) for fault in each.judge(miswritten, context))


def _told(miswritten: Miswritten, kind: str, context: Context) -> Iterator[Fault]:
    place = miswritten.place
    if miswritten.kind == kind and not (place.line and context.troubled(place.file, place.line, place.line)):
        said = "；".join(
            f"“{word}”应为“{phrase.right}”{f'（{phrase.why}）' if phrase.why else ''}"
            for word, phrase in miswritten.words
        )
        yield Fault(miswritten.place, said, "请改正；没有写错的，用“允许”写明理由。")


def holes(text: PublishedText) -> Iterator[tuple[int, list[str]]]:
    """What is left to be filled in, line by line: where, and what."""
    found: dict[int | None, tuple[int, list[str]]] = {}
    if any(sign in text.text for sign in _ANY):
        for match in _UNFINISHED.finditer(text.text):
            if text.part in ("forms", "name") and match[0][0] in _BLANKS:
                continue  # a blank to be filled in is what a form is for
            if not text.lined and not _WILL_COME.match(match[0]):
                continue
            keyed = text.lined and text.part not in ("pages", "name")
            if keyed and says_nothing(text.line(match.start()).partition(":")[2]):
                continue  # reading has reported that it is empty
            line = text.place(match.start()).line
            found.setdefault(line, (match.start(), []))[1].append(match[0])
    if text.part == "pages" and any(sign in text.text.lower() for sign in _NOTHING.split("|")):
        for match in _ALL_OF_IT.finditer(text.text):
            found.setdefault(text.place(match.start(1)).line, (match.start(1), []))[1].append(match[1])
    for offset, words in found.values():
        yield offset, list(dict.fromkeys(words))
