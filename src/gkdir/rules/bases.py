"""公开依据 (GK502, GK508, GK509): names without clauses, well-formed numbers, a local document for a local item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.county import Change
from gkdir.model.item import Basis, Written
from gkdir.rules.blank import says_nothing
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

_FIGURE = r"(?:[一二三四五六七八九十百千零〇○两\d]+|[Ⅰ-Ⅻ]+|[IVX]+)"
_SEVERAL = rf"{_FIGURE}(?:\s*[至到、和及~～—–-]\s*第?\s*{_FIGURE})*"
_ONE = (
    rf"(?:第\s*{_SEVERAL}\s*[条款项章节目编]|第\s*[（(]\s*{_FIGURE}\s*[）)]\s*项"
    r"|(?<=[》）)\s、，])\s*\d+\s*条(?![例款]))"
)
CLAUSE = re.compile(rf"{_ONE}(?:[、，和至及的\s]*{_ONE})*")
TITLE = re.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》")
_YEAR = r"[\[(【（［〔﹝<〈《{｛]\s*(\d{4})\s*[\])】）］〕﹞>〉》}｝]"
SLOPPY_NUMBERS = (
    re.compile(rf"{_YEAR}\s*(?:第\s*)?(\d+)\s*号?"),  # brackets of any kind; the result has the right ones
    re.compile(r"(?<=[发办函字规])(\d{4})年?(?:第)?(\d+)号"),
    re.compile(r"〔(\d{2})〕\s*(\d+)\s*号"),
)
NATIONAL_NUMBER = re.compile(r"主席令|国务院令|国发|国办发|国函|[人劳]社部|人力资源|财社|部令|劳动")


@rule("GK502", "clause-in-basis", "公开依据写到了条款", on="basis", severity=Severity.WARNING, requirement="R3.3b")
def clause_in_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开依据写到了第几条、第几款。

    ## 为什么
    通知要求列出政策法规名称，不需给出具体条款。写了条款，法规一修订就错。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《失业保险条例》第十六条]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《失业保险条例》（国务院令第258号）]}}
    ```
    """
    for basis, place in own_bases(edit):
        clause = clause_of(basis.text)
        if clause:
            plain = re.sub(r"[（(]\s*[）)]", "", basis.text.replace(clause, "")).strip()
            yield Fault(
                place,
                f"公开依据“{basis.text}”写到了条款“{clause.strip()}”",
                f"请只写名称，改为“{plain}”。",
            )


@rule("GK508", "sloppy-number", "文号的写法不规范", on="basis", severity=Severity.WARNING, requirement="R3.3a")
def sloppy_number(edit: Edit, _context: Context) -> Iterator[Fault]:
    """文号的年份没有用六角括号、不是四位，或者多写了“第”字、序号前多写了 0、少写了“号”字。

    ## 为什么
    规范的写法是“清政发〔2024〕5号”。写法不一，检索和核对都对不上。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: ["《清源县公共就业服务办法》（清政发[2024]5号）"]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}}
    ```
    """
    for written in own_texts(edit):
        sloppy_text = sloppy(written.text)
        if sloppy_text:
            yield Fault(
                written.place,
                f"公开依据“{written.text}”的文号写作“{sloppy_text[0]}”，不规范",
                f"请写成“{sloppy_text[1]}”。",
            )


@rule("GK509", "no-local-basis", "增加的事项没有本地依据", on="basis", severity=Severity.WARNING, requirement="R3.3a")
def no_local_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """本地增加的事项自己写了公开依据，只列了国家的政策法规，没有本地的。

    ## 为什么
    公开依据要列国家和本地的政策法规。国家目录里没有的事项，多半有本地的文件作依据。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - 编号: "1.6"
            一级事项: 就业信息服务
            二级事项: 零工市场开放时间
            公开内容: [市场地址, 开放时间]
            公开依据: [《人力资源市场暂行条例》（国务院令第700号）]
            公开时限: 信息形成或变更之日起10个工作日内公开
            公开渠道和载体: [政府网站]
            公开对象: [全社会]
            公开方式: [主动]
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - 编号: "1.6"
            一级事项: 就业信息服务
            二级事项: 零工市场开放时间
            公开内容: [市场地址, 开放时间]
            公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]
            公开时限: 信息形成或变更之日起10个工作日内公开
            公开渠道和载体: [政府网站]
            公开对象: [全社会]
            公开方式: [主动]
    ```
    """
    change = edit.change("basis")
    if not edit.added or change is None or _from_defaults(edit, change) or not edit.item.basis:
        return
    if not any(_local(basis) for basis in edit.item.basis):
        yield Fault(
            change.place,
            f"增加的事项“{edit.item.name}”没有列本地的依据",
            "请补上本地文件的名称和文号；确实没有本地文件的，用“允许”写明理由。",
        )


@rule(
    "GK510",
    "no-national-basis",
    "公开依据没有国家的政策法规",
    on="basis",
    severity=Severity.WARNING,
    requirement="R3.3a",
)
def no_national_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """国家目录里的事项，公开依据整个换掉以后，只剩本地的文件。

    ## 为什么
    公开依据要列国家和本地的政策法规。写成列表是整个替换，容易漏；只想补上本地文件的，写 {增加: [...]}。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}}
    ```
    """
    change = edit.change("basis")
    if change is None or change.action == "add" or edit.entry.national is None or not edit.item.basis:
        return
    if all(_local(basis) for basis in edit.item.basis):
        yield Fault(
            change.place,
            f"“{edit.item.name}”的公开依据只有本地的，国家目录列的都没有了",
            "请把现行有效的国家法律法规写回来；只想补上本地文件的，写成 公开依据: {增加: [...]}。",
        )


@rule("GK511", "unnamed-basis", "公开依据没有写文件名称", on="basis", severity=Severity.WARNING, requirement="R3.3a")
def unnamed_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开依据里有一条，既没有书名号里的名称，也没有文号。

    ## 为什么
    通知要求列出政策法规的名称。“有关规定”查不到，也核对不了是不是有效。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [上级有关规定]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}}
    ```
    """
    empty = all(says_nothing(basis.text) for basis in edit.item.basis)  # reported as missing
    for basis, place in own_bases(edit):
        if basis.name is None and basis.number is None and not clause_of(basis.text) and not empty:
            yield Fault(
                place,
                f"公开依据“{basis.text}”没有书名号里的名称，也没有文号",
                "请写成《名称》（文号）的样子；写不出名称的，请删去。",
            )


def clause_of(text: str) -> str | None:
    """The clause cited outside the names in 《》, or at the end of one; ``None`` if there is none."""
    if CLAUSE.search(text) is None:
        return None
    titles = [match.span() for match in TITLE.finditer(text)]
    for match in CLAUSE.finditer(text):
        inside = any(first < match.start() and match.end() < last - 1 for first, last in titles)
        if not inside:
            return match[0]
    return None


def sloppy(text: str) -> tuple[str, str] | None:
    """A document number in the wrong form, and the right form; ``None`` if there is none."""
    for pattern in SLOPPY_NUMBERS:
        for match in pattern.finditer(text):
            year = match[1] if len(match[1]) == 4 else f"{'19' if match[1] > '70' else '20'}{match[1]}"
            proper = f"〔{int(year)}〕{int(match[2])}号"
            if match[0] != proper:
                return match[0], proper
    return None


def own_texts(edit: Edit) -> Iterator[Written]:
    """The bases that this layer wrote, before reading normalised their brackets."""
    for change in edit.changes("basis"):
        yield from change.elements


def own_bases(edit: Edit) -> Iterator[tuple[Basis, Place]]:
    """The bases that this layer wrote, each with its place."""
    for change in edit.changes("basis"):
        if isinstance(change.value, tuple):
            # reading drops repeats, so positions only match if nothing was dropped
            aligned = len(change.elements) == len(change.value)
            places = {written.text.strip(): written.place for written in change.elements}
            for index, basis in enumerate(change.value):
                if isinstance(basis, Basis):
                    place = change.elements[index].place if aligned else places.get(basis.text, change.place)
                    yield basis, place


def _from_defaults(edit: Edit, change: Change) -> bool:
    """Whether the item's bases come from 默认, which is judged once instead of for each item."""
    return change in edit.step.layer.domains[edit.item.domain].defaults


def _local(basis: Basis) -> bool:
    """Whether a basis looks local: its number is not of a national organ, or its name begins with a place."""
    if basis.number:
        return not NATIONAL_NUMBER.search(basis.number)
    name = basis.name or basis.text
    return "中华人民共和国" not in name and re.search(r"^《?.{1,8}?(?:[省县区州盟旗]|市(?!场))", name) is not None
