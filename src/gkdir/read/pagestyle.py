"""The tags and style sheets of a web page → which of its text is struck out, hidden, invisible, or an icon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from gkdir.read import richtext
from gkdir.read.richtext import UNKNOWN, marked, raised

_STYLE_SHEET = re.compile(r"<style\b", re.IGNORECASE)
_SELECTOR = re.compile(r"[.#][\w-]+")
_ALONE = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
_CLASSES = re.compile(r"""\b(class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_STRIKING = frozenset(("s", "strike", "del"))
_RAISING = frozenset(("sup", "sub"))
_RUBY = frozenset(("rt", "rp"))
"""Ruby text: the pronunciation above a word."""
_WITH_EFFECT = (
    _STRIKING
    | _RAISING
    | _RUBY
    | {
        *("span", "font", "a", "b", "i", "u", "em", "strong", "p", "div", "li", "ins", "label", "small", "mark", "big"),
        *(
            "center",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "section",
            "article",
            "aside",
            "figure",
            "ul",
            "ol",
            "dl",
            "dt",
        ),
        *(
            "dd",
            "pre",
            "blockquote",
            "code",
            "kbd",
            "samp",
            "tt",
            "var",
            "cite",
            "q",
            "abbr",
            "dfn",
            "bdo",
            "nobr",
            "ruby",
        ),
        *("details", "summary", "time", "data"),
    }
)
_EMPHASIS = {"b": "b", "strong": "b", "u": "u", "mark": "mark"}
_COLOUR = re.compile(r"(?:\bcolor|background(?:-color)?)\s*[:=]\s*[\"']?\s*(#?\w{3,20})", re.IGNORECASE)
_BLACK = frozenset(("#000", "#000000", "black", "windowtext", "inherit", "transparent", "white", "#fff", "#ffffff"))
_DEEPEST = 100
_LONGEST = 400_000
"""The most characters of style sheets that are read."""


class PageClasses(Struct, frozen=True):
    """The ``.class``, ``#id`` and tag selectors of the page's own style sheets that strike out, hide, set white text
    without a background, or set a background.
    """

    struck: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    white: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()


_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*\.?0(?![.\d]*[1-9])"
    r"|(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%|scale\(\s*0\s*\)"
    r"|(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;[^\"']*)?overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|\s)hidden(?=[\s=/]|\Z)", re.IGNORECASE)
_TEXT_COLOUR = re.compile(
    r"(?<![-\w])color\s*[:=]\s*[\"']?\s*(#[0-9a-f]{3,8}|rgba?\([^)]{0,40}\)|[a-z]+)", re.IGNORECASE
)
_SIZE = re.compile(r"font-size\s*:\s*(\d*\.?\d+)\s*(px|pt)?(?![\w%.])", re.IGNORECASE)
_POINTS = 0.75
"""Points per pixel."""
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_SYMBOLS = re.compile(
    r"(?:font-family|face)\s*[:=]\s*(?:[\"']|&quot;)*\s*(wingdings(?: [23])?|webdings|symbol)\b", re.IGNORECASE
)
_ICON = re.compile(
    r"(?:^|[\s\"'_-])(?:fa|fas|far|icon|iconfont|glyphicon|bi|mdi|anticon|el-icon|layui-icon)(?=[\s\"'_-]|\Z)"
)
_TICKED = re.compile(r"check(?!box-blank)|tick|gou\b|dui\b|success|selected|\byes\b")
_CROSSED = re.compile(r"times|close|cross|cuo\b|remove|\bno\b|square-o|blank|uncheck")
NONE = PageClasses()
_FILL = re.compile(r"\b(?:background(?:-color)?|bgcolor)\s*[:=]\s*[\"']?\s*([#\w]+)", re.IGNORECASE)
_NO_FILL = frozenset(("white", "#fff", "#ffffff", "transparent", "none", "inherit", "initial"))
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def page_classes(text: str) -> PageClasses:
    """The effects of the page's own style sheets."""
    struck: set[str] = set()
    hidden: set[str] = set()
    white: set[str] = set()
    filled: set[str] = set()
    looked_at = 0
    for match in _STYLE_SHEET.finditer(text):
        end = text.find("</", match.end())
        start = text.find(">", match.end()) + 1
        sheet = text[start : end if end >= 0 else len(text)][: _LONGEST - looked_at]
        looked_at += len(sheet)
        for rule in sheet.split("}"):
            selector, _, body = rule.rpartition("{")
            kinds = (
                (struck, "line-through" in body), (hidden, _HIDING.search(body)),
                (white, _colour(body) and not _has_fill(body)), (filled, _has_fill(body)),
            )  # fmt: skip
            for found in (found for found, style in kinds if style):
                found.update(_selected(selector))
        if looked_at >= _LONGEST:
            break
    return PageClasses(frozenset(struck), frozenset(hidden), frozenset(white), frozenset(filled))


def _selected(selectors: str) -> Iterator[str]:
    """The classes and ids in a rule's selectors, and selectors that are one tag."""
    yield from (name.lower() for name in _SELECTOR.findall(selectors))
    alone = (one.strip() for one in selectors.rpartition("{")[2].split(","))
    yield from (one.lower() for one in alone if _ALONE.fullmatch(one))


def is_struck(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, strikes its text out."""
    return "line-through" in attributes.lower() or _has_class(attributes, classes.struck)


def is_hidden(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, is hidden."""
    if not attributes.strip():
        return False
    if _HIDING.search(attributes) or _has_class(attributes, classes.hidden):
        return True
    return _HIDDEN_ATTRIBUTE.search(_QUOTED.sub("", attributes)) is not None


def is_filled(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, has a background of its own."""
    return _has_fill(attributes) or _has_class(attributes, classes.filled)


def _has_fill(attributes: str) -> bool:
    return any(value.lower() not in _NO_FILL for value in _FILL.findall(attributes))


def is_white(attributes: str, classes: PageClasses) -> bool | None:
    """Whether an element with these attributes, as written, has white text and no background; ``None``: inherited."""
    white = _colour(attributes)
    if white is None and _has_class(attributes, classes.white):
        white = True
    return white and not is_filled(attributes, classes)


def _colour(style: str) -> bool | None:
    """Whether the text colour is white or transparent; ``None`` if none is given."""
    if "color" not in style.lower():
        return None
    for match in _TEXT_COLOUR.finditer(style):
        colour = match[1].lower()
        if colour.startswith("rgb"):
            parts = re.findall(r"[\d.]+", colour)
            if len(parts) == 4 and float(parts[3][:8].strip(".") or 0) == 0:
                return True
            return len(parts) >= 3 and richtext.is_white(
                "".join(f"{min(int(float(part[:6])), 255):02x}" for part in parts[:3])
            )
        figures = "".join(each * 2 for each in colour[1:4]) if len(colour) in (4, 5) else colour[1:7]
        return colour in ("white", "transparent", "snow") or (colour[0] == "#" and richtext.is_white(figures))
    return None


def is_tiny(attributes: str) -> bool | None:
    """Whether text is too small to be read; ``None`` if no size is given."""
    match = _SIZE.search(attributes)
    if match is None:
        return None
    return richtext.is_tiny(str(float(match[1]) * (1 if (match[2] or "").lower() == "pt" else _POINTS)))


def _has_class(attributes: str, found: frozenset[str]) -> bool:
    if not found:
        return False
    for kind, value in _CLASSES.findall(attributes):
        sign = "#" if kind.lower() == "id" else "."
        if any(f"{sign}{name}" in found for name in value.strip("\"'").lower().split()):
            return True
    return False


def icon(name: str, attributes: str) -> str:
    """The mark that an icon (of a font, or svg) shows, by its class; ``UNKNOWN`` for other icons, empty for no icon."""
    classes = " ".join(value for kind, value in _CLASSES.findall(attributes) if kind.lower() == "class").lower()
    if name != "svg" and not _ICON.search(classes):
        return ""
    return "×" if _CROSSED.search(classes) else "√" if _TICKED.search(classes) else UNKNOWN


def _look(name: str, attributes: str) -> str:
    """How an element emphasises its text; empty if it does not."""
    if name in _EMPHASIS:
        return _EMPHASIS[name]
    colours = [colour.lower() for colour in _COLOUR.findall(attributes)] if "=" in attributes else []
    bold = "b" if re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", attributes) else ""
    return " ".join(filter(None, [bold, *(colour for colour in colours if colour not in _BLACK)]))


class _OpenMark(NamedTuple):
    """An open element and its effect on its text; ``None`` means inherited."""

    name: str
    struck: bool
    look: str
    hidden: bool
    white: bool | None
    tiny: bool | None
    filled: bool
    raised: bool
    symbols: str


class Marks:
    """The open elements in a cell that change the meaning of its text; ``attributes`` are those of the cell itself."""

    def __init__(self, struck: bool = False, filled: bool = False, attributes: str = "", classes: PageClasses = NONE):
        self._whole, self._filled = struck, filled
        self._open: list[_OpenMark] = []
        self._cell = is_white(attributes, classes), is_tiny(attributes)
        self._unchosen = False

    @property
    def struck(self) -> bool:
        """Whether text is struck out here."""
        return self._whole or any(one.struck for one in self._open)

    @property
    def look(self) -> str:
        """How text is emphasised here."""
        return " ".join(sorted({one.look for one in self._open if one.look}))

    @property
    def hidden(self) -> bool:
        """Whether text is hidden here, or is an option of a list that is not selected."""
        return self._unchosen or any(one.hidden for one in self._open)

    @property
    def reading(self) -> bool:
        """Whether text here is ruby text."""
        return any(one.name in _RUBY for one in self._open)

    @property
    def unseen(self) -> bool:
        """Whether text here is white on white, or too small."""
        white, tiny = self._cell
        for one in self._open:
            white = (white if one.white is None else one.white) and not one.filled
            tiny = tiny if one.tiny is None else one.tiny
        return bool(tiny or (white and not self._filled))

    def shown(self, text: str) -> str:
        """The text as it is shown here."""
        if any(one.raised for one in self._open):
            return raised(text)
        return marked(text, next((one.symbols for one in reversed(self._open) if one.symbols), ""))

    def tag(self, name: str, attributes: str, classes: PageClasses) -> None:
        """A tag within the cell opens or (``/del``) closes, also closing elements within it that were left open."""
        if name in _WITH_EFFECT:
            if len(self._open) < _DEEPEST:
                self._open.append(_opened(name, attributes, classes))
        elif name in ("option", "/option", "/select"):
            self._unchosen = name == "option" and re.search(r"\bselected\b", attributes.lower()) is None
        elif name[:1] == "/" and name[1:] in _WITH_EFFECT:
            for index in range(len(self._open) - 1, -1, -1):
                if self._open[index].name == name[1:]:
                    del self._open[index:]
                    return


def _opened(name: str, attributes: str, classes: PageClasses) -> _OpenMark:
    font = _SYMBOLS.search(attributes)
    return _OpenMark(
        name,
        name in _STRIKING or is_struck(attributes, classes) or name in classes.struck,
        _look(name, attributes),
        is_hidden(attributes, classes) or name in classes.hidden,
        is_white(attributes, classes),
        is_tiny(attributes),
        is_filled(attributes, classes),
        name in _RAISING or _RAISED.search(attributes) is not None,
        font[1] if font else "",
    )
