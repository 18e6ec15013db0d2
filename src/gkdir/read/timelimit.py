"""公开时限, or a time for handling, as text → :class:`TimeLimit`. The grammar for users: docs/time-limits.md.

Words that the grammar does not understand are kept in ``TimeLimit.rest``, for review by a person.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from gkdir.model.item import LimitKind, TimeLimit, Unit
from gkdir.read.leftover import dangling, left_over
from gkdir.read.limitpatterns import (
    AT,
    BEFORE_COUNT,
    BY_WHOM,
    CITED,
    CLAUSES,
    CLOCK,
    COUNT,
    COUNTED,
    DAY,
    DUE,
    EARLIER,
    FIRST,
    HALF,
    IMMEDIATE,
    INFORMATION_START,
    INSIDE,
    KEPT,
    LABEL,
    MARKS,
    MONTH_DAY,
    NTH,
    ONLINE,
    OTHERS,
    OTHERWISE,
    PERIOD,
    PERIODS,
    PROMISE,
    PROMPT,
    SCOPE,
    SHOWN,
    SINCE,
    SOME,
    STANDING,
    START,
    STATUTE_FIRST,
    THEN,
    UNIT_BEHIND,
    UPDATED,
    VAGUE,
    first_count,
    undated,
)
from gkdir.read.text import line, nfkc, simplified, whole_number

COLUMN = "time_limit"
_KINDS: dict[LimitKind, tuple[re.Pattern[str], ...]] = {
    "periodic": (DUE,),
    "immediate": (IMMEDIATE,),
    "standing": (STANDING, PROMPT),
    "vague": (PROMPT,),
    "unknown": (),
}
_ALWAYS = (BY_WHOM, SCOPE, INFORMATION_START, INSIDE, CITED, ONLINE, KEPT)


def rest(plain: str, kind: LimitKind) -> tuple[str, ...]:
    """The words of the clause that are not understood when it is read as ``kind``."""
    if kind != "within":
        return left_over(plain, (*_KINDS[kind], *_ALWAYS), COLUMN)
    counted = first_count(plain)
    if counted is None:
        return left_over(plain, _ALWAYS, COLUMN)
    before, after = plain[: counted.start()], plain[counted.end() :]
    start = START.search(before)
    if start is not None:
        before = f"{before[: start.start()]}\0{before[start.end() :]}"
    return left_over(f"{before}\0{after}", _ALWAYS, COLUMN)


_DITTO = frozenset('〃″"”“〝〞仝↓⇓⬇↑⇑⬆∥‖｜|') | {
    *("同上", "同左", "同前", "同上栏", "同上行", "同上项", "同上述", "上同", "如上", "仝上", "ditto", "do"),
    *("″″", '""', "''", "””", "“”", "〝〞"),
}
"""Texts and signs for 同上: ditto marks, and arrows or lines that run down from the cell above."""
_AROUND = "。.、()（）[]【】〔〕<>〈〉-—–－_~～·… "
MAX_LIMIT = 200
"""The most characters of a limit; longer texts are not read as limits. The longest of the nation's has 60."""
MAX_CLAUSES = 12
"""The most clauses or counts of a limit; texts with more are not read as limits."""
_GLUED = re.compile(r"(?<=\d)[①-⑳⁰¹²³⁴-⁹₀-₉]")
"""A reference to a note right after a number: 20①个工作日 is not 201 days."""
_COUNTS = re.compile(r"[①-⑳](?=\d)")
"""The mark of a list right before a number: ①20个工作日 is not 120 days."""


def time_limit(text: str, above: TimeLimit | None = None) -> TimeLimit:
    """``text`` as a limit; 同上 is the limit ``above``, or unknown if there is none.

    A range (5—10 个工作日) counts as its longer end, a week as 7 days, a year as 12 months.
    """
    if is_ditto(text) and above is not None:
        return above
    read = _read("".join(text.split()))
    # in a text that is not a limit, blanks matter: 2026-03-01 14:30 is not 2026-03-0114:30
    return replace(read, text=line(text)) if read.kind == "unknown" else read


def is_ditto(text: str) -> bool:
    """Whether a cell says 同上, or has a sign for it."""
    return len(text) < 20 and _says_ditto(text)


@lru_cache(maxsize=1 << 10)
def _says_ditto(text: str) -> bool:
    return "".join(text.split()).strip(_AROUND).lower() in _DITTO


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> TimeLimit:
    if len(text) > MAX_LIMIT:
        return TimeLimit(text, "unknown", rest=(text,))
    plain = simplified(nfkc(MARKS.sub("", _COUNTS.sub("、", _GLUED.sub("※", text)).replace("；", ";")))).strip(
        "。.;,、"
    )
    plain = UNIT_BEHIND.sub("个工作日", plain)
    if "另有规定" in plain:
        plain = OTHERWISE.sub("", plain) or plain
    plain = NTH.sub("", EARLIER.sub("", UPDATED.sub("", plain))) or plain
    then = THEN.search(plain)
    if then is not None and FIRST.search(plain):
        plain, then = THEN.sub("", FIRST.sub("", plain)), None
    shorter = SHOWN.sub("", plain)
    if shorter != plain and COUNT.search(shorter):
        plain = shorter
    limit = _promise(plain) or _limit(plain)
    only = (then[0].rstrip(":"),) if then is not None else ()
    return replace(limit, text=text, rest=(*limit.rest, *dangling(plain), *_only_of_some(limit), *only))


def _only_of_some(limit: TimeLimit) -> tuple[str, ...]:
    """The kinds of information that a limit applies to; empty if it also covers others."""
    parts = [part for part in limit.parts or (limit,) if part.kind == "within"]
    named = [SOME.match(LABEL.sub("", part.text)) if part.anchor is None else None for part in parts]
    return tuple(match[0] for match in named if match) if all(named) else ()


def _promise(plain: str) -> TimeLimit | None:
    """The limit of a text with a promised and a statutory one: X（法定 Y）, or 法定 Y，承诺 X."""
    if "法定" not in plain.replace("法定工作日", ""):
        return None
    if match := STATUTE_FIRST.match(plain):
        statutory, promised = _limit(match[1]), _limit(match[2])
    elif match := PROMISE.match(plain):
        promised, statutory = _limit(match[1].rstrip("(,;")), _limit(match[2])
    else:
        return None
    known = promised.kind != "unknown" and statutory.kind != "unknown"
    return replace(promised, statutory=statutory) if known else None


def _limit(plain: str) -> TimeLimit:
    """The limit of one or several clauses; several with content make a compound."""
    sayings = len(_limits_in(plain))
    if sayings > MAX_CLAUSES or len(CLAUSES.findall(plain)) > MAX_CLAUSES:
        return TimeLimit(plain, "unknown", rest=(plain,))
    whole = _clause(plain)
    if sayings < 2:
        return whole
    parts: list[TimeLimit] = []
    pending = ""
    for piece in (piece for piece in CLAUSES.split(plain) if piece):
        part = _clause(pending + piece)
        if part.kind == "unknown":
            pending += piece
        else:
            parts.append(part)
            pending = ""
    parts = [replace(part, rest=(part.text,)) if _is_only_for_others(part) else part for part in parts]
    if any(part.kind in ("within", "immediate", "periodic") for part in parts):
        # 及时公开，最迟不超过20个工作日: the number is the limit.
        parts = [part for part in parts if part.kind != "vague" or part.rest]
    if len(parts) < 2:
        return _counts(plain, whole)
    return TimeLimit(plain, "compound", parts=tuple(parts), rest=rest(pending, "unknown"))


def _is_only_for_others(part: TimeLimit) -> bool:
    """Whether a part without a number is the only limit for all other information: 其他信息及时公开."""
    return part.kind in ("vague", "standing") and OTHERS.search(part.text) is not None


def _counts(plain: str, whole: TimeLimit) -> TimeLimit:
    """The limit of one clause: a compound if it has several different counts; 二十个工作日（20个工作日） is one."""
    ends = [match.end() for match in COUNTED.finditer(undated(plain))]
    if whole.kind != "within" or len(ends) < 2:
        return whole
    cuts = [0, *ends[:-1], len(plain)]
    parts = tuple(_clause(plain[start:end]) for start, end in pairwise(cuts))
    if len({(part.count, part.unit) for part in parts}) == 1:
        return replace(whole, rest=tuple(word for part in parts for word in part.rest))
    return TimeLimit(plain, "compound", parts=parts)


def _limits_in(plain: str) -> list[str]:
    """The counts, periods and words in the text that are each a limit."""
    bare = PERIOD.sub(_removed, undated(plain))
    halves = list(HALF.finditer(bare)) if "半" in bare else []
    found = [match[0] for match in (*COUNT.finditer(HALF.sub(_removed, bare) if halves else bare), *halves)]
    return found + [pattern.pattern for pattern in (PERIOD, IMMEDIATE, STANDING, VAGUE) if pattern.search(plain)]


def _removed(_match: re.Match[str]) -> str:
    return ""


def _clause(plain: str) -> TimeLimit:
    limit = _read_clause(plain)
    return replace(limit, rest=rest(plain, limit.kind))


def _read_clause(plain: str) -> TimeLimit:
    period = PERIOD.search(plain)
    if period is not None:
        return TimeLimit(plain, "periodic", period=PERIODS[(period.lastindex or 1) - 1][1], by=_by(plain))
    if (limit := _bounded(plain)) is not None:
        return limit
    kinds: tuple[tuple[re.Pattern[str], LimitKind], ...] = (
        (IMMEDIATE, "immediate"), (STANDING, "standing"), (VAGUE, "vague"),
    )  # fmt: skip
    for pattern, kind in kinds:
        if pattern.search(plain):
            return TimeLimit(plain, kind)
    return TimeLimit(plain, "unknown")


def _bounded(plain: str) -> TimeLimit | None:
    counted = first_count(plain)
    if counted is None:
        return None
    anchor = _anchor(plain[: counted.start()])
    if counted["count"] is not None:
        count, unit = whole_number(counted["count"]), _unit(counted["unit"])
        if count is None or (counted["again"] is not None and whole_number(counted["again"]) != count):
            return None
        return TimeLimit(plain, "within", count * unit[1], unit[0], anchor)
    if "月" in counted[0] or "年" in counted[0]:
        whole = (whole_number(counted["whole"]) or 0) if counted["whole"] else 0
        if "年" in counted[0]:
            return TimeLimit(plain, "within", 12 * whole + 6, "month", anchor)
        return TimeLimit(plain, "within", 30 * whole + 15, "day", anchor)
    return TimeLimit(plain, "within", 1, "day", anchor)


def _unit(word: str) -> tuple[Unit, int]:
    if "工作" in word:
        return "workday", 1
    units: dict[str, tuple[Unit, int]] = {
        "月": ("month", 1),
        "年": ("month", 12),
        "季度": ("month", 3),
        "小时": ("hour", 1),
        "钟头": ("hour", 1),
        "周": ("day", 7),
        "星期": ("day", 7),
    }
    return units.get(word, ("day", 1))


def _anchor(before: str) -> str | None:
    """The event from which the limit runs, in the words before the count: 自信息形成或者变更之日起 → 信息形成或变更."""
    before = BEFORE_COUNT.sub("", _SENTENCES.split(before)[-1].strip(",:()"))
    match = CLOCK.match(LABEL.sub("", before.rpartition(",")[2]))
    if match is None:
        return None
    event = SINCE.sub("", AT.sub("", match[1])).removeprefix("公开事项").removeprefix("政府").replace("或者", "或")
    event = "收到申请" if event == "收到申请材料" else event
    return event if _WORD.search(event) else None


_SENTENCES = re.compile(r"[;；。]|其中")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")


_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _by(plain: str) -> str | None:
    """The day by which a periodic limit is due: 01-31, or 10 (of the month)."""
    if match := MONTH_DAY.search(plain):
        month = whole_number(match[1]) or 0
        day = (whole_number(match[2]) or 0) if match[2] else _LAST_DAYS[(month - 1) % 12]
        return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    if match := DAY.search(plain):
        day = whole_number(match[1]) or 0
        return f"{day:02}" if 1 <= day <= 31 else None
    return None
