"""Word's styles and fields → which runs are struck out or hidden, and the text of a field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.read.archive import Archive
from gkdir.read.richtext import is_tiny, is_white, switched_on

_ENCLOSED = re.compile(r"EQ\s*\\o\s*(?:\\a[clr]\s*)?\(([^,，;；()]{1,20})[,，;；]([^,，;；()]{1,20})\)", re.IGNORECASE)
_FRAMES = "○◯〇□口△◇"
_LONGEST = 2_000
_MOST_PIECES = 200
"""The most pieces of a field's code that are kept; the codes that matter here have some twenty at most."""


class WordFields:
    """The open fields, each with its code until it has a result."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._shown = 0  # how many of them, from the outermost, have a result and no code after it

    def begin(self) -> None:
        """A field begins."""
        self._open.append([])

    def code(self, text: str) -> None:
        """A piece of the code of the innermost field."""
        if self._open and len(self._open[-1]) < _MOST_PIECES:
            self._open[-1].append(text[:_LONGEST])
            self._shown = min(self._shown, len(self._open) - 1)

    @property
    def current(self) -> str:
        """The code of the innermost field so far."""
        return "".join(self._open[-1]) if self._open else ""

    def result(self) -> None:
        """Text is shown, so the open fields have a result."""
        for one in self._open[self._shown :]:
            one.clear()
        self._shown = len(self._open)

    def end(self) -> str:
        """The innermost field ends; returns its code if it has no result, else an empty string."""
        code = "".join(self._open.pop()) if self._open else ""
        self._shown = min(self._shown, len(self._open))
        return " ".join(code.split())


def enclosed(code: str) -> str:
    """The character for an enclosed one of Word (带圈字符): □ with √ in it is √, ○ with 1 is ①."""
    match = _ENCLOSED.search(code)
    if match is None:
        return ""
    frame, inner = (match[1].strip(), match[2].strip()) if match[1].strip() in _FRAMES else (match[2], match[1])
    inner = inner.strip()
    if inner.isascii() and inner.isdecimal() and 1 <= int(inner) <= 20 and frame in "○◯〇":
        return chr(0x245F + int(inner))
    return inner


_DEEPEST = 10


class WordStyle(Struct, frozen=True):
    """The properties of a style; ``None`` means inherited."""

    struck: bool | None = None
    hidden: bool | None = None
    unseen: bool | None = None


NONE = WordStyle()


def value(attributes: Mapping[str, str], name: str) -> str:
    """An attribute with any namespace prefix, which is nearly always ``w``."""
    found = attributes.get(f"w:{name}")
    if found is not None:
        return found
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether a boolean element such as ``<w:strike/>`` is on."""
    return switched_on({"val": value(attributes, "val") or "1"})


def is_faint(tag: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether the element makes text white or tiny; ``None`` if it sets neither."""
    if tag == "color":
        return is_white(value(attributes, "val")) or (
            value(attributes, "themeColor") in ("background1", "light1") and not value(attributes, "themeShade")
        )
    size = value(attributes, "val")
    return is_tiny(str(int(size) / 2)) if tag == "sz" and size.isdecimal() and len(size) < 6 else None


def read_styles(archive: Archive, part: str | None) -> dict[str, WordStyle]:
    """Style id → style."""
    found: dict[str, WordStyle] = {}
    parents: dict[str, str] = {}
    style = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal style
        if tag == "style":
            style = value(attributes, "styleId")
            found[style] = NONE
        elif tag == "docDefaults":
            style = ""
        elif style and tag == "basedOn":
            parents[style] = value(attributes, "val")
        elif style:
            found[style] = _with(found[style], tag, attributes)

    if part is not None and part in archive:
        archive.parse(part, start)
    return {name: _inherited(name, found, parents) for name in found}


def _with(style: WordStyle, tag: str, attributes: dict[str, str]) -> WordStyle:
    if tag in ("strike", "dstrike"):
        return replace(style, struck=is_on(attributes))
    if tag == "vanish":
        return replace(style, hidden=is_on(attributes))
    faint = is_faint(tag, attributes)
    return style if faint is None else replace(style, unseen=faint or (tag == "sz" and bool(style.unseen)))


def _inherited(name: str, found: Mapping[str, WordStyle], parents: Mapping[str, str]) -> WordStyle:
    style = found[name]
    for _ in range(_DEEPEST):
        name = parents.get(name, "")
        if name not in found:
            break
        above = found[name]
        style = WordStyle(
            above.struck if style.struck is None else style.struck,
            above.hidden if style.hidden is None else style.hidden,
            above.unseen if style.unseen is None else style.unseen,
        )
    return style
