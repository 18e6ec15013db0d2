"""The smallest change from one field to another, and which values to write once for many items."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gkdir.importing.domain import Pair, default
from gkdir.importing.fieldchange import DraftChange, FieldValue, applied, cost, same, smallest, value_of
from gkdir.model.item import Item

TEXTS = st.lists(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=4, unique=True).map(tuple)
FIELDS = st.builds(FieldValue, TEXTS)
KEYS = st.sampled_from(("content", "basis", "publisher", "channels", "audience", "levels"))


def test_what_only_adds_says_only_what_it_adds() -> None:
    assert smallest("content", FieldValue(("甲",)), FieldValue(("甲", "乙"))) == DraftChange(
        "content", True, FieldValue(("乙",))
    )
    assert smallest("channels", FieldValue(("甲", "乙")), FieldValue(("乙", "丙", "甲"))) == DraftChange(
        "channels", True, FieldValue(("丙",))
    )
    assert smallest("content", FieldValue(("甲", "乙")), FieldValue(("乙", "丙", "甲"))) == DraftChange(
        "content", False, FieldValue(("乙", "丙", "甲"))
    )


def test_what_says_the_same_asks_for_nothing() -> None:
    assert smallest("basis", FieldValue(("《法》（1号）",)), FieldValue(("《法》 (1号)",))) is None
    assert smallest("levels", FieldValue(("县级", "乡级")), FieldValue(("乡级", "县级"))) is None
    assert smallest("content", FieldValue(("甲",)), None) is None


def test_what_a_cell_says_twice_counts_once() -> None:
    item = Item("employment", "4.1", "就业失业登记", "失业登记", content=("条件", "材料", "条 件"))
    assert value_of(item, "content") == FieldValue(("条件", "材料"))
    assert value_of(item, "levels") is None


def test_a_group_named_anew_is_a_change() -> None:
    above, wanted = FieldValue(("特定群体",), "失业人员"), FieldValue(("特定群体",), "用人单位")
    change = smallest("audience", above, wanted)
    assert change == DraftChange("audience", False, wanted)
    assert applied(change, above) == wanted


@given(KEYS, st.none() | FIELDS, FIELDS)
def test_a_change_applied_gives_what_was_wanted(key: str, above: FieldValue | None, wanted: FieldValue) -> None:
    assert same(key, applied(smallest(key, above, wanted), above), wanted)


@given(
    KEYS,
    st.lists(st.builds(Pair, FIELDS, FIELDS), max_size=6),
    st.lists(st.builds(Pair, st.none(), FIELDS), max_size=2),
)
def test_a_default_is_exact_and_never_longer(key: str, items: list[Pair], own: list[Pair]) -> None:
    change = default(key, items, own)
    rest = []
    for pair in (*items, *own):
        after = applied(change, pair.above)
        own_change = smallest(key, after, pair.wanted)
        assert same(key, applied(own_change, after), pair.wanted)
        rest.append(own_change)
    plain = [smallest(key, pair.above, pair.wanted) for pair in items]
    assert cost([change, *rest[: len(items)]]) <= cost(plain)


def test_what_most_items_say_is_said_once() -> None:
    items = [Pair(FieldValue(("部门",)), FieldValue(("人社局",)))] * 5 + [
        Pair(FieldValue(("部门",)), FieldValue(("税务局",)))
    ]
    assert default("publisher", items, []) == DraftChange("publisher", False, FieldValue(("人社局",)))


def test_what_one_item_says_is_not() -> None:
    items = [Pair(FieldValue(("部门",)), FieldValue(("人社局",))), Pair(FieldValue(("部门",)), FieldValue(("部门",)))]
    assert default("publisher", items, []) is None


def test_own_items_alone_do_not_pin_down_what_the_national_directory_says() -> None:
    items = [Pair(FieldValue(("甲",)), FieldValue(("甲",)))] * 3
    assert default("content", items, [Pair(None, FieldValue(("甲",)))] * 9) is None


def test_a_default_would_say_what_an_own_item_does_not() -> None:
    items = [Pair(FieldValue(("部门",)), FieldValue(("人社局",)))] * 5
    assert default("publisher", items, [Pair(None, None)]) is None
