"""All sheets of one template → the few that have to be set to know of all, and all that a sheet was given to say.

Setting a sheet takes a sixth of a second, and there are two hundred. What is put on a sheet is looked at in the values
of all; whether it is on the paper, in the longest, the shortest, and one for each thing that a sheet may have or lack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import to_builtins
from tests.sheets.paper import fold

from gkdir.sheets.sheet import PrintedSheet

LONGEST, SHORTEST = 8, 2
Trait = tuple[tuple[str, ...], object]


def telling(sheets: Iterable[PrintedSheet]) -> Sequence[PrintedSheet]:
    """The longest, the shortest, and the longest that has a trait which no longer one has."""
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
    """What a value has and lacks: each field, and whether it says anything; of a ``kind``, which it is."""
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
    """All texts of its value, one after the other, white space gone."""
    return fold("\n".join((sheet.title, *texts(to_builtins(sheet.value)))))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def unsaid(sheet: PrintedSheet, wanted: Iterable[str]) -> list[str]:
    """What of ``wanted`` its value does not say."""
    whole = said(sheet)
    return [one for one in wanted if fold(one) not in whole]
