"""Two sides → the differences between them, by place and domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdir.diffing.compare import Difference, compare
from gkdir.diffing.sides import Key, Listed, Side


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one directory. ``county``: the folder, or the stem of the file, or empty."""

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


def sections(old: Side, new: Side) -> tuple[Section, ...]:
    """The directories that differ, in order. A township's tells only what its county's does not already."""
    keys = sorted({*old.directories, *new.directories})
    return tuple(_sections(old, new, keys))


def _sections(old: Side, new: Side, keys: list[Key]) -> Iterator[Section]:
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
            yield Section(county, town, domain, known.place, known.label, found)
