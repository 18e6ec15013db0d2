"""Hostile, broken and foreign files: read, or refused with one clear sentence; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read import archive
from gkdir.read.archive import Archive
from gkdir.read.building import SizeLimits
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, MAIN, parts, save, worksheet, zipped


def refused(path: Path) -> str:
    """The sentence that refuses the file, which also names the file and says what to do."""
    with pytest.raises(Unreadable) as caught:
        read_directories(path, name=path.name)
    trouble = caught.value.trouble
    assert trouble.kind is TroubleKind.UNREADABLE
    assert trouble.place.file == path.name
    assert trouble.message
    assert trouble.hint
    return trouble.message


def sheet_of(path: Path, xml: str, **extra: str | bytes) -> Path:
    return zipped(path, parts(xml, {name.replace("__", "/"): part for name, part in extra.items()}))


def test_the_smallest_workbook_is_read(tmp_path: Path) -> None:
    (directory,) = read_directories(sheet_of(tmp_path / "a.xlsx", worksheet()), name="a.xlsx")
    assert [item.id for item in directory.items] == ["employment/1.1"]
    assert directory.troubles == ()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENTITY_ASIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><sst/>'
BOMB = f'<worksheet xmlns="{MAIN}"><sheetData>' + '<row><c t="inlineStr"><is><t>' + "零" * 20_000_000
NOISE = bytes(range(256)) * 40_000
DEEP = f'<worksheet xmlns="{MAIN}">' + "<a>" * 1000 + "</a>" * 1000 + "</worksheet>"
ENCRYPTED_ODS = {"META-INF/manifest.xml": "<a><encryption-data/></a>", "content.xml": "x"}
ENTITIES = '<!DOCTYPE w [<!ENTITY a "一二三四五六七八九十"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + worksheet()

REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a zip bomb": (lambda p: sheet_of(p, BOMB), "压缩比"),
    "entities": (lambda p: sheet_of(p, ENTITIES), "DOCTYPE"),
    "entities in a part aside": (
        lambda p: zipped(p, parts(worksheet(), {"xl/sharedStrings.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><sst/>'})),
        "DOCTYPE",
    ),
    "an absolute name": (lambda p: zipped(p, parts(worksheet(), {"/etc/passwd": "x"})), "越界"),
    "a climbing name": (lambda p: zipped(p, parts(worksheet(), {"xl/../../a.xml": "x"})), "越界"),
    "a drive's name": (lambda p: zipped(p, parts(worksheet(), {"C:/a.xml": "x"})), "越界"),
    "a climbing name with backslashes": (lambda p: zipped(p, parts(worksheet(), {"..\\a.xml": "x"})), "越界"),
    "many parts": (lambda p: zipped(p, parts(worksheet(), {f"xl/media/{n}.xml": "" for n in range(2001)})), "部件"),
    "much XML": (lambda p: zipped(p, parts(worksheet(), {f"xl/a{n}.xml": NOISE for n in range(5)})), "MB"),
    "an encoding nobody knows": (lambda p: encoded(p, "UTF-99"), "编码"),
    "an encoding of many bytes": (lambda p: encoded(p, "gb2312"), "编码"),
    "broken XML": (lambda p: sheet_of(p, worksheet()[:-30]), "结构损坏"),
    "deep XML": (lambda p: sheet_of(p, DEEP), "嵌套"),
    "a merge over all": (
        lambda p: sheet_of(p, worksheet((*HEADER, BODY, [None] * 900 + ["远"]), ["A1:XFD1048576"], more=_rows(2000))),
        "合并单元格",
    ),
    "a row of many columns": (lambda p: sheet_of(p, worksheet((*HEADER, ["甲"] * 401))), "第 3 行有 401 格文字"),
    "a text too long": (lambda p: sheet_of(p, worksheet((*HEADER, ["长" * 40_000]))), "个字"),
    "no sheets": (lambda p: zipped(p, {**parts(""), "xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}), "没有工作表"),
    "a sheet that is not there": (
        lambda p: zipped(p, {name: part for name, part in parts("").items() if "sheet1" not in name}),
        "损坏",
    ),
    "a zip of something else": (lambda p: zipped(p, {"a.txt": "x"}), "压缩包"),
    "a Word document": (lambda p: zipped(p, {"word/document.xml": "<a/>"}), "Word"),
    "a binary workbook": (lambda p: zipped(p, {"xl/workbook.bin": "x", "_rels/.rels": "<a/>"}), "xlsb"),
    "an encrypted workbook": (lambda p: _bytes(p, OLE + "EncryptedPackage".encode("utf-16-le")), "密码"),
    "an encrypted ods": (lambda p: zipped(p, ENCRYPTED_ODS), "密码"),
    "a broken xls": (lambda p: _bytes(p, OLE + b"x" * 2000), "损坏"),
    "a PDF": (lambda p: _bytes(p, b"%PDF-1.7 x"), "PDF"),
    "a picture": (lambda p: _bytes(p, b"\x89PNG\r\n\x1a\n" + bytes(100)), "图片"),
    "a cut zip": (lambda p: _bytes(p, save(p).read_bytes()[:900]), "损坏"),
    "an empty file": (lambda p: _bytes(p, b""), "空的"),
    "nothing but noughts": (lambda p: _bytes(p, bytes(5000)), "空的"),
    "binary noise": (lambda p: _bytes(p, bytes(range(256)) * 20), "编码"),
    "text that is no table": (lambda p: _bytes(p, "你好".encode()), "扩展名"),
    "a workbook without a directory": (lambda p: save(p, [["姓名", "电话"], ["甲", "1"]], []), "没有找到"),
    "an empty workbook": (lambda p: save(p, [], []), "没有找到"),
}  # fmt: skip


def encoded(path: Path, encoding: str) -> Path:
    return sheet_of(path, f"<?xml version='1.0' encoding='{encoding}'?>{worksheet()}")


def _bytes(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _rows(count: int) -> str:
    return "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>甲</t></is></c></row>' for n in range(100, 100 + count)
    )


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(case: str, tmp_path: Path) -> None:
    build, word = REFUSED[case]
    assert word in refused(build(tmp_path / "县目录.xlsx"))


@pytest.mark.parametrize(
    ("name", "word"),
    [("a.et", ".et"), ("a.doc", "Word"), ("a.wps", "文字文档")],
)
def test_formats_that_are_not_read_say_how_to_save(name: str, word: str, tmp_path: Path) -> None:
    path = _bytes(tmp_path / name, OLE)
    assert word in refused(path)
    with pytest.raises(Unreadable) as caught:
        read_directories(path, name=name)
    assert ".xlsx" in caught.value.trouble.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "没有.xlsx")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path)


def test_a_million_blank_cells_cost_nothing(tmp_path: Path) -> None:
    blank = '<row r="9">' + '<c s="1"/>' * 200_000 + "</row>"
    wide = "".join(f'<row r="{n}"><c r="XFD{n}" s="1"/></row>' for n in range(10, 5000))
    (directory,) = read_directories(sheet_of(tmp_path / "a.xlsx", worksheet(more=blank + wide)), name="a.xlsx")
    assert len(directory.items) == 1


def test_merges_over_every_column_end_with_the_texts(tmp_path: Path) -> None:
    rows = (["就业领域基层政务公开标准目录"], *HEADER, BODY)
    merges = ["A1:XFD1", "A5:XFD1048576", "A9:XFD9"]
    (directory,) = read_directories(sheet_of(tmp_path / "a.xlsx", worksheet(rows, merges)), name="a.xlsx")
    assert directory.title == "就业领域基层政务公开标准目录"
    assert len(directory.items) == 1


def test_all_parts_of_a_file_together_have_so_many_elements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 1_000)
    names = ("one.xml", "other.xml")
    told: list[str] = []

    def parsed(body: str) -> None:
        with zipped(tmp_path / "a.xlsx", dict.fromkeys(names, f"<a>{body}</a>")).open("rb") as file:
            book = Archive(file, Place("a.xlsx"))
            for name in names:
                book.parse(name, lambda tag, _: told.append(tag))

    parsed("<b/>" * 499)
    assert len(told) == 1_000
    with pytest.raises(Unreadable, match="单元格太多"):
        parsed("<b/>" * 500)


def test_a_formula_gives_its_result_and_one_without_names_its_cell(tmp_path: Path) -> None:
    computed = '<c r="H3" t="str"><f>"■政府"&amp;"网站"</f><v>■政府网站</v></c>'
    lost = '<c r="G3"><f>[1]机构!A1</f><v/></c>'
    xml = worksheet((*HEADER, [*BODY[:6], *[None] * 6])).replace(
        "</row></sheetData>", lost + computed + "</row></sheetData>"
    )
    (directory,) = read_directories(sheet_of(tmp_path / "a.xlsx", xml), name="a.xlsx")
    (trouble,) = directory.troubles
    assert directory.items[0].channels == ("政府网站",)
    assert str(trouble.place) == "a.xlsx#就业!G3"
    assert "公式" in trouble.message


def test_hidden_sheets_rows_and_columns_are_read_and_reported(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["就业"]
    page.row_dimensions[3].hidden = True
    page.column_dimensions["H"].hidden = True
    old = book.copy_worksheet(page)
    old.title = "旧就业"
    old.sheet_state = "veryHidden"
    book.save(path)
    first, second = read_directories(path, name="a.xlsx")
    assert [trouble.kind for trouble in first.troubles] == [TroubleKind.HIDDEN, TroubleKind.HIDDEN]
    assert [str(trouble.place) for trouble in first.troubles] == ["a.xlsx#就业!A3", "a.xlsx#就业!H1"]
    assert "旧就业" in second.troubles[0].message
    assert first.items == second.items


def test_macros_and_external_links_are_not_touched(tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100,
        "xl/externalLinks/externalLink1.xml": "<a/>",
    }
    (directory,) = read_directories(zipped(tmp_path / "a.xlsx", parts(worksheet(), extra)), name="a.xlsm")
    assert len(directory.items) == 1


def test_what_a_file_is_its_content_says(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx")
    renamed = path.rename(tmp_path / "a.xls")
    assert len(read_directories(renamed, name="a.xls")[0].items) == 1


def test_broken_styles_break_nothing(tmp_path: Path) -> None:
    odd = '<styleSheet><fonts><font><color rgb="odd"/></font></fonts><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'
    path = zipped(tmp_path / "a.xlsx", parts(worksheet(), {"xl/styles.xml": odd}))
    assert len(read_directories(path, name="a.xlsx")[0].items) == 1


PAGES = (
    "<" * 200_000 + "><table>",
    "<a" * 100_000 + "<table>",
    "<table>" + "<td " * 50_000,
    "<html><table><td colspan=9999999>x" * 3,
    "<table><tr>" + "<td rowspan=99999>x</td>" * 900,
    "<table>" * 60 + "x",
    "<html><body><img src=a.png></body></html>",
)


@pytest.mark.parametrize("page", PAGES)
def test_hostile_pages_are_refused(page: str, tmp_path: Path) -> None:
    path = _bytes(tmp_path / "a.html", page.encode())
    refused(path)


ODS_ROWS = (
    '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384"><x:p>甲</x:p></table:table-cell></table:table-row>',
    '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/></table:table-row>',
)


@pytest.mark.parametrize("rows", ODS_ROWS)
def test_hostile_ods_are_refused(rows: str, tmp_path: Path) -> None:
    xml = f'<a xmlns:table="t" xmlns:x="x"><table:table table:name="a">{rows}</table:table></a>'
    refused(zipped(tmp_path / "a.ods", {"content.xml": xml}))


def test_too_many_different_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{n}{'长' * 30_000}\n" for n in range(150))
    assert "文字太多" in refused(_bytes(tmp_path / "a.csv", rows.encode()))
    assert "超过 6000 行" in refused(_bytes(tmp_path / "b.csv", b"1,2\n" * 10_001))
    monkeypatch.setattr("gkdir.read.plaintext.SizeLimits", lambda: SizeLimits(most_texts=99))
    assert "文字太多（读到 100 格为止）" in refused(
        _bytes(tmp_path / "c.csv", b"".join(b"a,%d\n" % n for n in range(99)))
    )


def test_a_sheet_all_of_merged_blocks(tmp_path: Path) -> None:
    xml = worksheet(
        (*HEADER, BODY), [*HEADER_MERGES, *(f"A{n}:XFD{n + 9}" for n in range(100, 2000, 10))], more=_rows(900)
    )
    (directory,) = read_directories(sheet_of(tmp_path / "a.xlsx", xml), name="a.xlsx")
    assert len(directory.items) == 1
    assert directory.troubles
