"""Two names of items → whether they say the same, and if not, how alike they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[^\w]|_")
_VERBS = ("申领", "申请", "办理")


@lru_cache(maxsize=1 << 14)
def exact(name: str) -> str:
    """The name as far as it must agree to be the same: without white space, widths folded."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=1 << 14)
def normal(name: str) -> str:
    """The name without brackets and what they hold, marks, and a closing 申领, 申请 or 办理."""
    bare = exact(name)
    while (shorter := _IN_BRACKETS.sub("", bare)) != bare:
        bare = shorter
    bare = _MARKS.sub("", bare)
    for verb in _VERBS:
        if bare.endswith(verb) and len(bare) > len(verb):
            return bare.removesuffix(verb)
    return bare


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, as they stand or in their normal form, whichever is more alike.

    Dice's measure over pairs of neighbouring characters, the ends of a name counted as characters. Within one
    national directory no two different names reach 0.85.
    """
    return max(_dice(exact(one), exact(other)), _dice(normal(one), normal(other)))


def _dice(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@lru_cache(maxsize=1 << 14)
def _pairs(name: str) -> frozenset[tuple[str, int]]:
    """The pairs, each with how often it came before, so that sets of them count."""
    ended = f"\0{name}\0"
    seen: Counter[str] = Counter()
    pairs = []
    for at in range(len(ended) - 1):
        pair = ended[at : at + 2]
        pairs.append((pair, seen[pair]))
        seen[pair] += 1
    return frozenset(pairs)
