"""The same small directory in every format gives the same result. The xls and ods in ``files`` are LibreOffice's."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from gkdir.finding import Unreadable
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories
from gkdir.read.sheet import read_sheets

from .books import BODY, HEADER, HEADER_MERGES, parts, save, worksheet, zipped

FILES = Path(__file__).with_name("files")
TITLE = "清源县就业领域基层政务公开标准目录"
ROWS = ([TITLE], *HEADER, BODY, ["2", None, "1.2求职信息登记", "1.服务对象", "同上", *BODY[5:]])
SPANS = ("B1:C1", "I1:J1", "K1:L1")


def one(path: Path) -> Directory:
    (directory,) = read_directories(path, name=path.name)
    return directory


@cache
def expected() -> Directory:
    with TemporaryDirectory() as folder:
        return one(save(Path(folder) / "expected.xlsx", ROWS, ()))


def same(found: Directory, wanted: Directory) -> None:
    assert (found.title, found.domain, found.columns) == (wanted.title, wanted.domain, wanted.columns)
    assert found.items == wanted.items
    assert found.troubles == ()
    cells = [{key: said.place.cell for key, said in item.written.items()} for item in found.items]
    assert cells == [{key: said.place.cell for key, said in item.written.items()} for item in wanted.items]


def _csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_csv(ROWS, delimiter).encode(encoding))
    same(one(path), expected())


@pytest.mark.parametrize("name", ["directory.xls", "directory.ods"])
def test_workbooks_of_other_programs(name: str) -> None:
    found = one(FILES / name)
    assert found.items == expected().items
    assert found.items[1].written["level1"].place.cell == "B4", "merged cells are filled"


PAGE = f"""<!DOCTYPE html><html><head><title>清源县人民政府</title><style>td {{ x }}</style></head><body>
<script>document.write("<table><tr><td>假</td></tr></table>")</script><!-- <table><td>假</td></table> -->
<table><tr><td>导航</td><td><h3>{TITLE}</h3>
<TABLE border=1><thead>
<tr><th rowspan="2">序号</th><th colspan=2>公开事项</th><th rowspan=2>公开内容<br>（要素）</th><th rowspan=2>公开依据
<th rowspan='2'>公开时限</th><th rowspan=2>公开主体</th><th rowspan=2>公开渠道和载体</th>
<th colspan=2>公开对象</th><th colspan=2>公开方式</th></tr>
<tr><th>一级事项</th><th>二级事项</th><th>全社会</th><th>特定群体</th><th>主动</th><th>依申请</th></tr></thead>
<tr><td>1</td><td rowspan=2>1.就业信息服务</td><td>1.1岗位信息发布</td>
<td><p>1.招聘单位</p><p>2.岗位要求</p></td>
<td rowspan=2>《人力资源市场暂行条例》（国务院令第700号）</td><td>20个
工作日</td><td>清源县人力资源和社会保障局</td><td>&#9632;政府网站 □政府公报</td><td>&radic;</td><td>&nbsp;</td>
<td>√</td><td></td></tr>
<tr><td>2</td><td>1.2求职信息登记</td><td>1.服务对象</td><td>20个工作日</td><td>清源县人力资源和社会保障局</td>
<td><input type=checkbox checked>政府网站 <input type="checkbox">政府公报</td>
<td>√</td><td></td><td>√</td><td></td></tr>
</TABLE></td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("suffix", [".html", ".htm", ".xls"])
def test_a_page_with_spans_inside_a_page_of_tables(encoding: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(PAGE.encode(encoding))
    found = one(path)
    wanted = expected()
    assert (found.title, found.domain) == (TITLE, "employment")
    assert found.items == wanted.items
    assert found.items[1].written["basis"].place.cell == "E3"


def test_prefixes_of_tags_make_no_difference(tmp_path: Path) -> None:
    xml = worksheet((*HEADER, BODY)).replace("<", "<x:").replace("<x:/", "</x:").replace(" xmlns=", " xmlns:x=")
    assert one(zipped(tmp_path / "a.xlsx", parts(xml))).items == one(save(tmp_path / "b.xlsx")).items


def test_cells_without_references_and_rich_texts(tmp_path: Path) -> None:
    texts = "".join(
        f"<si><r><t>{cell[:2]}</t></r><r><t>{cell[2:]}</t></r><rPh><t>x</t></rPh></si>"
        for row in (*HEADER, BODY)
        for cell in row
        if cell
    )
    numbers = iter(range(1000))
    rows = "".join(
        "<row>" + "".join(f'<c t="s"><v>{next(numbers)}</v></c>' if cell else "<c/>" for cell in row) + "</row>"
        for row in (*HEADER, BODY)
    )
    merges = "".join(f'<mergeCell ref="{merge}"/>' for merge in HEADER_MERGES)
    xml = f"<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    found = one(zipped(tmp_path / "a.xlsx", parts(xml, {"xl/sharedStrings.xml": f"<sst>{texts}</sst>"})))
    assert found.items == one(save(tmp_path / "b.xlsx")).items


def test_sheets_give_what_openpyxl_gives(tmp_path: Path) -> None:
    rows = ([1, 2.5, None, "甲\n乙", "\u3000"], [None, "a & <b>", -0.1, 10**14, "  丙"])
    path = save(tmp_path / "a.xlsx", rows, ())
    page = openpyxl.load_workbook(path).worksheets[0]
    theirs = {cell.coordinate: str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    ours = {cell.name: cell.text for row in read_sheets(path, "a.xlsx")[0].rows for cell in row.own}
    assert ours == {name: text for name, text in theirs.items() if text.strip()}


def test_check_boxes_of_cells_are_yes_and_no(tmp_path: Path) -> None:
    found = one(save(tmp_path / "a.xlsx", (*HEADER, (*BODY[:8], True, False, False, True))))
    assert [(item.audience, item.mode) for item in found.items] == [(("全社会",), ("依申请",))]


def test_what_excel_shows_is_read_escapes_and_truths_too(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ([True, False, "_x4E8B_项"],), ())
    assert [cell.text for cell in read_sheets(path, "a.xlsx")[0].rows[0].own] == ["是", "否", "事项"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".et"])
def test_text_with_tabs_may_be_called_a_workbook(encoding: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(_csv(ROWS, "\t").encode(encoding))
    same(one(path), expected())


def test_a_text_that_names_its_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n" + _csv(ROWS, ";"), encoding="utf-8", newline="")
    same(one(path), expected())


def page(tmp_path: Path, above: str, below: str, caption: str = "") -> Directory:
    rows = (tuple(f"<td>{cell or ''}</td>" for cell in row) for row in (*HEADER, BODY))
    table = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{above}<table>{caption}{table}</table>{below}</body></html>", "utf-8")
    return one(path)


FRAME = (
    "<header>某县人民政府</header><nav><p>首页</p></nav><ul><li><a href=x>政务公开</a><li><a href=y>互动</a></ul>"
    "<select><option>甲<option selected>乙</select><button>搜索</button><p style='display: none'>隐</p>"
)


@pytest.mark.parametrize(
    ("above", "below", "title", "told"),
    [
        ("", "<p>注：1.3 已停办</p>", "", ["下面有 1 段文字，没有读：“注：1.3 已停办”。"]),
        ("<div>1.3 已停办<br>1.4 并入</div>", "", "", ["上面有 2 段文字，没有读：“1.3 已停办”“1.4 并入”。"]),
        (f"甲<h1>{TITLE}</h1>乙", "丙", TITLE, ["上面有 2 段文字，没有读：“甲”“乙”。", "下面有 1 段文字"]),
        ("<p>甲 <a href=x>链</a></p>", "", "", ["上面有 1 段文字，没有读：“甲 链”。"]),
        (FRAME, f"{FRAME}<footer>主办：某办</footer><p>→ | &gt;</p>", "", []),
        ("", "<p>又说</p>" * 30, "", ["下面有 30 段文字，没有读：“又说”"]),
    ],
)  # fmt: skip
def test_words_around_the_table_of_a_page_are_told(
    above: str, below: str, title: str, told: list[str], tmp_path: Path
) -> None:
    found = page(tmp_path, above, below)
    assert found.title == (title or "表1")
    assert len(found.troubles) == len(told)
    for trouble, words in zip(found.troubles, told, strict=True):
        assert words in trouble.message


def test_a_caption_is_the_title(tmp_path: Path) -> None:
    found = page(tmp_path, "", "", f"<caption>{TITLE}</caption>")
    assert (found.title, found.troubles) == (TITLE, ())


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    text = _csv(ROWS).replace("20个工作日", '"20个工作日', 1)
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(Unreadable) as caught:
        read_directories(path, name="a.csv")
    assert "第 4 行第 6 格的引号没有成对" in caught.value.trouble.message
