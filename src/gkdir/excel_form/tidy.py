"""A column and a text → the normalised text, or why it is not allowed in that column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from gkdir.excel_form.table import TableColumn, TableRow, Takes
from gkdir.export.cells import TICK
from gkdir.importing.likeness import exact, likeness
from gkdir.model.columns import CHANNELS
from gkdir.read import words
from gkdir.read.grid import visible
from gkdir.read.leftover import quoted
from gkdir.read.schema.values import DATE
from gkdir.read.text import line, nfkc, numbered, one_line, shortened
from gkdir.read.timelimit import time_limit
from gkdir.read.unread import unread
from gkdir.yaml.emit import writable

Why = tuple[str, str]
"""What is wrong, and what to do."""

_HOURS = "请写哪几天、几点到几点，如 周一至周五9:00—12:00；先把这一格设为“文本”格式，时间才不会变成数字。"

_DITTO = re.compile(
    r"[〃″”“\"＂々仝'’‘]+"
    r"|[(（]?(?:内容)?(?:同|见|如|参见|参照|参考|详见|依|与|和|跟)+(?:以?[上下左右前后]|[本该]表)(?:一|面|述|边|方|两|几)?"
    r"(?:行|格|栏|项|列|表|条|款|文|级|个|事项|单元格|所述|内容|规定)*(?:的?(?:内容|一样|一致|相同|同))?[)）]?"
    r"|[以]?[上左前](?:同|述)|(?:同|见|参见|参照)第?\s*[\dA-Za-z一二三四五六七八九十.]+\s*(?:行|格|栏|项|列|条)?"
    r"|同|ditto|idem|ibid\.?|do\.",
    re.I,
)
_ERROR_VALUE = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)|^#{3,}$", re.M
)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?|[-+]?\.\d+")
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+)?[Ee][-+]?\d+")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?", re.I)
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?: \d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}月\d{1,2}日?")
_COUNT = "[0-9.〇零一二两三四五六七八九十百千]+"
_UNITLESS = re.compile(rf"[约近]?{_COUNT}\s*(?:[-—–~至到+]+\s*{_COUNT})?\s*\+?个?(?:左右|以内|之内|内)?")
_FRACTION = re.compile(r"(?<![\d.])0?\.\d+(?![\d.])")
_REFERENCE = re.compile(r"同(?![一时级步等意])|见(?!面)|参见|参照|参考|详见|如上|依上")
_LONG_CODE = re.compile(r"(?<![\d.-])[1-9]\d{8,}(?:\.\d+)?(?![\d.])")
_NO_LEADING_ZERO = re.compile(r"[48]00\d{7}|1[3-9]\d{9}")
"""Service and mobile numbers, which do not begin with 0."""


def doubtful(column: TableColumn, text: str) -> Why | None:
    """Why the text is ambiguous; ``None`` if it is not.

    Spreadsheet programs convert phones, times and dates that look like numbers, and the result arrives here as text.
    """
    flat = nfkc(text).strip()
    if column.takes is not Takes.TICK:
        ditto = next((each for each in text.split("\n") if _DITTO.fullmatch(each.strip().rstrip("。.;；"))), None)
        if ditto is not None:
            return f"“{ditto}”没有写明是什么。", "请把内容写全，不要写“同上”。"
    if _ERROR_VALUE.search(flat):
        return f"这一格是出错的公式或者显示不下的内容（{flat[:20]}）。", "请改成文字。"
    if any(_SCIENTIFIC.fullmatch(each.strip()) for each in flat.split("\n")):
        return f"“{flat}”是科学记数法，后面的数字已经丢了。", "请先把这一格设为“文本”格式，再重新写一遍。"
    if column.takes in (Takes.PHONE, Takes.HOURS, Takes.LIMIT) and _REFERENCE.match(flat):
        return f"“{flat[:20]}”没有写明是什么。", "请把内容写全：每一格都单独公布，看不到别的格。"
    if column.takes is Takes.PHONE:
        return _doubtful_phone(flat)
    if column.takes in (Takes.DAY, Takes.TICK, Takes.ITEMS) or column.count or column.only:
        return None
    return _bare_words(column, flat)


def _doubtful_phone(flat: str) -> Why | None:
    for match in _LONG_CODE.finditer(flat):
        if not _NO_LEADING_ZERO.fullmatch(match[0]):
            hint = "请先把这一格设为“文本”格式，再写一遍，区号前的 0 不能少，如 0600-5550101。"
            return f"“{match[0]}”像是电话变成了数字，开头的 0 丢了。", hint
    if re.fullmatch(r"\d*\.\d+|\d{1,2}|-\d+", flat):
        return f"“{flat}”不是电话号码。", "请先把这一格设为“文本”格式，再写一遍，带区号，如 0600-5550101。"
    return None


def _bare_words(column: TableColumn, flat: str) -> Why | None:
    """Why a lone number, time or date does not do in a cell that needs words."""
    if column.takes is Takes.HOURS and _FRACTION.search(flat):
        return f"“{flat[:30]}”像是时间变成了数字。", _HOURS
    if column.takes is Takes.LIMIT and not _NUMBER.fullmatch(flat) and _UNITLESS.fullmatch(flat):
        return f"“{flat}”没有写单位，不知道是多少什么。", "请写明单位，如 5个工作日。"
    if _NUMBER.fullmatch(flat):
        message = f"“{column.label}”只写了一个数字“{flat}”，不知道是多少什么。"
        if column.takes is Takes.LIMIT:
            return message, f"请写明单位，如 {flat if flat.isdigit() else '5'}个工作日。"
        if column.takes is Takes.HOURS:
            return f"“{flat}”像是日期或者时间变成了数字。", _HOURS
        return message, "请写成一句话，带上单位；如果原来是日期或者时间，请先把这一格设为“文本”格式再写。"
    if _CLOCK.fullmatch(flat) and column.takes in (Takes.HOURS, Takes.LIMIT):
        return f"“{flat}”只是一个时刻。", "请写哪几天、几点到几点，如 周一至周五9:00—12:00。" if (
            column.takes is Takes.HOURS
        ) else "请写时限，如 5个工作日。"
    if _DAY.fullmatch(flat) and column.takes in (Takes.HOURS, Takes.LIMIT):
        return (
            f"“{flat}”只是一个日期。",
            "请写时限，如 5个工作日；原来写的如果是“3-1”这样的，请先把这一格设为“文本”格式。",
        )
    return None


MAX_CELL_CHARS = 30_000
"""The most characters of a cell; Excel's own limit is 32,767."""

_TRAILING = "；;。，,、 "
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－", "0123456789-")


class BadText(ValueError):
    """A text that is not allowed in its column: what is wrong and, in ``hint``, what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def row(
    table: Iterable[TableColumn], id_: str, name: str, texts: Mapping[str, str | None], **marks: frozenset[str]
) -> TableRow:
    """A row with normalised texts. Missing columns are blank, columns with too long texts are locked."""
    tidied = _LazyTexts(table, texts)
    long = frozenset(key for key, text in texts.items() if text and len(text) > MAX_CELL_CHARS // 2)
    long = frozenset(key for key in long.intersection(tidied) if len(tidied[key]) > MAX_CELL_CHARS)
    cut = {**tidied, **{key: tidied[key][:MAX_CELL_CHARS].rstrip() for key in long}} if long else tidied
    return TableRow(plain(id_), name, cut, marks.get("locked", frozenset()) | long, marks.get("own", frozenset()))


def blank_row(id_: str, name: str) -> TableRow:
    """A row without texts, for finding places only."""
    return TableRow(plain(id_), name, {})


class _LazyTexts(Mapping[str, str]):
    """A row's texts by column, each normalised on first use: finding a place needs only a few."""

    def __init__(self, table: Iterable[TableColumn], texts: Mapping[str, str | None]) -> None:
        self._columns = tuple(table)
        self._texts, self._made = texts, dict[str, str]()

    def __getitem__(self, key: str) -> str:
        if key not in self._made:
            text = self._texts.get(key)
            column = next((each for each in self._columns if each.key == key), None)
            if column is None:
                raise KeyError(key)
            self._made[key] = _as_it_is(column, text) if text else ""
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return (column.key for column in self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _as_it_is(column: TableColumn, text: str) -> str:
    text_only = plain(text)
    try:
        return _tidied(column, text_only, text_only.split("\n")) if text_only else ""
    except BadText:  # a bad text in the county's file is shown unchanged: a rule reports it
        return text_only


def tidy(column: TableColumn, text: str, was: str = "") -> str:
    """The normalised ``text``; normalising twice changes nothing. Lines that ``was`` has are kept unchanged.

    :raises BadText: it is not allowed in the column, or ambiguous
    """
    bare = plain(text)
    if not bare:
        return ""
    why = doubtful(column, bare)
    if why is not None:
        raise BadText(*why)
    return _tidied(column, bare, was.split("\n"))


def _tidied(column: TableColumn, text: str, was: Collection[str]) -> str:
    tidied = _TIDY[column.takes](text, was)
    if column.takes is Takes.ITEMS:
        named = tuple(dict.fromkeys(_item(column, each, was) for each in tidied.split("\n")))
        if column.only and len(named) > 1:
            raise BadText("这一格只能写一个。", f"请只留一个“{column.label}”；要几个的，分几行写。")
        return "\n".join(named)
    if column.keys is not None:
        names = re.split(r"[\n、；;，,]", tidied)
        return "\n".join(dict.fromkeys(column.keys.get(name.strip(), name.strip()) for name in names if name.strip()))
    if column.only and tidied not in column.choices:
        choice = only_match(tidied, column.choices)
        if choice is None:
            raise BadText(f"“{_short(text)}”不在可选的词里。", f"请从下拉列表里选，{_such_as(text, column.choices)}。")
        return choice
    return tidied


def _item(column: TableColumn, each: str, was: Collection[str]) -> str:
    """The full name of the thing meant by its id, its full name or a part of the name."""
    ids = column.keys or {}
    called = next((name for name, id_ in ids.items() if id_ == each), None) or only_match(each, tuple(ids))
    if called is None and each not in was:
        hint = f"请从下拉列表里选，一行一个，{_such_as(each, tuple(ids))}。" if ids else "现在还没有可选的，请空着。"
        raise BadText(f"“{_short(each)}”看不出是哪一个“{column.label}”。", hint)
    return called or each


def _such_as(text: str, choices: tuple[str, ...]) -> str:
    near = "、".join(nearest(text, choices))
    return f"如 {near}" if len(choices) > MAX_LISTED_CHOICES else f"可选的有：{near}"


def plain(text: str) -> str:
    """The text without invisible characters, and without blanks at the ends of lines."""
    if not text.replace("\n", "").isprintable() or "\u00ad" in text:  # rarely true, and quickly tested
        text = visible(writable(text)).replace("\t", " ")
    return "\n".join(map(str.strip, text.split("\n"))).strip() if text else ""


def _text(text: str, _was: Collection[str]) -> str:
    return text


def _unnumbered(text: str) -> list[str]:
    """The lines, without list numbers."""
    lines = [one_line(each) for each in text.split("\n") if each]
    marks = [re.match(r"(\d{1,2})\s*[.．、]\s*(?!\d)", each) for each in lines]
    if len(lines) > 1 and all(mark and int(mark[1]) == count for count, mark in enumerate(marks, 1)):
        lines = [each[mark.end() :] for each, mark in zip(lines, marks, strict=True) if mark]
    return lines


def _listed(text: str, was: Collection[str], parts: Callable[[str], Iterable[str]]) -> str:
    """The text with one element a line; a new line with several elements is split by ``parts``."""
    found = [part for each in _unnumbered(text) for part in ([each] if each in was else parts(each))]
    return "\n".join(dict.fromkeys(each for each in found if each))


def _numbered(text: str) -> list[str]:
    """The parts of a line such as ``1.甲 2.乙``."""
    parts = [part.strip(_TRAILING) for part in numbered(text) or ()]
    return parts if len(parts) > 1 and all(parts) else [text]


def _lines(text: str, was: Collection[str]) -> str:
    return _listed(text, was, _numbered)


def _named(text: str, was: Collection[str]) -> str:
    """The text with ``name：text`` in each line."""
    found = []
    for each in _lines(text, was).split("\n"):
        name, _, value = re.sub("[:：]", "：", each, count=1).partition("：")  # a web address has another colon
        if not (name.strip() and value.strip()):
            raise BadText(f"“{_short(each)}”没有写成“名称：内容”。", "一行一个，名称和内容中间用冒号隔开。")
        found.append(f"{name.strip()}：{value.strip()}")
    return "\n".join(found)


def _dated(text: str, was: Collection[str]) -> str:
    """The text with a day and a text in each line."""
    found = []
    for each in _lines(text, was).split("\n"):
        match = re.match(rf"(?P<day>{DATE.pattern})\s*[：:，,、]?\s*(?=\S)", each)
        if match is None:
            raise BadText(f"“{_short(each)}”没有写成“日期：内容”。", "一行一次，如 2026-03-01：办理地点改到二楼。")
        found.append(f"{_day(match['day'], ())}：{each[match.end() :]}")
    return "\n".join(found)


def _money(text: str, _was: Collection[str]) -> str:
    match = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?元?", text.translate(_FULL_WIDTH).replace(",", ""), re.ASCII)
    if match is None:
        raise BadText(f"“{_short(text)}”不是多少元。", "只写数字，最多两位小数，如 1850、6420.50。")
    cents = (match[2] or "").ljust(2, "0")
    return str(int(match[1])) + (f".{cents}" if int(cents) else "")


def _elements(text: str, was: Collection[str]) -> str:
    alone = "\n" not in text

    def parts(each: str) -> Iterable[str]:
        several = words.elements(each) if alone or re.search("[；;]", each) else _numbered(each)
        return several if len(several) > 1 else [each]

    return _listed(text, was, parts)


def _bases(text: str, was: Collection[str]) -> str:
    def parts(each: str) -> Iterator[str]:
        several = words.bases(each)
        yield from (basis.text for basis in (several if len(several) > 1 else [words.basis(each)]))

    kept = _listed(text, was, parts)
    return "\n".join(dict.fromkeys(words.basis(each).text for each in kept.split("\n")))


def _channels(text: str, was: Collection[str]) -> str:
    found = [channel for each in _lines(text, was).split("\n") for channel in words.channels(each)]
    national = [channel for channel in found if channel in CHANNELS]
    if national:
        raise BadText(f"“{_short(text)}”是国家目录里的渠道。", f"请在“{national[0]}”一栏打“√”，这里只写另外的渠道。")
    left = [word for each in _lines(text, was).split("\n") for word in unread("channels", each)]
    if left:
        raise BadText(f"“{_short(text)}”里，{quoted(left)}没有读懂。", "这里只写渠道的名称，一行一个，不要加别的话。")
    return "\n".join(dict.fromkeys(found))


def _limit(text: str, _was: Collection[str]) -> str:
    return time_limit(text).text


def _day(text: str, _was: Collection[str]) -> str:
    match = DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    raise BadText(f"“{_short(text)}”不是日期。", "请写成 2026-03-01 这样。")


def _tick(text: str, _was: Collection[str]) -> str:
    ticked = words.tick(text)
    if ticked is None:
        raise BadText(f"“{_short(text)}”不是勾选。", "这一格只打“√”或者空着，请从下拉列表里选。")
    return TICK if ticked else ""


def _phone(text: str, _was: Collection[str]) -> str:
    return text.translate(_FULL_WIDTH)


def _short(text: str) -> str:
    return shortened(line(text), 30)


_TIDY: Mapping[Takes, Callable[[str, Collection[str]], str]] = {
    Takes.TEXT: _text,
    Takes.LINES: _lines,
    Takes.ELEMENTS: _elements,
    Takes.ITEMS: _lines,
    Takes.NAMED: _named,
    Takes.DATED: _dated,
    Takes.MONEY: _money,
    Takes.BASES: _bases,
    Takes.CHANNELS: _channels,
    Takes.LIMIT: _limit,
    Takes.PHONE: _phone,
    Takes.HOURS: _text,
    Takes.DAY: _day,
    Takes.TICK: _tick,
}


MAX_LISTED_CHOICES = 3
"""How many choices a hint lists."""


def only_match(word: str, choices: Collection[str]) -> str | None:
    """The only choice that ``word`` can mean; blanks and character widths do not count.

    ``word`` may be a part that no other choice has. The parts of ``就业 4.1 失业登记`` are its number, its name, and
    either with the adjacent part.
    """
    bare = exact(word)
    same = [choice for choice in choices if exact(choice) == bare]
    found = same or [choice for choice in choices if bare in _parts(choice)]
    return found[0] if len(found) == 1 else None


def nearest(word: str, choices: Collection[str]) -> tuple[str, ...]:
    """Three of the choices, the most similar first; all, in their order, if there are no more than three."""
    bare = exact(word)

    def figure(choice: str) -> float:
        return max(likeness(bare, part) for part in (exact(choice), *_parts(choice)))

    ranked = sorted(choices, key=figure, reverse=True) if len(choices) > MAX_LISTED_CHOICES else choices
    return tuple(ranked)[:MAX_LISTED_CHOICES]


@lru_cache(maxsize=1 << 12)
def _parts(choice: str) -> tuple[str, ...]:
    words = choice.split()
    ends = ((start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    # the domain alone does not identify an item
    return tuple(exact("".join(words[start:end])) for start, end in ends if (start, end) != (0, 1))
