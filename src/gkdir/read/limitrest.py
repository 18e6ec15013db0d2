"""One clause of a limit, and as what kind it was read → the words of it that the reading did not use."""

from __future__ import annotations

import re

from gkdir.model.item import LimitKind
from gkdir.read.leftover import left_over
from gkdir.read.limitpatterns import (
    BY_WHOM,
    CITED,
    DUE,
    IMMEDIATE,
    INFORMATION_START,
    INSIDE,
    KEPT,
    ONLINE,
    PROMPT,
    SCOPE,
    STANDING,
    START,
    first_count,
)

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
    """What is left of the clause when all that a reading as ``kind`` understands is gone."""
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
