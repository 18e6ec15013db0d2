"""The styles of an OpenDocument file → what is struck out, which sheets are hidden, how numbers without a text show."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.read.formatcode import FormatCode, parse
from gkdir.read.styles import MAX_FORMATS, Style

_NUMBERS = frozenset(
    ("number-style", "date-style", "time-style", "percentage-style", "currency-style", "boolean-style", "text-style")
)
_DATES = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s", "day-of-week": "a"}
_DEEPEST = 10
MAX_STYLES = 20_000


class _NamedStyle(Struct):
    parent: str = ""
    data: str = ""
    struck: bool | None = None
    white: bool | None = None
    filled: bool | None = None
    displayed: bool = True


class OdsStyles:
    """Collects styles from the tags of ``styles.xml`` and ``content.xml``, by name."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._named: dict[tuple[str, str], _NamedStyle] = {}
        self._codes: dict[str, str] = {}
        self._open = _NamedStyle()
        self._code: list[str] | None = None
        self._number = ""
        self._percent = False
        self._literal: list[str] | None = None
        self._made: dict[str, Style] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if tag == "style":
            name, family = attributes.get("style:name", ""), attributes.get("style:family", "")
            parent, data = attributes.get("style:parent-style-name", ""), attributes.get("style:data-style-name", "")
            self._open = self._named[family, name] = _NamedStyle(parent, data)
        elif tag == "text-properties":
            line = attributes.get("style:text-line-through-style"), attributes.get("style:text-line-through-type")
            if line != (None, None):
                self._open.struck = any(each not in (None, "none") for each in line) and "none" not in line
            if "fo:color" in attributes:
                self._open.white = attributes["fo:color"].lower() == "#ffffff"
        elif tag == "table-cell-properties" and "fo:background-color" in attributes:
            self._open.filled = attributes["fo:background-color"].lower() not in ("transparent", "#ffffff")
        elif tag == "table-properties":
            self._open.displayed = attributes.get("table:display", "true") != "false"
        elif tag in _NUMBERS:
            self._number, self._code = attributes.get("style:name", ""), []
            self._percent = tag == "percentage-style"
        elif self._code is not None:
            self._part(tag, attributes, self._code)
        if len(self._named) + len(self._codes) > MAX_STYLES or len(self._codes) > MAX_FORMATS:
            raise Unreadable(self._place, "样式太多，不像是一份目录。", "请把目录复制到新的表格后再试。")

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._literal is not None:
            self._literal.append(data)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag in ("text", "currency-symbol") and self._literal is not None and self._code is not None:
            literal = "".join(self._literal)
            percent = literal.strip() == "%" and self._percent
            self._code.append("%" if percent else '"' + literal.replace('"', "") + '"')
            self._literal = None
        elif tag in _NUMBERS and self._code is not None:
            self._codes[self._number] = "".join(self._code)
            self._code = None
        elif tag == "style":
            self._open = _NamedStyle()

    def _part(self, tag: str, attributes: dict[str, str], code: list[str]) -> None:
        if tag in ("text", "currency-symbol"):
            self._literal = []
        elif tag == "number":
            whole = "0" * min(_count(attributes.get("number:min-integer-digits"), 1), 15) or "#"
            places = "0" * min(_count(attributes.get("number:decimal-places"), 0), 15)
            grouped = "#,##" if attributes.get("number:grouping") == "true" else ""
            code.append(f"{grouped}{whole}{'.' + places if places else ''}")
        elif tag in _DATES:
            long = attributes.get("number:style") == "long"
            letter = _DATES[tag]
            code.append(letter * (4 if letter == "y" or (letter == "a" and long) else 3 if letter == "a" else 1 + long))
        elif tag == "am-pm":
            code.append("AM/PM")
        elif tag == "text-content":
            code.append("@")

    def struck_span(self, name: str) -> bool | None:
        """Whether text in this style is struck out; ``None`` where what is around it decides."""
        return self._said("text", name, "struck")

    def displayed(self, table: str) -> bool:
        """Whether a sheet in this style is shown."""
        return self._named.get(("table", table), _NamedStyle()).displayed

    def cell(self, name: str) -> Style:
        """The style of a cell."""
        if name not in self._made:
            code = self._codes.get(self._data(name), "")
            format_: FormatCode | None = parse(code) if code else None
            white = self._said("table-cell", name, "white") and not self._said("table-cell", name, "filled")
            self._made[name] = Style(format_, bool(self._said("table-cell", name, "struck")), white=bool(white))
        return self._made[name]

    def _data(self, name: str) -> str:
        for _ in range(_DEEPEST):
            named = self._named.get(("table-cell", name))
            if named is None or named.data:
                return named.data if named else ""
            name = named.parent
        return ""

    def _said(self, family: str, name: str, what: str) -> bool | None:
        """What the style, or the nearest above it that says so, says of ``what``."""
        for _ in range(_DEEPEST):
            named = self._named.get((family, name))
            said: bool | None = getattr(named, what) if named else None
            if named is None or said is not None:
                return said
            name = named.parent
        return None


def _count(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else default
