"""A laid directory as CSV and JSON: safe to open in Excel, readable again, with the documented keys."""

from __future__ import annotations

import csv
import json
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.export.data import Paths, domain_data, guide_json
from gkdir.export.packing import is_packed, packed
from gkdir.export.table import table
from gkdir.finding import Place
from gkdir.model.attached import AttachedFile
from gkdir.model.county import Catalog, Entry, LaidDirectory, Overlay
from gkdir.model.guide import Form, Guide, GuideStep, Material, Review, Section, Way
from gkdir.model.item import Item
from gkdir.read.directory import read_directories
from gkdir.read.timelimit import time_limit
from gkdir.read.words import basis
from gkdir.service.address import attached_path

DIGEST = "3ec8192caf351fe13e6070abd1a5741a73ebfef7279e70bb3e8fc2b1b1f4cb46"
PLACE = Place("county.yaml")
ITEM = Item(
    "employment",
    "4.1",
    "就业失业登记",
    "失业登记",
    content=("对象范围", "咨询电话"),
    basis=(basis("《就业服务与就业管理规定》（人力资源和社会保障部令第23号）"), basis("《办法》（清政发〔2024〕5号）")),
    time_limit=time_limit("信息形成或变更之日起10个工作日内公开"),
    publisher=("清源县人力资源和社会保障局", "清源县公共就业服务中心"),
    channels=("政府网站", "社区/企事业单位/村公示栏（电子屏）", "12333咨询电话"),
    audience=("全社会", "特定群体"),
    audience_detail="失业人员",
    mode=("主动",),
    levels=("县级", "乡级"),
)
THIRD = Item(
    "employment",
    "4.1.1",
    "就业失业登记",
    "失业登记",
    "线上失业登记",
    **{
        key: getattr(ITEM, key) for key in ("content", "basis", "time_limit", "publisher", "channels", "mode", "levels")
    },
    audience=("全社会",),
)


def laid(*items: Item) -> LaidDirectory:
    title = "就业领域基层政务公开标准目录"
    return LaidDirectory("employment", title, "就业", tuple(map(Entry, items)), reviewed=date(2026, 3, 1))


def rows(directory: LaidDirectory) -> list[list[str]]:
    return list(csv.reader(StringIO(table(directory).decode("utf-8-sig"), newline="")))


def test_the_table_opens_in_excel_and_keeps_to_the_standard() -> None:
    written = table(laid(ITEM))
    assert written.startswith("\ufeff序号,一级事项,二级事项,三级事项,".encode())
    assert written.endswith(b"\r\n")
    assert len(rows(laid(ITEM, THIRD))) == 3


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_table_starts_as_a_formula(text: str) -> None:
    hostile = Item("employment", "1.1", text, text, text, publisher=(text,), channels=(text,), extra={text: text})
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows(laid(hostile)) for cell in row)


def test_the_table_reads_as_the_directory(tmp_path: Path) -> None:
    path = tmp_path / "employment.csv"
    path.write_bytes(table(laid(ITEM, THIRD)))
    (read,) = read_directories(path, name=path.name, domain="employment")
    assert read.troubles == ()
    assert list(read.items) == [ITEM, THIRD]


GUIDE = Guide(
    "employment",
    "4.1",
    PLACE,
    summary="登记失业",
    materials=(Material("居民身份证", PLACE), Material("登记表", PLACE, form="失业登记表")),
    steps=(GuideStep("审核", PLACE, limit=time_limit("3个工作日")),),
    ways=(Way("窗口", "人社局", PLACE),),
    review=Review(date(2026, 3, 1)),
)
FORM = Form("失业登记表", PLACE, "失业登记表（示例）")


def document(*items: Item) -> dict[str, object]:
    overlay = Overlay("qingyuan", PLACE, "清源县", "990101")
    catalog = Catalog(
        overlay,
        (overlay,),
        {"employment": laid(*items)},
        guides={GUIDE.id: GUIDE},
        forms={FORM.name: FORM, "别的表": Form("别的表", PLACE, "别的表")},
    )
    paths = Paths(lambda domain, number: f"{domain}/{number}/", lambda name: f"forms/{name}/")
    written = domain_data(catalog, "employment", paths).whole
    assert written == domain_data(catalog, "employment", paths).whole
    loaded: dict[str, object] = json.loads(written)
    return loaded


def test_the_data_has_the_keys_that_are_promised() -> None:
    found = document(ITEM, THIRD)
    assert {key: found[key] for key in ("county", "domain", "updated")} == {
        "county": "qingyuan",
        "domain": "employment",
        "updated": "2026-03-01",
    }
    items = found["items"]
    assert isinstance(items, list)
    wanted = {
        "number", "level1", "level2", "level3", "content", "basis", "time_limit", "publisher", "channels", "audience",
        "audience_detail", "mode", "levels", "extra", "id", "url", "guide", "forms",
    }  # fmt: skip
    assert [set(item) for item in items] == [wanted, wanted]
    assert (items[0]["id"], items[0]["url"]) == ("employment/4.1", "employment/4.1/")
    assert items[0]["channels"] == list(ITEM.channels)


def test_a_guide_and_its_forms_stand_with_their_item() -> None:
    items = document(ITEM, THIRD)["items"]
    assert isinstance(items, list)
    guide = items[0]["guide"]
    assert (guide["summary"], guide["served"], guide["checked"]) == ("登记失业", None, "2026-03-01")
    assert [material["form"] for material in guide["materials"]] == [None, "失业登记表"]
    assert guide["steps"] == [{"name": "审核", "text": None, "limit": "3个工作日", "office": None}]
    assert items[0]["forms"] == [{"name": "失业登记表", "title": "失业登记表（示例）", "url": "forms/失业登记表/"}]
    assert (items[1]["guide"], items[1]["forms"]) == (None, [])


def test_the_files_that_a_guide_links_to_are_named_with_their_address() -> None:
    path = "counties/heping/guides/employment/岗位表.xlsx"
    file = AttachedFile(path, 120, target="岗位表.xlsx", place=PLACE)
    section = Section("我要做什么", "见[岗位表](岗位表.xlsx)。", PLACE, files=(file,))
    told = guide_json(Guide("employment", "4.1", PLACE, sections=(section, section)))["files"]
    assert told == [{"name": "岗位表.xlsx", "target": "岗位表.xlsx", "url": attached_path(path), "size": 120}]


@given(st.dictionaries(st.text("ab/中.x", min_size=1, max_size=8), st.binary(max_size=300) | st.just(b"a" * 30_000)))
def test_archives_are_read_by_zipfile_part_by_part(parts: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(packed(parts))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts  # which compares the checksums
        assert all(map(is_packed, archive.infolist()))
        assert archive.testzip() is None
        kept = [(part.compress_type, part.flag_bits, part.comment, part.extra) for part in archive.infolist()]
    flags = [0 if name.isascii() else 0x800 for name in parts]
    assert kept == [(ZIP_DEFLATED, flag, b"", b"") for flag in flags]


def test_every_system_packs_the_same_bytes() -> None:
    """The bytes have this digest whatever zlib the system has."""
    text = "".join(f'<c r="A{n}" s="{n % 7}"><v>{n * n % 1009}</v></c>' for n in range(5_000)).encode()
    assert sha256(packed({"xl/x.xml": text, "空": b""})).hexdigest() == DIGEST
