"""Contradictions between different places of a county's files (GK631–GK639)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gkdir.finding import Place, Severity
from gkdir.model.county import County
from gkdir.model.guide import Guide
from gkdir.model.item import TimeLimit
from gkdir.model.reference import Workdays
from gkdir.read.published import PublishedTexts
from gkdir.read.timelimit import time_limit
from gkdir.rules.columns import INSPECTION
from gkdir.rules.guideparts import place
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.phones import digits
from gkdir.rules.rule import Context, Fault, rule

CITE = f"{INSPECTION}：办事指南要素内容不准确、相互矛盾的扣分"
_BEFORE = re.compile("申请|受理|收件|接件|取号|咨询|告知|预约")
"""Words for steps before the limit of handling begins."""
_WORK = re.compile("审[核批查定]|核[对实定]|办[结理]|完成|决定|作出|出具|认定")
_CLAUSE = re.compile("[，。；;,]")
_NOT_COUNTED = re.compile("公示|公告|鉴定|评审|专家|听证|检测|检验|送达|邮寄|发放|领取|补正|不计")
"""Words for steps that by law are not part of the limit of handling."""
ONLINE = ("网上", "掌上")
_DONE = re.compile("办[好结完]|审[核批查]完")
_SENTENCE = re.compile("[。；;\n]")
_ONLINE = re.compile("网上|线上|网办|在线|掌上|手机上|平台|系统")
_ORIGINALS = re.compile(
    "(?:到|去|前往|赴|至)[^，。；]{0,12}(?:窗口|现场|大厅|柜台|中心|局|所)[^，。；]{0,8}(?:交|验|核对|审核|递)"
    "|(?:邮寄|寄送|寄来|递交|提交|送交|补交|交验|核验|交回|报送)[^，。；]{0,8}(?:原件|纸质)|(?:原件|纸质)[^，。；]{0,12}(?:邮寄|寄|送|交)到?"
)
"""Demands to hand in originals, or to come with them."""
_EXCUSED = re.compile(
    "不[用再必须需交]|无[需须]|免[交于]|或者?到|也可|可以到|窗口办理的|现场办理的|不会上网|办不了|不便"
)
"""Exceptions for those who apply online."""
LOOSER = Verdict.LOOSER
_REMEDY = "请核对两处时限；依法不计入办理时限的环节，在说明里写明“不计入办理时限”。"
_TIMED = re.compile("[日天周月时]")
_ORDINARY = Workdays()
"""A calendar without holidays, so that they do not lengthen a promise: only weekends count."""
_SEVERAL = 5
"""The least guides for which identical limits suggest that nobody checked them."""
_MOST = 0.75
"""The share of the offices with a phone that counts as nearly all."""
_ITEM = "这一项"
_LEAST = 40
"""The least characters of a body that counts as a copy."""
_MOBILE = re.compile(
    r"(?:(?:手机|电话|联系方式|热线)[^\d，。；、\n]{0,8}|咨询[:：])"
    r"(1[3-9]\d{8}|1[3-9]\d{10,12}|1[3-9]\d([- ])\d{4}\2(?:\d{3}|\d{5,6}))(?![\d-]|[ ]\d{1,4}(?![\d-]))"
)
_LANDLINE = re.compile(
    r"(?:电话|热线|传真|联系方式)[^\d，。；、\n]{0,8}"
    r"((?:010|02\d|0[3-9]\d\d)[-—–－ ]?(?:[2-8]\d{0,5}|[2-9]\d{8,11})|0[3-9]\d[-—–－ ][2-8]\d{6,7})"
    r"(?![\dA-Za-z○〇*＊×—–－-])"
)
"""A landline with fewer than seven or more than eight digits after the area code, or with a digit missing in it."""
_PHONES = ("电话", "手机", "联系方式", "热线", "咨询", "传真")


@rule("GK631", "step-beyond-promise", "一个环节的时限比承诺时限长", on=Guide, severity=Severity.WARNING, cite=CITE)
def step_beyond_promise(guide: Guide, _context: Context) -> Iterator[Fault]:
    """办理流程里一个环节的时限，比整件事的承诺时限（没有承诺的，法定时限）还长；写在环节的说明里、正文里的、受理以后几个环节加起来的，也算。

    ## 为什么
    一步就要三十天，承诺一天办好就是假的。公示、鉴定一类依法不计入时限的环节，不比。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理流程:
      - {环节: 核对, 说明: 核对信息。, 时限: 30个工作日}
    办理时限: {承诺: 1个工作日}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理流程:
      - {环节: 核对, 说明: 核对信息。, 时限: 1个工作日}
    办理时限: {承诺: 1个工作日}
    ```
    """
    whole = guide.promised or guide.statutory
    if whole is None or whole.kind not in ("within", "immediate"):
        return
    longer = False
    for index, step in enumerate(guide.steps or ()):
        text = f"{step.name}{step.text or ''}{step.limit.text if step.limit else ''}"
        if step.limit is None or step.limit.kind != "within" or _NOT_COUNTED.search(text):
            continue
        if compare(step.limit, whole, _ORDINARY) is LOOSER:
            written = guide.written.get(f"办理流程.{index}.时限")
            yield Fault(
                written.place if written else step.place,
                f"环节“{step.name}”的时限“{step.limit.text}”比办理时限“{whole.text}”长",
                _REMEDY,
            )
            longer = True
    if not longer:
        yield from _worded_steps(guide, whole)
        yield from _worded_body(guide, whole)
        yield from _together(guide, whole)


def _worded_steps(guide: Guide, whole: TimeLimit) -> Iterator[Fault]:
    """Faults of steps whose explanation gives a longer time: 自受理之日起15个工作日内审核完毕."""
    for step in guide.steps or ():
        for clause in _CLAUSE.split(step.text or "") if _TIMED.search(step.text or "") else ():
            limit = time_limit(clause)
            if limit.kind != "within" or not _WORK.search(clause) or _NOT_COUNTED.search(f"{step.name}{step.text}"):
                continue
            if compare(replace(limit, anchor=None), replace(whole, anchor=None), _ORDINARY) is LOOSER:
                yield Fault(
                    step.place,
                    f"环节“{step.name}”的说明里“{clause.strip()}”比办理时限“{whole.text}”长",
                    _REMEDY,
                )


def _worded_body(guide: Guide, whole: TimeLimit) -> Iterator[Fault]:
    """Faults of sentences in the body that give a longer time: 交了材料，10个工作日内办好。"""
    for where, line in _body(guide):
        for clause in _CLAUSE.split(line) if _DONE.search(line) and not _NOT_COUNTED.search(line) else ():
            limit = time_limit(clause)
            if limit.kind != "within" or not _DONE.search(clause):
                continue
            if compare(replace(limit, anchor=None), replace(whole, anchor=None), _ORDINARY) is LOOSER:
                message = f"正文里“{clause.strip()[:60]}”比办理时限“{whole.text}”长"
                yield Fault(where, message, _REMEDY)


def _body(guide: Guide) -> Iterator[tuple[Place, str]]:
    """The lines below the headings, each with its place."""
    for section in guide.sections:
        for number, line in enumerate(section.markdown.splitlines(), section.line):
            yield Place(section.place.file, number, 1), line


def _together(guide: Guide, whole: TimeLimit) -> Iterator[Fault]:
    """The fault of steps that together take longer; only those in the same unit as the whole are added up."""
    limits = [
        step.limit
        for step in guide.steps or ()
        if step.limit and not _NOT_COUNTED.search(f"{step.name}{step.text or ''}") and not _BEFORE.search(step.name)
    ]
    counts = [limit.count or 0 for limit in limits if limit.kind == "within" and limit.unit == whole.unit]
    if whole.kind == "within" and len(counts) > 1 and sum(counts) > (whole.count or 0):
        yield Fault(
            place(guide, "办理时限"),
            f"受理以后的环节加起来是 {sum(counts)}，比办理时限“{whole.text}”长",
            _REMEDY,
        )


@rule(
    "GK632", "online-without-way", "写了全程网办却没有网上怎么办", on=Guide, severity=Severity.WARNING, cite=CITE
)  # fmt: skip
def online_without_way(guide: Guide, _context: Context) -> Iterator[Fault]:
    """网上办理深度写的是全程网办，办理方式里却没有网上或者掌上的途径。

    ## 为什么
    群众不知道在哪个网站、哪个手机应用上办，只能照旧跑窗口。

    ## 错误
    ```yaml guides/employment/4.1.md
    网上办理深度: 全程网办
    办理方式:
      - {窗口: 人社局}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    网上办理深度: 全程网办
    办理方式:
      - {窗口: 人社局}
      - {网上: "https://www.qingyuan.gov.cn/bsdt/"}
    ```
    """
    ways = guide.ways or ()
    if guide.online_degree == "全程网办" and ways and not any(way.kind in ONLINE for way in ways):
        yield Fault(
            place(guide, "网上办理深度"),
            "写着全程网办，办理方式里没有网上、掌上的途径",
            "请在“办理方式”里写上网址（网上）或者手机应用（掌上）；网上办不了的，改写网上办理深度。",
        )


@rule(
    "GK638", "online-with-originals", "写了全程网办却还要交原件、到现场", on=Guide, severity=Severity.WARNING, cite=CITE
)  # fmt: skip
def online_with_originals(guide: Guide, _context: Context) -> Iterator[Fault]:
    """网上办理深度写的是全程网办，流程、材料的说明里却要网上申请的人再到窗口交原件，或者把原件寄来。

    ## 为什么
    全程网办就是一次也不用跑、不交纸质的。还要交原件的，是“原件核验”；先在网上看过、再带原件来的，是“原件预审”。

    ## 错误
    ```yaml guides/employment/4.1.md
    网上办理深度: 全程网办
    办理方式:
      - {网上: "https://www.qingyuan.gov.cn/bsdt/"}
    办理流程:
      - {环节: 申请, 说明: 网上提交以后，到窗口交验原件。}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    网上办理深度: 原件核验
    办理方式:
      - {网上: "https://www.qingyuan.gov.cn/bsdt/"}
    办理流程:
      - {环节: 申请, 说明: 网上提交以后，到窗口交验原件。}
    ```
    """
    if guide.online_degree != "全程网办":
        return
    for where, sentence in _sentences(_steps_and_materials(guide)):
        if _ONLINE.search(sentence) and _ORIGINALS.search(sentence) and not _EXCUSED.search(sentence):
            yield Fault(
                where,
                f"写着全程网办，却说“{sentence.strip()[:60]}”",
                "网上申请的人真的不用交原件的，改这一句；要交的，网上办理深度改写“原件核验”或者“原件预审”。",
            )


def _steps_and_materials(guide: Guide) -> Iterator[tuple[Place, str]]:
    yield from ((step.place, text) for step in guide.steps or () for text in (step.name, step.text or ""))
    yield from ((material.place, material.note or "") for material in guide.materials or ())


def _sentences(texts: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    return ((where, sentence) for where, text in texts for sentence in _SENTENCE.split(text))


_COSTS = re.compile(
    r"(?:工本|手续|制证|制卡|办证|登记|服务|材料|资料|鉴定|报名|考务)费[^，。；、不免]{0,8}?\d+(?:\.\d+)?元"
    r"|(?<![不免代])收取?[^，。；、不免]{0,6}\d+(?:\.\d+)?元"
)
_PAID_BACK = re.compile("补贴|补助|报销|不收|免收|免费|不用|基金|由单位|原来|以前|取消|停收")


@rule("GK639", "free-with-fee", "写了不收费却说要交钱", on=Guide, severity=Severity.WARNING, cite=CITE)
def free_with_fee(guide: Guide, _context: Context) -> Iterator[Fault]:
    """收费写的是不收费，流程、材料的说明或者正文里却说要交工本费、手续费多少元。

    ## 为什么
    同一页上前后矛盾，群众不知道要不要带钱；真的要收的，还要有依据。

    ## 错误
    ```yaml guides/employment/4.1.md
    收费: 不收费
    办理流程:
      - {环节: 领证, 说明: 交工本费20元，领取证书。}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    收费: 不收费
    办理流程:
      - {环节: 领证, 说明: 凭身份证领取证书。}
    ```
    """
    if guide.fee is None or not guide.fee.standard.startswith(("不收费", "免费")):
        return
    for where, sentence in _sentences((*_steps_and_materials(guide), *_body(guide))):
        if _COSTS.search(sentence) and not _PAID_BACK.search(sentence):
            message = f"收费写的是“{guide.fee.standard[:20]}”，却说“{sentence.strip()[:60]}”"
            yield Fault(where, message, "请核对收不收：收的写明标准和依据，不收的改这一句。")


@rule("GK633", "nothing-promised", "承诺时限都和法定时限一样", on=County, severity=Severity.INFO, cite=CITE)
def nothing_promised(county: County, _context: Context) -> Iterator[Fault]:
    """本县自己写了时限的五个以上办事指南，承诺时限都和法定时限一样。

    ## 为什么
    承诺时限要比法定的短才有意义。处处一样，多半是照抄的，没有逐项核过。

    ## 错误
    县里的五个指南都写着“办理时限: {法定: 10个工作日, 承诺: 10个工作日}”。

    ## 正确
    有几项写的是真正做得到的时限，比法定的短。
    """
    both = [
        (guide.promised.text, guide.statutory.text)
        for guide in county.guides.values()
        if guide.promised and guide.statutory
    ]
    if len(both) >= _SEVERAL and all(promised == statutory for promised, statutory in both):
        yield Fault(
            county.overlay.place,
            f"{len(both)} 个办事指南的承诺时限都和法定时限一样",
            "请逐项核对实际用时，承诺做得到的、更短的时限。",
        )


@rule("GK634", "copied-guide", "办事指南照抄了另一项的", on=County, severity=Severity.WARNING, cite=CITE)
def copied_guide(county: County, context: Context) -> Iterator[Fault]:
    """两个事项的办事指南，简述、办理流程和正文一字不差，或者只换了事项的名称。

    ## 为什么
    事情不同，要带的、要走的不会一样。多半是复制了一份忘了改，群众照着办会白跑。
    真是一起办的，用“允许”写明理由。

    ## 错误
    4.2.md 是把 4.1.md 复制过来的，只改了电话。

    ## 正确
    每个事项写自己的简述、流程和正文；一起办的，用“相关事项”互相指到。
    """
    first: dict[str, Guide] = {}
    for guide in sorted(county.guides.values(), key=lambda one: one.place.order):
        body = tuple(section.markdown.strip() for section in guide.sections)
        if sum(map(len, body)) < _LEAST:
            continue
        steps = (part for step in guide.steps or () for part in (step.name, step.text or ""))
        entry = context.catalog.entry(guide.id) if context.catalog else None
        text = "\0".join((guide.summary or "", *steps, *body))
        without = text.replace(entry.item.name if entry else "\0\0", _ITEM)
        same = first.get(text) or first.get(without) or guide
        first |= {text: same, without: same}
        if same is not guide:
            yield Fault(
                guide.place,
                f"和 {same.id} 的办事指南一样：简述、流程、正文一字不差，或者只换了名称",
                "请按这个事项的实际情况写；一起办的，用“允许”写明理由。",
                guide.id,
            )


@rule("GK635", "one-phone-for-all", "几乎所有机构用一个电话", on=County, severity=Severity.INFO, cite=CITE)
def one_phone_for_all(county: County, _context: Context) -> Iterator[Fault]:
    """本县写了三个以上机构，咨询电话都是、或者四个里有三个是同一个号码。

    ## 为什么
    多半是先填了一个，后来忘了改。打过去问的事，接电话的人答不上来。确实统一接听的，可以不管。

    ## 错误
    三个机构的电话都写着 0600-5550101。

    ## 正确
    每个机构写自己窗口的电话。
    """
    offices = county.overlay.organisations.values()
    phones = Counter(number for office in offices if (number := digits(office.phone or "")))
    for number, same in phones.most_common(1):
        if same >= 3 and same >= phones.total() * _MOST:
            names = "、".join(office.name for office in offices if digits(office.phone or "") == number)
            message = f"{phones.total()} 个机构里，{same} 个的电话是同一个号码（{names}）"
            yield Fault(county.overlay.place, message, "请核对，写各机构自己的电话。")


@rule("GK636", "miscounted-mobile", "电话号码的位数不对", on=PublishedTexts, severity=Severity.WARNING, cite=CITE)
def miscounted_mobile(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """正文里的手机号码、固定电话多了或者少了几位，或者区号少了一位。

    ## 为什么
    打不通。确是个人的号码，也不该公布。

    ## 错误
    ```yaml pages/notices/fair.md
    标题: 招聘会
    日期: 2026-03-01
    正文: |
      报名电话：133645454578。
    ```

    ## 正确
    ```yaml pages/notices/fair.md
    标题: 招聘会
    日期: 2026-03-01
    正文: |
      报名电话：0600-5550101。
    ```
    """
    for text in published.texts:
        if text.part in ("pages", "guides") and any(sign in text.text for sign in _PHONES):
            for match in _MOBILE.finditer(text.text):
                where: Place = text.place(match.start())
                figures = sum(map(str.isdigit, match[1]))
                yield Fault(where, f"“{match[0]}”有 {figures} 位，不是号码", "请改成单位的固定电话，带区号。")
            for match in _LANDLINE.finditer(text.text):
                yield Fault(text.place(match.start()), f"“{match[0]}”的位数不对", "请核对区号和号码，打一遍试试。")
