"""Words, and a text → where one of them is written with characters that only sound or look like its own.

Every character is exchanged for the class of all that sound alike, in the words and in the text; where the same classes
stand but not the same characters, a word is written wrong. Words of three characters and more: of shorter ones, what
sounds alike is too often a word itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from gkdir.search.sounds import sounds

SHORTEST = 3
_SAME_SOUND = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
"""Sounds that many speakers, and their input methods, do not tell apart."""
LOOK_ALIKE = (
    "曰日囗口囯国囻国侍待迂遇砌彻徽微剌刺祟崇仑仓冶治亨享兔免栽裁冈岗劾核伴件扳板抉决汛讯沽估玫政攻政茎经"
    "辨辩徙徒晴情睛情俭检捡检拔拨遣遗廷延萍评淮准叼叨扰抗杨扬"
    "肋助活话若诺都督验险朝期谴遣潜遣像象"
)
"""Pairs of a character that the eye, the strokes or a scanner takes for another, and that other."""


@cache
def _classes() -> Mapping[int, str]:
    """A translation of each character to one that stands for all that sound or look like it."""
    first: dict[str, str] = {}
    classes: dict[str, str] = {}
    for character, sound in sounds().items():
        for written, heard in _SAME_SOUND:
            sound = sound.replace(written, heard)
        classes[character] = first.setdefault(sound, character)
    for wrong, right in zip(LOOK_ALIKE[::2], LOOK_ALIKE[1::2], strict=True):
        classes[wrong] = classes[right]
    return {ord(one): stands for one, stands in classes.items()}


class Soundalikes:
    """The words, ready to be looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._right = frozenset(words)
        self._words = {word.translate(_classes()): word for word in sorted(self._right) if len(word) >= SHORTEST}
        self._any = re.compile(by_first(self._words)) if self._words else None

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Where a word is written wrong, and which; at most a third of its characters differ."""
        heard, start = text.translate(_classes()) if self._any else "", 0
        while self._any and (match := self._any.search(heard, start)):
            start = match.start() + 1  # words overlap: 有关规定, 规定执行
            word, written = self._words[match[0]], text[match.start() : match.end()]
            differ = sum(one != other for one, other in zip(written, word, strict=True))
            if written not in self._right and 0 < differ <= max(1, len(word) // 3):
                yield match.start(), word


def by_first(words: Mapping[str, object]) -> str:
    """A pattern of the words that is quick where none begins: one branch for each first character, longest first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        groups[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())
