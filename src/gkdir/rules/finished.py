"""Finished files → the personal numbers on them that are in no source, because a template composed them.

Rules search the sources themselves (privacy.py). Here the files are searched as visitors get them, whatever made them.
Nearly all bytes contain no long number and are skipped without decoding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.searched import Passage, Searched
from gkdir.read.inside import InsideText, inside
from gkdir.read.longnumber import plain
from gkdir.read.passages import is_text, shown_text
from gkdir.rules.personal import SHORTEST, Number, NumberKind, numbers, possible
from gkdir.rules.privacy import ALLOWANCES, NAMES, bank_card, identity_number, mobile_number, numbers_with_places
from gkdir.rules.rule import Fault, Rule

FORBIDS: Mapping[NumberKind, Rule] = {
    NumberKind.IDENTITY: identity_number,
    NumberKind.MOBILE: mobile_number,
    NumberKind.CARD: bank_card,
    NumberKind.PASSPORT: identity_number,
}
"""Kind of number → the rule that forbids it."""
_APART = b" \t\r\n-._()~+*'#[]|"
"""What can separate digits without a tag."""
_PARTS = frozenset((0xC2, 0xE2, 0xE3, 0xEF))
"""First bytes of non-ASCII blanks, hyphens and punctuation; Chinese characters begin with other bytes."""
_UNSEEN = _APART + bytes(range(0x80, 0xC0))
"""The bytes removed before searching: separators, and those of a character after its first."""


def _kind(byte: int) -> int:
    if byte in b"0123456789<>&;":
        return byte
    return ord("u") if byte in _PARTS else ord(" ")


_KINDS = bytes(map(_kind, range(256)))
_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_TAG = re.compile("<[^>]*>")
_ENTITY = re.compile("&[^;<>]{1,8};")
_NO_FIGURE = re.compile("[^0-9]+")
_LONG = b"0" * SHORTEST
_BETWEEN = rb"(?:<[^>]*+>|&[^;<>]{1,8};|u)"
_JOINED = re.compile(rb"0(?=[<&u])%s+0" % _BETWEEN)  # a lookahead is faster than starting a repetition
_RUN = re.compile(rb"0++(?:%s+0++)*" % _BETWEEN)
_ODD = (re.compile(rb"\xef\xbc[\x91\x92]"), re.compile(rb"&#(?:[xX]3|[45])"), re.compile(rb"%3[12]"))
"""Encoded digits, as separate patterns because these are faster; every personal number has a 1 or a 2."""


class FoundNumbers(Struct, frozen=True):
    """The faults on finished files, and in ``numbered`` the paths of those files that may contain personal numbers.

    The others contain none, whatever the sources contain: the same content need not be searched again.
    """

    faults: tuple[tuple[Rule, Fault], ...]
    numbered: frozenset[str]


def find_numbers(files: Mapping[str, bytes], folder: str, known: Callable[[], Collection[str]]) -> FoundNumbers:
    """One fault for each personal number in the finished ``files`` that is not ``known``, at its first place.

    ``folder`` is the first part of the places; ``known`` is only called if something may be a number. PDFs among the
    files are searched too, which takes long: callers omit them unless the project's own templates made them, because
    others have the same texts as the pages.
    """
    by_number: dict[tuple[NumberKind, str], list[tuple[Place, Number]]] = {}
    numbered: list[str] = []
    known = cache(known)
    for path, data in files.items():
        runs = ("",) if path.endswith(".pdf") else tuple(_runs(data)) if is_text(path) else ()
        if runs and all(run in known() for run in runs):
            numbered.append(path)
        elif runs and (found := tuple(_numbers(path, data, folder))):
            numbered.append(path)
            for place, number in found:
                if number.figures not in known():
                    by_number.setdefault((number.kind, number.figures), []).append((place, number))
    return FoundNumbers(tuple(map(_fault, by_number.values())), frozenset(numbered))


def figures(searched: Iterable[Searched]) -> Iterator[str]:
    """The long numbers in one piece in the sources, and their personal numbers: all judged at their own places."""
    for source in searched:
        for passage in source.passages:
            yield from (number.figures for number in numbers(passage.text))
            yield from re.findall(r"\d{11,}", plain(passage.text))


def _fault(places: list[tuple[Place, Number]]) -> tuple[Rule, Fault]:
    place, number = places[0]
    rule, what = FORBIDS[number.kind], NAMES[number.kind]
    more = len({one.file for one, _ in places}) - 1
    also = f"，另有 {more} 个文件上也有" if more else ""
    where = "文件" if place.file.endswith(".pdf") else "网页"
    message = f"生成的{where}上有{what} {number.masked}，源文件里没有连着写的：是模板或者几处内容拼出来的{also}"
    hint = "请打开它看看是从哪里来的，改正模板或者内容。"
    if number.kind is not NumberKind.IDENTITY:
        answer = f'{{规则: {rule.id}, 只限: "{number.masked}", 理由: …, 截止: …}}'
        hint += f"不是{what}的，用“允许”写明它是什么，本县的写在 county.yaml，各县共用的写在 {ALLOWANCES}：{answer}。"
    return rule, Fault(place, message, hint)


def _numbers(path: str, data: bytes, folder: str) -> Iterator[tuple[Place, Number]]:
    place = Place(f"{folder}/{path}" if folder else path)
    if path.endswith(".pdf"):
        for one in inside(data, place):
            if isinstance(one, InsideText):
                yield from numbers_with_places(Passage(one.text, Place(place.file, sheet=one.where), one.again))
        return
    for where, number in _shown(data, PurePosixPath(path).suffix):
        yield replace(where, file=place.file), number


@lru_cache(maxsize=32)  # the search engine's code has long numbers too, and is the same in every county
def _shown(data: bytes, suffix: str) -> tuple[tuple[Place, Number], ...]:
    passages = shown_text(data.decode("utf-8", "replace"), Place(""), suffix)
    return tuple(chain.from_iterable(map(numbers_with_places, passages)))


def _runs(data: bytes) -> Iterator[str]:
    """The runs of digits that may contain a personal number, and ``""`` if there are encoded digits.

    There are false positives: the results are examined again as text.
    """
    shown = data.translate(_KINDS, _UNSEEN)
    kinds = shown.translate(_ALIKE)
    if _LONG in kinds or _JOINED.search(kinds):
        for start, end in _places(kinds):
            if end - start >= SHORTEST and (run := _candidate(shown[start:end])):
                yield run
    if any(sign.search(data) for sign in _ODD):
        yield ""


@lru_cache(maxsize=1 << 11)  # the phones of the offices are on every page
def _candidate(run: bytes) -> str:
    """The digits of the run; ``""`` if they cannot contain a personal number.

    Digits before and after a tag are read together, because the tag is not shown; digits inside a tag only by
    themselves, because its letters separate them from the others.
    """
    text = _ENTITY.sub("", run.decode())
    together = (_TAG.sub("", text), *text.split(" "))
    return _figures(text) if any(possible(_figures(part)) for part in together) else ""


def _figures(text: str) -> str:
    return _NO_FIGURE.sub("", text)


def _places(kinds: bytes) -> Iterator[tuple[int, int]]:
    at = kinds.find(_LONG)
    while at >= 0:
        end = _RUN.match(kinds, at).end()  # type: ignore[union-attr]
        yield at, end
        at = kinds.find(_LONG, end)
    end = 0
    while joined := _JOINED.search(kinds, end):
        start = joined.start()
        while start > end and kinds[start - 1] == ord("0"):
            start -= 1
        end = _RUN.match(kinds, start).end()  # type: ignore[union-attr]
        yield start, end
