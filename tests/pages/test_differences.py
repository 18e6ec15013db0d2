"""How a row differs from the one above it, in one word each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.pages.sample import item, within

from gkdir.model.item import Basis, TimeLimit
from gkdir.service.row import differences, shorter

DAYS = TimeLimit("10日", "within", 10, "day")
AT_ONCE = TimeLimit("即时", "immediate")


@pytest.mark.parametrize(
    ("ours", "theirs", "is_shorter"),
    [
        (within(10), within(20), True),
        (within(20), within(20), False),
        (within(30), within(20), False),
        (AT_ONCE, within(20), True),
        (DAYS, within(20), False),  # days and workdays cannot be compared, so nothing is said
        (within(10), AT_ONCE, False),
        (TimeLimit("长期公开", "standing"), within(20), False),
    ],
)
def test_only_what_is_plainly_shorter_is_called_so(ours: TimeLimit, theirs: TimeLimit, is_shorter: bool) -> None:
    assert shorter(ours, theirs) is is_shorter


def test_nothing_differs_from_itself() -> None:
    assert not list(differences(item("4.1", "失业登记"), item("4.1", "失业登记")))


def test_each_field_is_named_with_what_happened_to_it() -> None:
    above = item("4.1", "失业登记")
    ours = replace(
        above,
        content=("对象范围",),
        basis=(*above.basis, Basis("《清源县办法》")),
        time_limit=DAYS,
        publisher=(*above.publisher, "税务局"),
    )
    found = [(change.label, change.verb, change.now) for change in differences(ours, above)]
    assert found == [
        ("公开内容", "减少", ("办理流程",)),
        ("公开依据", "增加", ("《清源县办法》",)),
        ("公开时限", "调整为", ("10日",)),
        ("公开主体", "增加", ("税务局",)),
    ]


def test_a_law_is_the_same_however_its_number_is_written() -> None:
    def verbs(ours: Basis, theirs: Basis) -> list[str]:
        row = item("4.1", "失业登记")
        return [one.verb for one in differences(replace(row, basis=(ours,)), replace(row, basis=(theirs,)))]

    law = Basis("甲", "中华人民共和国政府信息公开条例", "国务院令第711号")
    assert verbs(law, Basis("乙", "政府信息公开条例", "中华人民共和国国务院令第711号")) == []
    assert verbs(Basis("甲", "办法", "财社〔2023〕181号"), Basis("乙", "办法", "财社〔2017〕164号")) == ["增加", "减少"]
