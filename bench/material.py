"""Tables of thousands of rows from the national directory, and projects of 1 and of 100 counties, to measure with."""

from __future__ import annotations

import sys
from itertools import cycle, islice
from pathlib import Path

from openpyxl import load_workbook
from scripts.many import many

ROOT = Path(__file__).parent.parent
ROWS = 5_000
UNLIKE = 3_000
"""How many rows can have different cells throughout: more are refused (``MAX_TEXTS``, ``MAX_DISTINCT`` in
``read/grid.py``).
"""
COUNTIES = 100
LARGE = 8
"""The number of a county with 104 items and 47 articles, for ``scripts.many``."""
FIRST = 4
"""The first row of the national sheet below its headings."""


def big_table(path: Path, *, unlike: bool) -> None:
    """The national social insurance rows repeated many times; with ``unlike``, nearly every cell is different."""
    book = load_workbook(ROOT / "directories" / "national" / "social_insurance.xlsx")
    sheet = book.active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    for merged in [area for area in sheet.merged_cells.ranges if area.min_row >= FIRST]:
        sheet.unmerge_cells(str(merged))
    for count, row in enumerate(islice(cycle(rows), UNLIKE if unlike else ROWS)):
        for column, value in enumerate(row, 1):
            own = unlike and value and column in (3, 4, 5, 6, 7)
            sheet.cell(FIRST + count, column, f"{value}{count}" if own else value)
    book.save(path)


def main(folder: Path) -> None:
    """Make all in ``folder``. Runs in a separate process: a measured one starts with its parent's memory."""
    big_table(folder / "alike.xlsx", unlike=False)
    big_table(folder / "unlike.xlsx", unlike=True)
    many(folder / "large", 1, LARGE)
    many(folder / "hundred", COUNTIES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
