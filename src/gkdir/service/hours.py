"""Opening hours in words → days and times, if the words contain nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = "一二三四五六日"
_DAY = r"(?:周|星期)([一二三四五六日天])"
_TIME = r"(\d{1,2})[:：](\d{2})"
_SPAN = rf"(?:上午|下午)?{_TIME}(?:[—–~～至到-]+){_TIME}"
_PART = re.compile(rf"(?:{_DAY}(?:[—–~～至到-]+{_DAY})?)?{_SPAN}")
_ASIDE = re.compile(r"[，,；;。（(]*(?:法定)?节假日(?:除外|休息)[）)。]*\Z|[（(]法定节假日除外[）)]\Z")


class Opening(Struct, frozen=True):
    """Days, opening and closing time: names of days in English, times as ``09:00``."""

    days: tuple[str, ...]
    opens: str
    closes: str


@lru_cache(maxsize=128)
def openings(text: str) -> tuple[Opening, ...]:
    """``周一至周五9:00—12:00，13:30—17:30`` gives two; empty if any part is not understood."""
    found: list[Opening] = []
    days: tuple[str, ...] = ()
    for part in re.split(r"[，,；;、]", _ASIDE.sub("", "".join(text.split()))):
        match = _PART.fullmatch(part)
        if match is None:
            return ()
        days = tuple(_days(match[1], match[2])) or days
        opens, closes = _time(match[3], match[4]), _time(match[5], match[6])
        if not days or opens is None or closes is None or opens >= closes:
            return ()
        found.append(Opening(days, opens, closes))
    return tuple(found)


def _days(first: str | None, last: str | None) -> Iterator[str]:
    if first:
        start = _NAMES.index(first.replace("天", "日"))
        end = _NAMES.index(last.replace("天", "日")) if last else start
        yield from DAYS[start : end + 1]


def _time(hour: str, minute: str) -> str | None:
    return f"{int(hour):02d}:{minute}" if int(hour) < 24 and int(minute) < 60 else None
