"""Words of a limit other than its number (GK308–GK312): understood, or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.guide import Guide
from gkdir.model.item import TimeLimit
from gkdir.read.leftover import left_over, loosening, quoted
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.promises import STEP, handling, vague
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit, LocalGuide
from gkdir.rules.times import LEGAL, SUM

COLUMN = "time_limit"
NOT_COUNTED = re.compile(
    r"^[^不]{0,4}不(?:含|包括|包含|计|计入|计算|算)?.*(?:公示|公告|鉴定|听证|检验|检测|检疫|评审|勘验|招标|拍卖|补正|补充|邮寄|送达|调查|核查)"
)
"""Times outside a limit of handling: by law (行政许可法第四十五条), or because they are the applicant's."""

STEP_START = re.compile(
    r"(?:(?:受理|收到|接到)(?:申请|材料|资料|通知|意见|结果|决定|款项|函|件|的)*|(?:审核|初审|复核|审定|审批|核定|核准|批准|认定|鉴定|评审|核实|核查|公示|公告|备案|签订|录入|填报|提交)[\u4e00-\u9fff]{0,2}?)"
    r"(?:通过|同意|结束|期满|届满|完成|完毕|合格|无误|无异议)*(?:之日起|之日|之后|后)"
)
"""The start of a step at the end of the one before it, which has its own limit."""
HANDLING_START = re.compile(
    r"(?:自|从)?(?:受理|收到|接到|提交)(?:完整|齐全|全部|申请|材料|资料|的)*(?:(?:之日|次日|当日)?起算?|之日|之后|后)(?!\d*[天日月年])"
)
"""The start of the limit of handling."""
WAY = re.compile("(?:窗口|线上|线下|网上|现场|掌上|自助机|自助终端)(?:申请|办理|提交|申报)?(?:的|业务|件)?")
"""网上办理的1个工作日，窗口办理的当场办结: each limit applies to its way of handling."""
DISCLOSED = re.compile("公开|公示|公布|发布|公告|刊登|更新|上传|挂网|录入|公之于众")
HANDLED = re.compile("答复|办结|办理|办完|办好|出具|反馈|作出|做出|送达|发放|出证|发证|执行|认定")
"""Verbs of a limit of publication, and of a limit of handling only: 20个工作日内答复 publishes nothing."""


@rule(
    "GK308", "unread-limit", "公开时限里有没读懂的话", on="time_limit", severity=Severity.WARNING, requirement="R3.4b"
)
def unread_limit(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开时限除了多久以外，还写了程序没有读懂的话；或者只写了行政许可一类的信息多久公开，别的信息没有时限。

    ## 为什么
    时限只能更短。程序读出了数字，旁边的话没有读懂，可能就是放宽，所以请人看一看。予以、及时、以内、向社会一类的话不算。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起10个工作日内公开阶段性成果}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 自信息形成或变更之日起10个工作日以内及时向社会公开}
    ```
    """
    left = _left(edit)
    if left and loosening(left, COLUMN) is None:
        yield Fault(
            edit.place(COLUMN),
            f"“{edit.item.name}”的公开时限里，{quoted(left)}没有读懂，或者只管一部分信息",
            "请删去这些话，或者写明别的信息多久公开；确实要写、也没有放宽时限的，用“允许”写明理由。",
        )


@rule("GK309", "loosened-limit", "公开时限附了放宽的话", on="time_limit", requirement="R3.4b")
def loosened_limit(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开时限写了多久，又附上原则上、一般、除特殊情况外、不含审批时间、超过、经审议通过一类的话。

    ## 为什么
    “两个目录”的时限是最低标准，只能更短。附上这些话，写明的天数就不作数了。“法律、法规另有规定的，从其规定”是条例的原话，可以写。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 原则上信息形成或变更之日起20个工作日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起20个工作日内公开，法律、法规另有规定的，从其规定}
    ```
    """
    left = _left(edit)
    kind = loosening(left, COLUMN)
    if kind is not None:
        yield Fault(
            edit.place(COLUMN),
            f"“{edit.item.name}”的公开时限写着{quoted(left)}，{kind.does}",
            "请删去这些话，只写从何时起、多少个工作日内公开。",
        )


@rule(
    "GK310",
    "unread-promise",
    "办理时限里有没读懂的话",
    on=(Guide, LocalGuide),
    severity=Severity.WARNING,
    requirement="R3.4a",
)
def unread_promise(guide: Guide | LocalGuide, _context: Context) -> Iterator[Fault]:
    """办事指南、乡镇和村的办理时限，除了多久以外，还写了程序没有读懂的话，或者写了公示、鉴定、邮寄等时间不算在内。

    ## 为什么
    群众按写明的天数来问。没有读懂的话可能改变了天数；依法不算在内的时间，最好写在办理流程里，各是多久。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 3个工作日（不含公示时间）}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 自受理之日起3个工作日内办结}
    ```
    """
    for limit, place, column in handling(guide):
        left = _unread(limit, column)
        if left and limit is not None and limit.kind != "unknown" and not _loosened(left):
            yield Fault(
                place,
                f"办理时限“{limit.text}”里，{quoted(left)}请人核对：程序没有算进去",
                "请删去，或者在办理流程里写明这一环节要多久；确实要写的，用“允许”写明理由。",
            )


@rule("GK311", "loosened-promise", "办理时限附了放宽的话", on=(Guide, LocalGuide), requirement="R3.4c")
def loosened_promise(guide: Guide | LocalGuide, _context: Context) -> Iterator[Fault]:
    """办事指南、乡镇和村的办理时限，附上原则上、一般、特殊情况除外、可以延长一类的话。

    ## 为什么
    承诺了几天就是几天。附上这些话，群众不知道哪天来问，承诺也就不作数了。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 一般3个工作日，特殊情况可延长}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 3个工作日}
    ```
    """
    for limit, place, column in handling(guide):
        left = _unread(limit, column)
        kind = loosening(_loosened(left), COLUMN)
        if kind is not None and limit is not None:
            yield Fault(
                place,
                f"办理时限“{limit.text}”写着{quoted(left)}，{kind.does}",
                "请删去这些话，只写多少个工作日；分几种情况的，分开写明各是多久。",
            )


@rule(
    "GK312", "incomparable-addition", "增加事项的公开时限需人工核对", on="time_limit", severity=Severity.WARNING,
    requirement="R3.4b", cite="政府信息公开条例第二十六条：自该政府信息形成或者变更之日起20个工作日内及时公开",
)  # fmt: skip
def incomparable_addition(edit: Edit, context: Context) -> Iterator[Fault]:
    """本地增加的事项，公开时限与条例的20个工作日单位或起算点不同，程序分不出宽严。

    ## 为什么
    国家目录里没有的事项也要守条例。例如从审议通过之日起算，就可能比从信息形成之日起算晚得多；30日有时比20个工作日长。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记, 公开时限: 信息形成或变更之日起30日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记, 公开时限: 信息形成或变更之日起20日内公开}
    ```
    """
    limit, change = edit.item.time_limit, edit.change(COLUMN)
    if not edit.added or change is None or change in edit.step.layer.domains[edit.item.domain].defaults:
        return
    timed = limit.kind == "within" or any(part.kind == "within" for part in limit.parts)
    if timed and not limit.left and compare(limit, LEGAL, context.reference.workdays) is Verdict.UNCLEAR:
        yield Fault(
            edit.place(COLUMN),
            f"增加的事项“{edit.item.name}”的公开时限“{limit.text}”与条例的20个工作日单位或起算点不同，需人工核对",
            f"最好改成“{LEGAL.text}”或更短；核对无误的，用“允许”写明理由。",
        )


def _left(edit: Edit) -> tuple[str, ...]:
    """The words that were not understood in a limit that this layer wrote, unless it is the same as above."""
    limit = edit.item.time_limit
    if edit.change(COLUMN) is None or limit.kind in ("vague", "unknown"):
        return ()  # a missing number is reported elsewhere
    above = [item.time_limit.text for _, item in edit.above(COLUMN)]
    if limit.text in above:
        return ()
    handled = () if DISCLOSED.search(limit.text) else HANDLED.findall(limit.text)
    return (*(word for word in limit.left if not SUM.search(word)), *handled)


def _unread(limit: TimeLimit | None, column: str) -> tuple[str, ...]:
    """The words that were not understood in a limit of handling; complete materials are implied by its start."""
    if limit is None or vague(limit):
        return ()
    understood = (STEP_START, HANDLING_START, WAY) if column == STEP else (HANDLING_START, WAY)
    return tuple(word for word in limit.left if left_over(word, understood, column))


def _loosened(left: tuple[str, ...]) -> list[str]:
    """The words that may weaken a promise, except those for times that by law are not part of it."""
    return [word for word in left if not NOT_COUNTED.search(word) and loosening((word,), COLUMN)]
