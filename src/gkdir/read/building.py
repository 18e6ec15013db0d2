"""Cells and objects of a sheet, one by one → a grid. All limits on size are enforced here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read.grid import (
    MAX_CELLS,
    MAX_DISTINCT,
    MAX_ROWS,
    MAX_TEXT,
    MAX_TEXTS,
    Flaw,
    Grid,
    Span,
    letters,
    position,
    visible,
)
from gkdir.read.richtext import UNKNOWN, Run, set_off, without_marks
from gkdir.read.text import one_line

MAX_MERGES = 100_000
MAX_FLAWS = 20_000
MAX_CHARACTERS = 16_000_000
"""The most characters of all cells, repeated texts included: twice as many as 5,000 items with full texts have."""
MAX_HIDDEN = 400_000
_LEAST_CACHED = 200
_PICTURE = ("=DISPIMG(", "=_xlfn.DISPIMG(", "=IMAGE(", "=_xlfn.IMAGE(")
_CHOOSE = "请在选中的前面写 ■、没有选的前面写 □，或者只留下选中的。"
_DIRECTION_CONTROLS = "\u202d\u202e"
"""Control characters that reverse the direction of the text after them."""
_PRIVATE = re.compile(f"[{_DIRECTION_CONTROLS}\ue000-\ue5e4\ue5e6-\uefff\uf100-\uf8ff\U000f0000-\U0010ffff]")
"""These, and characters for private use, which other computers show as boxes; not those of symbol fonts, which are
marks.
"""
_ODD_SIGNS = ("自己造的字，换一台电脑就看不见", "颠倒文字顺序的控制符，看到的和写着的不一样")
_STROKES = re.compile("[\u0335-\u0338]")
_STRUCK_BY_STROKES = re.compile(rf"(?:[^\s\u0335-\u0338]{_STROKES.pattern}+[ \t]*)+")
"""Characters struck out by combining strokes: 2̶0̶."""
_STRUCK_MAYBE = "请打开文件核对：作废的请从表里删去，仍然有效的请去掉这条条件格式。"
_STRUCK = "划掉的文字不算数，没有读。如果仍然有效，请去掉删除线；确实作废的，请从表里删去。"
_RAISED = "请看一眼注释说了什么，把有用的写进单元格；它本来是数字的，请取消上标。"
_LINKED = "要公开的网址，请照样写进单元格的文字里；不公开的，不用管。"
_LINK = re.compile(r'\bHYPERLINK[ (]{1,4}"([^"]{1,2000})"', re.IGNORECASE)
"""The address in a formula, or in a field of Word."""
_SCHEME = re.compile("[A-Za-z]{2,12}:(?://)?")
_INTERNAL = ("#", "javascript:")
"""Beginnings of links to nowhere, or to another place of the same file."""
_MOST_LINKS = 10
"""The most cells with links in one message, and the most links of one cell."""
_BESIDE = "它不在单元格里，没有读进去。请把有用的内容写进单元格，再删去它。"


class SizeLimits(Struct):
    """What remains of a file's limits; shared by all its sheets."""

    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS
    flaws: int = MAX_FLAWS
    rows: int = MAX_ROWS
    most_texts: int = MAX_TEXTS
    distinct: int = MAX_DISTINCT
    texts: set[str] = field(default_factory=set)

    def count_text(self, text: str, place: Place) -> None:
        """Count a new text of the file. :raises Unreadable: more distinct texts than a directory can have"""
        self.texts.add(text)
        self.distinct -= len(text)
        if len(self.texts) > self.most_texts or self.distinct < 0:
            message = f"文件里各不相同的文字太多（读到 {len(self.texts)} 格为止），不像是一份目录。"
            raise Unreadable(place, message, "请只留下目录所在的工作表，或者按领域分成几个文件。")


class GridBuilder:
    """Builds one grid within the ``limits`` of its file. All methods raise Unreadable if one is exceeded."""

    def __init__(self, name: str, place: Place, limits: SizeLimits) -> None:
        self.name, self._place, self._limits = name, place, limits
        self._visible: dict[str, str] = {}  # cache for long texts, which a hostile file can repeat
        self._row = 0
        self._rows: set[int] = set()
        self._ordinary: set[str] = set()  # texts that are shown unchanged and have no flaw
        self.title = ""
        self.hidden = False
        self._hideable = MAX_HIDDEN
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.formulas: set[tuple[int, int]] = set()
        self._links: dict[tuple[int, int], list[str]] = {}
        self.behind: dict[tuple[int, int], str] = {}
        self.cells: dict[tuple[int, int], str] = {}
        self.merges: list[Span] = []
        self.flaws: list[Flaw] = []

    def put(self, row: int, column: int, text: str) -> None:
        """The text that the cell shows; blank texts are ignored."""
        if text in self._ordinary:
            self._limits.characters -= len(text)
            if self._limits.characters < 0:
                self.charge(0)
        elif not (text := self._as_shown(row, column, text)):
            return
        elif text not in self._limits.texts:
            self._limits.count_text(text, self._place)
        if row != self._row:
            self._count_row(row)
        self.cells[row, column] = text
        self._limits.cells -= 1
        if self._limits.cells < 0:
            raise Unreadable(self._place, "有内容的单元格太多，不像是一份目录。", "请只留下目录所在的工作表。")

    def _count_row(self, row: int) -> None:
        """Count the row, if it is a new one."""
        self._row = row
        if row in self._rows:
            return
        self._rows.add(row)
        self._limits.rows -= 1
        if self._limits.rows < 0:
            hint = "请只留下目录所在的工作表，或者分成几个文件。"
            raise Unreadable(self._place, f"文件里的文字超过 {MAX_ROWS} 行，不像是一份目录。", hint)

    def _as_shown(self, row: int, column: int, text: str) -> str:
        """The text as people see it, empty for a blank or a picture; odd characters in it are reported."""
        if _STROKES.search(text) and _STRUCK_BY_STROKES.search(text):
            text = self._without_struck_by_strokes(row, column, text)
        written, text = text, self._visible_text(text)
        if text.startswith(_PICTURE):
            self.picture(row, column)
            return ""
        if len(text) > MAX_TEXT:
            message = f"单元格 {letters(column)}{row} 有 {len(text)} 个字，超过了电子表格的上限。"
            raise Unreadable(self._place, message, "请把内容改短。")
        text, marks = without_marks(text)
        for mark in marks:
            message = f"单元格 {letters(column)}{row} 里有上标“{mark}”，像是注释的记号，没有读进去。"
            self.flaw(Flaw(row, column, message, _RAISED, TroubleKind.UNREAD_CELL, mark))
        if not written.isprintable() and (odd := _PRIVATE.search(written)):
            what = _ODD_SIGNS[odd[0] in _DIRECTION_CONTROLS]
            message = f"单元格 {letters(column)}{row} 里有{what}（{one_line(text)[:40]}）。"
            self.flaw(Flaw(row, column, message, "请看着原件重新打一遍这几个字。"))
        if UNKNOWN in text:
            message = f"单元格 {letters(column)}{row} 里有认不出的符号（{one_line(text)[:40]}）。"
            self.flaw(Flaw(row, column, message, "请把它改成 ■、□、√ 这样的常用符号，或者写成文字。"))
        elif text == written and text:
            self._ordinary.add(text)
        return text

    def _without_struck_by_strokes(self, row: int, column: int, text: str) -> str:
        """The text without characters that combining strokes strike out, which are reported."""
        self.charge(2 * len(text))
        self.strike(row, column, "……".join(_STROKES.sub("", match[0]) for match in _STRUCK_BY_STROKES.finditer(text)))
        return _STROKES.sub("", _STRUCK_BY_STROKES.sub("", text))

    def charge(self, characters: int) -> None:
        """Subtract ``characters`` from what remains; also used for work that costs as much as reading so many."""
        self._limits.characters -= characters
        if self._limits.characters < 0:
            hint = "请只留下目录，别的工作表、表格和文字删去，或者按领域分成几个文件。"
            raise Unreadable(self._place, "文件里的文字太多，不像是一份目录。", hint)

    def _visible_text(self, text: str) -> str:
        length = len(text)
        self._limits.characters -= length
        if self._limits.characters < 0:
            self.charge(0)
        if length < _LEAST_CACHED:
            return visible(text)
        if text not in self._visible:
            self._visible[text] = visible(text)
        return self._visible[text]

    def hide_rows(self, first: int, last: int) -> None:
        """These rows are hidden."""
        self._hide(self.hidden_rows, first, last)

    def hide_columns(self, first: int, last: int) -> None:
        """These columns are hidden."""
        self._hide(self.hidden_columns, first, last)

    def _hide(self, hidden: set[int], first: int, last: int) -> None:
        self._hideable -= max(last - first + 1, 0)
        if self._hideable >= 0:  # more than this only in a hostile file
            hidden.update(range(first, last + 1))

    def picture(self, row: int, column: int) -> None:
        """The cell contains a picture, or something else without text."""
        message = f"单元格 {letters(column)}{row} 里是图片，不是文字。"
        self.flaw(Flaw(row, column, message, "请把图片上的字写进这个单元格。", TroubleKind.BESIDE))

    def unseen(self, row: int, column: int, text: str) -> None:
        """A text hidden by the cell's number format: read, and reported."""
        self.put(row, column, text)
        message = f"单元格 {letters(column)}{row} 的数字格式让它什么也不显示，里面写着“{one_line(text)}”，已照样读取。"
        self.flaw(Flaw(row, column, message, "请核对这些内容是否应当公开；不该有的请删除。", TroubleKind.HIDDEN))

    def faint(self, row: int, column: int, text: str) -> None:
        """Report a text that is white on white or too small for people; the caller reads it all the same."""
        if quote := self._visible_text(text).strip():
            wording = f"写着“{one_line(quote)[:80]}”，已照样读取。"
            message = f"单元格 {letters(column)}{row} 的字看不见（白色，或者太小），{wording}"
            self.flaw(Flaw(row, column, message, "请核对这些内容是否应当公开；不该有的请删除。", TroubleKind.HIDDEN))

    def unshown(self, row: int, column: int, text: str) -> None:
        """A text that the page hides: not read, but reported."""
        if quote := self._visible_text(text).strip():
            message = f"单元格 {letters(column)}{row} 有隐藏的文字“{one_line(quote)}”，没有读。"
            self.flaw(Flaw(row, column, message, "有用的请取消隐藏，没用的请删去。", TroubleKind.HIDDEN, quote))

    def merge(self, span: Span) -> None:
        """An area of several cells shows the text at its top left."""
        if len(self.merges) >= MAX_MERGES:
            raise Unreadable(self._place, "合并单元格太多，不像是一份目录。", "请取消多余的合并单元格后再试。")
        self.merges.append(span)

    def flaw(self, flaw: Flaw) -> None:
        """Add a flaw: something about a cell that a person should know."""
        self._limits.flaws -= 1
        if self._limits.flaws < 0:
            message = "批注、图片、划掉的文字等需要人看的地方太多，不像是一份目录。"
            raise Unreadable(self._place, message, "请删去不需要的批注、图片和划掉的文字后再试。")
        self.flaws.append(flaw)

    def strike(self, row: int, column: int, text: str) -> None:
        """A text in the cell is struck out: not read, but reported."""
        if quote := self._visible_text(text).strip():
            message = f"单元格 {letters(column)}{row} 里划掉的“{one_line(quote)}”没有读。"
            self.flaw(Flaw(row, column, message, _STRUCK, TroubleKind.STRUCK, quote))

    def strike_maybe(self, area: str) -> None:
        """Conditional formatting, which is not evaluated here, may strike out text in the area ``A1:B2``."""
        self._maybe(area, "会划掉文字，读的时候分不出划没划掉", Flaw(0, 0, "", _STRUCK_MAYBE, TroubleKind.STRUCK))

    def unseen_maybe(self, area: str) -> None:
        """Conditional formatting may hide text in the area."""
        hint = "请核对看不见的字是否应当公开；不该有的请删除，应当有的请去掉这条条件格式。"
        self._maybe(area, "字是白色的，或者不显示，看不见的字也照样读了", Flaw(0, 0, "", hint, TroubleKind.HIDDEN))

    def _maybe(self, area: str, what: str, flaw: Flaw) -> None:
        row, column = position(area.partition(":")[0])
        if row:
            message = f"单元格 {area[:40]} 有条件格式，满足条件时{what}。"
            self.flaw(replace(flaw, row=row, column=column, message=message))

    def choices(self, row: int, column: int, runs: Sequence[Run]) -> None:
        """Report the cell if its choices differ only in their formatting: all of them are read."""
        if marked := set_off(runs):
            message = f"单元格 {letters(column)}{row} 里的选项靠加粗、颜色、下划线区分，读的时候分不出选了哪些"
            self.flaw(Flaw(row, column, f"{message}（与其他不同的是“{'、'.join(marked)}”）。", _CHOOSE))

    def text_in_object(self, row: int, column: int, what: str, text: str) -> None:
        """A text in an object at the cell (row 0: somewhere on the sheet); ``what`` names the kind of object."""
        if quote := self._visible_text(text).strip():
            message = f"{_where(row, column)}有{what}：“{one_line(quote)}”。"
            self.flaw(Flaw(row, column, message, _BESIDE, TroubleKind.BESIDE, quote))

    def picture_at(self, row: int, column: int, described: str) -> None:
        """A picture at the cell or over it; ``described`` is its alternative text."""
        quote = visible(described).strip()
        message = f"{_where(row, column)}有一张图片{f'（{one_line(quote)}）' if quote else ''}，图片上的字没有读。"
        self.flaw(Flaw(row, column, message, _BESIDE, TroubleKind.BESIDE, quote))

    def linked(self, row: int, column: int, address: str) -> None:
        """The cell's text is a link to ``address``."""
        address = one_line(visible(address))
        if address and not address.lower().startswith(_INTERNAL):
            self.charge(len(address))
            known = self._links.setdefault((row, column), [])
            if len(known) < _MOST_LINKS and address not in known:
                known.append(address)

    def linked_by(self, row: int, column: int, code: str) -> None:
        """The same, with the address in the code of a formula or a field."""
        for match in _LINK.finditer(code):
            self.linked(row, column, match[1])

    def _report_links(self) -> None:
        """Report in one flaw all cells that link to an address which their text does not show."""
        unshown = {
            cell: [address for address in self._links[cell] if _without_scheme(address) not in self.cells[cell]]
            for cell in sorted(self._links.keys() & self.cells.keys())
        }
        linked = [(cell, addresses) for cell, addresses in unshown.items() if addresses]
        if linked:
            named = "、".join(
                f"{letters(column)}{row}（{'、'.join(addresses)[:80]}）"
                for (row, column), addresses in linked[:_MOST_LINKS]
            )
            more = f"等 {len(linked)} 格" if len(linked) > _MOST_LINKS else ""
            message = f"单元格 {named}{more}的文字带着链接，读进来的只有文字，没有网址。"
            quote = "\n".join(address for _, addresses in linked for address in addresses)
            self.flaw(Flaw(*linked[0][0], message, _LINKED, TroubleKind.BESIDE, quote))

    def build(self) -> Grid:
        """The grid."""
        self._report_links()
        return Grid(
            self.name, self.cells, tuple(self.merges), self.title, tuple(self.flaws), self.hidden,
            frozenset(self.hidden_rows), frozenset(self.hidden_columns), frozenset(self.formulas), self.behind,
        )  # fmt: skip


def _where(row: int, column: int) -> str:
    return f"单元格 {letters(column)}{row} 处" if row else "这张工作表上"


def _without_scheme(address: str) -> str:
    scheme = _SCHEME.match(address)
    return address[scheme.end() if scheme else 0 :].rstrip("/")
