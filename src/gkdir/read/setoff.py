"""The formatted pieces of a cell's text → the choices that only their formatting distinguishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gkdir.model.columns import AUDIENCES, CHANNELS, LEVELS, MODES
from gkdir.read.richtext import Run
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
