"""A table that continues on the next sheet without headings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES

REST = BODY[3:]
FIRST = ("3", "2.职业介绍", "2.1职业介绍", *REST)
SECOND = ("4", None, "2.2职业指导", *REST)


def read(tmp_path: Path, *more: Sequence[Sequence[object]]) -> list[Directory]:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "就业1"
    lines: list[Sequence[object]] = [["清源县就业领域基层政务公开标准目录"], *HEADER, BODY]
    for line in lines:
        page.append(list(line))
    for merge in HEADER_MERGES:
        page.merge_cells(merge.translate(str.maketrans("12", "23")))
    for rows in more:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    book.save(tmp_path / "a.xlsx")
    return list(read_directories(tmp_path / "a.xlsx", name="a.xlsx"))


def test_its_rows_are_items_and_it_is_told(tmp_path: Path) -> None:
    _, second, third = read(tmp_path, [["（续表）"], FIRST], [SECOND, ["填表人：张某"]])
    assert [(item.number, item.domain, item.audience) for item in second.items] == [("2.1", "employment", ("全社会",))]
    assert [item.place("content") for item in second.items] == [item.written["content"].place for item in second.items]
    assert second.items[0].written["content"].place.cell == "D2"
    assert second.title == "清源县就业领域基层政务公开标准目录"
    assert [(each.kind, each.place.cell) for each in second.troubles] == [(TroubleKind.UNREAD_CELL, "A1")]
    assert [item.level2 for item in third.items] == ["职业指导"]


def test_another_table_is_none_of_it(tmp_path: Path) -> None:
    phones = [["序号", "单位", "地址", "电话"], ["1", "县人社局", "清源路18号", "0600-5550101"]]
    notes = [["填表说明"], ["一、本表由县人社局填写。"]]
    (only,) = read(tmp_path, phones, notes)
    assert any(each.place.sheet == "Sheet" for each in only.troubles)
    assert [note.text for note in only.notes] == ["填表说明", "一、本表由县人社局填写。"]
