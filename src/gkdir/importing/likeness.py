"""Two names of items → whether they are the same, and how similar they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from gkdir.read.text import nfkc

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[^\w]|_")
_Sharing = Mapping[tuple[str, int], Sequence[str]]
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
    """Finds which of ``names`` are like a given name; only those that share characters with it are compared."""

    def __init__(self, names: Iterable[str]) -> None:
        every = tuple(dict.fromkeys(names))
        self._forms = tuple((form, *_sharing(form, every)) for form in (exact, normal))

    def of(self, name: str, least: float) -> Mapping[str, float]:
        """The names whose likeness to ``name`` is at least ``least``, each with its likeness (0 to 1)."""
        figures: dict[str, float] = {}
        for form, sharing, sizes in self._forms:
            pairs = _pairs(form(name))
            size = len(pairs)
            shared = Counter(chain.from_iterable([sharing[pair] for pair in pairs if pair in sharing]))
            for other in [other for other, count in shared.items() if 2 * count >= least * (size + sizes[other])]:
                similarity = 2 * shared[other] / (size + sizes[other])
                figures[other] = max(similarity, figures.get(other, 0.0))
        return figures


def _sharing(form: Callable[[str], str], names: Iterable[str]) -> tuple[_Sharing, Mapping[str, int]]:
    """Bigram → the names that contain it; name → its number of bigrams. ``form`` is applied to names first."""
    sharing: dict[tuple[str, int], list[str]] = {}
    sizes: dict[str, int] = {}
    for name in names:
        pairs = _pairs(form(name))
        sizes[name] = len(pairs)
        for pair in pairs:
            sharing.setdefault(pair, []).append(name)
    return sharing, sizes


def _dice(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@lru_cache(maxsize=1 << 14)
def _pairs(name: str) -> frozenset[tuple[str, int]]:
    """The bigrams, each numbered by its occurrence, so that a set of them works as a multiset."""
    ended = f"\0{name}\0"
    seen: Counter[str] = Counter()
    pairs = []
    for at in range(len(ended) - 1):
        pair = ended[at : at + 2]
        pairs.append((pair, seen[pair]))
        seen[pair] += 1
    return frozenset(pairs)
