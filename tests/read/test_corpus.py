"""The national directories and the workbooks of the corpus, read exactly; skipped without the corpus."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.places import NATIONAL, ROOT

from gkdir.export.data import item_json
from gkdir.read.directory import read_directories
from gkdir.read.words import fold

SHARED = Path(os.environ.get("GKDIR_SHARED", ROOT.parent / "shared"))
BOOKS = sorted((SHARED / "corpus").glob("*.xlsx"))
TICKED = ("channels", "audience", "mode", "levels")
FIELDS = ("level1", "level2", "level3", "content", "basis", "time_limit", "publisher", *TICKED)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return _plain(value["text"])
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return fold(value) if isinstance(value, str) else value


def _unordered(item: dict[str, object]) -> dict[str, object]:
    """The item with ticked values as sets."""
    return {
        key: sorted(map(str, value)) if key in TICKED and isinstance(value, list) else value
        for key, value in item.items()
    }


@pytest.mark.skipif(not BOOKS, reason="no corpus beside the checkout; GKDIR_SHARED names the folder that holds it")
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_workbook_of_the_corpus(book: Path) -> None:
    wanted = json.loads(book.with_name(f"{book.stem}.expected.json").read_text(encoding="utf-8"))["sheets"]
    found = read_directories(book, name=book.name)
    assert [sheet["sheet"] for sheet in wanted] == [directory.place.sheet for directory in found]
    for sheet, directory in zip(wanted, found, strict=True):
        assert directory.troubles == ()
        items = [item_json(item, row=True) for item in directory.items]
        for want, item in zip(sheet["items"], items, strict=True):
            keys = [key for key in FIELDS if key != "levels" or want["levels"] is not None]
            got = {key: _plain(item[key]) for key in keys}
            want_plain = {key: _plain(want[key]) for key in keys}
            assert _unordered(got) == _unordered(want_plain)
            assert item["row"] == want["row"]


@pytest.mark.parametrize(("domain", "first", "all_"), [("employment", 9, 25), ("social_insurance", 9, 78)])
def test_a_national_directory(domain: str, first: int, all_: int) -> None:
    name = f"{domain}.xlsx"
    (directory,) = read_directories(NATIONAL / name, name=name)
    assert directory.domain == domain
    assert (len(list(directory.first_levels())), len(directory.items)) == (first, all_)
    assert (directory.troubles, directory.notes) == ((), ())
    groups = enumerate(directory.first_levels(), 1)
    numbers = [f"{first}.{second}" for first, (_, items) in groups for second in range(1, len(items) + 1)]
    assert [item.number for item in directory.items] == numbers
    for item in directory.items:
        assert all((item.content, item.basis, item.publisher, item.channels, item.audience, item.mode)), item.id
        assert item.time_limit.kind == "within"
        row = item.rows[0]
        assert item.written["number"].place.cell == f"A{row}"
        assert item.written["level2"].place.cell == f"C{row}"
        assert all(basis.name for basis in item.basis), item.id
