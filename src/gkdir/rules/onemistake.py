"""Names and texts → where a name stands with one mistake: a character wrong, left out, put in, or two exchanged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TITLE = re.compile(r"《([^《》\n]{4,60})》")
_COUNTRY = "中华人民共和国"
_FIGURES = frozenset("一二三四五六七八九十〇")
_SHORTEST = 5
"""Characters of a title: shorter ones are too often like another."""


def in_text(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the name begins and ends with one mistake between its ends, none put in: a text may say more of it."""
    size = len(name)
    starts = set(_places(name[:2], text))
    starts |= {at + 2 - length for at in _places(name[-2:], text) for length in (size, size - 1)}
    for at in sorted(starts):
        for end in (at + size, at + size - 1):
            if at >= 0 and one_mistake(text[at:end], name) and len(text[at:end]) == end - at:
                yield at, end


def titles(text: str, known: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where a title in 《》 is one of those that are known but for one mistake, and which."""
    for match in _TITLE.finditer(text):
        written = match[1].removeprefix(_COUNTRY)
        bare = {one.removeprefix(_COUNTRY) for one in known if abs(len(one.removeprefix(_COUNTRY)) - len(written)) < 2}
        if written not in bare and len(written) >= _SHORTEST - 1:
            for name in sorted(bare):
                if len(name) >= _SHORTEST and one_mistake(written, name, whole=True):
                    yield *match.span(1), name
                    break


def one_mistake(written: str, name: str, *, whole: bool = False) -> bool:
    """Whether it is the name but for one mistake; between its ends, unless it is looked at as a ``whole``."""
    shorter = min(len(written), len(name))
    first = next((at for at in range(shorter) if written[at] != name[at]), shorter)
    rest = len(name) - first - 1
    if not whole and (first == 0 or written[-1:] != name[-1:]):
        return False
    if len(written) == len(name):
        if first == len(name) or not written[first].isalpha() or written[first] in _FIGURES:
            return False
        exchanged = written[first : first + 2] == name[first : first + 2][::-1] and rest > 1 - whole
        return written[first + 1 :] == name[first + 1 :] or (exchanged and written[first + 2 :] == name[first + 2 :])
    if len(written) == len(name) - 1:
        return written[first:] == name[first + 1 :]
    return whole and len(written) == len(name) + 1 and written[first].isalpha() and written[first + 1 :] == name[first:]


def _places(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
