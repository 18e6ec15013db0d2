"""The entries of wording.yaml and texts → misspellings, by characters or by sound, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.reference import Law, Phrase, PhraseKind
from gkdir.patterns import cached_pattern
from gkdir.read.published import PublishedText
from gkdir.rules.linesearch import LineSearch
from gkdir.rules.pairs import PairMatcher, pairs_of, spoken
from gkdir.rules.terms import EXPLAINED

SHORTEST = 3
LOOK_ALIKE = (
    "曰日囗口囯国囻国侍待迂遇砌彻徽微剌刺祟崇仑仓冶治亨享兔免栽裁冈岗劾核伴件扳板抉决汛讯沽估玫政茎经"
    "辨辩徙徒晴情睛情俭检捡检拔拨遣遗廷延萍评淮准叼叨扰抗杨扬"
    "肋助活话若诺都督验险朝期谴遣潜遣像象凋调己已末未体休货贷埋理骋聘扯址宄究竿杆戊戌校效撑掌谁准寇冠"
)
"""Pairs of characters that the eye, a scanner or typing by strokes confuses; the first counts as the second."""


@cache
def _classes() -> Mapping[int, str]:
    """Character → a representative of all that sound or look like it; for ``str.translate``."""
    classes = dict(spoken())
    for wrong, right in zip(LOOK_ALIKE[::2], LOOK_ALIKE[1::2], strict=True):
        classes[wrong] = classes[right]
    return {ord(one): representative for one, representative in classes.items()}


class PrefixIndex:
    """An index of words by their first two characters, which finds the longest word at each position."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            self._by_start[word[:2]].append(word)

    def found(self, text: str, pairs: list[str]) -> Iterator[tuple[int, str]]:
        """(offset, word) for each word in the text; ``pairs`` are all its pairs of characters."""
        by_start = self._by_start
        for at in [at for at, pair in enumerate(pairs) if pair in by_start]:
            for word in by_start[pairs[at]]:
                if text.startswith(word, at):
                    yield at, word
                    break


class SoundalikeMatcher:
    """Finds words misspelt with characters that sound or look alike.

    In the words and in the text, every character is replaced by the representative of all that sound alike. Where the
    representatives match and the characters do not, a word is misspelt. Only for words of three characters and more:
    what sounds like a shorter one is too often a word itself (``PairMatcher``).
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._right = frozenset(words)
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._right):
            if len(word) >= SHORTEST:
                self._words[word.translate(_classes())].append(word)
        self._starts = PrefixIndex(self._words)

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """(offset, right word) for each misspelt word, of which at most a third of the characters differ."""
        heard = text.translate(_classes())
        for start, sound in self._starts.found(heard, pairs_of(heard)):
            written = text[start : start + len(sound)]
            if written not in self._right:
                differ, word = min((_differing(written, word), word) for word in self._words[sound])
                if differ <= max(1, len(word) // 3):
                    yield start, word


def _differing(written: str, word: str) -> int:
    return sum(one != other for one, other in zip(written, word, strict=True))


_LAW = re.compile(r"《([^《》\n]{4,60})》")
_COUNTRY = "中华人民共和国"
_REPEATED = re.compile("([\u4e00-\u9fff]{2})\\1")
_RIGHTLY_REPEATED = frozenset(
    re.findall(
        "..",
        "商量研究讨论考虑了解休息打听学习活动咨询核对检查准备练习体验介绍比较参考关心交流联系说明锻炼照顾帮助"
        "支持教育宣传鼓励沟通调查总结整理收拾处理解决改进提高培训指导调解体会安排计划查询评价一个一次一年个个多少",
    )
)
"""Words that are often repeated on purpose: 请和家里人商量商量."""
_FIGURES = frozenset("一二三四五六七八九十〇")
_SHORTEST_TITLE = 5
"""The least characters of a title: shorter ones are too often similar to another."""
_CLAUSE = "，。；！？!?;\n"
_SENTENCE = "。；！？!?;\n"
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_PAST = re.compile(
    "职责划|合并|并入|组建|改制|转制|转隶|改革前|当时|时任|(?<![^，。；、：（\\s由经到向])原[县市省区州盟国]|^.{0,5}年"
)
"""Words in sentences about the former name of an office."""
_NUMBERED = re.compile(r"令第?\d|[^，。；\n]{0,6}[〔\[]\d{4}[〕\]]")
"""The number of a document, which keeps the former name of its issuer."""
_LONGEST = 200
"""The most characters on either side of a word that are searched for the ends of its clause."""


class WordingMistakes(Struct, frozen=True):
    """The mistakes of one kind on one line: each wrong word with its entry."""

    kind: PhraseKind
    place: Place
    words: tuple[tuple[str, Phrase], ...]


_TYPO = Phrase(Place(""), why="音近、形近写错")


class Lexicon:
    """Finds the wrong words of the entries, and misspelt names of laws."""

    def __init__(self, phrases: Iterable[Phrase], laws: Iterable[Law] = ()) -> None:
        self._known: dict[str, list[Phrase]] = defaultdict(list)
        self._alike: dict[str, Phrase] = {}
        self._names: list[Phrase] = []
        self._patterns: list[tuple[re.Pattern[str], Phrase]] = []
        for phrase in phrases:
            for word in phrase.wrong:
                if "#" in word:
                    self._patterns.append((cached_pattern(re.escape(word).replace(r"\#", r"\d")), phrase))
                    continue
                for one in word[1:-1] if word.startswith("[") else (word,) if word else ():
                    self._known[one].append(phrase)
            self._alike |= {word: replace(phrase, right=word) for word in phrase.alike}
            if phrase.near:
                self._names.append(phrase)
                self._alike[phrase.right] = phrase
        self._starts = PrefixIndex(word for word in self._known if len(word) > 1)
        single = "|".join(re.escape(word) for word in self._known if len(word) == 1)
        self._single = cached_pattern(single or "(?!)")
        self._soundalikes = SoundalikeMatcher(self._alike)
        self._pairs = PairMatcher(word for word in self._alike if len(word) == 2)
        self._titles = frozenset(law.name for law in laws)
        self._lines = LineSearch(self._wrong)

    def mistakes(self, texts: Iterable[PublishedText]) -> Iterator[WordingMistakes]:
        """The mistakes in the texts, for each line and each kind of mistake."""
        texts = tuple(texts)
        self._lines.prepare(text.text for text in texts)
        for text in texts:
            found: dict[tuple[int | None, PhraseKind], dict[str, Phrase]] = {}
            for start, (word, phrase) in self._lines.found(text.text):
                found.setdefault((text.place(start).line, phrase.kind), {}).setdefault(word, phrase)
            for (line, kind), words in found.items():
                yield WordingMistakes(kind, Place(text.file, line, line and 1), tuple(words.items()))

    def _wrong(self, text: str) -> Iterator[tuple[int, tuple[str, Phrase]]]:
        pairs = pairs_of(text)
        found_at: set[int] = set()
        for start, end, phrases in self._matches(text, pairs):
            phrase = next((one for one in phrases if _counts(one, text, start, end)), None)
            if phrase:
                found_at.update(range(start, end))
                yield start, (text[start:end], phrase)
        for start, word in self._pairs.found(pairs):
            if found_at.isdisjoint((start, start + 1)):
                yield start, (text[start : start + 2], self._alike.get(word) or replace(_TYPO, right=word))

    def _matches(self, text: str, pairs: list[str]) -> Iterator[tuple[int, int, list[Phrase]]]:
        for start, word in self._starts.found(text, pairs):
            yield start, start + len(word), self._known[word]
        for match in self._single.finditer(text):
            yield *match.span(), self._known[match[0]]
        for pattern, phrase in self._patterns:
            yield from ((*match.span(), [phrase]) for match in pattern.finditer(text))
        for phrase in self._names:
            yield from ((start, end, [phrase]) for start, end in _name_in(phrase.right, text))
        for start, word in self._soundalikes.found(text):
            yield start, start + len(word), [self._alike[word]]
        for match in _REPEATED.finditer(text):
            if match[1] in self._pairs and match[1] not in _RIGHTLY_REPEATED:
                yield *match.span(), [replace(_TYPO, right=match[1], why="多打了一遍")]
        for start, end, title in _titles(text, self._titles):
            yield start, end, [replace(_TYPO, right=title, why="法律、文件的名称写错")]


def _counts(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether the word is wrong in its context."""
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
    if _NUMBERED.match(text, end):
        return False
    first = max(0, start - _LONGEST)
    titles = _TITLE.finditer(text, first, end + _LONGEST)
    return not any(title.start() < start < title.end() for title in titles)


def _overlaps(word: str, text: str, start: int, end: int) -> bool:
    """Whether ``word`` occurs so that it shares a character with the range from ``start`` to ``end``."""
    return text.find(word, max(0, start - len(word) + 1), end + len(word) - 1) >= 0


def _around(text: str, start: int, end: int, stops: str) -> str:
    """The text between the nearest of ``stops`` on either side."""
    first = max(max((text.rfind(stop, max(0, start - _LONGEST), start) for stop in stops), default=-1) + 1, 0)
    if first == 0:
        first = max(0, start - _LONGEST)
    ends = [at for stop in stops if (at := text.find(stop, end, end + _LONGEST)) >= 0]
    return text[first : min(ends, default=end + _LONGEST)]


def _name_in(name: str, text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the name with one mistake inside; not with an additional character, which may be right."""
    size = len(name)
    starts = set(_all_of(name[:2], text))
    starts |= {at + 2 - length for at in _all_of(name[-2:], text) for length in (size, size - 1)}
    for at in sorted(starts):
        for end in (at + size, at + size - 1):
            if at >= 0 and _one_mistake(text[at:end], name) and len(text[at:end]) == end - at:
                yield at, end


def _titles(text: str, known: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, right title) for each title in 《》 that has one mistake compared with a known one."""
    for match in _LAW.finditer(text):
        written = match[1].removeprefix(_COUNTRY)
        bare = {one.removeprefix(_COUNTRY) for one in known if abs(len(one.removeprefix(_COUNTRY)) - len(written)) < 2}
        if written not in bare and len(written) >= _SHORTEST_TITLE - 1:
            for name in sorted(bare):
                if len(name) >= _SHORTEST_TITLE and _one_mistake(written, name, whole=True):
                    yield *match.span(1), name
                    break


def _one_mistake(written: str, name: str, *, whole: bool = False) -> bool:
    """Whether ``written`` is the name with one mistake, which must be between its ends unless ``whole``."""
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


def _all_of(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
