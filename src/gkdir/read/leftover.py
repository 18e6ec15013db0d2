"""A text and the patterns of a grammar → the words that no pattern matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from gkdir.patterns import cached_pattern
from gkdir.read.commonwords import HARMLESS, LOOSENING, Loosening


class Sparse(Struct, frozen=True):
    """The pattern ``whole``, whose matches all begin with a character that ``begins`` matches.

    ``re`` tries a pattern that begins with an alternation or a lookbehind at every character. If few characters can
    begin a match, finding these first is many times as fast.
    """

    whole: re.Pattern[str]
    begins: re.Pattern[str]

    @property
    def pattern(self) -> str:
        """The pattern as written."""
        return self.whole.pattern

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        for at in self.begins.finditer(text):
            if found := self.whole.match(text, at.start()):
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches that do not overlap, from the left."""
        end = 0
        for at in self.begins.finditer(text):
            if at.start() >= end and (found := self.whole.match(text, at.start())):
                yield found
                end = found.end()

    def sub(self, replacement: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        pieces: list[str] = []
        end = 0
        for found in self.finditer(text):
            pieces += text[end : found.start()], replacement(found)
            end = found.end()
        return "".join((*pieces, text[end:])) if pieces else text


_TAKEN, _HARMLESS = "\0", "\1"
"""Placeholder characters for words that a pattern matched, and for harmless ones."""
_WORDS = re.compile(r"[^\0\s,，、.。;；:：()（）〔〕\[\]【】《》〈〉\"'“”‘’·\-—–－_＿/／|…]+")
"""Words between punctuation without meaning; + × ~ ? > and the like have meaning and count as words."""
_DANGLING = re.compile(r"\W*(?:抑或|或|以及)\w{0,12}")
_DANGLES = re.compile(r"(?:或者?|以及)\W*\Z")
_BEFORE = re.compile(r"\w{0,12}\Z")
LONGEST = 30
"""The most characters of a leftover to quote in a finding."""


def left_over(text: str, understood: Iterable[re.Pattern[str]], column: str) -> tuple[str, ...]:
    """The distinct phrases of ``text`` with words that no pattern matches and that are not harmless.

    The patterns are applied in their order. A phrase includes its harmless words: 不予公开.
    """
    covered = text
    for pattern in understood:
        if _WORDS.search(covered) is None:
            return ()
        covered = pattern.sub(lambda match: _TAKEN * len(match[0]), covered)
    covered = _without_harmless(covered, column)
    phrases = (text[match.start() : match.end()] for match in _WORDS.finditer(covered) if match[0].strip(_HARMLESS))
    return tuple(dict.fromkeys(phrases))


def dangling(text: str) -> tuple[str, ...]:
    """The phrases at the beginning and end of the text with an 或 that joins nothing: 或涉及个人隐私."""
    if "或" not in text and "以及" not in text:
        return ()
    begins, ends = _DANGLING.match(text), _DANGLES.search(text)
    found = [begins[0]] if begins else []
    if ends is not None and (begins is None or ends.start() >= begins.end()):
        before = _BEFORE.search(text[max(0, ends.start() - 12) : ends.start()])
        found.append((before[0] if before else "") + ends[0])
    return tuple(word.strip() for word in found)


def quoted(words: Iterable[str]) -> str:
    """The words for a message, long ones shortened."""
    return "、".join(f"“{word if len(word) <= LONGEST else word[: LONGEST - 1] + '…'}”" for word in words)


def loosening(words: Iterable[str], column: str, shortest: int = 1) -> Loosening | None:
    """The kind of the first loosening word in ``words`` that has ``shortest`` characters or more.

    A loosening word within a harmless one does not count: 超过 in 不超过.
    """
    for word in words:
        spans = [match.span() for match in harmless(column).finditer(word)]
        for kind, pattern in _loosening(shortest):
            for match in pattern.finditer(word):
                if not any(first <= match.start() and match.end() <= last for first, last in spans):
                    return kind
    return None


def _without_harmless(text: str, column: str) -> str:
    return harmless(column).sub(lambda match: _HARMLESS * len(match[0]), text)


@lru_cache(maxsize=16)
def harmless(column: str) -> re.Pattern[str]:
    """A pattern for the harmless words of that column, the longest first."""
    return alternatives(" ".join(group.words for group in HARMLESS if column in group.columns))


def alternatives(words: str) -> re.Pattern[str]:
    """A pattern for any of the blank-separated words that prefers the longer of two with the same beginning."""
    return cached_pattern(_branches(set(words.split())) or r"(?!)")


def _branches(words: set[str]) -> str:
    """A prefix tree of the words as a pattern: 不(?:得超过|超过)."""
    ends: dict[str, set[str]] = {}
    for word in words:
        if word:
            ends.setdefault(word[0], set()).add(word[1:])
    branches = [re.escape(first) + _branches(rest) for first, rest in sorted(ends.items())]
    if len(branches) < 2 and "" not in words:
        return "".join(branches)
    return f"(?:{'|'.join(branches)}){'?' if '' in words else ''}" if branches else ""


@lru_cache(maxsize=2)
def _loosening(shortest: int) -> tuple[tuple[Loosening, re.Pattern[str]], ...]:
    long_enough = ((kind, [word for word in kind.words.split() if len(word) >= shortest]) for kind in LOOSENING)
    return tuple((kind, alternatives(" ".join(words))) for kind, words in long_enough)
