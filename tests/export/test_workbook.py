"""A laid directory as a workbook: the national layout, the same bytes, never a formula, and read back unchanged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet
from tests.laws import SLOW, law

from gkdir.export.openpyxl_writer import openpyxl_workbook
from gkdir.export.spreadsheet import BARE, DrawnRow, DrawnSheet, Offer, Paper, spreadsheet
from gkdir.export.styles import Look
from gkdir.export.workbook import title, workbook
from gkdir.model.columns import AUDIENCES, CHANNELS, LEVELS, MODES
from gkdir.model.county import Entry, LaidDirectory
from gkdir.model.item import Basis, Item
from gkdir.read.directory import read_directories
from gkdir.read.timelimit import time_limit

PLACE = "清源县"
TICKED = ("channels", "audience", "mode", "levels")


def item(
    number: str | None = "1.1", level1: str = "就业信息服务", level2: str = "岗位信息发布", **values: object
) -> Item:
    plain = Item(
        "employment",
        number,
        level1,
        level2,
        content=("对象范围", "咨询电话"),
        basis=(Basis("《就业服务与就业管理规定》（人力资源和社会保障部令第23号）"),),
        time_limit=time_limit("信息形成或变更之日起10个工作日内公开"),
        publisher=("清源县人力资源和社会保障局",),
        channels=("政府网站", "基层公共服务平台"),
        audience=("全社会",),
        mode=("主动",),
        levels=("县级", "乡级"),
    )
    return replace(plain, **values)


def directory(*items: Item, domain: str = "employment", label: str = "就业") -> LaidDirectory:
    return LaidDirectory(domain, f"{label}领域基层政务公开标准目录", label, tuple(Entry(item) for item in items))


def sheet(*items: Item) -> Worksheet:
    found = load_workbook(BytesIO(workbook([directory(*items)], PLACE))).active
    assert isinstance(found, Worksheet)
    return found


def row(of: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in of[number]]


def test_the_headings_are_those_of_the_national_sheet() -> None:
    of = sheet(item())
    assert row(of, 1)[0] == "清源县就业领域基层政务公开标准目录"
    assert row(of, 2) == [
        "序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
        "公开对象", None, "公开方式", None, "公开层级", None,
    ]  # fmt: skip
    assert row(of, 3)[1:3] == ["一级事项", "二级事项"]
    assert row(of, 3)[8:] == ["全社会", "特定群体", "主动", "依申请", "县级", "乡级"]


def test_the_cells_are_written_as_on_the_national_sheet() -> None:
    of = sheet(item(audience=("特定群体",), audience_detail="失业人员"))
    assert row(of, 4)[:4] == [1, "1.就业信息服务", "1.1岗位信息发布", "1.对象范围\n2.咨询电话"]
    boxes = str(row(of, 4)[7]).split("\n")
    assert boxes[0] == "■政府网站"
    assert [box[1:] for box in boxes[:12]] == list(CHANNELS[:12])
    assert [box for box in boxes if box.startswith("■")] == ["■政府网站", "■其他 基层公共服务平台"]
    assert len(boxes) == 13
    assert row(of, 4)[8:] == [None, "√失业人员", "√", None, "√", "√"]


def test_the_first_level_is_merged_and_the_second_over_its_third_levels() -> None:
    third = item("1.1.1", level3="线上发布")
    of = sheet(item(), third, replace(third, number="1.1.2", level3="现场发布"), item("2.1", "职业指导", "职业指导"))
    merged = {str(area) for area in of.merged_cells.ranges}
    assert {"A1:O1", "B2:D2", "A2:A3", "J2:K2", "B4:B6", "C4:C6"} <= merged
    assert not any(area.startswith(("B7", "C7", "D4")) for area in merged)
    assert [of.cell(number, 4).value for number in (4, 5, 6, 7)] == [None, "1.1.1线上发布", "1.1.2现场发布", None]


def test_it_prints_on_a3_with_the_headings_on_each_page() -> None:
    of = sheet(item())
    assert (of.page_setup.orientation, of.page_setup.paperSize) == ("landscape", 8)
    assert (of.page_setup.fitToWidth, of.page_setup.fitToHeight) == (1, 0)
    assert of.print_title_rows == "$2:$3"
    assert of.freeze_panes == "D4"


def test_columns_that_nobody_fills_are_left_out_and_further_ones_come_last() -> None:
    bare = sheet(item(levels=None))
    assert "公开层级" not in row(bare, 2)
    village = sheet(item(levels=("县级", "村级"), extra={"咨询电话": "12333"}))
    assert row(village, 3)[12:15] == list(LEVELS)
    assert (row(village, 2)[-1], row(village, 4)[-1]) == ("咨询电话", "12333")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x","y")', "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    of = sheet(item(publisher=(text,), extra={"备注": text}))
    for cell in (of["G4"], of["O4"]):
        assert (cell.data_type, cell.value) == ("s", text)
        assert cell.quotePrefix == (text[0] != "#")


def test_what_xml_cannot_hold_is_left_out() -> None:
    of = sheet(item(publisher=("人社\x00局\x1b\ud800\ufffe",)))
    assert of["G4"].value == "人社局"


def test_sheets_have_names_that_excel_takes_and_no_two_the_same() -> None:
    long = replace(directory(item()), title="[超长]" + "很" * 40)
    names = load_workbook(BytesIO(workbook([long, long, replace(long, title="?")], PLACE))).sheetnames
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_title_that_names_the_place_is_left_as_it_is() -> None:
    named = replace(directory(item()), title="清源县就业领域目录")
    assert title(named, PLACE) == "清源县就业领域目录"


def test_the_bytes_depend_on_nothing_but_the_input() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from test_workbook import *\n"
        "print(hashlib.sha256(workbook([directory(item(), item('1.1.1', level3='线上发布'))], PLACE)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True, check=True, env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }  # fmt: skip
    assert len(hashes) == 1


def test_the_file_is_dated_by_its_content() -> None:
    reviewed = replace(directory(item()), reviewed=date(2026, 3, 1))
    for directories, day in (([reviewed], date(2026, 3, 1)), ([directory(item())], date(2019, 6, 3))):
        properties = load_workbook(BytesIO(workbook(directories, PLACE))).properties
        assert properties.created is not None
        assert properties.modified is not None
        assert {properties.created.date(), properties.modified.date()} == {day}


HAN = "县人力资源和社会保障就业服务办理材料流程条件电话地点方式对象范围职业培训信息"
WORD = st.text(HAN, min_size=2, max_size=12)
ORGANISATION = st.builds("清源县{}{}".format, WORD, st.sampled_from(("局", "中心", "人民政府")))
BASIS = st.builds("《{}办法》（{}〔20{}〕{}号）".format, WORD, WORD, st.integers(10, 26), st.integers(1, 200))
NAME = (
    WORD
    | st.builds("12333{}".format, WORD)
    | st.builds("《{}》申领".format, WORD)
    | st.builds("{}（含{}）".format, WORD, WORD)
)
LIMIT = st.builds("信息形成或变更之日起{}个工作日内公开".format, st.integers(1, 20)) | st.sampled_from(
    ("实时公开", "长期公开")
)
EXTRA_CHANNELS = ("基层公共服务平台", "12333咨询电话", "移动客户端", "村务公开栏", "有线电视")


def listed(element: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(element, min_size=1, max_size=most, unique=True).map(tuple)


def ticked(choices: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(choices), min_size=1).map(lambda chosen: tuple(c for c in choices if c in chosen))


@st.composite
def laid(draw: st.DrawFn) -> LaidDirectory:
    """A directory of a few first levels, some with third levels, with or without 公开层级."""
    levels = draw(st.none() | st.just(LEVELS[:2]) | st.just(LEVELS))
    items = []
    for first, level1 in enumerate(draw(st.lists(NAME, min_size=1, max_size=3, unique=True)), 1):
        for second, level2 in enumerate(draw(st.lists(NAME, min_size=1, max_size=4, unique=True)), 1):
            thirds = [None, *draw(st.lists(NAME, max_size=2, unique=True))]
            for third, level3 in enumerate(thirds):
                number = f"{first}.{second}.{third}" if level3 else f"{first}.{second}"
                audience = draw(ticked(AUDIENCES))
                some = AUDIENCES[1] in audience
                items.append(
                    item(
                        number,
                        level1,
                        level2,
                        level3=level3,
                        content=draw(listed(WORD)),
                        basis=tuple(map(Basis, draw(listed(BASIS, 3)))),
                        time_limit=time_limit(draw(LIMIT)),
                        publisher=draw(listed(ORGANISATION, 2)),
                        channels=draw(ticked((*CHANNELS[:-1], *EXTRA_CHANNELS))),
                        audience=audience,
                        audience_detail=draw(st.none() | st.sampled_from(("失业人员", "用人单位"))) if some else None,
                        mode=draw(ticked(MODES)),
                        levels=draw(ticked(levels)) if levels else None,
                    )
                )
    return directory(*items)


def as_dict(item: Item) -> dict[str, object]:
    """Every field of the item that a reader must find: ticks as a set, bases by their texts."""
    values: dict[str, object] = {key: getattr(item, key) for key in Item.__struct_fields__}
    for key in ("written", "rows"):
        del values[key]
    values |= {key: frozenset(getattr(item, key) or ()) for key in TICKED}
    return values | {"basis": tuple(basis.text for basis in item.basis)}


@given(laid())
@SLOW
def test_what_is_exported_reads_as_it_was(directory: LaidDirectory) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "目录.xlsx"
        path.write_bytes(workbook([directory], PLACE))
        (read,) = read_directories(path, name=path.name)
    assert read.troubles == ()
    assert read.domain == directory.domain
    assert [as_dict(item) for item in read.items] == [as_dict(entry.item) for entry in directory.entries]


@given(laid(), laid())
@law(5)
def test_twice_the_same_is_the_same_to_the_byte(one: LaidDirectory, other: LaidDirectory) -> None:
    assert workbook([one, other], PLACE) == workbook([one, other], PLACE)


def test_both_writers_draw_the_same() -> None:
    """openpyxl reads the same sheet whether it or ``spreadsheet`` wrote it."""
    looks = (Look(bold=True, fill="F2F2F2", frame="000000"), Look(9, colour="C00000", across="center", format="@"))
    rows = (
        DrawnRow([("事项", 0), ("=1+1", 1), ("两行\n的", 1)], 30),
        DrawnRow([(3, 1), ("", 0), ("不用\x07样式", BARE), (date(2026, 3, 1), 1)]),
    )
    drawn = DrawnSheet(
        "清单",
        rows,
        (12, 8.5),
        frozen=(1, 1),
        filtered="A1:C2",
        offers=[Offer("B2:B9", '"是,否"')],
        paper=Paper(landscape=False, footer="第 &P 页", rows="1:1"),
    )
    ours, theirs = (
        load_workbook(BytesIO(write([drawn], looks, date(2026, 3, 1)))) for write in (spreadsheet, openpyxl_workbook)
    )
    assert [sheet.title for sheet in ours] == [sheet.title for sheet in theirs] == ["清单"]
    assert ours.properties.modified == theirs.properties.modified
    assert _seen(ours.worksheets[0]) == _seen(theirs.worksheets[0])


def _seen(sheet: Worksheet) -> object:
    cells = [
        (
            cell.coordinate,
            str(cell.value or ""),
            cell.data_type if cell.value else "",
            cell.quotePrefix,
            cell.number_format,
            (cell.font.name, cell.font.size, bool(cell.font.bold), _colour(cell.font.color)),
            (cell.fill.fill_type, _colour(cell.fill.fgColor)),
            (cell.border.left.style, cell.border.bottom.style),
            (cell.alignment.horizontal, cell.alignment.vertical, bool(cell.alignment.wrap_text)),
        )
        for row in sheet.iter_rows(max_col=4)
        for cell in row
    ]
    printed = sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight
    offers = [(str(each.sqref), each.type, each.formula1) for each in sheet.data_validations.dataValidation]
    widths = [sheet.column_dimensions[each].width for each in "AB"]
    footer = sheet.oddFooter.center.text if sheet.oddFooter else None
    frame = sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.row_dimensions[1].height
    return cells, printed, offers, widths, footer, frame


def _colour(colour: Color | None) -> str:
    """Its six digits; blank for a colour of the theme."""
    return colour.rgb[2:] if colour and isinstance(colour.rgb, str) else ""


def test_openpyxl_gives_the_same_bytes_where_text_files_have_other_ends_of_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheets = [DrawnSheet("一", (DrawnRow((("甲\n乙", 0),)),), (9,))]
    here = openpyxl_workbook(sheets, [Look()], date(2026, 3, 1))

    def windows(file: str, _mode: str, encoding: str, errors: str) -> IO[str]:
        return Path(file).open("w", encoding=encoding, errors=errors, newline="\r\n")

    monkeypatch.setattr("et_xmlfile.incremental_tree.open", windows, raising=False)
    assert openpyxl_workbook(sheets, [Look()], date(2026, 3, 1)) == here
