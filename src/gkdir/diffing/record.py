"""The differences of two projects → new entries of a county's 更新记录, without those that it already has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from gkdir.diffing.compare import Difference, DifferenceKind, amended
from gkdir.diffing.sections import DiffSection
from gkdir.diffing.words import WORDS
from gkdir.export.cells import clean
from gkdir.finding import Place
from gkdir.model.amendment import Amended, Amendment

LONGEST = 120
"""The most characters of a text in the record; of longer ones, the part where old and new differ."""

_BEFORE = 20


def entries(found: Sequence[DiffSection], county: str, day: date, known: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """The differences of ``county`` in ``found`` that are not the last entry about the same thing in ``known``."""
    last = {entry.about: entry for entry in known}
    made = (entry for section in found if section.county == county for entry in _entries(section, day))
    return tuple(entry for entry in made if entry.about not in last or last[entry.about].content != entry.content)


def _entries(section: DiffSection, day: date) -> Iterator[Amendment]:
    for one in section.differences:
        fields = tuple(_short(amended(change)) for change in one.fields) if one.kind is DifferenceKind.CHANGED else ()
        yield Amendment.of(
            one.subject,
            one.id,
            day=day,
            kind=WORDS[one.kind],
            name=_line(one.name),
            place=Place(""),
            town=section.town,
            fields=fields,
            reason=_line(_reason(one)) or None,
        )


def _reason(one: Difference) -> str:
    return one.reason if one.kind is DifferenceKind.STOPPED else ""


def _short(field: Amended) -> Amended:
    old, new = _around(field.old, field.new)
    return replace(
        field,
        label=_line(field.label),
        old=old,
        new=new,
        removed=tuple(_cut(text) for text in field.removed),
        added=tuple(_cut(text) for text in field.added),
    )


def _around(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Both texts, from a little before the first character in which they differ."""
    if not old or not new or max(len(old), len(new)) <= LONGEST:
        return old and _cut(old), new and _cut(new)
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _BEFORE)
    dots = "…" if start else ""
    return f"{dots}{_cut(old[start:])}", f"{dots}{_cut(new[start:])}"


def _cut(text: str) -> str:
    text = _line(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _line(text: str) -> str:
    """In one line, without what YAML could not hold."""
    return " ".join(clean(text).replace("\ufeff", "").split())
