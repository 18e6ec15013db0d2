"""Words of two characters and lines → the misspelt words in the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from gkdir.search.sounds import sounds

_LISTS = Path(__file__).with_name("pairs.txt")
_SAME_SOUND = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
"""Sounds that many speakers, and their input methods, do not distinguish."""
_ENDINGS = frozenset(
    "的了和与及或在由向对为被从至到于以按经已未不可应须需请能会将要就都也还均各每该此本其您是有无前后时内再仅等"
    "人者员书表证费金率额所局部科处室站点单件卡期号类生工法性凭"
)
"""Characters that are words or end one, so that what is between two of them is a word."""
_ALONE = _ENDINGS | frozenset(
    "一二三四五六七八九十两个名次年月日中上下多少省县市区镇乡村组户家厅院委办地得着过来去出入做作使让给又很更最同当如因若则而且但并之"
    "只才新老大小好起先写用说项事只记照死这那哪钱长加共栏失"
)
_MOST = 1 << 15
"""The most pairs that are remembered: nearly all that people write."""
_CERTAIN = 2
"""The certainty that a word ends at punctuation, or at one of the words."""


def pairs_of(text: str) -> list[str]:
    """Every pair of neighbouring characters in the text."""
    return [*map(str.__add__, text, text[1:])]


@cache
def _lists() -> tuple[list[str], ...]:
    """pairs.txt: words to check, other words that sound or look alike, groups of similar characters, common words."""
    lines = _LISTS.read_text(encoding="utf-8").splitlines()
    return tuple(line.split() for line in lines if not line.startswith("#"))


@cache
def spoken() -> Mapping[str, str]:
    """Character → a representative of all characters that sound alike."""
    first: dict[str, str] = {}
    found = {}
    for character, sound in sounds().items():
        if sound not in first:
            heard = sound
            for written, other in _SAME_SOUND:
                heard = heard.replace(written, other)
            first[sound] = first.setdefault(heard, character)
        found[character] = first[sound]
    return found


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """Character → its groups of characters that look alike, or share a second sound; the group itself is its name."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for group in _lists()[2]:
        for character in group:
            found[character] += (group,)
    return found


class PairMatcher:
    """Finds misspelt words of two characters.

    A pair is a misspelt word if one character is right and the other sounds or looks like the right one, unless the
    pair is a word too. On both sides there must be something that ends a word (punctuation, one of the words, a
    particle), because otherwise the characters may belong to two words.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        ours, others, _, common = _lists()
        self._words = frozenset((*ours, *words))
        self._common = frozenset(common)
        self._right = self._words.union(others, common)
        self._seen = set(self._right)
        self._wrong: dict[str, str] = {}
        self._after: dict[str, dict[str, str]] = defaultdict(dict)
        self._before: dict[str, dict[str, str]] = defaultdict(dict)
        for word in sorted(self._words):
            self._after[word[0]] |= dict.fromkeys(_like(word[1]), word)
            self._before[word[1]] |= dict.fromkeys(_like(word[0]), word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def found(self, pairs: list[str]) -> Iterator[tuple[int, str]]:
        """(offset, right word) for each misspelt word in the text with these pairs."""
        new = set(pairs) - self._seen
        if len(self._seen) < _MOST:
            self._seen |= new
        self._wrong |= {pair: word for pair in new if (word := self._word_meant(pair))}
        wrong = self._wrong
        if wrong.keys().isdisjoint(pairs):
            return
        for at, pair in enumerate(pairs):
            if pair in wrong and self._stands_alone(pairs, at, wrong[pair]):
                yield at, wrong[pair]

    def _word_meant(self, pair: str) -> str | None:
        for words, other in ((self._after.get(pair[0]), pair[1]), (self._before.get(pair[1]), pair[0])):
            if words:
                for group in _like(other):
                    if group in words:
                        return words[group]
        return None

    def _stands_alone(self, pairs: list[str], at: int, word: str) -> bool:
        """Whether the pair at ``at`` is a word by the characters beside it, and no word overlaps its ends."""
        pair, end = pairs[at], at + 2
        wrong, kept = (pair[0], pair[1]) if pair[1] == word[1] else (pair[1], pair[0])
        if wrong in _ALONE:
            return False
        left, right = pairs[at - 1] if at else "", pairs[at + 1] if at + 1 < len(pairs) else ""
        before = self._ends(left[:1], pairs[at - 2] if at > 1 else "")
        after = self._ends(right[1:], pairs[end] if end < len(pairs) else "")
        if self._overlaps(left, before) or self._overlaps(right, after):
            return False
        return min(before, after) > (kept in _ALONE)

    def _overlaps(self, word: str, ends: int) -> bool:
        """Whether the pair ``word`` across an end is a word; a common one counts only if the end is uncertain."""
        return word in self._right and (ends < _CERTAIN or word not in self._common)

    def _ends(self, beside: str, word: str) -> int:
        """The certainty, 0 to 2, that the pair ends at the character ``beside`` it, which may be part of ``word``."""
        if word in self._words or (not beside.isalnum() and (not beside.isspace() or _is_sign(word[:1]))):
            return _CERTAIN
        return int(word in self._common or beside in _ENDINGS or not "\u4e00" <= beside <= "\u9fff")


def _is_sign(character: str) -> bool:
    return character != "" and not (character.isalnum() or character.isspace())


@cache
def _like(character: str) -> tuple[str, ...]:
    """The groups of characters that sound or look like the character."""
    sound = spoken().get(character)
    return (*([f"{sound}{sound}"] if sound else ()), *_groups().get(character, ()))
