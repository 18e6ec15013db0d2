"""A text, and strings of which every match contains one → the lines with one of them; few have to be searched."""

from __future__ import annotations

from collections.abc import Iterable


def lines_with(text: str, signs: Iterable[str]) -> list[tuple[int, int]]:
    """The (start, end) of each line with one of the ``signs``."""
    lines = set()
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            lines.add((text.rfind("\n", 0, at) + 1, end))
            at = text.find(sign, end)
    return sorted(lines)
