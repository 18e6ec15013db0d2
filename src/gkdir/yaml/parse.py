"""YAML → nodes with places. Own composer over PyYAML's events: no aliases, no tags, no implicit dates or octals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml
from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.yaml.explain import explain
from gkdir.yaml.lookalike import INVISIBLE, MISLEADING, invisible, lookalike, misread, starts_oddly
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.textfile import FORBIDDEN, SAVE_AS_UTF8, forbidden, read_text

DEPTH = 64
"""Levels of nesting. Counted on events, before anything recurses: libyaml itself crashes at some 50,000."""

KEY = 200
"""Characters of a key: those of a county's own are names."""

_MOST_REPEATED = 1_000
"""Keys that stand twice: more is a file pasted twice, or hostile."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    spelling: word == "true" for word in ("true", "false") for spelling in (word, word.title(), word.upper())
}
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "r": "\r", "v": "\v",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""Letter after a backslash → the character that it means, for characters that no text may contain."""


class Document(Struct, frozen=True):
    """A YAML file, read: its root (a blank Scalar where the file is empty), and the keys that stood twice."""

    root: Node
    troubles: tuple[Trouble, ...] = ()


def read_yaml(path: Path, name: str) -> Document:
    """The YAML file at ``path``, called ``name`` in places. Raises Unreadable."""
    return parse_yaml(read_text(path, name), name)


def parse_yaml(text: str, name: str, *, first_line: int = 1) -> Document:
    """The YAML ``text`` as ``read_text`` gives it, from line ``first_line`` of the file ``name``. Raises Unreadable."""
    try:
        return _Composer(text, name, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise explain(error, text, name, first_line) from None
    except yaml.YAMLError:  # of a text that did not come from ``read_text``
        bad = FORBIDDEN.search(text)
        line = text.count("\n", 0, bad.start()) if bad else 0
        message = forbidden(bad[0]) if bad else ("这里的写法不合 YAML 格式。", SAVE_AS_UTF8)
        raise Unreadable(Place(name, line + first_line, 1), *message) from None


class _Composer:
    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.name = name
        self.first_line = first_line
        self.text = text
        self.lines = text.split("\n")
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.troubles: list[Trouble] = []
        self.repeated = 0

    def document(self) -> Document:
        next(self.events)  # the stream's start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            start = Place(self.name, self.first_line, 1)
            return Document(Scalar("", None, start, start, len(self.text), len(self.text)))
        root = self.node(next(self.events), None, 1)
        next(self.events)  # the document's end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.refuse(event, "文件里有不止一份内容：这里又出现了单独一行的“---”。", "请删去这一行，或分成几个文件。")
        return Document(root, tuple(self.troubles))

    def node(self, event: Any, key: Place | None, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None or depth > DEPTH:
            self.guard(event, depth)
        mark = event.start_mark
        place = self.place(mark)
        if kind is yaml.ScalarEvent:
            return self.scalar(event, place, key or place)
        flow, column = bool(event.flow_style), mark.column
        if kind is yaml.SequenceStartEvent:
            items, last = self.items(depth)
            end = last.end_mark.index if flow else items[-1].end
            return Listing(items, place, key or place, mark.index, end, flow, column)
        entries, last = self.entries(depth)
        end = last.end_mark.index if flow else entries[-1][1].end
        return Branch(entries, place, key or place, mark.index, end, flow, column)

    def scalar(self, event: Any, place: Place, key: Place) -> Scalar:
        text, style = event.value, event.style or ""
        start, end = event.start_mark.index, event.end_mark.index
        if not text.isprintable():  # fast, and true for nearly all files
            self.look_at_characters(event, place)
            self.look_at_shape(event, place)
        elif text[:1] in MISLEADING or event.start_mark.line != event.end_mark.line:
            self.look_at_shape(event, place)
        if style in ("|", ">"):  # the parser ends it where the next node begins
            end = start + len(self.text[start:end].rstrip())
        return Scalar(text, _meaning(event), place, key, start, max(start, end), style)

    def guard(self, event: yaml.Event, depth: int) -> None:
        """Refuse YAML features that clerks do not need and attackers can use."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"不能使用 YAML 的引用（*{anchor}）。", "请把内容重写一遍；若“*”是文字，请加引号。")
        if anchor is not None:
            self.refuse(event, f"不能使用 YAML 的锚点（&{anchor}）。", "请删去它；若“&”是文字，请加引号。")
        if tag is not None:
            self.refuse(event, f"不能使用 YAML 的标签（{tag}）。", "请删去它；若“!”是文字，请加引号。")
        if depth > DEPTH:
            self.refuse(event, f"内容一层套一层，超过了 {DEPTH} 层。", "请检查括号是否成对、缩进是否正确。")

    def items(self, depth: int) -> tuple[tuple[Node, ...], Any]:
        """The elements, and the event that ends the list."""
        items: list[Node] = []
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.append(self.node(event, None, depth + 1))
        return tuple(items), event

    def entries(self, depth: int) -> tuple[tuple[tuple[Scalar, Node], ...], Any]:
        """The keys with their values, and the event that ends the mapping."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            if isinstance(event, yaml.CollectionStartEvent):
                self.refuse(event, "冒号前面的键只能是一个词，不能是列表或另一组“键: 值”。", "请检查括号和缩进。")
            key = self.node(event, None, depth + 1)
            assert isinstance(key, Scalar)
            if len(key.text) > KEY:
                self.refuse(event, f"冒号前面的键有 {len(key.text)} 个字符，超过 {KEY} 个。", "请检查引号和冒号。")
            if odd := lookalike(key.text):
                self.refuse(event, odd.message, odd.hint)
            if key.text == "<<":
                self.refuse(event, "不能使用 YAML 的合并键“<<”。", "请把内容重写一遍。")
            value = self.node(next(self.events), key.place, depth + 1)
            if isinstance(value, Scalar) and value.start == value.end:  # the parser places it anywhere after the colon
                colon = self.text.find(":", key.end) + 1
                value = replace(value, start=colon, end=colon)
            if key.text in entries:
                self.twice(key, entries[key.text][0].place)
            else:
                entries[key.text] = key, value
        return tuple(entries.values()), event

    def look_at_characters(self, event: yaml.ScalarEvent, place: Place) -> None:
        """Refuse control characters that an escape such as ``"\\0"`` puts into a text, and report invisible ones."""
        if bad := FORBIDDEN.search(event.value):
            message, hint = forbidden(bad[0])
            raise Unreadable(self.place_of_escape(event) or place, message, f"{hint}它写成了以“\\”开头的样子。")
        if faint := INVISIBLE.search(event.value):
            self.troubles.append(invisible(event.value, faint[0], place))

    def place_of_escape(self, event: yaml.ScalarEvent) -> Place | None:
        """Where the escape of a forbidden character was written."""
        first, column, last = _span(event)
        for number in range(first, min(last + 1, len(self.lines))):
            for escape in _ESCAPE.finditer(self.lines[number], column if number == first else 0):
                code = escape[1] or escape[2] or escape[3]
                character = chr(int(code, 16) % 0x110000) if code else _ESCAPES.get(escape[4], "")
                if FORBIDDEN.match(character):
                    return Place(self.name, number + self.first_line, escape.start() + 1)
        return None

    def look_at_shape(self, event: yaml.ScalarEvent, place: Place) -> None:
        """Refuse a list or mapping that a look-alike of YAML's marks made a plain text of."""
        if not event.value or event.style:
            return
        first, column, last = _span(event)
        line = self.lines[first]
        if odd := misread(event.value):
            if column + odd.column < len(line):  # of a text over many lines, in its first one
                place = replace(place, column=column + odd.column + 1)
            raise Unreadable(place, odd.message, odd.hint)
        for number in range(first if line[:column].isspace() else first + 1, last + 1):
            if number < len(self.lines) and (odd := starts_oddly(self.lines[number])):
                raise Unreadable(Place(self.name, number + self.first_line, odd.column + 1), odd.message, odd.hint)

    def twice(self, key: Scalar, first: Place) -> None:
        message = f"“{key.text}”写了两次，第一次在第 {first.line} 行第 {first.column} 列。"
        hint = "请合并成一处，删去多余的一处；在改好之前以第一次的为准。"
        self.troubles.append(Trouble(TroubleKind.DUPLICATE_KEY, key.place, message, hint))
        self.repeated += 1
        if self.repeated > _MOST_REPEATED:
            raise Unreadable(key.place, f"写了两次的键超过 {_MOST_REPEATED} 个。", "请看看是不是整段贴了两遍。")

    def place(self, mark: Any) -> Place:
        line, column = mark.line, mark.column
        if line >= len(self.lines):  # a value left blank at the very end
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Place(self.name, line + self.first_line, column + 1)

    def refuse(self, event: yaml.Event, message: str, hint: str) -> NoReturn:
        raise Unreadable(self.place(event.start_mark), message, hint)


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """Line and column, from 0, where an event begins, and the line where it ends; the parser marks every one."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.line, event.start_mark.column, event.end_mark.line


def _meaning(event: yaml.ScalarEvent) -> str | int | bool | None:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block of text: meant as text
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _NUMBER.fullmatch(text) else text
