"""What is due on a day, as a value → lines for a person, data for programs, a calendar for a phone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from gkdir.finding import Place
from gkdir.harmless import json_text, shown_lines

KINDS = {
    "review": "目录审核",
    "guide": "指南核对",
    "article": "文章失效",
    "consultation": "意见征集截止",
    "result": "征集结果",
    "response": "回应关切复核",
    "column": "栏目更新",
    "urgent": "紧急通知",
    "allowance": "允许到期",
    "law": "依据失效",
    "amount": "待遇标准核对",
    "publication": "二十个工作日",
    "workdays": "放假安排",
}
"""What can be due, and how it is called."""


class Deadline(Struct, frozen=True):
    """``what`` is due on ``day``, the last on which it is still in time; ``todo`` says what to do about it."""

    day: date
    kind: str
    county: str
    what: str
    todo: str
    place: Place

    @property
    def order(self) -> tuple[object, ...]:
        """By day, and on one day by place."""
        return self.day, self.county, self.place.order, self.what

    def days(self, today: date) -> int:
        """How many days are left; less than none once it is over."""
        return (self.day - today).days


_FOLD = 73
"""Octets of a line of a calendar, the blank that continues it not counted."""


def as_text(found: Sequence[Deadline], today: date, within: int) -> str:
    """What is over first, then what is to come; each with its day, what to do and where."""
    over = [each for each in found if each.day < today]
    soon = [each for each in found if each.day >= today]
    lines = []
    for title, some in ((f"已经过了 {len(over)} 件", over), (f"{today} 起 {within} 天以内 {len(soon)} 件", soon)):
        if some:
            lines += [title, *(line for each in some for line in _lines(each, today)), ""]
    if not found:
        return f"{today} 起 {within} 天以内没有到期的。\n"
    return shown_lines("\n".join(lines))


def _lines(one: Deadline, today: date) -> Iterator[str]:
    days = one.days(today)
    when = f"过了 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天"
    yield f"  {one.day}（{when}） {KINDS[one.kind]}：{one.what}"
    yield f"    {one.todo}"
    yield f"    {one.place}"


def as_json(found: Sequence[Deadline], today: date, within: int) -> str:
    """``{"date", "within", "due": [{day, days, kind, county, message, hint, file, line, column}]}``."""
    due = [
        {
            "day": each.day.isoformat(),
            "days": each.days(today),
            "kind": each.kind,
            "county": each.county or None,
            "message": each.what,
            "hint": each.todo,
            "file": each.place.file,
            "line": each.place.line,
            "column": each.place.column,
        }
        for each in found
    ]
    return json_text({"date": today.isoformat(), "within": within, "due": due}) + "\n"


def as_calendar(found: Sequence[Deadline], today: date, within: int) -> str:
    """An iCalendar file (RFC 5545): a whole day each, with a reminder a week before.

    The same deadline has the same name in every calendar, so that a program that takes it in again renews it.
    """
    del today, within
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gkdir//due//ZH", "CALSCALE:GREGORIAN"]
    for each in found:
        lines += _event(each)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(one: Deadline) -> Iterator[str]:
    about = f"{one.todo}\n{one.place}"
    name = "\n".join((one.county, one.kind, one.place.file, one.what))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:32]}@gkdir"
    yield f"DTSTAMP:{one.day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{KINDS[one.kind]}：{one.what}')}"
    yield f"DESCRIPTION:{_escaped(about)}"
    yield f"CATEGORIES:{_escaped(KINDS[one.kind])}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", f"DESCRIPTION:{_escaped(KINDS[one.kind])}")
    yield from ("END:VALARM", "END:VEVENT")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return shown_lines(text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of few enough octets, no character parted; each after the first begins with a blank."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _FOLD:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece


FORMATS: Mapping[str, Callable[[Sequence[Deadline], date, int], str]] = {
    "text": as_text,
    "json": as_json,
    "ics": as_calendar,
}
