"""公开时限, or a promise of handling, as text → :class:`TimeLimit`. The grammar for clerks: docs/time-limits.md."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec.structs import replace

from gkdir.model.item import LimitKind, TimeLimit, Unit
from gkdir.read.text import chinese_number

_NUMERAL = r"\d{1,4}|[零〇一二三四五六七八九十百两廿卅]{1,5}"
_COUNT = re.compile(
    rf"(?<![第\d〕)月年.])(?:(?:{_NUMERAL})(?:个)?(?:工作日|自然日|日|天)?(?:[-~～—至到]|--))?({_NUMERAL})"
    r"(?:(个)?(法定工作日|工作日|工作天|自然日|日历日|日历天|小时|星期|钟头|季度|周|日|天|月|年)|(个)(日))(?!期)"
)
_DATED = re.compile(rf"(?<!之)(?:{_NUMERAL})月(?:底|末|(?:{_NUMERAL})日)|(?<![个内])(?:{_NUMERAL})[日号](?:之|以)?前")
_HALF = re.compile(rf"({_NUMERAL})?(?:个?半个?月(?!板)|年半)|半年(?!度)")
"""半个月, 一个半月, 半年, 一年半."""
_PERIODS: tuple[tuple[str, str], ...] = (
    (r"每半年|每半个年度|按半年|半年一次|半年度", "half-year"),
    (r"每(?:个|一)?季度?|按季度?|季度末|一季一次|每3个月|每三个月", "quarter"),
    (r"每(?:个|一)?年度?|按年度?|一年一次|年度(?:公开|更新|报告)|每1年", "year"),
    (r"每(?:个|一)?月|按月|一月一次|月度", "month"),
    (r"每(?:个|一)?(?:周|星期)|按周|一周一次", "week"),
    (r"每(?:个|一)?(?:天|日|工作日)|按日", "day"),
)
_PERIOD = re.compile("|".join(f"({pattern})" for pattern, _ in _PERIODS))
_MONTH_DAY = re.compile(rf"({_NUMERAL})月(?:({_NUMERAL})[日号]|(底|末))")
_DAY = re.compile(rf"({_NUMERAL})[日号](?:之|以)?前")
_IMMEDIATE = re.compile(
    r"实时|即时|当场|即办|马上办|立等可[取办]|立即|立刻|现场办结|现场办理|即到即办|即来即办|即收即办|随到随办|即审即办"
)
_TODAY = re.compile(r"当[日天](?!起)|同日(?!起)")
_STANDING = re.compile(r"长期|常年|永久|全年|持续公开|一直公开|长年")
_VAGUE = re.compile(
    r"及时|适时|尽快|尽早|随时|动态|按.{0,8}?规定|依.{0,8}?规定|根据.{0,12}?(?:规定|需要|情况|要求)|按.{0,6}?(?:要求|需|程序)|视情|"
    r"定期|不定期|必要时|原则上|另行通知|规定时[间限]|规定的?(?:时限|期限)"
)
_DITTO = frozenset(("同上", "同左", "同前", "同上栏", "同上行", "〃", "″", '"', "''", "”", "“"))
_PROMISE = re.compile(r"^(.+?)[（(]?(?:其中)?法定(?:办结|办理)?(?:时限|期限)?(?:为|是|:|：)?(.+?)[)）]?$")
_STATUTE_FIRST = re.compile(
    r"^法定(?:办结|办理)?(?:时限|期限)?(?:为|是|:)?(.+?)[,;(]?承诺(?:办结|办理)?(?:时限|期限)?(?:为|是|:)?(.+?)\)?$"
)
_EXCEPTION = re.compile(r"[,;。(]?[^,;。()]*另有规定.*$")
"""法律法规另有规定的从其规定: says nothing of its own."""
_CLAUSES = re.compile(r"[;；。\n]|[,，]?其中[:：,，]?|[,，](?=.)")
_LABEL = re.compile(r"^(?:公开|办理|办结|承诺|法定|受理)*(?:时限|期限)(?:为|是|:)?|^承诺(?:为|:)?")
_SINCE = re.compile(r"^.*(?:自|从)(?!然)")
_CLOCK = re.compile(
    r"(.*?)(?:(?:之?当?日起|之?后起|之后|以后|起|后|之日|当日|之时|时)(?:算|计算)?|(?<=形成)|(?<=变更)|(?<=受理)|(?<=申请)|(?<=材料))"
    r"(?:,|的|在|于|应当|应|最长|最迟|一般)*(?:不超过|不多于|少于|不得超过)?(?:在|于)?$"
)


def time_limit(text: str, above: TimeLimit | None = None) -> TimeLimit:
    """Read ``text``; 同上 is the limit ``above``, and unknown where nothing is above.

    Counts are whole; a range (5—10 个工作日) counts as its longer end, a week as 7 days, a year as 12 months.
    """
    if is_ditto(text) and above is not None:
        return above
    return _read("".join(text.split()))


def is_ditto(text: str) -> bool:
    """Whether a cell says 同上 and means the cell above."""
    return len(text) < 20 and "".join(text.split()).strip("。.") in _DITTO


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> TimeLimit:
    plain = unicodedata.normalize("NFKC", text).strip("。.;,、")
    plain = _EXCEPTION.sub("", plain) or plain
    return replace(_promise(plain) or _limit(plain), text=text)


def _promise(plain: str) -> TimeLimit | None:
    """X（法定 Y）, or 法定 Y，承诺 X."""
    if "法定" not in plain.replace("法定工作日", ""):
        return None
    if match := _STATUTE_FIRST.match(plain):
        statutory, promised = _limit(match[1]), _limit(match[2])
    elif match := _PROMISE.match(plain):
        promised, statutory = _limit(match[1].rstrip("(,;")), _limit(match[2])
    else:
        return None
    known = promised.kind != "unknown" and statutory.kind != "unknown"
    return replace(promised, statutory=statutory) if known else None


def _limit(plain: str) -> TimeLimit:
    """One clause or several; several that each say something make a compound."""
    whole = _clause(plain)
    if len(_sayings(plain)) < 2:
        return whole
    parts: list[TimeLimit] = []
    pending = ""
    for piece in (piece for piece in _CLAUSES.split(plain) if piece):
        part = _clause(pending + piece)
        if part.kind == "unknown":
            pending += piece
        else:
            parts.append(part)
            pending = ""
    parts = [part for index, part in enumerate(parts) if part not in parts[:index]]
    if len(parts) < 2:
        return whole
    return TimeLimit(plain, "compound", parts=tuple(parts))


def _sayings(plain: str) -> list[str]:
    """What in the text says a limit of its own: counts, periods, words."""
    rest = _DATED.sub("", plain)
    found = [match[0] for match in _COUNT.finditer(_HALF.sub("", _PERIOD.sub("", rest)))] + [
        match[0] for match in _HALF.finditer(_PERIOD.sub("", rest))
    ]
    return found + [pattern.pattern for pattern in (_PERIOD, _IMMEDIATE, _STANDING, _VAGUE) if pattern.search(plain)]


def _clause(plain: str) -> TimeLimit:
    period = _PERIOD.search(plain)
    if period is not None:
        return TimeLimit(plain, "periodic", period=_PERIODS[(period.lastindex or 1) - 1][1], by=_by(plain))
    if (limit := _bounded(plain)) is not None:
        return limit
    kinds: tuple[tuple[re.Pattern[str], LimitKind], ...] = (
        (_IMMEDIATE, "immediate"), (_STANDING, "standing"), (_VAGUE, "vague"),
    )  # fmt: skip
    for pattern, kind in kinds:
        if pattern.search(plain):
            return TimeLimit(plain, kind)
    return TimeLimit(plain, "unknown")


def _bounded(plain: str) -> TimeLimit | None:
    bare = _DATED.sub(lambda match: "□" * len(match[0]), plain)
    if half := _HALF.search(bare):
        whole, anchor = (_number(half[1]) or 0) if half[1] else 0, _anchor(plain[: half.start()])
        if "年" in half[0]:
            return TimeLimit(plain, "within", 12 * whole + 6, "month", anchor)
        return TimeLimit(plain, "within", 30 * whole + 15, "day", anchor)
    if match := _COUNT.search(bare):
        count, unit = _number(match[1]), _unit(match[3] or match[5])
        if count is None:
            return None
        return TimeLimit(plain, "within", count * unit[1], unit[0], _anchor(plain[: match.start()]))
    if today := _TODAY.search(bare):
        return TimeLimit(plain, "within", 1, "day", _anchor(plain[: today.start()]))
    return None


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


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)


def _anchor(before: str) -> str | None:
    """The event the clock starts at, from the words before the count: 自信息形成或者变更之日起 → 信息形成或变更."""
    before = _LABEL.sub("", re.split(r"[;；。]|其中", before)[-1].strip(",:()"))
    match = _CLOCK.match(before)
    if match is None:
        return None
    event = _SINCE.sub("", match[1].rstrip(",")).removeprefix("公开事项").removeprefix("政府").replace("或者", "或")
    event = "收到申请" if event == "收到申请材料" else event
    return event if re.search(r"[\u4e00-\u9fff]{2}", event) else None


def _by(plain: str) -> str | None:
    """The day by which a periodic limit falls due: 01-31, or 10 (of the month)."""
    if match := _MONTH_DAY.search(plain):
        month = _number(match[1]) or 0
        day = (
            (_number(match[2]) or 0) if match[2] else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[(month - 1) % 12]
        )
        return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    if match := _DAY.search(plain):
        day = _number(match[1]) or 0
        return f"{day:02}" if 1 <= day <= 31 else None
    return None
