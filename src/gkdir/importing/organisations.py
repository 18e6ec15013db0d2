"""The names under 公开主体 → organisations with short keys, as a clerk would choose them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from gkdir.model.item import Item

SHORT = (
    ("人力资源和社会保障局", "人社局"),
    ("人力资源社会保障局", "人社局"),
    ("公共就业和人才服务中心", "就业中心"),
    ("公共就业服务中心", "就业中心"),
    ("就业服务中心", "就业中心"),
    ("社会保险事业管理中心", "社保中心"),
    ("社会保险事业服务中心", "社保中心"),
    ("社会保险服务中心", "社保中心"),
    ("社会保障卡服务中心", "社保卡中心"),
    ("医疗保障局", "医保局"),
    ("退役军人事务局", "退役军人局"),
    ("劳动人事争议仲裁院", "仲裁院"),
)
"""Name suffix → the usual short name of such an organisation."""

CONSULT = re.compile("咨询.*电话|联系电话|咨询方式")
COMPLAIN = re.compile("(监督|投诉|举报).*电话")
"""Extra columns of county tables that belong to the organisation, not to the item."""

_PHONE = re.compile(r"[\d\-－—、，,；;转（）() ]{5,60}")


class Publisher(Struct, frozen=True):
    """An entry of 机构: its key, its full name, and the phones that the table gives."""

    key: str
    name: str
    phone: str | None = None
    complaint_phone: str | None = None


def publishers(names: Iterable[str], place: str, rows: Sequence[Item]) -> tuple[Publisher, ...]:
    """One publisher for each name, in order of first mention; keys are short, unique, and differ from all names.

    ``place`` is the county's name, which keys omit; phones come from the ``rows``.
    """
    ordered = tuple(dict.fromkeys(names))
    keys: list[str] = []
    for name in ordered:
        free = (key for key in _keys(name, place) if key not in keys and (key == name or key not in ordered))
        keys.append(next(free, name))
    return tuple(
        Publisher(key, name, _phone(name, rows, CONSULT), _phone(name, rows, COMPLAIN))
        for key, name in zip(keys, ordered, strict=True)
    )


def _keys(name: str, place: str) -> Iterable[str]:
    yield from (short for ending, short in SHORT if name.endswith(ending))
    bare = name.removeprefix(place)
    if bare.endswith("税务局"):
        yield "税务局"
    if len(bare) > 1:
        yield bare


def _phone(name: str, rows: Sequence[Item], heading: re.Pattern[str]) -> str | None:
    """The number in the column with that ``heading``, if all rows of the organisation have the same one."""
    own = [row for row in rows if row.publisher == (name,)]
    phones = {text.strip() for row in own for column, text in row.extra.items() if heading.search(column)}
    only = phones.pop() if len(phones) == 1 else ""
    everywhere = all(any(heading.search(column) for column in row.extra) for row in own)
    return only if everywhere and _PHONE.fullmatch(only) else None
