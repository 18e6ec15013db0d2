"""The tags and style sheets of a web page → which of its text is struck out, and which is not shown."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct

_STYLE_SHEET = re.compile(r"<style\b", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)")
_CLASSES = re.compile(r"""\bclass\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_STRIKING = frozenset(("s", "strike", "del"))
_LOOKED_AT = frozenset(
    (
        "s",
        "strike",
        "del",
        "span",
        "font",
        "a",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "p",
        "div",
        "li",
        "ins",
        "label",
        "small",
        "mark",
    )
)
_LOOKS = {"b": "b", "strong": "b", "u": "u", "mark": "mark"}
_COLOUR = re.compile(r"(?:\bcolor|background(?:-color)?)\s*[:=]\s*[\"']?\s*(#?\w{3,20})", re.IGNORECASE)
_BLACK = frozenset(("#000", "#000000", "black", "windowtext", "inherit", "transparent", "white", "#fff", "#ffffff"))
_DEEPEST = 100
_LONGEST = 400_000
"""Characters of style sheets that are looked at."""


class PageClasses(Struct, frozen=True):
    """The classes whose text the page's own style sheets strike out, those that they do not show,
    those whose text is white on no background, and those that have a background."""

    struck: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    white: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()


_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|\s)hidden(?=[\s=/]|\Z)", re.IGNORECASE)
_WHITE = re.compile(r"(?<![-\w])color\s*[:=]\s*[\"']?\s*(?:#fff(?:fff)?\b|white\b)", re.IGNORECASE)
_FILL = re.compile(r"\b(?:background(?:-color)?|bgcolor)\s*[:=]\s*[\"']?\s*([#\w]+)", re.IGNORECASE)
_NO_FILL = frozenset(("white", "#fff", "#ffffff", "transparent", "none", "inherit", "initial"))
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def page_classes(text: str) -> PageClasses:
    """What the page's own style sheets say of its classes."""
    struck: set[str] = set()
    hidden: set[str] = set()
    white: set[str] = set()
    filled: set[str] = set()
    looked_at = 0
    for match in _STYLE_SHEET.finditer(text):
        end = text.find("</", match.end())
        sheet = text[match.end() : end if end >= 0 else len(text)][: _LONGEST - looked_at]
        looked_at += len(sheet)
        for rule in sheet.split("}"):
            selector, _, body = rule.rpartition("{")
            kinds = (
                (struck, "line-through" in body), (hidden, _HIDING.search(body)),
                (white, _is_white(body)), (filled, _has_fill(body)),
            )  # fmt: skip
            for found in (found for found, said in kinds if said):
                found.update(name.lower() for name in _CLASS.findall(selector))
        if looked_at >= _LONGEST:
            break
    return PageClasses(frozenset(struck), frozenset(hidden), frozenset(white), frozenset(filled))


def is_struck(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, strikes its text out."""
    return "line-through" in attributes.lower() or _has_class(attributes, classes.struck)


def is_hidden(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, is not shown."""
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


def is_white(attributes: str, classes: PageClasses) -> bool:
    """Whether an element with these attributes, as written, has white text on no background of its own."""
    return _is_white(attributes) or (_has_class(attributes, classes.white) and not is_filled(attributes, classes))


def _is_white(style: str) -> bool:
    return _WHITE.search(style) is not None and not _has_fill(style)


def _has_class(attributes: str, classes: frozenset[str]) -> bool:
    match = _CLASSES.search(attributes) if classes else None
    return match is not None and not classes.isdisjoint(match[1].strip("\"'").lower().split())


def _look(name: str, attributes: str) -> str:
    """How an element sets its text off, if it does."""
    if name in _LOOKS:
        return _LOOKS[name]
    colours = [colour.lower() for colour in _COLOUR.findall(attributes)] if "=" in attributes else []
    bold = "b" if re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", attributes) else ""
    return " ".join(filter(None, [bold, *(colour for colour in colours if colour not in _BLACK)]))


class _OpenMark(NamedTuple):
    """An element that is open, and what it does to its text."""

    name: str
    struck: bool
    look: str
    hidden: bool
    white: bool
    filled: bool


class Marks:
    """The elements that are open within a cell, as far as they may strike text out."""

    def __init__(self, struck: bool = False, white: bool = False, filled: bool = False) -> None:
        self._whole, self._whole_white, self._filled = struck, white, filled
        self._open: list[_OpenMark] = []
        self._unchosen = False

    @property
    def struck(self) -> bool:
        """Whether text is struck out here."""
        return self._whole or any(one.struck for one in self._open)

    @property
    def look(self) -> str:
        """How text is set off here."""
        return " ".join(sorted({one.look for one in self._open if one.look}))

    @property
    def hidden(self) -> bool:
        """Whether text is not shown here, or is a choice of a list that nobody made."""
        return self._unchosen or any(one.hidden for one in self._open)

    @property
    def white(self) -> bool:
        """Whether text is white here, on white."""
        white = self._whole_white
        for one in self._open:
            white = (white or one.white) and not one.filled
        return white and not self._filled

    def tag(self, name: str, attributes: str, classes: PageClasses) -> None:
        """A tag within the cell opens or (``/del``) closes; one that was left open ends with what is around it."""
        if name in _LOOKED_AT:
            if len(self._open) < _DEEPEST:
                struck = name in _STRIKING or is_struck(attributes, classes)
                hidden, white = is_hidden(attributes, classes), is_white(attributes, classes)
                look, filled = _look(name, attributes), is_filled(attributes, classes)
                self._open.append(_OpenMark(name, struck, look, hidden, white, filled))
        elif name in ("option", "/option", "/select"):
            self._unchosen = name == "option" and re.search(r"\bselected\b", attributes.lower()) is None
        elif name[:1] == "/" and name[1:] in _LOOKED_AT:
            for index in range(len(self._open) - 1, -1, -1):
                if self._open[index].name == name[1:]:
                    del self._open[index:]
                    return
