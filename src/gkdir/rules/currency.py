"""公开依据 (GK503–GK506): no document that is known to be revised, replaced, expired or abolished; only warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from gkdir.finding import Place, Severity
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.dated import KNOWN
from gkdir.model.item import Basis
from gkdir.model.reference import Law
from gkdir.read.text import nfkc
from gkdir.rules.bases import TITLE, own_bases
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

_DAY = r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
_FROM = re.compile(rf"{_DAY}(?:起|后|开始)?(?:正式)?(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"(?:有效|执行|施行|实施)[^，。；（）]*?[至到]{_DAY}")
_YEAR = re.compile(r"〔(\d{4})〕")
_AMENDED = re.compile(r"(?:国务院|[\u4e00-\u9fff]{1,6}?)令第\d+号(?:公布|发布|颁布)(?=[^《》]*?(?:修订|修正))")
"""The number under which a law was first published, in its history of amendments."""


@rule("GK503", "outdated-number", "公开依据用了旧文号", on="basis", severity=Severity.WARNING, requirement="R3.3c")
def outdated_number(edit: Edit, context: Context) -> Iterator[Fault]:
    """引用的法规已经修订，文号还是修订以前的。

    ## 为什么
    文号不对，群众查到的是旧文本。对照的清单在 directories/national/laws.yaml，每条注明有多大把握。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《中华人民共和国政府信息公开条例》（国务院令第492号）]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《中华人民共和国政府信息公开条例》（国务院令第711号）]}}
    ```
    """
    for basis, place in own_bases(edit):
        for law in context.reference.laws:
            if (law.old or law.base is not None) and _old(basis, law):
                yield _fault((basis, place), law, "用的是旧文号")


@rule("GK504", "replaced-basis", "公开依据已被替代或者废止", on="basis", severity=Severity.WARNING, requirement="R3.3c")
def replaced_basis(edit: Edit, context: Context) -> Iterator[Fault]:
    """引用的政策法规已经废止、已被新的替代，或者部分规定不再施行。

    ## 为什么
    依据应当现行有效。程序只提醒，不改写；确要引用的，用允许写明理由。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《工伤职工劳动能力鉴定管理办法》]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《劳动能力鉴定管理办法》]}}
    ```
    """
    for basis, place in own_bases(edit):
        for law in context.reference.laws:
            if law.state in ("废止", "已被替代", "部分失效") and cites(basis, law) and not _old(basis, law):
                yield _fault((basis, place), law, "已经废止" if law.state == "废止" else law.state)


@rule(
    "GK505",
    "expired-basis",
    "公开依据已经到期，或者还没有施行",
    on="basis",
    severity=Severity.WARNING,
    requirement="R3.3c",
)
def expired_basis(edit: Edit, context: Context) -> Iterator[Fault]:
    """引用的文件有有效期，已经过了；或者写着以后哪一天才施行。

    ## 为什么
    阶段性政策每年换文件，过期的不能再作依据；还没有施行的，现在也不是依据。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《国务院办公厅关于进一步加大稳就业政策支持力度的通知》（国办发〔2025〕25号）]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《中华人民共和国就业促进法》]}}
    ```
    """
    for basis, place in own_bases(edit):
        for law in context.reference.laws:
            if law.until is not None and law.until < context.today and cites(basis, law):
                yield _fault((basis, place), law, f"有效期到 {law.until}，已经过了")
        for state in not_in_force(basis.text, context.today):
            hint = "请核对日期；不在有效期内的，连同名称一起删去。"
            yield Fault(place, f"公开依据“{basis.text}”{state}", hint)


@rule("GK506", "unverified-basis", "公开依据待核对", on="basis", severity=Severity.INFO, requirement="R3.3c")
def unverified_basis(edit: Edit, context: Context) -> Iterator[Fault]:
    """引用的政策法规，是否仍然有效没有查实。

    ## 为什么
    清单里标着“待核”的，请业务人员查一查再引用。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《关于印发工伤保险经办规程的通知》（人社部发〔2012〕11号）]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《社会保险经办条例》（国务院令第765号）]}}
    ```
    """
    for basis, place in own_bases(edit):
        for law in context.reference.laws:
            if law.state == "待核" and cites(basis, law):
                yield _fault((basis, place), law, "是否有效待核")


def not_in_force(text: str, today: date) -> Iterator[str]:
    """A message for each way in which the words beside a name say that the document is not in force on ``today``.

    Builds do not use the clock: without any date in the data, no day counts as future, and the years that this version
    knows count as past.
    """
    beside, now = TITLE.sub("", text), (today.year, today.month, today.day)
    if today > NOTICE_DATE and any(_day(match, 1, 1) > now for match in _FROM.finditer(beside)):
        yield "还没有施行"
    elif any(int(year) > max(today, KNOWN).year for year in _YEAR.findall(beside)):
        yield "的文号，年份还没有到"
    if any(_day(match, 12, 31) < now for match in _UNTIL.finditer(beside)):
        yield "写着的有效期已经过了"


def _day(match: re.Match[str], month: int, day: int) -> tuple[int, int, int]:
    """The matched date as (year, month, day); ``month`` and ``day`` are used if it has none."""
    return int(match[1]), int(match[2] or month), int(match[3] or day)


def cites(basis: Basis, law: Law) -> bool:
    """Whether the basis cites this law, by name or by number."""
    named = basis.name is not None and _plain(basis.name) == _plain(law.name)
    return named or (law.number is not None and basis.number is not None and _plain(basis.number) == _plain(law.number))


def _old(basis: Basis, law: Law) -> bool:
    text = _without_amendments(basis.text)
    if any(_plain(old) in text for old in law.old):
        return True
    latest = law.number is not None and _plain(law.number) in text
    return law.base is not None and _plain(law.base) in text and not latest


@lru_cache(maxsize=4096)
def _without_amendments(text: str) -> str:
    return _AMENDED.sub("", _plain(text))


@lru_cache(maxsize=4096)  # every county cites the same laws
def _plain(text: str) -> str:
    folded = re.sub(r"[\s《》〈〉“”]", "", nfkc(text))
    folded = folded.replace("人力资源和社会保障部", "人社部").replace("人力资源社会保障部", "人社部")
    folded = re.sub(r"(?<!务院)国令(?=第?\d)", "国务院令", folded.replace("中华人民共和国", ""))
    return re.sub(r"令第?(\d+)号?", r"令第\1号", folded)


def _fault(cited: tuple[Basis, Place], law: Law, state: str) -> Fault:
    basis, place = cited
    advice = f"{law.action}。" if law.action else (f"请改引《{law.replaced_by}》。" if law.replaced_by else "")
    return Fault(
        place,
        f"公开依据“{basis.text}”{state}（把握：{law.confidence}）",
        f"{advice}请以官方文本为准核对；核对无误的，用“允许”写明理由。",
    )
