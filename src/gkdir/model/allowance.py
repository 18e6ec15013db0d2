"""允许 as a value: a finding that a county answers for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.item import Written


class Allowance(Struct, frozen=True):
    """允许: a finding that the county has looked at and answers for, with reason and end date."""

    rule: str
    place: Place
    item: str | None = None
    only: str | None = None  # 只限: words of the findings that it covers
    reason: str | None = None
    until: date | None = None
    written: Mapping[str, Written] = field(default_factory=dict)
