"""Two names of items → whether they are the same, and how similar they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from gkdir.read.text import nfkc

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[^\w]|_")
_VERBS = ("申领", "申请", "办理")


@lru_cache(maxsize=1 << 14)
def exact(name: str) -> str:
    """The name for exact comparison: without white space, widths folded."""
    return "".join(nfkc(name).split())


@lru_cache(maxsize=1 << 14)
def normal(name: str) -> str:
    """The name without brackets and their content, punctuation, and a final 申领, 申请 or 办理."""
    bare = exact(name)
    while (shorter := _IN_BRACKETS.sub("", bare)) != bare:
        bare = shorter
    bare = _MARKS.sub("", bare)
    for verb in _VERBS:
        if bare.endswith(verb) and len(bare) > len(verb):
            return bare.removesuffix(verb)
    return bare


def likeness(one: str, other: str) -> float:
    """The similarity of two names from 0 to 1, as written or in normal form, whichever is higher.

    Dice's coefficient over character bigrams, with the ends of a name counted as characters. Within one national
    directory no two different names reach 0.85.
    """
    return max(_dice(exact(one), exact(other)), _dice(normal(one), normal(other)))


class Likenesses:
    """The likeness of any name to each of ``names``; only those with which it shares characters are looked at."""

    def __init__(self, names: Iterable[str]) -> None:
        self._forms: dict[Callable[[str], str], dict[tuple[str, int], list[str]]] = {exact: {}, normal: {}}
        for name in names:
            for form, sharing in self._forms.items():
                for pair in _pairs(form(name)):
                    sharing.setdefault(pair, []).append(name)

    def of(self, name: str) -> Mapping[str, float]:
        """The names that are at all like it, each with its figure."""
        figures: dict[str, float] = {}
        for form, sharing in self._forms.items():
            pairs = _pairs(form(name))
            shared = Counter(other for pair in pairs for other in sharing.get(pair, ()))
            for other, count in shared.items():
                figure = 2 * count / (len(pairs) + len(_pairs(form(other))))
                figures[other] = max(figure, figures.get(other, 0.0))
        return figures


def _dice(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@lru_cache(maxsize=1 << 14)
def _pairs(name: str) -> frozenset[tuple[str, int]]:
    """The bigrams, each numbered by occurrence, so that sets of them act as multisets."""
    ended = f"\0{name}\0"
    seen: Counter[str] = Counter()
    pairs = []
    for at in range(len(ended) - 1):
        pair = ended[at : at + 2]
        pairs.append((pair, seen[pair]))
        seen[pair] += 1
    return frozenset(pairs)
