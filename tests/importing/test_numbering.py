"""Numbers of items that a county adds: the table's if valid, never one that is taken or cannot be written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.importing.domain import Numbers
from gkdir.model.item import Item

NATIONALS = tuple(
    Item("employment", number, level1, f"事项{number}")
    for number, level1 in (("1.1", "信息"), ("1.2", "信息"), ("2.1", "登记"))
)


def own(number: str | None, level1: str = "信息", level2: str = "桑蚕", level3: str | None = None) -> Item:
    return Item("employment", number, level1, level2, level3)


@pytest.mark.parametrize(
    ("item", "number"),
    [
        (own("1.7"), "1.7"),
        (own(None), "1.3"),
        (own("1.1"), "1.3"),
        (own("2.7"), "1.3"),
        (own("1.x"), "1.3"),
        (own("1.7000"), "1.3"),
        (own("１.７"), "1.3"),
        (own("5.1", "渔船"), "5.1"),
        (own("2.1", "渔船"), "3.1"),
        (own(None, "渔船"), "3.1"),
        (own("1.7.2", level3="线上"), "1.7.2"),
        (own(None, level3="线上"), "1.3.1"),
    ],
)
def test_a_number_fits_where_the_item_stands(item: Item, number: str) -> None:
    assert Numbers(NATIONALS).assign(item) == number


def test_third_levels_count_below_their_parent() -> None:
    numbers = Numbers(NATIONALS)
    names = [numbers.assign(own(None, level2="事项1.1", level3=name), NATIONALS[0]) for name in ("线上", "现场")]
    assert names == ["1.1.1", "1.1.2"]
    second = numbers.assign(own("1.9"))
    assert numbers.assign(own(None, level3="线上")) == f"{second}.1"


ITEMS = st.builds(
    own,
    st.none() | st.sampled_from(("1", "1.1", "1.3", "2.2", "3.1", "1.1.1", "1.3.2", "0.0", "1.2.3.4", "一")),
    st.sampled_from(("信息", "登记", "渔船", "茶")),
    st.sampled_from(("桑蚕", "桥", "事项1.1")),
    st.none() | st.sampled_from(("线上", "现场")),
)


@given(st.lists(ITEMS, max_size=12))
def test_no_number_is_given_twice(items: list[Item]) -> None:
    numbers = Numbers(NATIONALS)
    given_out = [numbers.assign(item) for item in items]
    assert len({*given_out, *(item.number for item in NATIONALS)}) == len(items) + len(NATIONALS)
    for item, number in zip(items, given_out, strict=True):
        assert re.fullmatch(r"[1-9]\d*(\.[1-9]\d*){2}" if item.level3 else r"[1-9]\d*\.[1-9]\d*", number)
