"""A text → its dates that do not exist or have the wrong day of the week, and its impossible times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from gkdir.read.text import whole_number
from gkdir.rules.linesearch import LineSearch

_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[一二]九?[〇○零一二三四五六七八九]{2,3})[ ]?年[ ]?)?"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_WEEKDAY = (
    r"(?:[ ]?[（(,，]?[ ]?(?:农历[^（）()]{0,8}[,，、 ])?(?:星期|周|礼拜)"
    r"(?P<weekday>[一二三四五六日天])(?![一二三四五六日天至到—\-])[ ]?[）)]?)?"
)
_DATE = re.compile(
    rf"(?<![\d一二三四五六七八九十]){_YEAR}(?P<month>{_NUMBER})[ ]?月[ ]?(?P<day>{_NUMBER})[ ]?[日号]{_WEEKDAY}"
)
_PLAIN = re.compile(
    r"(?<![\d./A-Za-z-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./-])"
    + _WEEKDAY
)
_BEFORE = re.compile(
    rf"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[ ]?[（(][ ]?{_YEAR}"
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号][）)]"
)
_SPAN = re.compile(
    rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?(?:至|到|—{{1,2}}|-|~|、)(?:(?P<last_month>\d{{1,2}})月)?"
    r"(?P<last>\d{1,2})[日号][（(](?:星期|周)(?P<weekday>[一二三四五六日天])(?:至|到|—{1,2}|-|~|、)"
    r"(?:星期|周)?(?P<last_weekday>[一二三四五六日天])[）)]"
)
_MONTH = re.compile(r"月[ ]?[\d一二三四五六七八九十]")
_DASHED = re.compile(r"20\d\d[-/.]\d|19\d\d[-/.]\d")
_COLON = re.compile(r"[:：]\d\d")
_REACH, _AHEAD = 12, 40
_LUNAR = ("农历", "阴历", "旧历", "夏历")
_PUBLISHED = re.compile(r"^日期: *[\"']?(\d{4})-(\d{2})-(\d{2})", re.MULTILINE)
_ALONE = re.compile(r"^[ {,-]*[^\s:：]{1,12}: *[\"']?\Z")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS = "一二三四五六日"
_WEEK = ("周", "星期", "礼拜")
_DAY = (
    "上午|下午|早上|早晨|晚上|中午|傍晚|凌晨|夜间|当日|当天|每天|每日|时间[:：]"
    "|(?:周|星期)[一二三四五六日天]|[日号于在自从]|工作日|[）)]"
)
_RANGE = r"[ ]?(?:—{1,2}|–|-|－|~|～|至|到)[ ]?"
_CLOCK = r"\d{1,2}[:：]\d{2}"
_TIME = re.compile(r"(?<![\d./])(?<!\d[:：])(?<!(?<![:：]\d\d)-)(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：%])")
"""A time; not part of a ratio, a date or a number, and after a dash only as the end of a range."""
_TIME_BEFORE = re.compile(rf"(?:{_DAY})[ ]?\Z|{_CLOCK}{_RANGE}\Z")
_TIME_AFTER = re.compile(
    rf"{_RANGE}(?:次日|当日|上午|下午|晚上)?{_CLOCK}|(?:准时|以?[前后]|开[会始门放]|召开|举[行办]|集合|签到|入场|[上下]班)"
)
_SPOKEN = re.compile(r"(?:上午|下午|早上|晚上|中午|凌晨|日|天)(?P<hour>\d{1,2})[时点](?:(?P<minute>\d{1,2})分)?(?!间)")
_NEVER = re.compile(
    r"(?:星期|礼拜)[八九十](?![次天个])|每周[八九十](?![次天个小门家人名场期课项])|第[五六七八九5-9]季度|每季度第[四五六七八九4-9]个?月|每月(?:3[2-9]|[4-9]\d)[日号]|每年(?:1[3-9]|[2-9]\d)月(?!数)|(?<!\d)20\d{3}年(?=\d)"
    r"|(?<![\d午上晨日天])(?:[01]?\d|2[0-4])[时点][6-9]\d分"
)
"""Dates and times that are impossible on their own."""
_HALF = "上午|早上|下午|晚上|中午"
_AT = r"(?P<{0}>\d{{1,2}})(?:[:：](?P<{0}_minute>\d{{2}})|[时点](?P<{0}_past>半)?)"
_FROM_TO = re.compile(
    rf"(?P<half>{_HALF})?[ ]?(?<![\d./:：]){_AT.format('first')}{_RANGE}(?P<day>次日|第二天|翌日|凌晨)?"
    rf"(?P<last_half>{_HALF})?[ ]?{_AT.format('last')}(?![\d:：])"
)
"""下午14:00—17:00."""
_RANGED = re.compile(rf"(?:[:：]\d\d|[时点]半?){_RANGE}")
_NIGHT = 9 * 60 + 30
"""The latest end of a night shift, in minutes of the day."""
_LATE_MORNING = re.compile(r"(?:上午|早上|早晨|凌晨)(?:1[3-9]|2[0-3])[时点](?!间)")
_MORNING = re.compile(r"(?:上午|早上|早晨|凌晨)[ ]?\Z")

Misdated = tuple[int, str]


def misdated(text: str) -> Iterator[Misdated]:
    """(offset, what is wrong) for each wrong date or time."""
    published = _PUBLISHED.search(text)
    day = published and _exists(int(published[1]), int(published[2]), int(published[3]))
    dated = day and any(sign in text for sign in _WEEK)  # only days of the week depend on it
    yield from _misdated(text, day or None) if dated else _UNDATED.found(text)


def _misdated(text: str, published: date | None = None) -> Iterator[Misdated]:
    if "月" in text or "20" in text:
        found = chain(_matches_near(text, _MONTH, _DATE), _matches_near(text, _DASHED, _PLAIN), _BEFORE.finditer(text))
        for match in found:
            yield from _date(text, match, published)
        if any(sign in text for sign in ("（周", "（星期", "(周", "(星期")):
            yield from _spans(text, published)
    if ":" in text or "：" in text:
        yield from _times(text)
    yield from _ranges(text)
    if "点" in text or "时" in text:
        for match in _SPOKEN.finditer(text):
            hour, minute = int(match["hour"]), int(match["minute"] or 0)
            if hour > 24 or minute > 59 or (hour == 24 and minute):
                yield match.start(), f"没有“{match[0]}”这个时间"
        yield from ((match.start(), f"“{match[0]}”已经过了中午") for match in _LATE_MORNING.finditer(text))
    if any(word in text for word in ("星期", "礼拜", "每月", "每年", "每周", "季度", "年", "分")):
        yield from ((match.start(), f"没有“{match[0]}”") for match in _NEVER.finditer(text))


_UNDATED = LineSearch(_misdated)
"""For texts without a date of publication, or without a day of the week that could depend on it."""


def _spans(text: str, published: date | None) -> Iterator[Misdated]:
    """Wrong days of the week in ranges: ``12月5日至6日（周六、周日）``."""
    for match in _SPAN.finditer(text):
        year, month, last_month = (whole_number(match[name] or "") for name in ("year", "month", "last_month"))
        for weekday, each, day in (("weekday", month, "day"), ("last_weekday", last_month or month, "last")):
            yield from _weekday((match.start(), match[weekday]), published, (year, each or 0, int(match[day])))


def _matches_near(text: str, hint: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` around those of ``hint``, which is much faster to search for."""
    end = 0
    for sign in hint.finditer(text):
        last = sign.end() + _AHEAD
        match = pattern.search(text, max(end, sign.start() - _REACH), last) if sign.start() >= end else None
        while match and match.end() <= sign.start():
            match = pattern.search(text, match.end(), last)
        if match:
            end = match.end()
            yield match


def _date(text: str, match: re.Match[str], published: date | None) -> Iterator[Misdated]:
    year, month, day = (whole_number(match[name] or "") for name in ("year", "month", "day"))
    if month is None or day is None or text[max(0, match.start() - 4) : match.start()].endswith(_LUNAR):
        return
    written = match[0].strip(" ，,（(")
    if match.re is _PLAIN and (
        (match["mark"] == "." and month > 12) or _is_whole_value(text, match.start(), match.end())
    ):
        return  # the number of a clause, or a date that the reader of its key checks
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH[month - 1] or (year and not _exists(year, month, day)):
        yield match.start(), f"没有“{written}”这一天"
    elif match["weekday"]:
        yield from _weekday((match.start(), match["weekday"]), published, (year, month, day))


def _weekday(
    written: tuple[int, str], published: date | None, date_parts: tuple[int | None, int, int]
) -> Iterator[Misdated]:
    """The fault if ``written`` (offset, day of the week) is wrong for ``date_parts`` (year or ``None``, month, day)."""
    (at, weekday), (year, month, day) = written, date_parts
    if year is None and published is not None:
        years = (published.year + more for more in (-1, 0, 1))
        near = [one for each in years if (one := _exists(each, month, day))]
        meant = min(near, key=lambda one: abs((one - published).days), default=None)
    else:
        meant = _exists(year, month, day) if year else None
    if meant is not None:
        right = _DAYS[meant.weekday()]
        if right != weekday.replace("天", "日"):
            yield at, f"{meant.year}年{month}月{day}日是星期{right}，不是星期{weekday}"


def _times(text: str) -> Iterator[Misdated]:
    for match in _matches_near(text, _COLON, _TIME):
        hour, minute = int(match["hour"]), int(match["minute"])
        before = text[max(0, match.start() - 12) : match.start()]
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            if _TIME_BEFORE.search(before) or _TIME_AFTER.match(text, match.end()):
                yield match.start(), f"没有“{match[0]}”这个时间"
        elif hour > 12 and _MORNING.search(before):
            yield match.start(), f"“{_MORNING.search(before)[0].strip()}{match[0]}”已经是下午"  # type: ignore[index]


def _backwards(match: re.Match[str]) -> bool:
    """Whether a range of times ends before it begins, even on a 12-hour clock: 9:00—5:00 may end in the afternoon."""
    half, last_half = match["half"], match["last_half"]
    first, last = (
        int(match[end]) * 60 + (30 if match[f"{end}_past"] else int(match[f"{end}_minute"] or 0))
        for end in ("first", "last")
    )
    if match["day"] or last >= first or max(first, last) > 24 * 60:
        return False
    if first >= 13 * 60:  # on a 24-hour clock; a range that begins at night ends on the next day
        return last > _NIGHT and first < 20 * 60 and last_half in (None, half)
    if half in ("上午", "早上"):
        return last_half == half or (last_half is None and last >= 8 * 60)
    return half in ("下午", "晚上") and last_half in (None, half) and first < 12 * 60


def _ranges(text: str) -> Iterator[Misdated]:
    for match in _matches_near(text, _RANGED, _FROM_TO):
        if _backwards(match):
            yield match.start(), f"“{match[0]}”结束早于开始"


def _is_whole_value(text: str, start: int, end: int) -> bool:
    """Whether the date is the whole value of a key in a YAML file."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    rest = text[end : end + 2].lstrip("\"' ")
    return _ALONE.match(line) is not None and rest[:1] in ("", "\n", "}", ",")


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
