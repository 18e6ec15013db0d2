"""Properties of every overlay, however it is written."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.laws import SLOW

from gkdir.finding import Place
from gkdir.model.county import (
    Addition,
    Catalog,
    Change,
    County,
    DomainOverlay,
    ItemOverlay,
    LaidDirectory,
    Omission,
    Overlay,
)
from gkdir.model.item import Directory, Item, TimeLimit, Written
from gkdir.model.project import Project
from gkdir.overlay import lay

PLACE = Place("county.yaml", 1, 1)
SHEET = Place("national/work.xlsx", sheet="就业", cell="C4")
WORDS = ("甲", "乙", "丙")


def national(*items: Item) -> dict[str, Directory]:
    return {"work": Directory("work", "就业领域目录", Place("national/work.xlsx"), items=items)}


ITEMS = tuple(
    Item("work", f"{first}.{second}", f"一级{first}", f"二级{first}{second}", content=("甲",), channels=("政府网站",),
         written={"level2": Written("二级", SHEET)})
    for first in (1, 2, 10) for second in (1, 2, 10)
)  # fmt: skip
NATIONAL = national(*ITEMS)

words = st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(tuple)
list_changes = st.builds(
    lambda field, action, value: Change(field, action, value, PLACE, tuple(Written(word, PLACE) for word in value)),
    st.sampled_from(("content", "channels", "publisher", "levels")),
    st.sampled_from(("replace", "add")),
    words,
)
limit_changes = st.integers(1, 30).map(
    lambda n: Change("time_limit", "replace", TimeLimit(f"{n}个工作日", "within", n, "workday"), PLACE)
)
changes = st.lists(list_changes | limit_changes, max_size=4, unique_by=lambda change: change.field).map(tuple)
known = st.sampled_from([item.number or "" for item in ITEMS])
omissions = st.none() | st.builds(Omission, st.sampled_from(("", "未开展")), st.just(PLACE))
item_overlays = st.builds(
    lambda number, changes, omission: ItemOverlay(number, PLACE, () if omission else changes, omission),
    known | st.sampled_from(("3.3", "一级1", "二级12", "")),
    changes,
    omissions,
)
additions = st.builds(
    lambda number, level1, level2, level3, changes: Addition(number, PLACE, level1, level2, level3, changes),
    st.lists(st.sampled_from(("1", "2", "3", "10", "11")), min_size=1, max_size=3).map(".".join),
    st.none() | st.sampled_from(("一级1", "新一级")),
    st.none() | st.just("新二级"),
    st.none() | st.just("新三级"),
    changes,
)


def layers(slug: str, parent: str | None = None) -> st.SearchStrategy[Overlay]:
    parts = st.builds(
        lambda defaults, items, additions: DomainOverlay(
            "work", PLACE, None, None, defaults, tuple(items), tuple(additions)
        ),
        changes,
        st.lists(item_overlays, max_size=4, unique_by=lambda item: item.number),
        st.lists(additions, max_size=4),
    )
    return parts.map(lambda part: Overlay(slug, PLACE, slug, "990101", domains={"work": part}, parent=parent))


counties = st.builds(
    lambda province, county, town, village: County(
        "qingyuan", "counties/qingyuan", county, (province,), (town, village)
    ),
    layers("province"),
    layers("qingyuan"),
    layers("town"),
    layers("village", "town"),
)


def catalogs(county: County) -> tuple[Catalog, ...]:
    whole = lay(Project(Path(), NATIONAL, ()), county)
    return (whole, *whole.towns)


def work(catalog: Catalog) -> LaidDirectory:
    return catalog.directories["work"]


def no_national_item_vanishes_without_an_omission(county: County) -> None:
    for catalog in catalogs(county):
        directory = work(catalog)
        kept = [entry.national.number for entry in directory.entries if entry.national is not None]
        gone = [omitted.item.number for omitted in directory.omitted]
        assert set(kept) | set(gone) >= {item.number for item in ITEMS}
        assert not set(kept) & set(gone)
        assert kept == [item.number for item in ITEMS if item.number in kept]  # and their order stays


def every_addition_is_there_once_or_told(county: County) -> None:
    catalog = lay(Project(Path(), NATIONAL, ()), county)
    directory = work(catalog)
    wanted = [addition for layer in catalog.layers for addition in layer.domains["work"].additions]
    told = [each for each in directory.unmatched if each.reason in ("taken", "orphan")]
    gone = [omitted for omitted in directory.omitted if omitted.item not in ITEMS and omitted.item.number not in
            [item.number for item in ITEMS]]  # fmt: skip
    assert len([entry for entry in directory.entries if entry.local]) + len(told) + len(gone) == len(wanted)
    numbers = [entry.item.number for entry in directory.entries]
    assert len(numbers) == len(set(numbers))


def every_part_of_a_layer_is_used_or_told(county: County) -> None:
    for catalog in catalogs(county):
        part = catalog.overlay.domains["work"]
        directory = work(catalog)
        used = {
            step.after.number for entry in directory.entries for step in entry.steps if step.layer is catalog.overlay
        }
        used |= {entry.item.number for entry in directory.entries}
        used |= {omitted.item.number for omitted in directory.omitted}
        told = {each.number for each in directory.unmatched if each.layer is catalog.overlay}
        assert {item.number for item in part.items} <= used | told


def the_steps_of_an_item_lead_from_the_national_to_what_is_published(county: County) -> None:
    for catalog in catalogs(county):
        for entry in work(catalog).entries:
            if entry.steps:
                assert entry.steps[-1].after == entry.item
                assert entry.steps[0].before == entry.national
            else:
                assert entry.item is entry.national
            for earlier, later in zip(entry.steps, entry.steps[1:], strict=False):
                assert later.before == earlier.after


@SLOW
@given(layers("qingyuan"))
def test_laying_twice_is_laying_once(layer: Overlay) -> None:
    # Additions and omissions are reported when repeated, so the second time only changes count.
    part = replace(
        layer.domains["work"], additions=(), items=tuple(i for i in layer.domains["work"].items if not i.omission)
    )
    county = County("qingyuan", "", replace(layer, domains={"work": part}))
    once = tuple(entry.item for entry in work(lay(Project(Path(), NATIONAL, ()), county)).entries)
    twice = tuple(entry.item for entry in work(lay(Project(Path(), national(*once), ()), county)).entries)
    assert twice == once


def an_empty_layer_in_between_changes_nothing(county: County) -> None:
    empty = Overlay("city", PLACE, "市", "990100")
    with_city = replace(county, above=(*county.above, empty))
    for plain, more in zip(catalogs(county), catalogs(with_city), strict=True):
        assert work(plain).entries == work(more).entries
        assert work(plain).omitted == work(more).omitted


def the_same_comes_out_and_what_went_in_is_not_touched(county: County) -> None:
    before = repr(county)
    assert lay(Project(Path(), NATIONAL, ()), county) == lay(Project(Path(), NATIONAL, ()), county)
    assert repr(county) == before
    assert NATIONAL["work"].items == ITEMS


LAWS = (
    no_national_item_vanishes_without_an_omission,
    every_addition_is_there_once_or_told,
    every_part_of_a_layer_is_used_or_told,
    the_steps_of_an_item_lead_from_the_national_to_what_is_published,
    an_empty_layer_in_between_changes_nothing,
    the_same_comes_out_and_what_went_in_is_not_touched,
)


@SLOW
@given(counties)
def test_every_law_holds_of_a_county(county: County) -> None:
    """Drawing a county costs more than checking a property of it."""
    for law in LAWS:
        law(county)
