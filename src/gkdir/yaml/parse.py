"""YAML → nodes with places, or what is wrong with it in plain words.

Own composer over PyYAML's events: no aliases, no tags, no implicit dates or octals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml
from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.yaml.lookalike import (
    INVISIBLE,
    MISLEADING,
    Lookalike,
    invisible,
    lookalike,
    misread,
    starts_oddly,
    wide_bracket,
    wide_colon,
    wide_quote,
)
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.textfile import FORBIDDEN, SAVE_AS_UTF8, forbidden, read_text

_INDENT = "请检查缩进：同一层的键要上下对齐，缩进只用空格。"
_QUOTE = "请给整个值加上英文引号。"

_PARSER_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("anchor|alias", "值不能以“*”或“&”开头。", _QUOTE),
    ("tag", "值不能以“!”开头。", _QUOTE),
    ("directive|incompatible", "行首不能写“%”。", "请删去以“%”开头的这一行。"),
    ("escape character|escape code", "双引号里的反斜杠“\\”用法不对。", "请改用单引号，或把“\\”写成“\\\\”。"),
    ("end of stream.*quoted|quoted.*end of stream", "引号没有成对：从这里开始，一直没有结束的引号。", "请补上引号。"),
    ("cannot start any token", "值不能以“@”“`”“%”或制表符开头。", _QUOTE),
    ("flow sequence", "方括号里缺少逗号，或没有写完。", "请检查“[”和“]”是否成对，各项之间是否用英文逗号分开。"),
    ("flow mapping", "花括号里缺少逗号，或没有写完。", "请检查“{”和“}”是否成对，各项之间是否用英文逗号分开。"),
    ("flow node", "括号没有写完。", "请检查“[”“{”是否成对。"),
    ("sequence entries", "“- ”不能写在这里。", "列表请另起一行，每项一行，以“- ”开头。"),
    ("mapping values", "这里不应再出现冒号。", "请检查缩进和上一行；值里如果有冒号加空格，请给整个值加上英文引号。"),
    ("'-' indicator|block collection|block sequence", "列表的各项没有对齐，或这一行不是以“- ”开头。", _INDENT),
    ("expected ':'", "这一行缺少英文冒号。", "写法是“键: 值”，冒号用英文的，后面空一格。"),
    ("block mapping|expected key", "这一行与上文接不上。", _INDENT + "再看看引号和括号是否成对。"),
    ("block scalar", "“|”或“>”后面应当换行，内容从下一行缩进写起。", "若它是文字，请给整个值加上英文引号。"),
)

_LINES_BEFORE = 3
"""How many lines before the parser's error may contain the cause."""

_YEAR = re.compile(r"(?<=[\u4e00-\u9fff])\[(\d{4})\]")
_COLON_WITHOUT_SPACE = re.compile(r"^\s*(?:- +)?([^\s:：#'\"]+)(:(?=\S))")


def explain(error: yaml.MarkedYAMLError, text: str, name: str, first_line: int) -> Unreadable:
    """The error to report for ``error``, in Chinese; ``text`` starts on line ``first_line`` of the file ``name``."""
    lines = text.split("\n")
    wording = f"{error.context or ''} {error.problem or ''}"
    line, column = _where(error, lines)

    def at(line: int, column: int) -> Place:
        return Place(name, line + first_line, column + 1)

    for suspect in (line, line - 1):
        if tab := _tab(lines, suspect, column if suspect == line else None):
            return Unreadable(at(suspect, tab - 1), "这一行用制表符（Tab）缩进。", "请把制表符换成空格，每层两个。")
    for suspect, odd in _lookalikes(lines, line, wording):
        return Unreadable(at(suspect, odd.column), odd.message, odd.hint)
    if _about_colons(wording):
        for suspect in (line - 1, line):
            if tight := _COLON_WITHOUT_SPACE.match(lines[suspect]) if 0 <= suspect < len(lines) else None:
                hint = "写法是“键: 值”，冒号后面空一格。"
                return Unreadable(at(suspect, tight.start(2)), f"“{tight[1]}”后面的冒号没有空格。", hint)
    if opened := _open_quote(lines, line):
        return Unreadable(at(*opened), "引号没有成对：从这里开始的引号没有结束。", "请在这一行的末尾补上英文引号。")
    year = _YEAR.search(lines[line]) if "flow" in wording else None
    if year:
        message = f"文号里的“{year[0]}”用了方括号，在列表里会被当成另一个列表。"
        return Unreadable(at(line, year.start()), message, f"请写成六角括号“〔{year[1]}〕”。")
    return Unreadable(at(line, column), *_explanation(wording))


def _about_colons(text: str) -> bool:
    return "mapping values" in text or "expected ':'" in text


def _lookalikes(lines: list[str], line: int, text: str) -> Iterator[tuple[int, Lookalike]]:
    """Look-alike characters that may be the cause, each with its line (from 0), the likeliest first."""
    before = [index for index in range(line) if lines[index].strip() and not lines[index].lstrip().startswith("#")]
    suspects = [line, *reversed(before[-_LINES_BEFORE:])]
    judges: list[Callable[[str], Lookalike | None]] = [lookalike, *([wide_colon] if _about_colons(text) else [])]
    for judge in judges:
        yield from ((suspect, odd) for suspect in suspects if (odd := judge(lines[suspect])))
    if ("flow" in text or _about_colons(text)) and (odd := wide_bracket(lines[line])):
        yield line, odd
    if odd := wide_quote(lines[line]):
        yield line, odd


def _explanation(text: str) -> tuple[str, str]:
    """Message and remedy for an error message of the parser."""
    for pattern, message, hint in _PARSER_MESSAGES:
        if re.search(pattern, text):
            return message, hint
    return "这里的写法不合 YAML 格式。", _INDENT


def _where(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int]:
    """Line and column, from 0, to point at; for an error at the end of the text, where something was left open."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    for mark in marks:
        if "\n".join(lines[mark.line :])[mark.column :].strip():
            return mark.line, mark.column
    last = max((index for index, line in enumerate(lines) if line.strip()), default=0)
    return last, max(len(lines[last].rstrip()) - 1, 0)


def _open_quote(lines: list[str], line: int) -> tuple[int, int] | None:
    """Line and column, from 0, of a double quote above ``line`` that was only closed by the next opening quote."""
    odd = [index for index, content in enumerate(lines[:line]) if content.count('"') % 2]
    return (odd[-1], lines[odd[-1]].rindex('"')) if len(odd) % 2 else None


def _tab(lines: list[str], line: int, column: int | None) -> int | None:
    """The column, from 1, of a tab in the indentation of ``line``, or at the parser's ``column``."""
    if not 0 <= line < len(lines):
        return None
    content = lines[line]
    indentation = content[: len(content) - len(content.lstrip())]
    if "\t" in indentation:
        return indentation.index("\t") + 1
    return column + 1 if column is not None and content[column : column + 1] == "\t" else None


MAX_DEPTH = 64
"""The most levels of nesting. Checked on events, before any recursion; libyaml itself crashes at about 50,000."""

MAX_KEY = 200
"""The most characters of a key; the longest legitimate keys are names."""

MAX_ELEMENTS = 10_000
"""The most elements of a list or keys of a mapping; a county has some hundred items of its own."""

_MAX_DUPLICATES = 1_000
"""The most duplicate keys to report; a file with more was pasted twice, or is hostile."""

_TOO_MANY = "请看看是不是整段贴了许多遍；真有这么多的，请分到几个文件里。"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
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
    """A parsed file: its root (a blank Scalar if the file is empty), and troubles such as duplicate keys."""

    root: Node
    troubles: tuple[Trouble, ...] = ()


def read_yaml(path: Path, name: str) -> Document:
    """The YAML file at ``path``, called ``name`` in places. Raises Unreadable."""
    return parse_yaml(read_text(path, name), name)


def read_yaml_cached(path: Path, name: str) -> Document:
    """As ``read_yaml``, with the last result cached: a county's own file is read for its values, then for places."""
    return _parsed(read_text(path, name), name)


@lru_cache(maxsize=1)
def _parsed(text: str, name: str) -> Document:
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str, *, first_line: int = 1) -> Document:
    """The parsed ``text``, which starts on line ``first_line`` of the file ``name``. Raises Unreadable."""
    try:
        return _Composer(text, name, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise explain(error, text, name, first_line) from None
    except yaml.YAMLError:  # raised early for characters that ``read_text`` would have refused
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
        self.next: Callable[[], Any] = _LOADER(text).get_event
        self.troubles: list[Trouble] = []
        self.repeated = 0

    def document(self) -> Document:
        self.next()  # the stream's start
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            start = Place(self.name, self.first_line, 1)
            return Document(Scalar("", None, start, start, len(self.text), len(self.text)))
        root = self.node(self.next(), None, 1)
        self.next()  # the document's end
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self.refuse(event, "文件里有不止一份内容：这里又出现了单独一行的“---”。", "请删去这一行，或分成几个文件。")
        return Document(root, tuple(self.troubles))

    def node(self, event: Any, key: Place | None, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None or depth > MAX_DEPTH:
            self.refuse_features(event, depth)
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
        if not text.isprintable():  # a quick test that nearly all texts pass
            self.check_characters(event, place)
            self.check_shape(event, place)
        elif text[:1] in MISLEADING or event.start_mark.line != event.end_mark.line:
            self.check_shape(event, place)
        if style in ("|", ">"):  # the parser lets a block scalar end where the next node begins
            end = start + len(self.text[start:end].rstrip())
        return Scalar(text, _meaning(event), place, key, start, max(start, end), style)

    def refuse_features(self, event: yaml.Event, depth: int) -> None:
        """Refuse deep nesting, anchors, aliases and tags: clerks do not need them, attackers can use them."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"不能使用 YAML 的引用（*{anchor}）。", "请把内容重写一遍；若“*”是文字，请加引号。")
        if anchor is not None:
            self.refuse(event, f"不能使用 YAML 的锚点（&{anchor}）。", "请删去它；若“&”是文字，请加引号。")
        if tag is not None:
            self.refuse(event, f"不能使用 YAML 的标签（{tag}）。", "请删去它；若“!”是文字，请加引号。")
        if depth > MAX_DEPTH:
            self.refuse(event, f"内容一层套一层，超过了 {MAX_DEPTH} 层。", "请检查括号是否成对、缩进是否正确。")

    def items(self, depth: int) -> tuple[tuple[Node, ...], Any]:
        """The elements of a list, and the event that ends it."""
        items: list[Node] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            if len(items) == MAX_ELEMENTS:
                self.refuse(event, f"一个列表超过 {MAX_ELEMENTS} 项。", _TOO_MANY)
            items.append(self.node(event, None, depth + 1))
        return tuple(items), event

    def entries(self, depth: int) -> tuple[tuple[tuple[Scalar, Node], ...], Any]:
        """The keys and values of a mapping, and the event that ends it."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if isinstance(event, yaml.CollectionStartEvent):
                self.refuse(event, "冒号前面的键只能是一个词，不能是列表或另一组“键: 值”。", "请检查括号和缩进。")
            if len(entries) == MAX_ELEMENTS:
                self.refuse(event, f"一组“键: 值”超过 {MAX_ELEMENTS} 个。", _TOO_MANY)
            key = self.node(event, None, depth + 1)
            assert isinstance(key, Scalar)
            if len(key.text) > MAX_KEY:
                self.refuse(event, f"冒号前面的键有 {len(key.text)} 个字符，超过 {MAX_KEY} 个。", "请检查引号和冒号。")
            if odd := lookalike(key.text):
                self.refuse(event, odd.message, odd.hint)
            if key.text == "<<":
                self.refuse(event, "不能使用 YAML 的合并键“<<”。", "请把内容重写一遍。")
            value = self.node(self.next(), key.place, depth + 1)
            # The parser puts a missing value anywhere after the colon.
            if isinstance(value, Scalar) and value.start == value.end:
                after = self.text[key.end : value.end + 1].lstrip()
                colon = self.text.find(":", key.end) + 1 if after.startswith(":") else key.end  # or {key} alone
                value = replace(value, start=colon, end=colon)
            if key.text in entries:
                self.report_duplicate(key, entries[key.text][0].place)
            else:
                entries[key.text] = key, value
        return tuple(entries.values()), event

    def check_characters(self, event: yaml.ScalarEvent, place: Place) -> None:
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

    def check_shape(self, event: yaml.ScalarEvent, place: Place) -> None:
        """Refuse a plain text that was meant as a list or mapping, if a look-alike character is the cause."""
        if not event.value or event.style:
            return
        first, column, last = _span(event)
        line = self.lines[first]
        if odd := misread(event.value):
            if column + odd.column < len(line):  # the character is in the first line of the text
                place = replace(place, column=column + odd.column + 1)
            raise Unreadable(place, odd.message, odd.hint)
        for number in range(first if line[:column].isspace() else first + 1, last + 1):
            if number < len(self.lines) and (odd := starts_oddly(self.lines[number])):
                raise Unreadable(Place(self.name, number + self.first_line, odd.column + 1), odd.message, odd.hint)

    def report_duplicate(self, key: Scalar, first: Place) -> None:
        message = f"“{key.text}”写了两次，第一次在第 {first.line} 行第 {first.column} 列。"
        hint = "请合并成一处，删去多余的一处；在改好之前以第一次的为准。"
        self.troubles.append(Trouble(TroubleKind.DUPLICATE_KEY, key.place, message, hint))
        self.repeated += 1
        if self.repeated > _MAX_DUPLICATES:
            raise Unreadable(key.place, f"写了两次的键超过 {_MAX_DUPLICATES} 个。", "请看看是不是整段贴了两遍。")

    def place(self, mark: Any) -> Place:
        line, column = mark.line, mark.column
        if line >= len(self.lines):  # a blank value at the very end
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Place(self.name, line + self.first_line, column + 1)

    def refuse(self, event: yaml.Event, message: str, hint: str) -> NoReturn:
        raise Unreadable(self.place(event.start_mark), message, hint)


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """Line and column, from 0, where an event begins, and the line where it ends."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.line, event.start_mark.column, event.end_mark.line


def _meaning(event: yaml.ScalarEvent) -> str | int | bool | None:
    text: str = event.value
    if not event.implicit[0]:  # quoted or a block scalar: always a text
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _NUMBER.fullmatch(text) else text
