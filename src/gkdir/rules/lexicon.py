"""The entries of wording.yaml and texts → what is written wrong, by its letters or by their sound, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.reference import Phrase, PhraseKind
from gkdir.patterns import lasting
from gkdir.read.published import PublishedText
from gkdir.rules.bylines import ByLines
from gkdir.rules.terms import EXPLAINED
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
    """The words, ready to be looked for.

    Every character is exchanged for the class of all that sound alike, in the words and in the text; where the same
    classes stand but not the same characters, a word is written wrong. Words of three characters and more: of shorter
    ones, what sounds alike is too often a word itself.
    """

    def __init__(self, words: Iterable[str], compiled: Callable[[str], re.Pattern[str]] = re.compile) -> None:
        self._right = frozenset(words)
        self._words = {word.translate(_classes()): word for word in sorted(self._right) if len(word) >= SHORTEST}
        self._any = compiled(by_first(self._words)) if self._words else None

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


_CLAUSE = "，。；！？!?;\n"
_SENTENCE = "。；！？!?;\n"
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_PAST = re.compile("职责划|合并|组建|改革前|当时|时任|(?<=[，。；、\\s由经到向])原[县市省区州盟国]|^.{0,5}年")
"""Words of a sentence that tells how an office was called before."""
_LONGEST = 200
"""Characters on either side that are looked at for the clause a word stands in."""


class Miswritten(Struct, frozen=True):
    """What is written wrong on one line: each wrong word with its entry."""

    kind: PhraseKind
    place: Place
    words: tuple[tuple[str, Phrase], ...]


class Lexicon:
    """The entries, ready to be looked for; ``own`` are a county's, with which no pattern is the same for another."""

    def __init__(self, phrases: Iterable[Phrase], own: Sequence[Phrase] = ()) -> None:
        compiled = re.compile if own else lasting
        self._known: dict[str, list[Phrase]] = defaultdict(list)
        self._names: list[tuple[re.Pattern[str], Phrase]] = []
        self._alike: dict[str, Phrase] = {}
        patterns: dict[str, Phrase] = {}
        for phrase in (*phrases, *own):
            for word in phrase.wrong:
                if "#" in word:
                    patterns[re.escape(word).replace(r"\#", r"\d")] = phrase
                elif word:
                    self._known[word].append(phrase)
            self._alike |= {word: replace(phrase, right=word) for word in phrase.alike}
            if phrase.near:
                self._names.append((compiled("|".join(_near(phrase.right))), phrase))
                self._alike[phrase.right] = phrase
        self._soundalikes = Soundalikes(self._alike, compiled)
        self._patterns = [(compiled(pattern), phrase) for pattern, phrase in patterns.items()]
        any_of = [by_first(self._known), *patterns] if self._known else [*patterns]
        self._any = compiled("|".join(any_of)) if any_of else None
        self._lines = ByLines(self._wrong)

    def miswritten(self, texts: Iterable[PublishedText]) -> Iterator[Miswritten]:
        """What is wrong in the texts, for each line and each kind of mistake."""
        for text in texts:
            found: dict[tuple[int | None, PhraseKind], dict[str, Phrase]] = {}
            for start, (word, phrase) in self._lines.found(text.text):
                found.setdefault((text.place(start).line, phrase.kind), {}).setdefault(word, phrase)
            for (line, kind), words in found.items():
                yield Miswritten(kind, Place(text.file, line, line and 1), tuple(words.items()))

    def _wrong(self, text: str) -> Iterator[tuple[int, tuple[str, Phrase]]]:
        for start, end, phrases in self._matches(text):
            phrase = next((one for one in phrases if _counts(one, text, start, end)), None)
            if phrase:
                yield start, (text[start:end], phrase)

    def _matches(self, text: str) -> Iterator[tuple[int, int, list[Phrase]]]:
        if self._any is not None:
            yield from ((*match.span(), self._phrases(match[0])) for match in self._any.finditer(text))
        for pattern, phrase in self._names:
            name = phrase.right
            if name[:2] in text or name[-2:] in text:  # a name with one mistake keeps one of its ends
                yield from ((*match.span(), [phrase]) for match in pattern.finditer(text))
        for start, word in self._soundalikes.found(text):
            yield start, start + len(word), [self._alike[word]]

    def _phrases(self, word: str) -> list[Phrase]:
        if word in self._known:
            return self._known[word]
        return [phrase for pattern, phrase in self._patterns if pattern.fullmatch(word) or pattern.match(word)]


def _near(name: str) -> Iterator[str]:
    """Patterns of the name with one character wrong, left out or changed with the next; its ends stay as they are."""
    for at in range(1, len(name) - 1):
        before, character, after = name[:at], name[at], name[at + 1 :]
        yield f"{before}[^{character}\\W\\d_]{after}"
        if name[at - 1] != character != name[at + 1]:
            yield f"{before}{after}"
        if at + 2 < len(name) and character != name[at + 1]:
            yield f"{before}{name[at + 1]}{character}{name[at + 2 :]}"


def _counts(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether the word is wrong where it stands."""
    if any(_overlaps(word, text, start, end) for word in phrase.within):
        return False
    if phrase.beside or phrase.unless:
        clause = _around(text, start, end, _CLAUSE)
        if phrase.beside and not any(word in clause for word in phrase.beside):
            return False
        if any(word in clause for word in phrase.unless):
            return False
    if phrase.kind != "机构":
        return True
    around = _around(text, start, end, _SENTENCE)
    if EXPLAINED.search(around) or _PAST.search(around) or text[start - 1 : start] == "原":
        return False
    first = max(0, start - _LONGEST)
    titles = _TITLE.finditer(text, first, end + _LONGEST)
    return not any(title.start() < start < title.end() for title in titles)


def _overlaps(word: str, text: str, start: int, end: int) -> bool:
    """Whether the word stands there so that it shares a character with what lies between the two."""
    return text.find(word, max(0, start - len(word) + 1), end + len(word) - 1) >= 0


def _around(text: str, start: int, end: int, stops: str) -> str:
    """What stands between the nearest of ``stops`` on either side."""
    first = max(max((text.rfind(stop, max(0, start - _LONGEST), start) for stop in stops), default=-1) + 1, 0)
    if first == 0:
        first = max(0, start - _LONGEST)
    ends = [at for stop in stops if (at := text.find(stop, end, end + _LONGEST)) >= 0]
    return text[first : min(ends, default=end + _LONGEST)]
