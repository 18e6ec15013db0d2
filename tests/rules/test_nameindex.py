"""Similar names: the index finds the same as comparing all pairs, in time linear in the number of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.county import Catalog, Entry, LaidDirectory, Overlay, Step
from gkdir.model.item import Item
from gkdir.rules.nameindex import NameIndex
from gkdir.rules.names import Compared, alike, plain

LAYER = Overlay("qingyuan", Place("county.yaml", 1, 1), "清源县", "990101")
GROUP = "本地事项"

names = st.lists(st.text("失业就登记补贴申领", min_size=2, max_size=9), min_size=1, max_size=25)


def catalog(local: list[str], national: int = 0) -> Catalog:
    """Items with these names; the first ``national`` are national, the others added by the county."""
    entries = []
    for number, name in enumerate(local, 1):
        item = Item("employment", f"20.{number}", GROUP, name)
        step = Step(LAYER, Place("county.yaml", number, 1), item)
        entries.append(Entry(item, national=item) if number <= national else Entry(item, steps=(step,)))
    return Catalog(LAYER, (LAYER,), {"employment": LaidDirectory("employment", "目录", "就业", tuple(entries))})


@given(names, st.integers(0, 3))
def test_what_is_like_a_name_is_what_comparing_all_finds(some: list[str], national: int) -> None:
    laid = catalog(some, national)
    asked = NameIndex(laid)
    parents = {plain(GROUP)}
    entries = list(laid.entries())
    for index, entry in enumerate(entries):
        if not entry.local:
            continue
        seen: dict[str, str] = {}
        for other in entries[:index]:
            if plain(other.item.name) not in parents:
                seen.setdefault(plain(other.item.name), f"{other.item.number} {other.item.name}")
        like = [label for word, label in seen.items() if alike(entry.item.name, word)]
        assert asked.like(entry.item.name, entry, parents, 99) == like
        assert asked.like(entry.item.name, entry, parents, 2) == like[:2]
        same = None if plain(entry.item.name) in parents else seen.get(plain(entry.item.name))
        assert asked.same(entry.item.name, entry, parents) == same


@pytest.mark.parametrize("name", ["本地服务事项{n:04}", "{n:04}号本地服务事项", "事项{n}"])
def test_thousands_of_additions_are_not_compared_each_with_each(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    like = Compared.like

    def counted(one: Compared, other: Compared) -> bool:
        nonlocal compared
        compared += 1
        return like(one, other)

    monkeypatch.setattr(Compared, "like", counted)
    laid = catalog([name.format(n=n) for n in range(2000)])
    asked = NameIndex(laid)
    for entry in laid.entries():
        asked.like(entry.item.name, entry, {plain(GROUP)}, 6)
    assert 0 < compared < 2000 * 100  # of 2000 * 1000 pairs


def test_a_later_addition_is_not_looked_at() -> None:
    laid = catalog(["失业登记", "失业登记办理"])
    first, second = laid.entries()
    asked = NameIndex(laid)
    assert asked.same("失业登记", first, set()) is None
    assert asked.same("失业登记办理", second, set()) == "20.1 失业登记"
    assert asked.same("失业登记", replace(second, alias="甲"), set()) == "20.1 失业登记"
