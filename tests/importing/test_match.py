"""Which row is which national item: what decides, and what is left to the clerk."""

from __future__ import annotations

import pytest

from gkdir.importing.likeness import Likenesses, likeness, normal
from gkdir.importing.match import MatchedBy, match_rows
from gkdir.model.item import Item
from gkdir.resources import national_folder

ONE, TWO = "就业失业登记", "创业服务"


def national(number: str, name: str, level1: str = ONE) -> Item:
    return Item("employment", number, level1, name)


def row(name: str, number: str | None = None, level1: str = ONE, level3: str | None = None) -> Item:
    return Item("employment", number, level1, name, level3)


NATIONALS = (
    national("4.1", "失业登记"),
    national("4.2", "就业登记"),
    national("4.3", "《就业创业证》申领"),
    national("5.1", "创业补贴申领", TWO),
    national("5.2", "高等学校等毕业生接收手续办理", TWO),
)


@pytest.mark.parametrize(
    ("said", "number", "way"),
    [
        (row("失业登记", "4.1"), "4.1", MatchedBy.NUMBER_AND_NAME),
        (row("就业登记", "4.1"), "4.2", MatchedBy.NAME),
        (row("就业创业证"), "4.3", MatchedBy.NORMAL_NAME),
        (row("创业补贴（含一次性）申领", level1=TWO), "5.1", MatchedBy.NORMAL_NAME),
        (row("高等学校等毕业生接收手续的办理", level1=TWO), "5.2", MatchedBy.LIKENESS),
    ],
)
def test_a_row_is_the_item_of_its_name(said: Item, number: str, way: MatchedBy) -> None:
    (found,) = match_rows([said], NATIONALS)
    assert found.national is not None
    assert (found.national.number, found.matched_by) == (number, way)


def test_a_number_decides_between_alike_and_certain_where_the_table_is_numbered_as_the_national_one() -> None:
    alike = row("高校毕业生接收手续", "5.2", TWO)
    (alone,) = match_rows([row("高校毕业生接收手续", level1=TWO)], NATIONALS)
    _, numbered = match_rows([row("创业补贴申领", "5.1", TWO), alike], NATIONALS)
    _, misnumbered = match_rows([row("创业补贴申领", "5.7", TWO), alike], NATIONALS)
    assert numbered.matched_by is MatchedBy.NUMBER
    assert 0.6 <= numbered.similarity < 0.85
    assert alone.national is None
    assert misnumbered.national is None
    for doubtful in (alone, misnumbered):
        assert [one.item.number for one in doubtful.candidates] == ["5.2", "5.1"]
        assert doubtful.candidates[0].similarity == pytest.approx(likeness("高校毕业生接收手续", NATIONALS[4].level2))


def test_a_number_of_another_name_is_a_doubt() -> None:
    _, found = match_rows([row("失业登记", "4.1"), row("农民工返乡帮扶", "4.2")], NATIONALS)
    assert found.national is None
    assert found.candidates[0].item.number == "4.2"


def test_a_directory_of_one_item_leaves_one_candidate() -> None:
    (found,) = match_rows([row("高校毕业生接收手续", level1=TWO)], NATIONALS[4:])
    assert [one.item.number for one in found.candidates] == ["5.2"]
    assert match_rows([row("失业登记")], ())[0].national is None


def test_what_is_like_nothing_is_the_countys_own() -> None:
    (found,) = match_rows([row("零工市场信息发布")], NATIONALS)
    assert (found.national, found.candidates) == (None, ())


def test_no_item_is_taken_twice() -> None:
    first, second = match_rows([row("失业登记"), row("失业登记")], NATIONALS)
    assert first.national == NATIONALS[0]
    assert second.national is None
    assert [(one.item.number, one.taken) for one in second.candidates] == [("4.1", True)]


def test_one_name_under_two_first_levels_is_told_by_them() -> None:
    both = (national("6.4", "求职创业补贴申领"), national("7.3", "求职创业补贴申领", TWO))
    found = match_rows([row("求职创业补贴申领", level1=TWO), row("求职创业补贴申领")], both)
    assert [match.national and match.national.number for match in found] == ["7.3", "6.4"]
    (alone,) = match_rows([row("求职创业补贴申领", level1="其他服务事项")], both)
    assert alone.national is None
    assert len(alone.candidates) == 2


def test_third_levels_lie_below_an_item_and_do_not_take_it() -> None:
    found = match_rows(
        [row("失业登记", level3="线上登记"), row("失业登记", level3="现场登记"), row("失业登记")], NATIONALS
    )
    assert [(match.national and match.national.number, match.below) for match in found] == [
        ("4.1", True),
        ("4.1", True),
        ("4.1", False),
    ]


def test_two_rows_that_could_both_be_it_are_both_in_doubt() -> None:
    names = "高等学校毕业生接收手续办理", "高等学校等毕业生接收手续的办理"
    found = match_rows([row(name, level1=TWO) for name in names], NATIONALS)
    assert all(match.national is None and match.candidates for match in found)


def test_likeness_is_symmetric_and_one_only_for_the_same_words() -> None:
    assert likeness("失业登记", "失业登记") == 1
    assert likeness("失业登记", "就业登记") == likeness("就业登记", "失业登记")
    assert likeness("失业登记", "就业登记") < 0.85
    assert normal("《就业创业证》 申领") == normal("就业创业证") == "就业创业证"
    assert normal("申领") == "申领"


@pytest.mark.parametrize("domain", ["employment", "social_insurance"])
def test_no_two_different_national_names_are_alike_enough_to_be_taken_for_each_other(domain: str) -> None:
    from gkdir.importing.match import CERTAIN
    from gkdir.read.national import read_national

    directory, _ = read_national(national_folder() / f"{domain}.xlsx", domain, domain)
    names = sorted({item.level2 for item in directory.items})
    assert len(names) > 20
    for at, one in enumerate(names):
        assert all(likeness(one, other) < CERTAIN for other in names[at + 1 :])


@pytest.mark.parametrize("first", ["就业领域", "公共就业服务"])
def test_an_equal_name_is_equal_at_whatever_level(first: str) -> None:
    """The domain is the first level, and everything else one level lower than in the national directory."""
    said = [
        row(ONE, "1.1", first, name)
        for name in ("就业登记", "失业登记", "高等学校等毕业生接收手续的办理", "就业援助月")
    ]
    found = match_rows([*said, row(ONE, level1=first, level3="创业补贴申领")], NATIONALS)
    assert [match.national and match.national.number for match in found] == ["4.2", "4.1", "5.2", None, "5.1"]
    assert not any(match.below for match in found)
    assert (found[3].item.level1, found[3].item.level2, found[3].item.level3) == (ONE, "就业援助月", None)


def test_a_third_level_that_is_called_as_an_item_alone_among_others_is_that_item() -> None:
    said = [row("灵活就业", "1.1", TWO, name) for name in ("甲", "乙", "丙", "失业登记")]
    found = match_rows(said, NATIONALS)
    assert [match.national and match.national.number for match in found] == [None, None, None, "4.1"]
    assert [match.item.level3 for match in found] == ["甲", "乙", "丙", None]


def test_a_name_said_twice_is_one_level() -> None:
    (found,) = match_rows([row("失业登记", "4.1", ONE, "失业登记")], NATIONALS)
    assert found.national is not None
    assert (found.national.number, found.below, found.item.level1) == ("4.1", False, ONE)


def test_what_stands_below_an_item_lies_below_it_at_whatever_level() -> None:
    usual, raised = match_rows(
        [row("失业登记", level3="线上失业登记"), row("线下失业登记", level1="失业登记")], NATIONALS
    )
    for found in (usual, raised):
        assert found.national is not None
        assert (found.national.number, found.below) == ("4.1", True)
    assert raised.item.level3 == "线下失业登记"


def test_the_likeness_to_many_is_that_to_each() -> None:
    names = [each.name for each in NATIONALS] + ["", "登登登登", "失业登记（线上）", "ＡＢ失业"]
    of_all = Likenesses(names)
    for name in (*names, "失业登记登记", "别的", "登记失业"):
        for least in (0.01, 0.6):
            assert of_all.of(name, least) == {
                each: similarity for each in names if (similarity := likeness(name, each)) >= least
            }
