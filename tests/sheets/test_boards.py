"""Posters for the notice board: exactly the items of the level, readable from two metres, each sheet self-contained."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.sheets.conftest import Printed
from tests.sheets.paper import codes, fold, lost, sized, text, words

from gkdir.model.county import Catalog
from gkdir.read.timelimit import time_limit
from gkdir.service.address import poster_path, record_path
from gkdir.service.town import town_guides
from gkdir.sheets.renderer import TypstRenderer
from gkdir.sheets.sheet import PrintedSheet
from gkdir.sheets.town import PosterLine, TownValue, short_limit

BOARDS = [("baishi", "a2"), ("baishi", "a3"), ("heyan", "a3"), ("liushu", "a2"), ("liushu", "a3")]


def board(sheet: PrintedSheet) -> tuple[TownValue, list[PosterLine]]:
    value = sheet.value
    assert isinstance(value, TownValue)
    return value, [line for domain in value.domains for group in domain.groups for line in group.lines]


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_a_board_names_every_item_of_its_level(
    town: str, paper: str, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    assert 0 < len(lines) == value.count
    groups = [group for domain in value.domains for group in domain.groups]
    said = [word for line in lines for word in (line.name, line.official, line.limit, line.where)]
    assert any(line.limit and line.official for line in lines)
    assert any(group.where for group in groups)
    assert lost(printed(path), [*said, *(group.where for group in groups)]) == []
    assert lost(printed(record_path(town)), [line.official or line.name for line in lines]) == []


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_a_board_is_read_from_two_metres(
    town: str, paper: str, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    runs = [(size, run) for _, size, run in sized(printed(path))]
    names = fold("".join(run for size, run in runs if size >= 24))  # 24 pt are 8.5 mm
    wanted = [line.name for line in lines] + [call.number for call in value.calls]
    assert [word for word in (*wanted, "张贴日期", "撤下日期") if fold(word) not in names] == []
    small = fold("".join(run for size, run in runs if size < 20))
    ours = fold(f"示例：县名、地址、电话都是虚构的，请不要照着办事{value.head.organiser}{value.head.issued}")
    assert set(small) - set(ours) <= set("0123456789.")  # the numbers of the items


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_each_sheet_of_a_board_stands_for_itself(
    town: str, paper: str, printed: Printed, sheets: dict[str, PrintedSheet], tmp_path: Path
) -> None:
    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    pages: dict[int, str] = {}
    for number, _, run in sized(printed(path)):
        pages[number] = pages.get(number, "") + fold(run)
    count = len(pages)
    assert count > 1
    for number, said in pages.items():
        for wanted in (f"第{number}张，共{count}张", value.name, "张贴日期", "撤下日期"):
            assert wanted in said, number
        assert [call.number for call in value.calls if call.number not in said] == []
        assert sum(fold(line.name) in said for line in lines) > 5  # no sheet has only a few
    if paper == "a3":  # rendering the large one takes half a second; test_paper.py reads its code
        assert codes(printed(path), tmp_path, dots=50) == [[value.head.address]] * count


def test_a_short_board_is_one_sheet_in_large_type(
    press: TypstRenderer, sheets: dict[str, PrintedSheet], tmp_path: Path
) -> None:
    value, _ = board(sheets[poster_path("liushu", "a2")])
    first = value.domains[0]
    few = replace(
        value, domains=(replace(first, count=3, groups=(replace(first.groups[0], lines=first.groups[0].lines[:3]),)),)
    )
    file = tmp_path / "few.pdf"
    file.write_bytes(press.pdf(replace(sheets[poster_path("liushu", "a2")], value=replace(few, count=3))))
    runs = list(sized(file))
    assert {page for page, _, _ in runs} == {1}
    names = {line.name for line in few.domains[0].groups[0].lines}
    assert max(size for _, size, run in runs if names & set(run.split())) >= 40
    assert "（续）" not in text(file)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("自收到申请之日起1个工作日内", "1个工作日"), ("自受理之日起60日内", "60日"), ("当场办结", "当场办结"),
        ("一般20个工作日内，复杂的30个工作日内", "一般20个工作日内，复杂的30个工作日内"),
    ],
)  # fmt: skip
def test_a_limit_is_short_where_nothing_is_lost(written: str, short: str) -> None:
    assert short_limit(time_limit(written)) == short


def test_no_word_of_a_name_is_broken_over_lines(printed: Printed) -> None:
    """A broken word is hard to read, and a name belongs with its phone."""
    runs = [run.strip() for _, size, run in sized(printed(poster_path("baishi", "a2"))) if size >= 20]
    halves = [("开", "业指导"), ("申", "领"), ("工作", "日"), ("确", "认"), ("保", "险")]
    assert len(runs) > 200
    assert [
        (run, after) for run, after in pairwise(runs) for a, b in halves if run.endswith(a) and after.startswith(b)
    ] == []


def test_no_word_of_a_label_is_broken_over_lines(printed: Printed) -> None:
    runs = [run.strip() for _, _, run in sized(printed("print/forms/bcjtslb-01d83b-blank.pdf"))]
    assert any("累计缴费" in run for run in runs)
    assert not any(run.endswith("年") and after.startswith("限") for run, after in pairwise(runs))


def test_columns_of_the_last_sheet_are_as_long_as_the_others(printed: Printed) -> None:
    """At most a third of a sheet is empty."""
    found = [word for word in words(printed(poster_path("baishi", "a2"))) if word.page == 2]
    wide, foot = 1190.55, 1683.78 * 0.86
    ends = [max(w.box[3] for w in found if w.box[0] // (wide / 3) == column and w.box[3] < foot) for column in range(3)]
    assert max(ends) - min(ends) < 1683.78 / 10


def test_a_board_has_nothing_of_another_level(catalog: Catalog, printed: Printed) -> None:
    town = next(town for town in catalog.towns if town.slug == "baishi")
    others = [entry.item.name for entry in town.entries() if "乡级" not in (entry.item.levels or ("乡级",))]
    assert others
    said = text(printed(poster_path("baishi", "a2")))
    assert [name for name in others if fold(name) in said] == []


def test_how_the_place_does_it_goes_before_how_the_county_does(
    catalog: Catalog, sheets: dict[str, PrintedSheet]
) -> None:
    said = 0
    for town in catalog.towns:
        value, _ = board(sheets[poster_path(town.slug, "a2")])
        for domain, directory in zip(value.domains, town.directories.values(), strict=True):
            told = {line.number: (line, group.where) for group in domain.groups for line in group.lines}
            for number, guide in town_guides(town, directory.domain).items():
                line, most = told[number]
                if guide.promised:
                    assert line.limit == short_limit(guide.promised)
                if guide.where:
                    said += 1
                    assert (line.where or most) == guide.where
    assert said
