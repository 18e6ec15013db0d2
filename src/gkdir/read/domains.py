"""Titles, sheet names and item names → the domain, as the stem of its national workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gkdir.read.text import fold

LABELS: Mapping[str, str] = {"employment": "就业", "social_insurance": "社会保险"}
"""The two domains whose directories come with gkdir: stem → their name in titles."""

_SPELLINGS = {"社会保险": ("社会保险", "社保"), "就业": ("就业",)}
_CLUES: Mapping[str, re.Pattern[str]] = {
    "social_insurance": re.compile(r"社会保险|社保|养老保险|工伤|失业保险|参保|企业年金|社会保障卡"),
    "employment": re.compile(r"就业|创业|职业|招聘|求职|用工|岗位|失业登记|毕业生|技能"),
}


def domain_of(text: str, labels: Mapping[str, str] = LABELS) -> str | None:
    """The one domain in a title or the name of a sheet; ``None`` if there is none, or several.

    The word right before 领域 decides, else a label anywhere in the text.
    """
    plain = fold(text)
    head = plain.partition("领域")[0] if "领域" in plain else ""
    ending = {stem: length for stem, label in labels.items() if (length := _ends(head, label))}
    if ending:
        longest = max(ending.values())
        found = [stem for stem, length in ending.items() if length == longest]
        others = [stem for stem, label in labels.items() if stem not in found and _within(head, label)]
        return found[0] if not others else None
    found = [stem for stem, label in labels.items() if _within(head or plain, label)]
    found += [stem for stem in labels if plain == fold(stem)]
    return found[0] if len(set(found)) == 1 else None


def _spelt(label: str) -> Iterable[str]:
    return _SPELLINGS.get(label, (label,))


def _ends(text: str, label: str) -> int:
    return max((len(word) for word in _spelt(label) if text.endswith(fold(word))), default=0)


def _within(text: str, label: str) -> bool:
    return any(fold(word) in text for word in _spelt(label))


def domain_of_items(names: Iterable[str]) -> str | None:
    """The domain that two thirds of the item names belong to; only the two that come with gkdir are known."""
    counts = dict.fromkeys(_CLUES, 0)
    total = 0
    for name in names:
        total += 1
        for stem, clue in _CLUES.items():
            if clue.search(name):
                counts[stem] += 1
                break
    stem = max(counts, key=lambda key: counts[key])
    return stem if total and counts[stem] * 3 >= total * 2 else None
