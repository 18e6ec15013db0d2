"""Layers over the national directory: changed, omitted and added items, and changes of items that do not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.county import (
    Addition,
    Catalog,
    Change,
    County,
    DomainOverlay,
    FieldValue,
    ItemOverlay,
    Omission,
    Organisation,
    Overlay,
)
from gkdir.model.item import Basis, Directory, Item, TimeLimit, Written
from gkdir.model.project import Project
from gkdir.overlay import lay

SHEET = Place("national/work.xlsx", sheet="就业", cell="C4")
TWENTY = TimeLimit("20个工作日", "within", 20, "workday")
TEN = TimeLimit("10个工作日", "within", 10, "workday")


def item(number: str, level1: str, level2: str) -> Item:
    return Item(
        "work", number, level1, level2,
        content=("对象范围",), basis=(Basis("《甲法》"),), time_limit=TWENTY, publisher=("人力资源社会保障部门",),
        channels=("政府网站", "政务服务中心"), audience=("全社会",), mode=("主动",), levels=("县级",),
        written={"level2": Written(level2, SHEET), "time_limit": Written(TWENTY.text, SHEET)}, rows=(4, 4),
    )  # fmt: skip


NATIONAL = {
    "work": Directory(
        "work",
        "就业领域基层政务公开标准目录",
        Place("national/work.xlsx"),
        items=(
            item("1.1", "信息服务", "政策咨询"),
            item("1.2", "信息服务", "岗位信息"),
            item("4.1", "失业登记", "失业登记"),
            item("4.2", "失业登记", "就业登记"),
            item("4.10", "失业登记", "证件申领"),
        ),
    )
}

line = iter(range(1, 10_000))


def here() -> Place:
    return Place("county.yaml", next(line), 1)


def change(field: str, value: FieldValue, action: str = "replace") -> Change:
    texts: tuple[object, ...] = value if isinstance(value, tuple) else (value,)
    elements = tuple(Written(str(getattr(text, "text", text)), here()) for text in texts)
    return Change(field, "add" if action == "add" else "replace", value, here(), elements)


def layer(slug: str = "qingyuan", *, parent: str | None = None, domain: str = "work", **said: Any) -> Overlay:
    organisations = said.pop("organisations", {})
    part = replace(DomainOverlay(domain, here()), **said)
    made = {key: Organisation(key, name, here()) for key, name in organisations.items()}
    return Overlay(slug, here(), slug, "990101", organisations=made, domains={domain: part}, parent=parent)


def laid(*layers: Overlay, towns: tuple[Overlay, ...] = ()) -> Catalog:
    return lay(Project(Path(), NATIONAL, ()), County("qingyuan", "counties/qingyuan", layers[-1], layers[:-1], towns))


def numbers(catalog: Catalog) -> list[str | None]:
    return [entry.item.number for entry in catalog.entries()]


def at(catalog: Catalog, number: str) -> Item:
    entry = catalog.entry(f"work/{number}")
    assert entry is not None
    return entry.item


def test_an_empty_overlay_changes_nothing() -> None:
    catalog = laid(Overlay("qingyuan", here(), "清源县", "990101"))
    directory = catalog.directories["work"]
    assert tuple(entry.item for entry in directory.entries) == NATIONAL["work"].items
    assert (directory.title, directory.label, directory.national_count) == (NATIONAL["work"].title, "就业", 5)
    assert not any(entry.steps or entry.changed or entry.local for entry in directory.entries)
    assert not directory.omitted
    assert not directory.unmatched


def test_a_change_replaces_or_adds_and_says_where_it_was_written() -> None:
    limit = change("time_limit", TEN)
    more = change("channels", ("两微一端", "政府网站"), "add")
    catalog = laid(layer(items=(ItemOverlay("4.1", here(), (limit, more), alias="失业了先登记"),)))
    entry = catalog.entry("work/4.1")
    assert entry is not None
    assert entry.item.time_limit == TEN
    assert entry.item.channels == ("政府网站", "政务服务中心", "两微一端")
    assert entry.changed == {"time_limit", "channels"}
    assert entry.item.place("time_limit") == limit.place
    assert entry.item.place("content") == SHEET
    assert entry.alias == "失业了先登记"
    (step,) = entry.steps
    assert (step.before, step.after, step.changes) == (NATIONAL["work"].items[2], entry.item, (limit, more))


def test_defaults_are_laid_under_what_each_item_says() -> None:
    default = change("publisher", ("人社局",))
    wider = change("channels", ("两微一端",), "add")
    own = change("publisher", ("税务局",))
    further = change("publisher", ("医保局",), "add")
    catalog = laid(
        layer(
            defaults=(default, wider),
            items=(ItemOverlay("4.1", here(), (own,)), ItemOverlay("4.2", here(), (further,))),
        )
    )
    assert at(catalog, "1.1").publisher == ("人社局",)
    assert at(catalog, "4.1").publisher == ("税务局",)
    assert at(catalog, "4.2").publisher == ("人社局", "医保局")
    assert all(entry.item.channels[-1] == "两微一端" for entry in catalog.entries())
    first = catalog.entry("work/1.1")
    assert first is not None
    assert first.steps[0].changes == (default, wider)


def test_an_omission_keeps_item_and_reason() -> None:
    omission = Omission(here(), "未开展")
    county = layer(items=(ItemOverlay("4.2", here(), omission=omission),))
    catalog = laid(county)
    (omitted,) = catalog.directories["work"].omitted
    assert (omitted.item.number, omitted.omission, omitted.layer) == ("4.2", omission, county)
    assert numbers(catalog) == ["1.1", "1.2", "4.1", "4.10"]


@pytest.mark.parametrize(
    ("addition", "after"),
    [
        (Addition("1.3", here(), level1="信息服务", level2="零工市场"), "1.2"),
        (Addition("1.3", here(), level2="零工市场"), "1.2"),
        (Addition("4.1.1", here(), level3="线上登记"), "4.1"),
        (Addition("4.3", here(), level2="档案"), "4.2"),
        (Addition("4.11", here(), level2="档案"), "4.10"),
        (Addition("2.1", here(), level1="培训", level2="培训补贴"), "1.2"),
        (Addition("10.1", here(), level1="新的", level2="新事项"), "4.10"),
        (Addition("7", here(), level1="失业登记", level2="新事项"), "4.10"),
    ],
)
def test_additions_go_where_their_number_says(addition: Addition, after: str) -> None:
    catalog = laid(layer(additions=(addition,)))
    order = numbers(catalog)
    assert order[order.index(addition.number) - 1] == after
    assert len(order) == 6
    groups = [name for name, _ in catalog.directories["work"].first_levels()]
    assert len(groups) == len(set(groups))
    entry = catalog.entry(f"work/{addition.number}")
    assert entry is not None
    assert entry.local
    assert entry.steps[0].before is None
    assert entry.item.level1


def test_a_third_level_inherits_what_it_does_not_say() -> None:
    names = {"level3": Written("线上登记", here())}
    catalog = laid(
        layer(
            defaults=(change("publisher", ("人社局",)),),
            items=(ItemOverlay("4.1", here(), (change("time_limit", TEN),)),),
            additions=(
                Addition(
                    "4.1.1", here(), level3="线上登记", changes=(change("content", ("步骤",), "add"),), written=names
                ),
            ),
        )
    )
    third = at(catalog, "4.1.1")
    assert (third.level1, third.level2, third.level3, third.name) == ("失业登记", "失业登记", "线上登记", "线上登记")
    assert third.content == ("对象范围", "步骤")
    assert third.time_limit == TEN
    assert third.publisher == ("人社局",)
    assert third.written["level3"] == names["level3"]
    assert third.rows == (0, 0)


def test_a_second_level_has_only_the_defaults_and_its_own() -> None:
    added = Addition("1.3", here(), level2="零工市场", changes=(change("content", ("地址",)),), alias="打零工")
    catalog = laid(layer(defaults=(change("publisher", ("人社局",)),), additions=(added,)))
    second = at(catalog, "1.3")
    assert (second.level1, second.publisher, second.content) == ("信息服务", ("人社局",), ("地址",))
    assert second.channels == ()
    assert second.levels is None


def test_a_third_level_finds_a_second_that_was_written_after_it() -> None:
    third = Addition("1.3.1", here(), level3="临时用工")
    second = Addition("1.3", here(), level2="零工市场")
    assert numbers(laid(layer(additions=(third, second))))[2:4] == ["1.3", "1.3.1"]


@pytest.mark.parametrize(
    ("additions", "holder"),
    [
        ((Addition("4.1", here(), level2="别的"),), "4.1 失业登记"),
        ((Addition("1.3", here(), level2="甲"), Addition("1.3", here(), level2="乙")), "1.3 甲"),
    ],
)
def test_a_number_that_is_taken_is_told_and_its_holder_stays(additions: tuple[Addition, ...], holder: str) -> None:
    directory = laid(layer(additions=additions)).directories["work"]
    (unmatched,) = directory.unmatched
    assert (unmatched.reason, unmatched.candidates) == ("taken", (holder,))
    assert unmatched.place == additions[-1].place
    assert len([entry for entry in directory.entries if entry.item.number == additions[-1].number]) == 1


def test_the_number_of_an_item_left_out_stays_taken() -> None:
    omitted = ItemOverlay("4.2", here(), omission=Omission(here(), "未开展"))
    catalog = laid(layer(items=(omitted,), additions=(Addition("4.2", here(), level2="别的"),)))
    (unmatched,) = catalog.directories["work"].unmatched
    assert (unmatched.reason, unmatched.candidates) == ("taken", ("4.2 就业登记",))


@pytest.mark.parametrize(
    "addition",
    [Addition("7.1", here(), level2="甲"), Addition("7.1.1", here(), level3="甲"), Addition("9", here(), level2="甲")],
)
def test_an_addition_without_a_group_is_an_orphan(addition: Addition) -> None:
    (unmatched,) = laid(layer(additions=(addition,))).directories["work"].unmatched
    assert unmatched.reason == "orphan"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4.01", "4.1 失业登记"),
        ("失业登记", "4.1 失业登记"),
        ("４．１", "4.1 失业登记"),
        ("岗位", "1.2 岗位信息"),
        ("4-2", "4.2 就业登记"),
    ],
)
def test_what_matches_nothing_is_told_with_what_it_could_have_meant(said: str, meant: str) -> None:
    county = layer(items=(ItemOverlay(said, here(), (change("time_limit", TEN),)),))
    (unmatched,) = laid(county).directories["work"].unmatched
    assert (unmatched.reason, unmatched.number, unmatched.layer) == ("unknown", said, county)
    assert unmatched.candidates[0] == meant
    assert len(unmatched.candidates) <= 3


def test_what_resembles_nothing_has_no_candidates() -> None:
    (unmatched,) = laid(layer(items=(ItemOverlay("zzz", here()),))).directories["work"].unmatched
    assert unmatched.candidates == ()


def test_an_item_left_out_above_is_told_so() -> None:
    above = layer("province", items=(ItemOverlay("4.2", here(), omission=Omission(here(), "未开展")),))
    county = layer(items=(ItemOverlay("4.2", here(), (change("time_limit", TEN),)),))
    (unmatched,) = laid(above, county).directories["work"].unmatched
    assert (unmatched.reason, unmatched.candidates) == ("omitted", ("4.2 就业登记",))


def test_a_domain_that_there_is_not() -> None:
    catalog = laid(layer(domain="employmnt", items=(ItemOverlay("4.1", here()),)))
    assert [part.domain for part in catalog.unmatched_domains] == ["employmnt"]
    assert list(catalog.directories) == ["work"]


def test_layers_are_laid_from_the_top_down() -> None:
    five = TimeLimit("5个工作日", "within", 5, "workday")
    province = layer("province", items=(ItemOverlay("4.1", here(), (change("time_limit", TEN),)),))
    county = layer(items=(ItemOverlay("4.1", here(), (change("time_limit", five),)),))
    catalog = laid(province, county)
    entry = catalog.entry("work/4.1")
    assert entry is not None
    assert [step.layer.slug for step in entry.steps] == ["province", "qingyuan"]
    assert entry.steps[1].before == entry.steps[0].after
    assert entry.item.time_limit == five
    assert [each.slug for each in catalog.layers] == ["province", "qingyuan"]


def test_keys_of_organisations_become_names_even_those_that_a_layer_below_explains() -> None:
    province = layer("province", defaults=(change("publisher", ("人社局",)),))
    county = layer(organisations={"人社局": "清源县人力资源和社会保障局"})
    town = layer("baishi", organisations={"人社局": "白石镇人社所"})
    catalog = laid(province, county, towns=(town,))
    assert at(catalog, "1.1").publisher == ("清源县人力资源和社会保障局",)
    entry = catalog.entry("work/1.1")
    assert entry is not None
    assert entry.steps[-1].after == entry.item
    assert at(catalog.towns[0], "1.1").publisher == ("白石镇人社所",)
    assert catalog.organisation("清源县人力资源和社会保障局") is not None


def test_towns_and_villages_lie_on_what_is_above_them_and_report_only_their_own() -> None:
    county = layer(items=(ItemOverlay("zzz", here()), ItemOverlay("4.2", here(), omission=Omission(here(), "未开展"))))
    town = layer("baishi", items=(ItemOverlay("4.1", here(), (change("time_limit", TEN),)),), reviewed=date(2026, 1, 1))
    village = layer(
        "liushu",
        parent="baishi",
        items=(ItemOverlay("4.1", here(), (change("channels", ("公告板",), "add"),)), ItemOverlay("yyy", here())),
    )
    catalog = laid(county, towns=(village, town))
    low, middle = catalog.towns
    assert [each.slug for each in low.layers] == ["qingyuan", "baishi", "liushu"]
    assert at(low, "4.1").time_limit == TEN
    assert at(low, "4.1").channels[-1] == "公告板"
    assert "公告板" not in at(middle, "4.1").channels
    assert at(catalog, "4.1").time_limit == TWENTY
    assert [each.number for each in catalog.directories["work"].unmatched] == ["zzz"]
    assert [each.number for each in low.directories["work"].unmatched] == ["yyy"]
    assert middle.directories["work"].unmatched == ()
    assert [each.item.number for each in low.directories["work"].omitted] == ["4.2"]
    assert low.directories["work"].reviewed == date(2026, 1, 1)


def test_villages_of_each_other_still_end() -> None:
    catalog = laid(layer(), towns=(layer("a", parent="b"), layer("b", parent="a"), layer("c", parent="c")))
    assert [[each.slug for each in town.layers] for town in catalog.towns] == [
        ["qingyuan", "b", "a"],
        ["qingyuan", "a", "b"],
        ["qingyuan", "c"],
    ]


def test_a_named_group_goes_with_the_audience() -> None:
    some = replace(change("audience", ("特定群体",)), detail="就业困难人员")
    province = layer("province", items=(ItemOverlay("4.1", here(), (some,)),))
    assert at(laid(province), "4.1").audience_detail == "就业困难人员"
    everyone = change("audience", ("全社会",))
    county = layer(items=(ItemOverlay("4.1", here(), (everyone,)),))
    assert at(laid(province, county), "4.1").audience_detail is None


def test_levels_can_be_added_where_the_sheet_had_none() -> None:
    added = Addition("1.3", here(), level2="零工市场", changes=(change("levels", ("县级",), "add"),))
    assert at(laid(layer(additions=(added,))), "1.3").levels == ("县级",)
