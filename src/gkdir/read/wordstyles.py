"""The styles of a Word document → what each does to its text: strikes it out, hides it, makes it white or tiny."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.read.archive import Archive
from gkdir.read.colours import is_tiny, is_white
from gkdir.read.richtext import switched_on

_DEEPEST = 10


class WordStyle(Struct, frozen=True):
    """What a style says; ``None`` where what is around it decides."""

    struck: bool | None = None
    hidden: bool | None = None
    unseen: bool | None = None


NONE = WordStyle()


def value(attributes: Mapping[str, str], name: str) -> str:
    """An attribute, whatever its name space is called."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an element such as ``<w:strike/>`` says yes."""
    return switched_on({"val": value(attributes, "val") or "1"})


def is_faint(tag: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether the element makes text white or tiny; ``None`` where it is about neither."""
    if tag == "color":
        return is_white(value(attributes, "val")) or (
            value(attributes, "themeColor") in ("background1", "light1") and not value(attributes, "themeShade")
        )
    size = value(attributes, "val")
    return is_tiny(str(int(size) / 2)) if tag == "sz" and size.isdecimal() and len(size) < 6 else None


def read_styles(archive: Archive, part: str | None) -> dict[str, WordStyle]:
    """The styles by their name."""
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
