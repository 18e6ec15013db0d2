"""All sheets of one template → the few to set for a test of all, and the texts that a sheet must contain.

Setting a sheet takes a sixth of a second, and there are two hundred. Their values are all checked; what is on paper is
checked on the longest, the shortest, and one for each thing that a sheet may have or lack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import to_builtins
from tests.sheets.paper import fold

from gkdir.sheets.sheet import PrintedSheet

LONGEST, SHORTEST = 8, 2
Trait = tuple[tuple[str, ...], object]


def representatives(sheets: Iterable[PrintedSheet]) -> Sequence[PrintedSheet]:
    """The longest, the shortest, and the longest sheet with each trait that no longer one has."""
    ordered = sorted(sheets, key=lambda sheet: (-len(said(sheet)), sheet.path))
    chosen = {*ordered[:LONGEST], *ordered[-SHORTEST:]}
    seen: set[Trait] = set()
    for sheet in ordered:
        own = set(traits(to_builtins(sheet.value)))
        if not own <= seen:
            chosen.add(sheet)
        seen |= own
    return [sheet for sheet in ordered if sheet in chosen]


def traits(value: object, path: tuple[str, ...] = ()) -> Iterator[Trait]:
    """What a value has and lacks: each field, and whether it is filled in; for a field ``kind``, its value."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "head":
                yield from traits(one, (*path, key))
    elif isinstance(value, tuple | list):
        yield path, bool(value)
        for one in value:
            yield from traits(one, path)
    else:
        yield path, value if path[-1] == "kind" else value is None or bool(value)


def said(sheet: PrintedSheet) -> str:
    """All texts of the sheet's value, joined, without white space."""
    return fold("\n".join((sheet.title, *texts(to_builtins(sheet.value)))))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def unsaid(sheet: PrintedSheet, wanted: Iterable[str]) -> list[str]:
    """Those of ``wanted`` that the sheet's value does not contain."""
    whole = said(sheet)
    return [one for one in wanted if fold(one) not in whole]
