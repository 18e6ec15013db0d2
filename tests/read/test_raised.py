"""Superscript digits are marks of notes: in no format does 20¹个工作日 become 201."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories
from gkdir.read.richtext import raised, without_marks
from gkdir.read.timelimit import time_limit

from . import test_docx, test_flat, test_ods, test_pages
from .books import BODY, HEADER, parts, save, worksheet, zipped
from .oldbooks import compound, record, rows, stream

LIMIT = "20个工作日"


def in_word(tmp_path: Path) -> Directory:
    mark = test_docx.r("1", '<w:vertAlign w:val="superscript"/>')
    return test_docx.one(tmp_path, (5, test_docx.p("20", mark, "个工作日")))


def in_a_workbook(tmp_path: Path) -> Directory:
    pieces = "<r><t>20</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r><r><t>个工作日</t></r>"
    sheet = worksheet((*HEADER, BODY)).replace(f"<t>{LIMIT}</t>", pieces)
    return read_directories(zipped(tmp_path / "a.xlsx", parts(sheet)), name="a.xlsx")[0]


def in_an_open_document(tmp_path: Path) -> Directory:
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        "</style:style>"
    )
    text = '<text:p>20<text:span text:style-name="T1">1</text:span>个工作日</text:p>'
    return test_ods.one(tmp_path, 5, test_ods.cell(text), style)


def in_a_page(tmp_path: Path) -> Directory:
    return test_pages.read(tmp_path, {5: "<td>20<sup>[1]</sup>个工作日"})


def in_a_styled_page(tmp_path: Path) -> Directory:
    return test_pages.read(tmp_path, {5: "<td>20<span style='vertical-align: super'>①</span>个工作日"})


def in_an_old_workbook(tmp_path: Path) -> Directory:
    fonts = b"".join(record(0x31, struct.pack("<HHHHH", 200, 0, 8, 400, up) + bytes(6)) for up in (0, 1))
    text = "201个工作日"
    runs = struct.pack("<HHHHH", 2, 2, 1, 3, 0)
    body = struct.pack("<HHHHB", 2, 5, 0, len(text), 1) + text.encode("utf-16-le") + runs
    path = tmp_path / "a.xls"
    table = rows((*HEADER, [*BODY[:5], None, *BODY[6:]])) + record(0xD6, body)
    path.write_bytes(compound({"Workbook": stream(table, fonts)}))
    return read_directories(path, name="a.xls")[0]


def in_xml_of_excel_2003(tmp_path: Path) -> Directory:
    lines = [test_flat.lines([*line]) for line in (*HEADER, [*BODY[:5], None, *BODY[6:]])]
    lines[2] += '<Cell ss:Index="6"><Data ss:Type="String">20<Sup>1</Sup>个工作日</Data></Cell>'
    path = tmp_path / "a.xls"
    path.write_text(test_flat.sheet("".join(map(test_flat.row, lines))), encoding="gb18030")
    return read_directories(path, name="a.xls")[0]


def in_characters(tmp_path: Path) -> Directory:
    return read_directories(save(tmp_path / "a.xlsx", (*HEADER, (*BODY[:5], "20¹个工作日", *BODY[6:]))), name="a")[0]


@pytest.mark.parametrize(
    "way",
    [
        in_word, in_a_workbook, in_an_open_document, in_a_page, in_a_styled_page, in_an_old_workbook,
        in_xml_of_excel_2003, in_characters,
    ],
)  # fmt: skip
def test_the_mark_of_a_note_is_no_figure(way: Callable[[Path], Directory], tmp_path: Path) -> None:
    found = way(tmp_path)
    item = found.items[-1]
    assert (item.time_limit.text, item.time_limit.count) == (LIMIT, 20)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [
        (TroubleKind.UNREAD_CELL, f"F{item.rows[0]}")
    ]
    assert "¹" in found.troubles[0].message


def test_what_belongs_to_a_word_stays() -> None:
    assert without_marks("50m²、5米²、CO₂、10km²以上") == ("50m²、5米²、CO₂、10km²以上", ())
    assert without_marks("招聘单位¹²，岗位³") == ("招聘单位，岗位", ("¹²", "³"))
    assert [raised(text) for text in ("2", "[12]", "②", "注3", "st", "")] == ["²", "¹²", "²", "³", "st", ""]


def test_a_circled_figure_behind_a_number_is_none_of_it() -> None:
    assert time_limit("20①个工作日").kind == "unknown"
    assert time_limit("①20个工作日").count == 20
