"""One item → the text of each of its cells, written as the national sheets write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gkdir.model.columns import CHANNELS
from gkdir.model.item import Item
from gkdir.read.text import one_line

TICK = "√"
CHOSEN, NOT_CHOSEN = "■", "□"
OTHER = CHANNELS[-1]

_SHEET_NAME_LENGTH = 31
_FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\"))
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # some programs read the full-width ones as ASCII


def clean(text: str) -> str:
    """The text without characters that XML cannot hold: control characters, lone surrogates and the like."""
    return _UNWRITABLE.sub("", text)


def escaped(text: str) -> str:
    """The text escaped for a workbook, where ``_x4E00_`` would be read as the character with that number."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """The text for a cell of a CSV file: cleaned, and with ``'`` before what could be taken for a formula."""
    text = clean(text)
    return f"'{text}" if looks_like_formula(text) else text


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """The name, shortened and changed so that a sheet can have it and no name in ``taken`` is the same."""
    base = clean(wanted).translate(_FORBIDDEN_IN_SHEET_NAMES).strip("' ")[:_SHEET_NAME_LENGTH] or "目录"
    others = {other.casefold() for other in taken}
    name, count = base, 1
    while name.casefold() in others:
        count += 1
        name = f"{base[: _SHEET_NAME_LENGTH - len(str(count)) - 2]}（{count}）"
    return name


def numbered_name(number: str | None, name: str) -> str:
    """``4.1`` and 失业登记 → 4.1失业登记, with a space where number and name would run together."""
    if not number:
        return name
    return f"{number} {name}" if re.match(r"[\d.．、]", name) else f"{number}{name}"


def numbered_lines(elements: Iterable[str]) -> str:
    """One element a line, each numbered: ``1.对象范围``."""
    return "\n".join(f"{count}.{one_line(element)}" for count, element in enumerate(elements, 1))


def boxes(channels: Iterable[str]) -> str:
    """All thirteen channels, one a line, the chosen ones marked.

    Each other channel has a line, ``■其他 基层公共服务平台``; 其他 alone then only has one if it is chosen too.
    """
    chosen = tuple(dict.fromkeys(one_line(channel) for channel in channels))
    own = [channel for channel in chosen if channel not in CHANNELS]
    lines = [f"{CHOSEN if channel in chosen else NOT_CHOSEN}{channel}" for channel in CHANNELS[:-1]]
    if OTHER in chosen or not own:
        lines.append(f"{CHOSEN if OTHER in chosen else NOT_CHOSEN}{OTHER}")
    lines += [f"{CHOSEN}{OTHER} {channel}" for channel in own]
    return "\n".join(lines)


def content(item: Item) -> str:
    """公开内容, one element a line."""
    return numbered_lines(item.content)


def basis(item: Item) -> str:
    """公开依据, one law or document a line."""
    return numbered_lines(basis.text for basis in item.basis)


def time_limit(item: Item) -> str:
    """公开时限 as written."""
    return item.time_limit.text


def publisher(item: Item) -> str:
    """公开主体, all in one line."""
    return "、".join(item.publisher)


def channels(item: Item) -> str:
    """公开渠道和载体 as boxes."""
    return boxes(item.channels)
