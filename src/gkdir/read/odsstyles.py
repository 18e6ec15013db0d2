"""The styles of an OpenDocument file → strikethrough, hidden sheets, and the formats of numbers without a text."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.read.formatcode import FormatCode, parse
from gkdir.read.richtext import is_flat, is_symbols, is_tiny, is_white
from gkdir.read.styles import MAX_FORMATS, Style

_NUMBERS = frozenset(
    ("number-style", "date-style", "time-style", "percentage-style", "currency-style", "boolean-style", "text-style")
)
_DATES = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s", "day-of-week": "a"}
_EMPHASIS = ("fo:font-weight", "style:text-underline-style", "fo:color", "fo:background-color")
_PLAIN = frozenset(("none", "normal", "transparent", "#000000"))
_SPAN = ("tiny", "white", "filled", "hidden", "raised")
_DEEPEST = 10
MAX_STYLES = 20_000


class _NamedStyle(Struct):
    parent: str = ""
    data: str = ""
    struck: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    filled: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    font: str | None = None
    look: str | None = None
    displayed: bool = True


class OdsSpan(Struct, frozen=True):
    """The effects of a style on a run of text; ``struck`` is ``None`` if it is inherited from the surroundings."""

    struck: bool | None = None
    hidden: bool = False
    unseen: bool = False
    raised: bool = False
    symbols: str = ""
    look: str = ""


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
        self._spans: dict[str, OdsSpan] = {}

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
            self._text_properties(attributes)
        elif tag == "table-cell-properties" and "fo:background-color" in attributes:
            self._open.filled = _is_filled(attributes["fo:background-color"])
        elif tag == "table-properties":
            self._open.displayed = attributes.get("table:display", "true") != "false"
        elif tag in ("table-row-properties", "table-column-properties"):
            size = attributes.get("style:row-height") or attributes.get("style:column-width") or "1"
            self._open.displayed = not is_flat(size)
        elif tag in _NUMBERS:
            self._number, self._code = attributes.get("style:name", ""), []
            self._percent = tag == "percentage-style"
        elif self._code is not None:
            self._part(tag, attributes, self._code)
        if len(self._named) + len(self._codes) > MAX_STYLES or len(self._codes) > MAX_FORMATS:
            raise Unreadable(self._place, "样式太多，不像是一份目录。", "请把目录复制到新的表格后再试。")

    def _text_properties(self, attributes: dict[str, str]) -> None:
        style = self._open
        if "fo:color" in attributes:
            style.white = is_white(attributes["fo:color"])
        if "fo:background-color" in attributes:
            style.filled = _is_filled(attributes["fo:background-color"])
        if attributes.get("fo:font-size", "").endswith("pt"):
            style.tiny = is_tiny(attributes["fo:font-size"].removesuffix("pt"))
        if "text:display" in attributes:
            style.hidden = attributes["text:display"] == "none"
        if "style:text-position" in attributes:
            style.raised = not attributes["style:text-position"].startswith("0%")
        font = attributes.get("style:font-name") or attributes.get("fo:font-family")
        style.font = font.strip("'\"") if font else None
        look = [attributes[name] for name in _EMPHASIS if attributes.get(name, "none") not in _PLAIN]
        if look or any(name in attributes for name in _EMPHASIS):
            style.look = " ".join(look)

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

    def span(self, name: str) -> OdsSpan:
        """The effects of a style on a run of text."""
        if name not in self._spans:
            values = {what: self._flag("text", name, what) for what in _SPAN}
            faint = values["tiny"] or (values["white"] and not values["filled"])
            self._spans[name] = OdsSpan(
                self._flag("text", name, "struck"),
                bool(values["hidden"]),
                bool(faint),
                bool(values["raised"]),
                self._font("text", name),
                str(self._property("text", name, "look") or ""),
            )
        return self._spans[name]

    def displayed(self, family: str, name: str) -> bool:
        """Whether a sheet, a row or a column in this style is shown."""
        return self._named.get((family, name), _NamedStyle()).displayed

    def cell(self, name: str) -> Style:
        """The style of a cell."""
        if name not in self._made:
            code = self._codes.get(self._data(name), "")
            format_: FormatCode | None = parse(code) if code else None
            filled = bool(self._flag("table-cell", name, "filled"))
            faint = self._flag("table-cell", name, "tiny") or (self._flag("table-cell", name, "white") and not filled)
            struck = bool(self._flag("table-cell", name, "struck"))
            self._made[name] = Style(format_, struck, self._font("table-cell", name), bool(faint), filled)
        return self._made[name]

    def _data(self, name: str) -> str:
        for _ in range(_DEEPEST):
            named = self._named.get(("table-cell", name))
            if named is None or named.data:
                return named.data if named else ""
            name = named.parent
        return ""

    def _font(self, family: str, name: str) -> str:
        """The font of the style if it is a symbol font, else empty."""
        font = self._property(family, name, "font")
        return font if isinstance(font, str) and is_symbols(font) else ""

    def _flag(self, family: str, name: str, what: str) -> bool | None:
        """Whether the style, or the nearest parent that defines it, is ``what``."""
        value = self._property(family, name, what)
        return None if value is None else bool(value)

    def _property(self, family: str, name: str, what: str) -> bool | str | None:
        """The property ``what`` of the style, or of the nearest parent that defines it."""
        for _ in range(_DEEPEST):
            named = self._named.get((family, name))
            value: bool | str | None = getattr(named, what) if named else None
            if named is None or value is not None:
                return value
            name = named.parent
        return None


def _is_filled(colour: str) -> bool:
    return colour != "transparent" and not is_white(colour)


def _count(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else default
