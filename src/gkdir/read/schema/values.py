"""The types of values in shapes: texts, lists, dates, and lists that replace or add."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar

from msgspec import Struct

from gkdir.model.benefits import Month
from gkdir.model.columns import EARLIEST, LATEST
from gkdir.model.declared import (
    AsSpelled,
    Ending,
    Key,
    Matching,
    OneLine,
    OneOf,
    OrWord,
    Positive,
    Separated,
    Short,
    WebAddress,
    Yuan,
)
from gkdir.model.item import TimeLimit, Written
from gkdir.patterns import cached_pattern
from gkdir.read.schema.part import Part, not_a_mapping, wrong
from gkdir.read.timelimit import time_limit
from gkdir.read.webaddress import is_folder_address, is_web_address
from gkdir.yaml.lookalike import wide_quote
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

LONGEST, LONGEST_NAME, LONGEST_LIST = 2_000, 200, 5_000
"""The most characters of a text, of a name, and of all texts of a list. Longer ones were pasted by mistake; as they
appear on many pages, they would make a site of hundreds of megabytes.
"""


Schema = dict[str, Any]
STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "integer"]}}]}
_TEXT: Schema = {"type": ["string", "integer"]}


class Mark(Struct, frozen=True, eq=False):
    """The meaning of a mark on a type: another way to ``read``, steps ``before`` and ``after`` it, its JSON Schema."""

    read: Callable[[Any], Any] | None = None
    before: Callable[[Any], Any] | None = None
    after: Callable[[Any], Any] | None = None
    schema: Callable[[Schema], Schema] | None = None


def always(schema: Schema) -> Callable[[Schema], Schema]:
    """For ``Mark.schema``: this schema in place of the type's own."""
    return lambda _: dict(schema)


def text(node: Node) -> Written:
    """The text of a scalar; whole numbers as spelt. :raises Misfit: not a text, blank or too long"""
    if not isinstance(node, Scalar):
        raise wrong(node, "这里要写一段文字，却写成了列表或一组“键: 值”。", "请写成一行文字。")
    if isinstance(node.value, bool):
        raise wrong(node, f"“{node.text}”在 YAML 里是“是/否”，不是文字。", "如果要写文字，请加上英文引号。")
    if node.blank:
        raise wrong(node, "这里没有填写内容。", "请填写，或删去这一行。")
    written = node.text.strip()
    if len(written) > LONGEST:
        hint = "请写短一些；要写很多的，放进办事指南或文章的正文。"
        raise wrong(node, f"这里有 {len(written)} 个字符，超过 {LONGEST} 个。", hint)
    return Written(written, node.place)


def _one_line(_: OneLine) -> Mark:
    def check(node: Node) -> Node:
        written = text(node).text
        if len(written) > LONGEST_NAME:
            raise wrong(node, f"这里有 {len(written)} 个字符，超过 {LONGEST_NAME} 个。", "这里只写名称，请写短一些。")
        if "\n" in written:
            raise wrong(node, "这里的名称分成了几行。", "名称请写在一行里。")
        return node

    return Mark(before=check, schema=always(_TEXT))


def _as_spelled(_: AsSpelled) -> Mark:
    def spell(node: Node) -> Node:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return Scalar(node.text, node.text, node.place, node.key)
        return node

    return Mark(before=spell, schema=always({"type": "string"}))


def texts(node: Node) -> tuple[Node, ...]:
    """The entries of a list; a single text counts as a list of one."""
    if isinstance(node, Branch):
        raise wrong(node, "这里要写一个列表，却写成了一组“键: 值”。", "写法是 [甲, 乙]，或每项一行以“- ”开头。")
    items = node.items if isinstance(node, Listing) else (node,)
    if sum(len(item.text) for item in items if isinstance(item, Scalar)) > LONGEST_LIST:
        raise wrong(
            node, f"这个列表里的字加起来超过 {LONGEST_LIST} 个。", "请检查是不是粘贴错了；确实要写的，写短一些。"
        )
    return items


_BETWEEN = re.compile(r"(?!(?<=[A-Za-z]) [A-Za-z])[、，,；;\s]+")  # "health insurance" is one text


def _separated(_: Separated) -> Mark:
    def part(node: Node) -> tuple[Node, ...]:
        found: dict[str, Node] = {}
        for child in texts(node):
            for word in filter(None, _BETWEEN.split(text(child).text)):
                found.setdefault(word, Scalar(word, word, child.place, child.key))
        return tuple(found.values())

    return Mark(before=part, schema=always(STRINGS))


def listing(node: Node) -> tuple[Node, ...]:
    """The entries of a list of mappings."""
    if not isinstance(node, Listing):
        raise wrong(node, "这里要写一个列表。", "请每项一行，以“- ”开头。")
    return node.items


def mapping(node: Node) -> dict[str, Node]:
    """The entries of a mapping with free keys."""
    if not isinstance(node, Branch):
        raise not_a_mapping(node)
    return {key.text: child for key, child in node.entries}


def _flag(node: Node) -> bool:
    if isinstance(node, Scalar) and node.text in ("是", "否"):
        return node.text == "是"
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    raise wrong(node, "这里只能写 true（是）或 false（否）。", "请改成其中之一。")


def _number(node: Node) -> int:
    if isinstance(node, Scalar) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    raise wrong(node, "这里只能写一个整数。", "请写阿拉伯数字，不加单位。")


DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
"""A day in the usual ways of writing it."""


def _day(node: Node) -> date:
    written = text(node)
    match = DATE.fullmatch(written.text)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        raise wrong(node, f"没有“{written.text}”这一天。", "请检查年月日。") from None
    if day is not None and not EARLIEST <= day <= LATEST:
        hint = f"年份要在 {EARLIEST.year} 到 {LATEST.year} 之间。长期有效的，不写截止的日期。"
        raise wrong(node, f"“{written.text}”这个年份不会有。", hint)
    if day is not None:
        return day
    raise wrong(node, f"“{written.text}”不是日期。", "写法是“2026-03-01”。")


def _month(node: Node) -> Month:
    written = text(node)
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", written.text, re.ASCII)
    if not match:
        raise wrong(node, f"“{written.text}”不是年月。", "写法是“1965-01”。")
    return Month(int(match[1]), int(match[2]))


def _web_address(mark: WebAddress) -> Mark:
    def check(node: Node) -> Node:
        written = text(node).text
        if not is_web_address(written):
            raise wrong(node, f"“{written[:80]}”不是网址。", "网址以 https:// 开头，中间没有空格、引号和括号。")
        if mark.folder and not is_folder_address(written):
            hint = "网址里不要有 ?、#、.. 和 //，写到文件夹为止，如 https://www.qingyuan.gov.cn/zwgk/。"
            raise wrong(node, f"“{written[:80]}”后面不能再接网页的路径。", hint)
        return node

    return Mark(before=check, schema=always({"type": "string", "format": "uri"}))


def _ending(mark: Ending) -> Mark:
    return Mark(after=lambda value: value.removesuffix(mark.ending))


def _one_of(mark: OneOf) -> Mark:
    def check(node: Node) -> Node:
        written = text(node)
        if written.text not in mark.choices:
            raise wrong(node, f"“{written.text}”不在可选的词里。", f"请改成其中之一：{'、'.join(mark.choices)}。")
        return node

    return Mark(before=check, schema=always({"type": "string", "enum": list(mark.choices)}))


def _positive(_: Positive) -> Mark:
    def read(node: Node) -> int:
        number = node.value if isinstance(node, Scalar) else None
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise wrong(node, f"“{text(node).text}”不是大于零的整数。", "请写阿拉伯数字，不加单位。")
        return number

    return Mark(read=read, schema=always({"type": "integer", "minimum": 1}))


_MONEY = re.compile(r"(\d{1,7})(?:\.(\d{1,2}))?", re.ASCII)


def _yuan(_: Yuan) -> Mark:
    def read(node: Node) -> int:
        written = text(node).text
        match = _MONEY.fullmatch(written)
        if not match:
            raise wrong(node, f"“{written}”不是金额。", "只写数字，单位是元，最多两位小数，如 1530 或 1530.50。")
        amount = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
        if not amount:
            raise wrong(node, "金额不能是 0。", "还没有定下来的，请删去这一项。")
        return amount

    return Mark(read=read, schema=always({"type": ["number", "string"]}))


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return cached_pattern(written, re.ASCII)


def _matching(mark: Matching) -> Mark:
    def check(node: Node) -> Node:
        written = text(node)
        if not _pattern(mark.pattern).fullmatch(written.text):
            odd = wide_quote(written.text)
            raise wrong(node, f"“{written.text}”不合写法。{odd.message if odd else ''}", mark.hint)
        return node

    return Mark(before=check, schema=always({"type": "string", "pattern": f"^(?:{mark.pattern})$"}))


class SpelledOut(Branch, frozen=True):
    """The mapping for which a plain text is the short form."""


def _short(mark: Short) -> Mark:
    def spell_out(node: Node) -> Node:
        if not isinstance(node, Scalar):
            return node
        key = Scalar(mark.key, mark.key, node.place, node.place)
        return SpelledOut(() if node.blank else ((key, node),), node.place, node.key)

    return Mark(before=spell_out, schema=lambda schema: {"anyOf": [{"type": ["string", "integer"]}, schema]})


def _or_word(mark: OrWord) -> Mark:
    def open_(node: Node) -> tuple[Node, ...]:
        if not isinstance(node, Scalar):
            return texts(node)
        if node.text.strip() in mark.words:
            return ()
        raise wrong(node, "这里要写一个列表。", mark.hint)

    return Mark(before=open_, schema=lambda schema: {"anyOf": [schema, {"type": "string", "enum": list(mark.words)}]})


def described(key: Key, schema: Schema) -> Schema:
    """The schema of a key's value, with the purpose of the key as its description."""
    examples = {} if key.example is None else {"examples": [key.example]}
    return {**schema, "title": key.name, "description": key.about, **examples}


_MARKS: Mapping[type, Callable[[Any], Mark]] = {
    OneOf: _one_of,
    Matching: _matching,
    Positive: _positive,
    Yuan: _yuan,
    OneLine: _one_line,
    AsSpelled: _as_spelled,
    WebAddress: _web_address,
    Separated: _separated,
    Ending: _ending,
    Short: _short,
    OrWord: _or_word,
}


def as_mark(mark: Any) -> Mark:
    """The ``Mark`` for a mark of model/declared.py, or the mark itself if it is one; without effect for other marks."""
    if isinstance(mark, Mark):
        return mark
    made = _MARKS.get(type(mark))
    return made(mark) if made else Mark()


class ValueType(Struct, frozen=True, eq=False):
    """The reader of a type's values, and their JSON Schema."""

    read: Callable[[Any], Any]
    schema: Schema


TYPES: Mapping[Any, ValueType] = {
    str: ValueType(lambda node: text(node).text, _TEXT),
    TimeLimit: ValueType(lambda node: time_limit(text(node).text), _TEXT),
    Written: ValueType(text, _TEXT),
    bool: ValueType(_flag, {"type": "boolean"}),
    int: ValueType(_number, {"type": "integer"}),
    Month: ValueType(_month, {"type": "string"}),
    date: ValueType(_day, {"type": "string", "format": "date"}),
}
"""The types whose values are written as a single scalar."""


def read_by(read: Callable[[Any], Any], schema: Schema) -> Mark:
    """A mark for values that the function ``read`` reads, with this JSON Schema."""
    return Mark(read=read, schema=always(schema))


Text = Written
Day = date
Flag = bool
Number = int
Label = Annotated[str, OneLine()]
Saying = Annotated[Written, AsSpelled()]
Link = Annotated[Written, WebAddress()]
Texts = tuple[Written, ...]


def _cell(node: Node) -> Written:
    """A cell's text, empty if it was left blank; a rule reports the blank column."""
    return Written("", node.place) if isinstance(node, Scalar) and node.blank else text(node)


def _cells(node: Node) -> tuple[Node, ...]:
    return () if isinstance(node, Scalar) and node.blank else texts(node)


Cell = Annotated[Written, read_by(_cell, _TEXT)]
_Cells = Annotated[tuple[Written, ...], Mark(before=_cells, schema=always(STRINGS))]


class Added(Part, frozen=True, kw_only=True):
    """``{增加: […]}``: entries that are added to those of the directory above."""

    called: ClassVar[str] = "增加"
    more: Annotated[Texts, Key("增加", "在上一级目录的内容之外，再加上这些。", ["两微一端"])]


Listed = Added | _Cells
"""A list that replaces the one above, or ``{增加: […]}``."""
