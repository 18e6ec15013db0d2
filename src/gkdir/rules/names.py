"""Two names of items → whether they are equal or similar; a misspelt word → the intended word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from gkdir.read.text import nfkc

ENDINGS = ("申领", "申请", "办理", "服务")
SHORT_FORMS = re.compile("社保卡?")
"""社保 for 社会保险, and 社保卡 for 社会保障卡."""
ALIKE = 0.75
"""The least Jaccard similarity of the bigrams of two similar names."""
SHORT = 4
"""A shorter name is contained in too many others to count as similar."""


@lru_cache(maxsize=1 << 12)  # every county has the national names
def plain(name: str) -> str:
    """The name without punctuation, brackets, white space and generic endings."""
    folded = re.sub(r"[\s《》〈〉()\[\]“”\"'、,，.。·的]", "", nfkc(name))
    folded = SHORT_FORMS.sub(lambda match: "社会保障卡" if match[0].endswith("卡") else "社会保险", folded)
    for ending in ENDINGS:
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            return folded.removesuffix(ending)
    return folded


def same(one: str, other: str) -> bool:
    """Whether two names are equal apart from punctuation and endings."""
    return plain(one) == plain(other)


class Compared(Struct, frozen=True):
    """A plain name, and the pairs of its neighbouring characters."""

    text: str
    pairs: frozenset[str]

    def like(self, other: Compared) -> bool:
        """Whether one name contains the other, or they share most of their pairs."""
        own, its = len(self.pairs), len(other.pairs)
        shared = len(self.pairs & other.pairs)
        if shared and shared >= ALIKE * (own + its - shared):
            return True
        if shared < own and shared < its:  # quick test: a name that contains another has all its pairs
            return False
        shorter, longer = (self.text, other.text) if own <= its else (other.text, self.text)
        return len(shorter) >= SHORT and shorter in longer


@lru_cache(maxsize=1 << 11)
def compared(name: str) -> Compared:
    """The name prepared for comparisons."""
    text = plain(name)
    return Compared(text, pairs(text))


def alike(one: str, other: str) -> bool:
    """Whether one name contains the other, or they share most of their pairs."""
    return compared(one).like(compared(other))


def meant(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word most similar to a misspelt one, if any is similar enough."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return near[0] if near else None


def perhaps(word: str, known: Iterable[str]) -> str:
    """A sentence with the known word that was probably meant; empty if there is none."""
    near = meant(word, known)
    return f"您是不是想写 {near}。" if near else ""


@lru_cache(maxsize=1 << 11)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters in a plain name."""
    return frozenset(text[index : index + 2] for index in range(len(text) - 1))
