"""Two sides → the differences between them, by place and domain."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.diffing.compare import Difference, compare, compare_described
from gkdir.diffing.sides import Key, Listed, Side
from gkdir.model.amendment import AMENDMENT_SUBJECTS


class DiffSection(Struct, frozen=True):
    """What differs in one directory, or among a county's guides, forms and so on (``domain`` is empty then).

    ``county``: the folder, or the stem of the file, or empty. ``label``: what the domain is called, or 办事指南 ….
    """

    county: str
    town: str
    domain: str
    place: str
    label: str
    differences: tuple[Difference, ...]

    @property
    def title(self) -> str:
        """The place and the domain, as far as they are known."""
        return " ".join(part for part in (self.place, self.label or "没有认出领域") if part)


def sections(old: Side, new: Side) -> tuple[DiffSection, ...]:
    """What differs, by county: its directories, those of its townships, then guides, forms, articles, organisations.

    A township's directory tells only what its county's does not already.
    """
    keys = sorted({*old.directories, *new.directories})
    found = [*_sections(old, new, keys), *_described(old, new)]
    return tuple(sorted(found, key=lambda section: section.county))


def _sections(old: Side, new: Side, keys: list[Key]) -> Iterator[DiffSection]:
    of_county: dict[tuple[str, str], tuple[Difference, ...]] = {}
    for county, town, domain in keys:
        before = old.directories.get((county, town, domain))
        after = new.directories.get((county, town, domain))
        known = after or before or Listed("", "")
        found = compare(before.items if before else (), after.items if after else (), after.reasons if after else {})
        if town:
            above = of_county.get((county, domain), ())
            found = tuple(one for one in found if one not in above)
        else:
            of_county[county, domain] = found  # sorted keys: the county comes before its townships
        if found:
            yield DiffSection(county, town, domain, known.place, known.label, found)


def _described(old: Side, new: Side) -> Iterator[DiffSection]:
    keys = {*old.described, *new.described}
    places = {**old.places, **new.places}
    for county, town, subject in sorted(keys, key=lambda key: (key[0], AMENDMENT_SUBJECTS.index(key[2]), key[1])):
        key = county, town, subject
        found = compare_described(subject, old.described.get(key, {}), new.described.get(key, {}))
        if found:
            yield DiffSection(county, town, "", places[county, town], subject, found)
