"""laws.yaml and the other reference files → Reference. The project's own files take precedence over ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gkdir.finding import Gathered, Trouble, TroubleKind, Unreadable, wrong_value
from gkdir.model.benefits import BenefitRules
from gkdir.model.item import Written
from gkdir.model.reference import Law, Phrase, Reference, Words, Workdays, YearDays
from gkdir.read.declaredfiles import first_of
from gkdir.read.schema.validate import filled
from gkdir.yaml.parse import read_yaml

WORDING = "wording.yaml"
"""The file of wrong wordings; a county's own is beside its county.yaml."""
_YEAR = re.compile(r"20\d\d", re.ASCII)
_DAY = re.compile(r"(\d\d)-(\d\d)")


def read_reference(folders: Sequence[Path]) -> tuple[Reference, tuple[Trouble, ...]]:
    """The reference data, each file from the first of ``folders`` that has it; without the file its part is empty."""
    troubles = Gathered()

    def read(name: str, hint: Any) -> Any:
        path = first_of(folders, name)
        if path is None:
            return None
        try:
            document = read_yaml(path, path.as_posix() if path.parent == folders[0] else f"gkdir/national/{name}")
        except Unreadable as error:
            troubles.append(error.trouble)
            return None
        troubles.extend(document.troubles)
        return troubles.taken_from(filled(hint, document.root))

    reference = Reference(
        laws=read("laws.yaml", tuple[Law, ...]) or (),
        words=read("vocabulary.yaml", Words) or Words(),
        wording=read(WORDING, tuple[Phrase, ...]) or (),
        workdays=_workdays(read("workdays.yaml", Mapping[str, YearDays]) or {}, troubles),
        benefit_rules=read("reckoning.yaml", BenefitRules),
    )
    return reference, tuple(troubles)


def read_wording(path: Path, name: str) -> tuple[tuple[Phrase, ...], tuple[Trouble, ...]]:
    """A county's own wording.yaml at ``path``, called ``name`` in places. Bad content never raises."""
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return (), (error.trouble,)
    if document.root.blank:  # only comments so far
        return (), ()
    phrases, more = filled(tuple[Phrase, ...], document.root)
    return phrases or (), (*document.troubles, *more)


def _workdays(years: Mapping[str, YearDays], troubles: list[Trouble]) -> Workdays:
    known: dict[int, YearDays] = {}
    for year, days in years.items():
        if _YEAR.fullmatch(year):
            known[int(year)] = days
        else:
            troubles.append(Trouble(TroubleKind.UNKNOWN_KEY, days.place, f"“{year}”不是年份。", "写成 2026 这样。"))
    off, on = (
        frozenset(
            day for year, days in known.items() for one in getattr(days, field) for day in _days(year, one, troubles)
        )
        for field in ("off", "on")
    )
    return Workdays(frozenset(known), off, on)


def _days(year: int, written: Written, troubles: list[Trouble]) -> Iterator[date]:
    try:
        ends = [date(year, int(month), int(day)) for month, day in _DAY.findall(written.text)]
    except ValueError:
        troubles.append(wrong_value(written.place, f"{year}年没有“{written.text}”。", "请检查月日。"))
        return
    yield from (ends[0] + timedelta(days=n) for n in range((ends[-1] - ends[0]).days + 1))
