"""A web page → a grid for each table, with merged cells, without struck-out text.

The standard library's parser takes time that grows with the square of a hostile page's length, so the few tags
that matter are found here by searching forward only.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.grid import MAX_CELLS, Flaw, Grid, Span, visible
from gkdir.read.pagestyle import Marks, PageClasses, icon, is_filled, is_hidden, is_struck, page_classes
from gkdir.read.richtext import UNKNOWN, Run, split_struck
from gkdir.read.text import one_line, shortened
from gkdir.read.ticks import tick

MAX_COLUMNS = 1_000
MAX_NESTED = 50
MAX_TABLES = 2_000
_NEAR = 200
"""How many pieces of text around a nested table are searched for its title."""
MAX_INNER = 500
"""The most characters of a nested table that is taken as part of the cell's text."""
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_BREAKS = frozenset(("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"))
_STRUCTURE = frozenset(("td", "th", "/td", "/th", "tr", "/tr", "/table"))
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_WRITTEN_IN = frozenset(("", "text", "number", "date", "tel", "url", "email", "search"))
"""The kinds of ``input`` that show their value."""
BLANKS = re.compile(r"[ \t\r\n\f]+")

Token = tuple[str, str]
"""A tag's name (``/td`` for a closing tag) and its attributes as written; or an empty name and a text."""


def grids(text: str, place: Place) -> tuple[Grid, ...]:
    """The tables of the page in the order of their ends. :raises Unreadable: none, or too large"""
    page = _PageTables(place, page_classes(text))
    for name, rest in tokens(text):
        if name:
            page.tag(name, rest)
        else:
            page.text(html.unescape(rest))
    found = page.close()
    if not found:
        raise Unreadable(
            place, "网页里没有表格。", "请确认目录是表格而不是图片；可以把表格复制到 Excel，另存为 .xlsx。"
        )
    return found


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts of a page, without comments and scripts."""
    position = end = 0
    while (start := text.find("<", position)) >= 0:
        if start > position:
            yield "", text[position:start]
        if text.startswith("<!--", start):
            closing = text.find("-->", start + 4)
            position = closing + 3 if closing >= 0 else len(text)
            continue
        if 0 <= end <= start:  # so that a page with many < and one > is searched only once
            end = text.find(">", start)
        name = _NAME.match(text, start + 1)
        if end < 0:
            position = len(text)
        elif name is None:
            literal = text[start + 1 : start + 2] not in ("!", "?", "/")
            if literal:
                yield "", "<"
            position = start + 1 if literal else end + 1
        else:
            tag = name[0].lower()
            position = end + 1
            if tag in _UNSEEN:
                closing = text.find(f"</{name[0]}", position)
                position = closing if closing >= 0 else len(text)
            else:
                yield tag, text[name.end() : end][:10_000]
    if position < len(text):
        yield "", text[position:]


class _HtmlTable(Struct):
    """A table while it is read; ``taken`` is column → the last row that a cell from above spans."""

    builder: GridBuilder
    taken: dict[int, int] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    columns: int = 0
    span: Span | None = None
    unseen: bool = False
    row_struck: bool = False
    filled: bool = False
    row_filled: bool = False
    unseen_text: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    whole: str = ""
    """The title attribute in the cell, where pages put the whole text if they show only its beginning."""


class _PageTables:
    def __init__(self, place: Place, classes: PageClasses) -> None:
        self.place, self._classes = place, classes
        self._done: list[GridBuilder] = []
        self._open: list[_HtmlTable] = []
        self._outside = OutsideText()
        self._limits = SizeLimits()
        self._places = MAX_CELLS

    def text(self, text: str) -> None:
        self._add(BLANKS.sub(" ", text))

    def _add(self, text: str) -> None:
        table = self._open[-1] if self._open else None
        if table is not None and table.unseen:
            table.builder.unshown(table.row, max(table.column, 1), text)
        elif table is None or table.span is None:
            self._outside.add(text)
        elif table.marks.reading:
            return
        elif table.marks.hidden:
            table.builder.unshown(table.span.top, table.span.left, text)
        else:
            text = table.marks.shown(text)
            if table.marks.unseen:
                table.unseen_text.append(text)
            table.runs.append(Run(text, table.marks.struck, table.marks.look))

    def tag(self, name: str, rest: str) -> None:
        if name == "table":
            self._start_table(rest)
        elif name in _STRUCTURE:
            if self._open:
                self._close_cell()
                self._structure(name, rest)
        elif name == "/caption" and self._open and not self._open[-1].builder.title:
            self._open[-1].builder.title = self._outside.title()
        elif name == "input":
            self._input(_attributes(rest))
        elif name == "img":
            self._image(_attributes(rest))
        elif name == "col" and self._open:
            self._column(self._open[-1], rest)
        else:
            self._other(name, rest)

    def _other(self, name: str, rest: str) -> None:
        """A tag that is not part of the structure of a table."""
        if self._open and self._open[-1].span is not None:
            table, span = self._open[-1], self._open[-1].span
            table.marks.tag(name, rest, self._classes)
            table.whole = table.whole or _whole(rest)
            if name == "a" and span is not None:
                table.builder.linked(span.top, span.left, html.unescape(_attributes(rest).get("href", "")))
        else:
            self._outside.tag(name, rest, self._classes)
        if name.removeprefix("/") in _BREAKS:
            self._add("\n")
        elif name in ("i", "svg"):
            self._sign(icon(name, rest))

    def close(self) -> tuple[Grid, ...]:
        """The grids, now that the page has ended."""
        while self._open:
            self._close_cell()
            self._structure("/table", "")
        if self._done:
            self._outside.report(self._done[-1], below=True)
        return tuple(builder.build() for builder in self._done)

    def _input(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        if kind in ("checkbox", "radio"):
            self._add("☑" if "checked" in attributes else "□")
        elif kind in _WRITTEN_IN:
            self.text(html.unescape(attributes.get("value", "")))

    def _image(self, attributes: dict[str, str]) -> None:
        described = html.unescape(attributes.get("alt", "")).strip()
        table = self._open[-1] if self._open else None
        if table is None or table.span is None or (described and tick(described) is not None):
            self.text(described)  # the alternative text may be the title of a table, or a tick
        else:
            table.builder.picture_at(table.span.top, table.span.left, described)

    def _sign(self, sign: str) -> None:
        """A mark shown as an icon."""
        span = self._open[-1].span if self._open else None
        if sign and sign != UNKNOWN:
            self._add(sign)
        elif sign and span is not None:
            self._open[-1].builder.picture_at(span.top, span.left, "")

    def _column(self, table: _HtmlTable, rest: str) -> None:
        first = table.columns + 1
        table.columns = min(table.columns + _count(_attributes(rest).get("span")), MAX_COLUMNS)
        if is_hidden(rest, self._classes):
            table.builder.hide_columns(first, table.columns)

    def _start_table(self, rest: str) -> None:
        if len(self._open) >= MAX_NESTED:
            raise Unreadable(self.place, "网页里的表格嵌套太深。", "请把目录表格复制到 Excel，另存为 .xlsx 后再试。")
        if len(self._done) >= MAX_TABLES:
            raise Unreadable(
                self.place, "网页里的表格太多，不像是一份目录。", "请把目录表格复制到 Excel，另存为 .xlsx 后再试。"
            )
        builder = GridBuilder("", self.place, self._limits)
        builder.hidden = self._outside.hidden or is_hidden(rest, self._classes)
        builder.title = self._outside.title([run.text for table in self._open for run in table.runs[-_NEAR:]])
        self._open.append(_HtmlTable(builder, filled=is_filled(rest, self._classes)))

    def _structure(self, name: str, rest: str) -> None:
        table = self._open[-1]
        if name == "tr":
            table.row += 1
            table.column = 0
            table.row_struck = is_struck(rest, self._classes)
            table.row_filled = table.filled or is_filled(rest, self._classes)
            if is_hidden(rest, self._classes):
                table.builder.hidden_rows.add(table.row)
        elif name in ("td", "th"):
            table.row = table.row or 1
            table.unseen = is_hidden(rest, self._classes)  # takes no column of the row
            if table.unseen:
                return
            struck = table.row_struck or is_struck(rest, self._classes)
            filled = table.row_filled or is_filled(rest, self._classes)
            table.marks = Marks(struck, filled, rest, self._classes)
            self._start_cell(table, _attributes(rest))
            table.whole = _whole(rest)
        elif name == "/table":
            self._end_table(self._open.pop())

    def _end_table(self, table: _HtmlTable) -> None:
        builder = table.builder
        if builder.cells or builder.flaws:
            self._done.append(builder)
            builder.name = f"表{len(self._done)}"
            if not self._open:
                self._outside.report(builder, below=False)
        if self._open and self._open[-1].span is not None:  # a small nested table is part of the cell's text
            text = "\n".join(one_line(text) for text in builder.cells.values())
            if len(text) <= MAX_INNER:
                self._open[-1].runs.append(Run(f"\n{text}\n"))

    def _start_cell(self, table: _HtmlTable, attributes: dict[str, str]) -> None:
        table.column += 1
        while table.taken.get(table.column, 0) >= table.row:
            table.column += 1
        height, width = _spans(attributes)
        right = table.column + width - 1
        if right > MAX_COLUMNS:
            raise Unreadable(
                self.place,
                f"表格超过 {MAX_COLUMNS} 列，不像是一份目录。",
                "请核对表格，或者复制到 Excel 另存为 .xlsx。",
            )
        self._places -= width
        if self._places < 0:
            raise Unreadable(self.place, "表格太大，不像是一份目录。", "请只留下目录所在的表格。")
        table.span = Span(table.row, table.column, table.row + height - 1, right)
        for column in range(table.column, right + 1):
            table.taken[column] = table.row + height - 1
        table.column = right

    def _close_cell(self) -> None:
        table = self._open[-1]
        table.unseen = False
        if table.span is None:
            return
        span, table.span = table.span, None
        table.builder.charge(8 * len(table.runs))
        if table.whole and _is_cut("".join(run.text for run in table.runs), table.whole):
            table.runs = [Run(table.whole, all(run.struck for run in table.runs))]
        table.builder.choices(span.top, span.left, table.runs)
        kept, struck = split_struck(tuple(table.runs), False)
        table.builder.faint(span.top, span.left, "".join(table.unseen_text))
        table.runs, table.unseen_text = [], []
        table.builder.put(span.top, span.left, "\n".join(line.strip() for line in kept.split("\n") if line.strip()))
        table.builder.strike(span.top, span.left, struck)
        if (span.top, span.left) in table.builder.cells and (span.top, span.left) != (span.bottom, span.right):
            table.builder.merge(span)


def _attributes(rest: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(rest)}


def _whole(rest: str) -> str:
    """The tag's title attribute; empty if there is none."""
    return html.unescape(_attributes(rest).get("title", "")) if "title" in rest.lower() else ""


def _is_cut(shown: str, whole: str) -> bool:
    """Whether the cell shows the beginning of ``whole`` and dots, as pages with narrow columns do."""
    plain = "".join(shown.split())
    beginning = plain.rstrip(".…")
    return beginning != plain and len(beginning) > 1 and "".join(whole.split()).startswith(beginning)


def spans(rest: str) -> tuple[int, int]:
    """How many rows and columns a cell spans, from the attributes of its tag."""
    return _spans(_attributes(rest))


def _spans(attributes: dict[str, str]) -> tuple[int, int]:
    return _count(attributes.get("rowspan")), min(_count(attributes.get("colspan")), MAX_COLUMNS)


def _count(text: str | None) -> int:
    """A span: at least 1, at most what the standard allows; 0 means to the end of the table."""
    digits = (text or "1").strip()
    if not digits.isascii() or not digits.isdecimal():
        return 1
    return min(int(digits[:9]) or 65_534, 65_534)


FRAME = frozenset(("nav", "header", "footer", "select", "button", "title"))
"""Elements that belong to the web site, not to the content of the page."""
_TITLE = re.compile(r"目录|领域|清单")
_LONGEST_TITLE = 100
_NEAR_TABLE = 200
"""How many pieces of text above a table are searched for its title."""
_QUOTED = 20
"""The most lines quoted in a message."""
_SHORT = 80
_HINT = "请看一眼：对事项有所说明的，请写进那个事项的单元格；只是网页的导航、落款的，不用管。"


class OutsideText:
    """The text outside tables. Pieces are added in their order; ``report`` reports those added since its last call."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []  # a text, and whether it is content
        self._title = ""
        self._in_link = False
        self._frames: Counter[str] = Counter()
        self._marks = Marks()

    def add(self, text: str) -> None:
        """Add text outside every cell; links, hidden text and the frame of the website are not content."""
        framed = any(self._frames.values()) or self._marks.hidden
        self._pieces.append((text, not (framed or self._in_link)))

    @property
    def hidden(self) -> bool:
        """Whether an element that begins here is hidden."""
        return self._marks.hidden

    def tag(self, name: str, attributes: str, classes: PageClasses) -> None:
        """A tag outside every cell."""
        plain = name.removeprefix("/")
        if plain == "a":
            self._in_link = plain == name
        elif plain not in FRAME:
            self._marks.tag(name, attributes, classes)
        else:
            self._frames[plain] = max(self._frames[plain] + (1 if plain == name else -1), 0)
        if plain in ("title", "caption"):
            self.add("\n")

    def title(self, inside: Sequence[str] = ()) -> str:
        """The title of a table that begins here; ``inside`` are texts of the cell that it is in."""
        around = "".join([text for text, _ in self._pieces[-_NEAR_TABLE:]] + [*inside])
        lines = [line.strip() for line in around.split("\n") if line.strip() and len(line) < _LONGEST_TITLE]
        self._title = next((line for line in reversed(lines) if _TITLE.search(line)), "")
        return self._title

    def report(self, builder: GridBuilder, *, below: bool) -> None:
        """Report the page's text above the table, or below it, and forget it."""
        lines = [line for line in self._lines() if line != self._title]
        self._pieces.clear()
        self._title = ""
        if lines:
            nearest = lines[:_QUOTED] if below else lines[-_QUOTED:]
            quoted = "".join(f"“{shortened(line, _SHORT)}”" for line in nearest)
            where = f"表格{'下面' if below else '上面'}有 {len(lines)} 段文字，没有读"
            message = f"{where}：{quoted}{'等' if len(lines) > len(nearest) else ''}。"
            builder.flaw(Flaw(0, 0, message, _HINT, TroubleKind.BESIDE, "\n".join(lines)))

    def _lines(self) -> Iterator[str]:
        """The lines that hold text."""
        line: list[str] = []
        has_text = False
        for text, says in [*self._pieces, ("\n", False)]:
            for number, part in enumerate(text.split("\n")):
                if number:
                    if has_text:
                        yield " ".join("".join(line).split())
                    line, has_text = [], False
                line.append(visible(part))
                has_text = has_text or (says and any(map(str.isalnum, part)))
