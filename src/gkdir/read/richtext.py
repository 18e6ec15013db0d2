"""Runs of formatted text, of any format of file → a cell's text, what is struck out, choices that only look set off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from gkdir.model.columns import AUDIENCES, CHANNELS, LEVELS, MODES
from gkdir.read.colours import is_tiny, is_white
from gkdir.read.raised import raised
from gkdir.read.symbols import is_symbols, marked
from gkdir.read.text import fold

_OPTIONS = frozenset(fold(word) for word in (*AUDIENCES, *CHANNELS, *LEVELS, *MODES))
_BETWEEN = frozenset("\n\t 、，,；;\u3000")
_MARKS = frozenset("■□☑☐☒√✓✔×✗●○◆◇▲△◎¨þ")
_LONGEST = 2_000


def set_off(runs: Sequence[Run]) -> list[str]:
    """The choices that look unlike the most of those listed; none where marks tell, or all look alike."""
    if len({run.look for run in runs if run.text.strip()}) < 2 or sum(len(run.text) for run in runs) > _LONGEST:
        return []
    if any(not _MARKS.isdisjoint(run.text) for run in runs):
        return []
    looks = [(text, look) for text, look in _pieces(runs) if fold(text) in _OPTIONS]
    counted = Counter(look for _, look in looks)
    if len(counted) < 2:
        return []
    usual = max(counted, key=lambda look: (counted[look], look == ""))
    return [text for text, look in looks if look != usual]


def _pieces(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """The words between commas and breaks, each with the look of its first character that counts."""
    found: list[tuple[str, str]] = []
    word, look = "", ""
    for run in runs:
        for character in "" if run.struck else run.text:
            if character in _BETWEEN:
                found.append((word, look))
                word = ""
            else:
                look = look if word else run.look
                word += character
    return [(text, at) for text, at in [*found, (word, look)] if text]


_FALSE = ("0", "false", "off", "none")


class Run(Struct, frozen=True):
    """A piece of text in one formatting. ``struck`` is ``None`` where the cell's own font decides."""

    text: str
    struck: bool | None = None
    look: str = ""
    """What else sets it off (bold, underlined, coloured); equal looks are equal texts."""
    unseen: bool = False
    """White, where nothing is behind it, or too small to be read."""


Text = str | tuple[Run, ...]
"""A text, in pieces where some of them have a formatting of their own."""


def parted(text: Text, struck: bool) -> tuple[str, str]:
    """What counts of the text, and what is struck out of it (pieces joined with ……); ``struck`` is the cell's font."""
    if isinstance(text, str):
        return ("", text) if struck else (text, "")
    kept: list[str] = []
    out: list[str] = []
    before = False
    for run in text:
        if struck if run.struck is None else run.struck:
            if before:
                out[-1] += run.text
            else:
                out.append(run.text)
            before = True
        else:
            kept.append(run.text)
            before = before and not run.text.strip()
    return "".join(kept), "……".join(piece.strip() for piece in out if piece.strip())


def switched_on(attributes: dict[str, str], name: str = "val") -> bool:
    """Whether an element that stands for yes by itself (``<strike/>``) is not taken back by its value."""
    return attributes.get(name, "1") not in _FALSE


def colour_of(attributes: dict[str, str]) -> str:
    """The colour of a font in a workbook; empty for what is black."""
    if attributes.get("rgb", "")[-6:] == "000000" or attributes.get("theme") == "1" or attributes.get("indexed") == "8":
        return ""
    return next((attributes[key] for key in ("rgb", "theme", "indexed") if key in attributes), "")


def is_white_font(attributes: dict[str, str]) -> bool:
    """Whether the colour of a font in a workbook is white."""
    return (
        is_white(attributes.get("rgb", ""))
        or attributes.get("indexed") in ("1", "9")
        or (attributes.get("theme") == "0" and attributes.get("tint", "0").strip("0.") == "")
    )


def unseen_text(text: Text) -> str:
    """What of the text is white by itself, or too small."""
    return "" if isinstance(text, str) else "".join(run.text for run in text if run.unseen and not run.struck)


class RichText:
    """Collects one text of a workbook (``si``, ``is``, a comment's ``text``). Phonetic readings are no part of it."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._pieces: list[str] = []
        self._struck: bool | None = None
        self._look: list[str] = []
        self._font = ""
        self._raised = self._unseen = False
        self._listening = self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag within the text opens."""
        if tag == "t":
            self._listening = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "rPr":
            self._struck = False
        elif tag == "strike":
            self._struck = switched_on(attributes)
        elif tag in ("b", "u") and switched_on(attributes):
            self._look.append(tag)
        elif tag == "rFont" and is_symbols(attributes.get("val", "")):
            self._font = attributes["val"]
        elif tag == "color" and (colour := colour_of(attributes)):
            self._look.append(colour)
            self._unseen = self._unseen or is_white_font(attributes)
        elif tag == "sz" and is_tiny(attributes.get("val", "")):
            self._unseen = True
        elif tag == "vertAlign":
            self._raised = attributes.get("val") != "baseline"

    def end(self, tag: str) -> None:
        """A tag within the text closes."""
        if tag == "t":
            self._listening = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self._close_run()

    def text(self, data: str) -> None:
        """Text between the tags."""
        if self._listening:
            self._pieces.append(data)

    def _close_run(self) -> None:
        if self._pieces:
            text = marked("".join(self._pieces), self._font)
            look = " ".join(sorted(self._look))
            self._runs.append(Run(raised(text) if self._raised else text, self._struck, look, self._unseen))
            self._pieces.clear()
        self._struck = None
        self._look.clear()
        self._font = ""
        self._raised = self._unseen = False

    def take(self) -> Text:
        """The text collected; the collector is empty again."""
        if not self._runs:
            text = "".join(self._pieces)
            self._pieces.clear()
            return text
        self._close_run()
        runs = tuple(self._runs)
        self._runs.clear()
        return runs if any(run.struck is not None for run in runs) else "".join(run.text for run in runs)
