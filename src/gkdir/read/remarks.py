"""A row or a cell → whether it is content, continues the item above, or is about the table (totals, notes)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.model.columns import NAME_KEYS
from gkdir.read.channels import knows
from gkdir.read.headings import Heading, Headings
from gkdir.read.sheet import Cell, Row
from gkdir.read.text import fold
from gkdir.read.ticks import tick
from gkdir.read.timelimit import time_limit
from gkdir.read.words import is_ditto, is_organisation, levels, mode

_BASIS = re.compile(r"[《》〈〉〔〕（）()\[\]]|[法律条例办规定号第章款令通知意见案则程函批复目录]")
_PEOPLE = re.compile("社会|公众|公民|群体|群众|对象|人群|人员")

_FITS: Mapping[str, Callable[[str], bool]] = {
    "basis": lambda text: bool(_BASIS.search(text)),
    "time_limit": lambda text: time_limit(text).kind != "unknown",
    "publisher": is_organisation,
    "channels": knows,
    "audience": lambda text: tick(text) is not None or bool(_PEOPLE.search(text)),
    "mode": lambda text: tick(text) is not None or bool(mode(text)),
    "levels": lambda text: tick(text) is not None or bool(levels(text)),
}


def can_continue(row: Row, headings: Headings, above: Sequence[Row]) -> bool:
    """Whether each cell of the row can continue its column in the last rows ``above``.

    A continuation row is published as part of its item. So it is only accepted if each of its cells is plausible in its
    column: a law under 公开依据, an office under 公开主体. A small table inside the directory, a signature or a stray
    remark is not, and is reported.
    """
    known = headings.at
    names = [known[column].column for column in known if known[column].key in ("level2", "level3")]
    if any(column in row.cells and row.cells[column].row < row.number for column in names):
        return True  # the item's name is merged over it
    return all(_fits(cell, known.get(cell.column), above) for cell in row.own)


def fillable(headings: Headings) -> int:
    """How many columns :func:`fitting` can count."""
    return sum(heading.key in _FITS for heading in headings.columns)


def fitting(row: Row, headings: Headings) -> int:
    """How many cells of the row are plausible in their columns, without names and free text."""
    return sum(
        (heading.key in _FITS) and column in row.cells and _FITS[heading.key](row.cells[column].text)
        for column, heading in headings.at.items()
    )


def _fits(cell: Cell, heading: Heading | None, above: Sequence[Row]) -> bool:
    if heading is None or is_ditto(cell.text):
        return True
    if heading.key in ("number", "level1"):
        return False
    fits = _FITS.get(heading.key)
    if fits is None or fits(cell.text):
        return True
    before = dict.fromkeys(row.cells[heading.column].text for row in above if heading.column in row.cells)
    begun = "".join(before)[-200:]
    return not fits(begun) and fits(begun + cell.text)  # words broken over two rows


_ROLE = (
    "填报|填表|填写|填制|制表|制作|编制|编报|审核|审表|审批|审签|审定|审查|复核|校对|核对|核稿|经办|报送|上报|呈报|录入|打印|统计|签发|拟稿"
    "|批准|印发|负责|责任|联系|领导"
)
_WHO = (
    rf"(?:{_ROLE})(?:人|者|人员|单位|部门|机构|科室|股室|日期|时间|领导|意见|情况)?(?:签名|签字|签章|盖章)?"
    r"(?:[及和、](?:联系)?(?:电话|方式|职务|日期))?"
    r"|(?:单位|部门|股室|科室|分管|主管|主要|具体|本|[局镇乡县区市])*"
    r"(?:负责人|责任人|领导|局长|主任|科长|股长|站长|公章|盖章|签章|签字|签名|印章)+"
)
_TOTAL = r"(?:本页|以上|本表)?(?:合计|总计|小计|共计|累计|总数)(?:数|项数|数量)?"
_REACH = (
    r"(?:联系|咨询|监督|举报|投诉|服务|办公|办理)*(?:电话|热线|电话号码|号码)"
    r"|(?:联系|咨询)方式|传真|手机|邮编|(?:电子)?邮箱|网址|地址"
)
_NOTE = r"备注|备考|注|附注|附|附件|附表|(?:填表|填报|填写|编制|表格|有关)?说明|年月日|日期|时间|单位|填报"

_HEAD = r"^[*※★☆▲#]*[(〔]?"
_TAIL = r"(?:[(〔][^)〕]*[)〕])*[)〕]?"
_STRONG = re.compile(rf"{_HEAD}(?:{_WHO}|{_TOTAL}){_TAIL}(?::|\Z)|{_HEAD}(?:{_TOTAL}|共)\d|{_HEAD}(?:{_WHO})\d")
_WEAK = re.compile(
    rf"{_HEAD}(?:{_REACH}|{_NOTE}){_TAIL}(?::|\Z)|{_HEAD}(?:{_REACH}|附件|附表|附注|注)[\d一二三四五六七八九十]+[.、:]?"
    r"|^(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2})\Z"
    r"|^[二〇○零一九八七六五四三]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?\Z"
)
_SIGNED = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,30}(?:局|中心|政府|办公室|委员会|办|委|所|站|处|科|院|会|公司|街道|[镇乡县区市])[(〔]?(?:盖章|公章|签章|印章|章)"
    r"|[\u4e00-\u9fff]{2,4}[(〔](?:签字|签名|签章))[)〕]?\Z"
)
"""An office with its stamp, a person with a signature."""
_DAY = re.compile(
    r"^(?:\d{4}|[二〇○零一九八七六五四三]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?\Z"
    r"|^\d{4}[-./]\d{1,2}[-./]\d{1,2}\Z|^年月日\Z"
)
_SPACED = re.compile(r"\s*(\S{1,10})\s+\S")
_PAGE = re.compile(r"^(?:第\d+页|共\d+页|\d+/\d+\Z|-\d+-\Z|page\d+)")
_LINE = re.compile(
    r"^[*※]?[(〔]?(?:备注|注[:1-9、]|附注|填表|填报|制表|抄送|本目录|本表|本页|以上|以下|此表|(?:填写|表格?)说明)|^\d+-?\Z"
)
_TRIFLE = re.compile(r"^(?:[\d\W_]*|\d+[项条个类件]|.{1,4}|\d{4}年\d{1,2}月\d{1,2}日|[(〔].{1,4}[)〕])\Z")
"""Trivial texts next to a footer's labels and values: a number, a name, a date, a place for a stamp."""
_BEGINNING = 120
"""The first characters of a text, in which a label at its beginning must end."""
_MOST = 40
"""The most characters of a label with its value if only a blank separates them."""


class Remark(Struct, frozen=True):
    """A remark about the table: ``strong`` if certainly one, ``label`` if its value is in the next cell."""

    strong: bool
    label: bool


def is_page_mark(text: str) -> bool:
    """Whether a text is a page number: 第 3 页 共 8 页, - 3 -."""
    return bool(_PAGE.match(fold(text[:_BEGINNING])))


def is_note(text: str) -> bool:
    """Whether a line in the column of item names is about the table instead."""
    plain = fold(text)
    return bool(remark(text)) or is_usual(text) or len(plain) > 60 or plain.endswith(("。", ";"))


def is_usual(text: str) -> bool:
    """Whether a line is common around tables and needs no report: 备注：…, 第 3 页."""
    plain = fold(text)
    return bool(_LINE.match(plain) or _PAGE.match(plain))


def is_day(text: str) -> bool:
    """Whether a text is only a date, as below a signature."""
    return bool(_DAY.match(fold(text[:_BEGINNING])))


@lru_cache(maxsize=1 << 12)
def remark(text: str) -> Remark | None:
    """The remark about the table in a cell, if it is one: 填报人：张某, 填报人, 合计 2项, 注1."""
    plain = fold(text[:_BEGINNING])
    if len(text) > _BEGINNING:
        plain += "\0"  # the text goes on here, so that a label does not end
    if _SIGNED.match(plain):
        return Remark(True, False)
    for pattern in (_STRONG, _WEAK):
        if match := pattern.match(plain):
            return Remark(pattern is _STRONG, match.end() == len(plain))
    if is_page_mark(text):
        return Remark(False, False)
    spaced = _SPACED.match(text)
    if spaced is not None and len(text) <= _MOST and (first := remark(spaced[1])) and first.label:
        return Remark(first.strong, False)
    return None


def is_footer(row: Row, headings: Headings) -> bool:
    """Whether everything in the row is about the table."""
    first = next((cell for cell in row.own if not fold(cell.text).isdecimal()), row.own[0])
    if remark(first.text) is None and _is_name(first, headings):
        return False  # the usual case
    remarks = {cell: remark(cell.text) for cell in row.own}
    if not any(remarks.values()):
        return False
    cells = [cell for cell in row.own if not fold(cell.text).isdecimal()] or list(row.own)
    strong = any(one is not None and one.strong for one in remarks.values())
    if not strong and (len(cells) < len(row.own) or _continues_item(row, headings)):
        return False  # it is numbered, or belongs to an item merged over it
    lead = remarks[first]
    if lead is None:
        return strong and _foreign(cells[1:], remarks) == 0
    if not lead.strong and lead.label and _key(first, headings) == "content":
        return False  # 咨询电话 is an element of the content
    if re.match(rf"{_HEAD}(?:{_TOTAL}|共\d)", fold(first.text)):
        return all(len(cell.text) <= _MOST for cell in cells)
    return _foreign(cells, remarks) == 0


def _foreign(cells: list[Cell], remarks: dict[Cell, Remark | None]) -> int:
    """The number of cells that are not labels, values of labels or trivial."""
    count = 0
    before: Remark | None = None
    for cell in cells:
        one = remarks[cell]
        if one is None and not (before is not None and before.label) and not _TRIFLE.match(fold(cell.text)):
            count += 1
        before = one
    return count


def _continues_item(row: Row, headings: Headings) -> bool:
    """Whether the name of an item above is merged over the row."""
    return any(cell.row < row.number for cell in _names(row, headings))


def _names(row: Row, headings: Headings) -> Iterator[Cell]:
    for heading in headings.columns:
        if heading.key in ("level2", "level3") and heading.column in row.cells:
            yield row.cells[heading.column]


def _key(cell: Cell, headings: Headings) -> str | None:
    heading = headings.at.get(cell.column)
    return heading.key if heading else None


def _is_name(cell: Cell, headings: Headings) -> bool:
    return _key(cell, headings) in NAME_KEYS
