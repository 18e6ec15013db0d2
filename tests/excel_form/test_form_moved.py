"""Rows that do not match their hidden ids: no row's text is ever written to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.excel_form.exchanges import COUNTY, county, sample, texts_of
from tests.excel_form.test_form_findings import below, edited, looked_at, put, run, sheet

pytestmark = pytest.mark.usefixtures("nation_without_guides")
LAYER = "counties/qingyuan/county.yaml"
Edit = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the sample county as exported."""
    folder = tmp_path_factory.mktemp("out")
    run("export", sample(folder / "p"), "--county", "qingyuan", "-o", folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return sample(tmp_path / "p")


def rows_of(book: Workbook, title: str) -> list[int]:
    return [cell.row for cell in sheet(book, title)["A"] if cell.row > 4 and cell.value]


def rearranged(title: str, order: Callable[[list[int]], list[int]], first: int = 2, last: int = 40) -> Edit:
    """The columns from ``first`` to ``last`` with their rows in another order; other columns and hidden ids are
    unchanged.
    """

    def change(book: Workbook) -> None:
        place = sheet(book, title)
        rows = rows_of(book, title)
        columns = range(first, min(last, place.max_column) + 1)
        texts = {row: [place.cell(row, column).value for column in columns] for row in rows}
        for row, source in zip(rows, order(rows), strict=True):
            for column, text in zip(columns, texts[source], strict=True):
                place.cell(row, column).value = text

    return change


def swapped(rows: list[int]) -> list[int]:
    return [rows[1], rows[0], *rows[2:]]


def backwards(rows: list[int]) -> list[int]:
    return rows[::-1]


SHEETS = ("机构", "就业目录", "社会保险目录", "指南", "材料", "流程", "办理方式", "常见问题")
SORTED = dict.fromkeys(SHEETS, (2, 40))
PARTED = {"就业目录": (6, 40), "指南": (3, 3), "机构": (6, 6), "材料": (10, 10)}
"""Sheets of which only some columns were sorted: with the rows' names, and without."""


@pytest.mark.parametrize("columns", [SORTED, PARTED], ids=["with their names", "without their names"])
def test_sheets_whose_columns_were_sorted_are_not_read(
    exported: Path, project: Path, tmp_path: Path, columns: Mapping[str, tuple[int, int]]
) -> None:
    def change(book: Workbook) -> None:
        for title, (first, last) in columns.items():
            rearranged(title, backwards, first, last)(book)

    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    told = [line for line in done.stdout.splitlines() if "这张表没有读，一处也没有改" in line]
    assert len(told) == len(columns), done.stdout
    assert [title for title in columns if f"#{title}!" not in done.stdout] == []
    assert "少了一行" not in done.stdout
    assert texts_of(project) == before


def test_two_rows_that_changed_places_are_named_and_the_others_are_read(
    exported: Path, project: Path, tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        rearranged("就业目录", swapped)(book)
        put("就业目录", "4.1", "通俗名称", "失业了来登记")(book)

    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    assert "#就业目录!B5" in done.stdout
    assert "#就业目录!B6" in done.stdout
    assert done.stdout.count("整行没有读") == 2
    after = texts_of(project)
    assert [name for name in after if after[name] != before[name]] == [LAYER]
    assert "失业了来登记" in after[LAYER].decode()


def test_rows_sorted_with_their_ids_are_read_where_they_are(exported: Path, project: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put("就业目录", "4.1", "通俗名称", "失业了来登记")(book)
        for title in ("机构", "就业目录", "指南", "材料", "常见问题"):
            rearranged(title, backwards, 1)(book)

    done = run("import", edited(exported, tmp_path, change), project)
    assert (done.exit_code, "修改 1 行。" in done.stdout) == (0, True)


def test_the_filter_takes_the_hidden_ids_along(exported: Path) -> None:
    book = load_workbook(exported)
    for title in ("机构", "就业目录", "指南", "材料", "常见问题", "审核日期"):
        assert str(sheet(book, title).auto_filter.ref).startswith("A4:")


def copied(title: str, source: int, target: int, first: int = 1) -> Edit:
    def change(book: Workbook) -> None:
        place = sheet(book, title)
        for column in range(first, place.max_column + 1):
            place.cell(target, column).value = copy(place.cell(source, column).value)

    return change


def pasted_below(title: str, source: int) -> Edit:
    """Copies the row to a free one, without its hidden id."""
    return lambda book: copied(title, source, below(book, title), 2)(book)


def inserted(title: str, at: int) -> Edit:
    """Inserts at ``at`` a copy of the row there, with its hidden id, and changes it."""

    def change(book: Workbook) -> None:
        place = sheet(book, title)
        last = max(rows_of(book, title))
        for row in range(last, at - 1, -1):
            copied(title, row, row + 1)(book)
        place.cell(at, place.max_column - 1).value = "随手写的"

    return change


def unfinished(book: Workbook) -> None:
    """Puts the end of a cell on a row of its own."""
    sheet(book, "材料")[f"J{below(book, '材料')}"] = "上一格没写完"


def without_ids(title: str, count: int) -> Edit:
    def change(book: Workbook) -> None:
        for row in rows_of(book, title)[:count]:
            sheet(book, title).cell(row, 1).value = None

    return change


MOVED: list[dict[Edit, list[str]]] = [
    {
        copied("就业目录", 5, 6): ["第 5 行是同一行", "少了一行：1.2"],
        copied("材料", 5, 6, 2): ["#材料!C6", "整行没有读"],
        inserted("流程", 8): ["#流程!B8", "#流程!B9", "是同一行，没有读"],
        lambda book: sheet(book, "指南").merge_cells("C8:D8"): ["#指南!C8", "合并了几个格子"],
        lambda book: sheet(book, "机构").__setitem__("L6", "另写的话"): ["#机构!L6", "表格外面还写了字"],
        lambda book: book.create_sheet("补充").__setitem__("A1", "补充内容"): ["工作表“补充”不是这份表里原有的"],
    },
    {
        copied("就业目录", 5, 6, 2): ["#就业目录!B6", "整行没有读"],
        without_ids("材料", 30): ["这张表没有读"],
    },
    {
        lambda book: sheet(book, "就业目录").merge_cells("F5:F7"): ["#就业目录!F5", "合并了几个格子"],
        pasted_below("材料", 5): ["#材料!B{below}", "一样，没有增加"],
    },
    {
        without_ids("材料", 2): ["#材料!B5", "隐藏的第一列被清掉了", "#材料!B6"],
        unfinished: ["#材料!J{below}", "按住 Alt 再按回车"],
    },
    {lambda book: sheet(book, "材料").delete_cols(2): ["少了“事项”", "认不出哪一行是哪一行"]},
    {lambda book: sheet(book, "机构").__setitem__("K4", "备注"): []},
]
"""Changes of a workbook that do not affect each other, and the messages that each causes."""


@pytest.mark.parametrize("changes", MOVED)
def test_what_was_pasted_inserted_or_written_beside_is_named(
    exported: Path, project: Path, tmp_path: Path, changes: dict[Edit, list[str]]
) -> None:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    wanted = [part.format(below=below(looked_at(exported), "材料")) for said in changes.values() for part in said]
    assert done.exit_code == (1 if wanted else 0), done.stdout
    assert [part for part in wanted if part not in done.stdout] == [], done.stdout
    assert texts_of(project) == before


def test_a_column_may_stand_elsewhere(exported: Path, project: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        place = sheet(book, "就业目录")
        put("就业目录", "4.1", "通俗名称", "失业了来登记")(book)
        for row in range(4, place.max_row + 1):
            first, last = place.cell(row, 6), place.cell(row, 34)
            first.value, last.value = last.value, first.value

    done = run("import", edited(exported, tmp_path, change), project)
    assert (done.exit_code, "修改 1 行。" in done.stdout) == (0, True)


def test_a_sheet_of_another_form_is_not_read(tmp_path: Path) -> None:
    """Both have the same rows: only the stamp shows that one was exported from another project."""
    files = []
    for code in ("990101", "990102"):
        made = county(tmp_path / code)
        path = made / LAYER
        path.write_text(COUNTY.replace("990101", code).replace("0600-5550101", f"0600-5{code}"), encoding="utf-8")
        run("export", made, "--county", "qingyuan", "-o", tmp_path / f"{code}.xlsx")
        files.append(tmp_path / f"{code}.xlsx")

    def change(book: Workbook) -> None:
        other = load_workbook(files[1])
        for row in sheet(other, "机构").iter_rows():
            for each in row:
                if each.value is not None and type(each).__name__ == "Cell":
                    sheet(book, "机构").cell(each.row, each.column).value = each.value

    project = tmp_path / "990101"
    before = texts_of(project)
    done = run("import", edited(files[0], tmp_path, change), project, "--write")
    assert done.exit_code == 1
    assert "从另一份导出的表里移来的" in done.stdout
    assert texts_of(project) == before


def test_two_cells_that_a_clerk_puts_right_are_taken(exported: Path, project: Path, tmp_path: Path) -> None:
    """Two phones that were exchanged by mistake: nobody sorted anything."""
    change = rearranged("机构", swapped, 6, 6)
    done = run("import", edited(exported, tmp_path, change), project)
    assert (done.exit_code, "修改 2 行。" in done.stdout) == (0, True)
