"""In any layout of a directory all items are read, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.laws import SLOW

from gkdir.model.item import Directory, Item
from gkdir.read.directory import read_directories
from gkdir.read.words import fold

from .layouts import Laid, Wanted, layouts


@SLOW
@given(layouts())
def test_a_workbook_gives_its_items_back(tmp_path: Path, laid: Laid) -> None:
    _same(read_directories(laid.save(tmp_path / "就业.xlsx"), name="就业.xlsx"), laid)


@SLOW
@given(layouts(flat=True), st.sampled_from((".csv", ".html")))
def test_a_text_or_a_page_gives_its_items_back(tmp_path: Path, laid: Laid, suffix: str) -> None:
    _same(read_directories(laid.save(tmp_path / f"就业{suffix}"), name=f"就业{suffix}"), laid)


def _same(found: tuple[Directory, ...], laid: Laid) -> None:
    (directory,) = found
    assert directory.domain == "employment"
    assert [trouble.message for trouble in directory.troubles] == []
    assert [_plain(item) for item in directory.items] == [_plain(item) for item in laid.wanted]
    covered = {row for item in directory.items for row in range(item.rows[0], item.rows[1] + 1)}
    headings = {item.written["level1"].place.order[4] for item in directory.items if item.level1}
    assert set(laid.body) <= covered | headings, "a body row is an item, part of one, or the heading of some"


def _plain(item: Item | Wanted) -> dict[str, object]:
    """The fields in normalised spelling, without empty third levels."""
    basis = [fold(basis if isinstance(basis, str) else basis.text) for basis in item.basis]
    limit = item.time_limit if isinstance(item.time_limit, str) else item.time_limit.text
    return {
        "names": tuple(fold(name or "") for name in (item.level1, item.level2, item.level3)),
        "content": [fold(element) for element in item.content],
        "basis": basis,
        "limit": fold(limit),
        "publisher": item.publisher,
        "channels": set(item.channels),
        "audience": item.audience,
        "detail": item.audience_detail if isinstance(item, Item) else item.detail,
        "mode": item.mode,
        "levels": item.levels,
    }
