"""A row without a name, and the item above → whether the row can continue it.

What is joined to an item is published as part of it. So a row is only accepted if each of its cells is plausible in
its column: a law under 公开依据, an office under 公开主体. A small table inside the directory, a signature or a stray
remark is not, and is reported with its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gkdir.read.channels import knows
from gkdir.read.headings import Heading, Headings
from gkdir.read.sheet import Cell, Row
from gkdir.read.ticks import tick
from gkdir.read.timelimit import time_limit
from gkdir.read.words import is_ditto, is_organisation, levels, mode

_BASIS = re.compile(r"[《》〈〉〔〕（）()\[\]]|[法律条例办规定号第章款令通知意见案则程函批复目录]")
_PEOPLE = re.compile("社会|公众|公民|群体|群众|对象|人群|人员")

_FITS: Mapping[str, Callable[[str], bool]] = {
    "basis": lambda text: bool(_BASIS.search(text)),
    "time_limit": lambda text: time_limit(text).kind != "unknown",
    "publisher": is_organisation,
    "channels": knows,
    "audience": lambda text: tick(text) is not None or bool(_PEOPLE.search(text)),
    "mode": lambda text: tick(text) is not None or bool(mode(text)),
    "levels": lambda text: tick(text) is not None or bool(levels(text)),
}


def can_continue(row: Row, headings: Headings, above: Sequence[Row]) -> bool:
    """Whether each cell of the row can continue its column in the last rows ``above``."""
    known = headings.at
    names = [known[column].column for column in known if known[column].key in ("level2", "level3")]
    if any(column in row.cells and row.cells[column].row < row.number for column in names):
        return True  # the item's name is merged over it
    return all(_fits(cell, known.get(cell.column), above) for cell in row.own)


def fillable(headings: Headings) -> int:
    """The columns that :func:`fitting` looks at."""
    return sum(heading.key in _FITS for heading in headings.columns)


def fitting(row: Row, headings: Headings) -> int:
    """The columns of the row, those of names and of free text aside, that hold what such columns hold."""
    return sum(
        (heading.key in _FITS) and column in row.cells and _FITS[heading.key](row.cells[column].text)
        for column, heading in headings.at.items()
    )


def _fits(cell: Cell, heading: Heading | None, above: Sequence[Row]) -> bool:
    if heading is None or is_ditto(cell.text):
        return True
    if heading.key in ("number", "level1"):
        return False
    fits = _FITS.get(heading.key)
    if fits is None or fits(cell.text):
        return True
    before = dict.fromkeys(row.cells[heading.column].text for row in above if heading.column in row.cells)
    begun = "".join(before)[-200:]
    return not fits(begun) and fits(begun + cell.text)  # words broken over two rows
