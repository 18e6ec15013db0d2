"""Twice the input takes twice the work, counted in function calls, because tests never measure time."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from gkdir.buildoptions import BuildOptions
from gkdir.checking import check_counties
from gkdir.read.project import read_project
from gkdir.read.sheet import read_grids
from gkdir.read.wordstyles import WordFields
from gkdir.yaml import parse, reparse, spans
from gkdir.yaml.edit import put, remove
from gkdir.yaml.parse import Document, parse_yaml

from .read.oldbooks import compound, record, stream, text

COUNTY = "heping"
SMALL = Path(__file__).parent / "samples" / "small" / "project"


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def with_items(folder: Path, many: int, key: str) -> Path:
    """The small project with that many items of the county's own, each with a value for that key."""
    copytree(SMALL.parent, folder / str(many))
    project = folder / str(many) / SMALL.name
    file = project / "counties" / COUNTY / "county.yaml"
    items = "".join(
        f"      - {{编号: '{20 + at // 90}.{at % 90 + 1}', 一级事项: 本地事项{at // 90}, 二级事项: 村级惠民第{at}号, "
        f"公开内容: [对象范围, 待补充{at}], {key}: [《某办法{at}》]}}\n"
        for at in range(many)
    )
    head = file.read_text(encoding="utf-8").partition("\n目录:")[0]
    file.write_text(f"{head}\n目录:\n  employment:\n    增加:\n{items}", encoding="utf-8")
    return project


@pytest.mark.parametrize("key", ["公开依据", "公开的依据"])
def test_items_of_a_countys_own_are_checked_one_by_one(tmp_path: Path, key: str) -> None:
    """Also if each has a misspelt key."""

    def checked(many: int) -> int:
        project = read_project(with_items(tmp_path, many, key))
        options = BuildOptions(project.folder, Path(), (COUNTY,), 1, today=date(2026, 11, 30))
        return calls(lambda: found.extend(check_counties(project, options)))

    found: list[object] = []
    checked(5)  # fills the caches
    few, some, more = (checked(many) for many in (20, 120, 220))
    assert len(found) > 360, "there is something to find, and to show in the form"
    assert more - some < 1.15 * (some - few)


def test_a_countys_file_is_parsed_once_for_its_values_and_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(text: str, name: str) -> Document:
        parsed.append(name)
        return parse_yaml(text, name)

    project = read_project(with_items(tmp_path, 3, "公开依据"))
    monkeypatch.setattr(parse, "parse_yaml", counted)
    options = BuildOptions(project.folder, Path(), (COUNTY,), 1, today=date(2026, 11, 30))
    assert any(found.form for found in check_counties(project, options))
    assert sum(name.endswith("/county.yaml") for name in parsed) == 1


def test_sheets_of_an_old_workbook_that_begin_in_each_other(tmp_path: Path) -> None:
    def read(many: int) -> None:
        body = record(0x999) * 500
        first = len(stream(body, record(0x85, bytes(6) + text("甲", "B")) * many)) - len(body)
        sheets = (record(0x85, struct.pack("<IBB", first + 4 * at, 0, 0) + text("甲", "B")) for at in range(many))
        file = tmp_path / "a.xls"
        file.write_bytes(compound({"Workbook": stream(body, b"".join(sheets))}))
        read_grids(file, "a")

    few, many = (calls(partial(read, many)) for many in (30, 90))
    assert many < 2.2 * few


def test_fields_of_a_word_document_that_never_end() -> None:
    def read(many: int) -> None:
        fields = WordFields()
        for _ in range(many):
            fields.begin()
            fields.code("EQ")
            fields.result()

    few, many = (calls(partial(read, many)) for many in (100, 200))
    assert many < 2.2 * few


def test_a_changed_row_of_a_form_parses_its_own_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many items and changed rows there are."""
    parsed: list[int] = []

    def parse(text: str, name: str) -> Document:
        parsed.append(len(text))
        return parse_yaml(text, name)

    monkeypatch.setattr(spans, "parse_yaml", parse)
    monkeypatch.setattr(reparse, "parse_yaml", parse)
    file = with_items(tmp_path, 300, "公开依据") / "counties" / COUNTY / "county.yaml"
    whole = text = file.read_text(encoding="utf-8")
    for at in range(300):
        text = put(text, ("目录", "employment", "增加", at, "公开时限"), f"{at}天")
        text = put(text, ("目录", "employment", "事项", f"9.{at}", "公开时限"), f"{at}天")
    assert text.count("公开时限") == 600
    for at in range(300):
        text = remove(text, ("目录", "employment", "增加", at, "公开时限"))
        text = remove(text, ("目录", "employment", "事项", f"9.{at}"))
    assert text == whole
    assert sum(parsed) < 2 * len(whole) + 1200 * 400
