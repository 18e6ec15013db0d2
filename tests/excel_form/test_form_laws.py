"""Properties of the round trip: an unchanged form changes nothing; any change comes back exactly; importing twice is as
once.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.excel_form.exchanges import COUNTY, Filled, county, exchange_of, imported, returned_changes, sample, texts_of
from tests.excel_form.test_form_findings import run
from tests.laws import SLOW, law

from gkdir.excel_form.table import Table, TableColumn, TableRow, Takes
from gkdir.excel_form.tidy import BadText, tidy

with tempfile.TemporaryDirectory() as _scratch:
    EXPORTED = exchange_of(county(Path(_scratch) / "p"))
Cell = tuple[str, str, str]
"""Table, row and column, by their keys."""
CELLS: list[Cell] = [
    (table.key, row.id, column.key)
    for table in EXPORTED.form.tables
    for row in table.rows
    for column in table.columns
    if column.key not in row.locked and column.key != "delete"
]
# Most cells are inherited: the county's own are drawn as often as all cells together.
OWN_CELLS = [
    (table.key, row.id, key)
    for table in EXPORTED.form.tables
    for row in table.rows
    for key in (row.own - row.locked if row.own else [key for key in row.texts if row.texts[key]])
    if table.key not in EXPORTED.project.national or key in row.own
]
OWN_CELLS = [cell for cell in CELLS if cell in set(OWN_CELLS)]


def of(cell: Cell) -> tuple[Table, TableRow, TableColumn]:
    """The table, row and column for their keys."""
    table = EXPORTED.form.table(cell[0])
    assert table is not None
    return table, table.by_id[cell[1]], table.column(cell[2])


any_text = st.text(
    st.characters(codec="utf-8") | st.sampled_from(" :#-[]{},\"'|>&*!%@`\n\u3000、；《》（）〔〕12.√■"),
    max_size=40,
)


def written(column: TableColumn) -> st.SearchStrategy[str]:
    """Texts that a clerk may write in the column: valid ones, and any other."""
    belongs = {
        Takes.TICK: st.sampled_from(("√", "", "×", "有")),
        Takes.DAY: st.dates().map(str) | st.sampled_from(("2026/3/1", "2026年3月1日", "明天", "46082")),
        Takes.LIMIT: st.sampled_from(("3个工作日", "信息形成或变更之日起5个工作日内公开", "每月10日前公开")),
        Takes.BASES: st.lists(st.sampled_from(("《甲法》", "《乙办法》（某发〔2024〕9号）")), max_size=3).map(
            "\n".join
        ),
    }
    some = belongs.get(
        column.takes, st.sampled_from(column.choices or ("一句话", "周一至周五9:00—12:00", "甲\n乙\n丙"))
    )
    return some | any_text


@st.composite
def filled_cell(draw: st.DrawFn) -> tuple[Cell, str]:
    """A cell, and what the clerk writes in it."""
    cell = draw(st.sampled_from(CELLS) | st.sampled_from(OWN_CELLS))
    _, row, column = of(cell)
    text = draw(written(column))
    return cell, draw(st.sampled_from((text, row.texts[column.key] + text, text + "\n" + row.texts[column.key])))


@SLOW
@given(filled_cell())
def test_a_change_in_any_cell_is_found_written_and_read_back_exactly(filled: tuple[Cell, str]) -> None:
    cell, text = filled
    table, row, column = of(cell)
    with tempfile.TemporaryDirectory() as scratch:
        project = county(Path(scratch) / "p")
        before = texts_of(project)
        given_ = returned_changes(EXPORTED, {cell: text})
        _, done = imported(project, given_)
        after = texts_of(project)
        try:
            wanted = tidy(column, text)
        except BadText:
            wanted = None
        if wanted is None or done.troubles:
            assert done.troubles, "what cannot stand there is told"
            assert after == before
        elif wanted == row.texts[column.key]:
            assert after == before
        else:
            assert after != before
            assert [change.texts for change in done.changes] == [{column.key: wanted}]
            now = exchange_of(project).form.table(table.key)
            assert now is not None
            assert now.rows[table.rows.index(row)].texts[column.key] == wanted
        _, again = imported(project, given_)
        assert texts_of(project) == after
        assert len(again.troubles) == len(done.troubles)


@law(5)
@given(st.lists(filled_cell(), min_size=2, max_size=9))
def test_many_changes_at_once_leave_the_county_readable_and_twice_is_once(cells: list[tuple[Cell, str]]) -> None:
    filled: Filled = dict(cells)
    with tempfile.TemporaryDirectory() as scratch:
        project = county(Path(scratch) / "p")
        given_ = returned_changes(EXPORTED, filled)
        _, done = imported(project, given_)
        after = texts_of(project)
        assert exchange_of(project).county.troubles == ()
        assert len(done.troubles) + sum(len(change.texts) for change in done.changes) <= 3 * len(filled)
        imported(project, given_)
        assert texts_of(project) == after


def test_nothing_changed_changes_no_byte(tmp_path: Path) -> None:
    project = county(tmp_path / "p")
    before = texts_of(project)
    planned, done = imported(project, returned_changes(EXPORTED, {}))
    assert (planned.changes, done.files, done.troubles) == ((), {}, ())
    assert texts_of(project) == before


def test_the_texts_of_a_form_are_in_their_one_form() -> None:
    for cell in CELLS:
        _, row, column = of(cell)
        assert tidy(column, row.texts[column.key]) == row.texts[column.key]


def test_the_county_says_what_the_laws_need() -> None:
    assert "# " in COUNTY
    tables = {table.key for table in EXPORTED.form.shown}
    assert {table for table, _, _ in OWN_CELLS} == tables - {"social_insurance"}


def test_the_sample_county_goes_out_and_comes_back(tmp_path: Path) -> None:
    project = sample(tmp_path / "p")
    before = texts_of(project)
    run("export", project, "--county", "qingyuan", "-o", tmp_path / "a.xlsx")
    done = run("import", tmp_path / "a.xlsx", project, "--write")
    assert (done.exit_code, done.stdout) == (0, "和项目里 qingyuan 现在的内容没有不同。\n")
    assert texts_of(project) == before
