"""OpenDocument sheets: marked, hidden, annotated or drawn content, and values without text."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories
from gkdir.read.grid import Grid
from gkdir.read.sheet import read_grids

from .books import BODY, HEADER, zipped

FILES = Path(__file__).with_name("files")
SPACES = ("office", "table", "text", "style", "number", "draw", "form", "svg", "dc", "fo")
NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in SPACES)
GONE = '<text:span text:style-name="T1">20个工作日</text:span>'


def cell(text: object, attributes: str = "") -> str:
    inner = "" if text is None else str(text) if str(text).startswith("<") else f"<text:p>{text}</text:p>"
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def content(tmp_path: Path, rows: str, styles: str = "", before: str = "", table: str = "") -> Path:
    xml = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="就业" {table}>{before}{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return zipped(tmp_path / "a.ods", {"content.xml": xml})


def grid(tmp_path: Path, cells: str, styles: str = "", before: str = "", table: str = "") -> Grid:
    row = f"<table:table-row>{cells}</table:table-row>"
    (found,) = read_grids(content(tmp_path, row, styles, before, table), "a")
    return found


def one(tmp_path: Path, column: int, changed: str, styles: str = "", before: str = "") -> Directory:
    """The directory of one item in row 3, with one cell changed."""
    rows = [[cell(value) for value in line] for line in (*HEADER, BODY)]
    rows[2][column] = changed
    xml = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    (found,) = read_directories(content(tmp_path, xml, styles, before), name="a")
    return found


def test_what_is_marked_in_a_sheet() -> None:
    (found,) = read_directories(FILES / "marked.ods", name="a.ods")
    assert [item.time_limit.text for item in found.items][:2] == ["10个工作日", "20个工作日"]
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [
        (TroubleKind.STRUCK, "F3"),
        (TroubleKind.STRUCK, "A4"),
        (TroubleKind.BESIDE, "F5"),
        (TroubleKind.HIDDEN, "A7"),
        (TroubleKind.HIDDEN, "G1"),
    ]
    assert found.troubles[2].message == "单元格 F5 处有批注：“本县改为10个工作日”。"


STYLES = """
<number:number-style style:name="N1"><number:text>第</number:text><number:number number:min-integer-digits="2"/>
<number:text>号</number:text></number:number-style>
<number:currency-style style:name="N2"><number:currency-symbol>¥</number:currency-symbol>
<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>
<number:percentage-style style:name="N3"><number:number number:decimal-places="1" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="c1b" style:family="table-cell" style:parent-style-name="c1"/>
<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="c3" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="gone" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/>
</style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/>
</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="none"/>
</style:style>
<style:style style:name="ta" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('office:value-type="float" office:value="20"', "20"),
        ('office:value-type="float" office:value="1.10"', "1.1"),
        ('office:value-type="float" office:value="7" table:style-name="c1"', "第07号"),
        ('office:value-type="float" office:value="7" table:style-name="c1b"', "第07号"),
        ('office:value-type="percentage" office:value="0.5"', "50%"),
        ('office:value-type="percentage" office:value="0.125" table:style-name="c3"', "12.5%"),
        ('office:value-type="currency" office:value="1234.5" office:currency="CNY" table:style-name="c2"', "¥1,234.50"),
        ('office:value-type="date" office:date-value="2026-03-01"', "2026-03-01"),
        ('office:value-type="date" office:date-value="2026-03-01T14:30:00"', "2026-03-01 14:30"),
        ('office:value-type="date" office:date-value="2026-03-01T00:00:00"', "2026-03-01"),
        ('office:value-type="time" office:time-value="PT09H30M00S"', "9:30"),
        ('office:value-type="time" office:time-value="P1DT2H5M7.5S"', "26:05:07"),
        ('office:value-type="boolean" office:boolean-value="true"', "是"),
        ('office:value-type="boolean" office:boolean-value="false"', "否"),
        ('office:value-type="string" office:string-value="即时公开"', "即时公开"),
    ],
)
def test_a_value_without_a_text_is_read(attributes: str, text: str, tmp_path: Path) -> None:
    assert grid(tmp_path, cell(None, attributes), STYLES).cells == {(1, 1): text}


def test_a_value_whose_text_is_empty_is_hidden(tmp_path: Path) -> None:
    value = 'office:value-type="float" office:value="{}"'
    found = grid(tmp_path, cell("", value.format(20)) + cell("", value.format(0)))
    assert found.cells == {(1, 1): "20"}
    assert [flaw.kind for flaw in found.flaws] == [TroubleKind.HIDDEN]


@pytest.mark.parametrize(
    "changed",
    [
        cell(f"<text:p>{GONE}10个工作日</text:p>"),
        cell(f"<text:p>10个工作日</text:p><text:p>{GONE}</text:p>"),
        cell(
            '<text:p><text:span text:style-name="T2">10个工作日</text:span>20个工作日</text:p>',
            'table:style-name="gone"',
        ),
    ],
)
def test_struck_text_is_left_out_and_named(changed: str, tmp_path: Path) -> None:
    found = one(tmp_path, 5, changed, STYLES)
    assert found.items[0].time_limit.text == "10个工作日"
    assert [(trouble.kind, trouble.message) for trouble in found.troubles] == [
        (TroubleKind.STRUCK, "单元格 F3 里划掉的“20个工作日”没有读。")
    ]


def test_a_style_may_be_that_of_the_column_or_row(tmp_path: Path) -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += '<table:table-column table:default-cell-style-name="gone"/>'
    found = grid(tmp_path, cell("甲") + cell("乙") + cell("丙"), STYLES, columns)
    assert found.cells == {(1, 1): "甲", (1, 2): "乙"}
    row = f'<table:table-row table:default-cell-style-name="gone">{cell("甲")}</table:table-row>'
    assert read_grids(content(tmp_path, row, STYLES), "a")[0].cells == {}


def test_what_lies_beside_the_cells(tmp_path: Path) -> None:
    text = "<text:p>改为<text:span>10个</text:span></text:p><text:p>工作日</text:p>"
    note = f"<office:annotation><dc:creator>某</dc:creator>{text}</office:annotation>"
    box = "<draw:custom-shape><text:p>注：即时</text:p></draw:custom-shape>"
    picture = "<draw:frame><draw:image/></draw:frame>"
    shapes = f"<table:shapes>{box}</table:shapes>"
    inner = cell(f"{note}{box}{picture}<text:p>20个工作日</text:p>")
    found = grid(tmp_path, cell("甲") + inner, before=shapes)
    assert found.cells == {(1, 1): "甲", (1, 2): "20个工作日"}
    assert [flaw.message for flaw in found.flaws] == [
        "这张工作表上有文本框：“注：即时”。",
        "单元格 B1 处有批注：“改为10个 工作日”。",
        "单元格 B1 处有文本框：“注：即时”。",
        "单元格 B1 处有一张图片，图片上的字没有读。",
    ]


def test_check_boxes_say_which_words_are_chosen(tmp_path: Path) -> None:
    words = ("政府网站", "政府公报", "政务服务中心")
    forms = "".join(
        f'<form:checkbox form:id="control{n}" form:label="{word}" form:current-state="{"un" * (n == 1)}checked"/>'
        for n, word in enumerate(words)
    )
    drawn = "".join(f'<draw:control draw:control="control{n}" svg:y="{1 + n / 2}in"/>' for n in (2, 1, 0))
    found = one(tmp_path, 7, cell(drawn), before=f"<office:forms><form:form>{forms}</form:form></office:forms>")
    assert found.items[0].channels == ("政府网站", "政务服务中心")
    assert found.troubles == ()


def test_hidden_sheets_and_columns(tmp_path: Path) -> None:
    column = '<table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>'
    found = grid(tmp_path, cell("甲"), STYLES, column, 'table:style-name="ta"')
    assert found.hidden
    assert found.hidden_columns == {1, 2, 3}


def test_columns_too_narrow_to_be_seen(tmp_path: Path) -> None:
    narrow = '<style:table-column-properties style:column-width="0in"/>'
    style = f'<style:style style:name="co1" style:family="table-column">{narrow}</style:style>'
    found = grid(tmp_path, cell("甲"), style, '<table:table-column table:style-name="co1"/><table:table-column/>')
    assert found.hidden_columns == {1}


@pytest.mark.parametrize("kind", ["listbox", "combobox"])
def test_a_list_to_choose_from_is_told(kind: str, tmp_path: Path) -> None:
    found = grid(tmp_path, cell("甲"), before=f"<office:forms><form:form><form:{kind}/></form:form></office:forms>")
    assert "列表控件" in found.flaws[0].message


def test_marks_of_symbol_fonts(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="Wingdings"/>'
        '</style:style><style:style style:name="ce" style:family="table-cell"><style:text-properties '
        'style:font-name="Wingdings"/></style:style>'
    )
    span = '<text:p><text:span text:style-name="T1">l</text:span></text:p>'
    for changed in (cell(span), cell("l", 'table:style-name="ce"')):
        found = one(tmp_path, 8, changed, style)
        assert (found.items[0].audience, found.troubles) == (("全社会",), ())


def test_choices_that_only_look_tells(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    text = '<text:p><text:span text:style-name="T1">政府网站</text:span>、政府公报、两微一端</text:p>'
    found = one(tmp_path, 7, cell(text), style)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.WRONG_VALUE, "H3")]


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    text = '<text:p>1.招聘单位<text:span text:style-name="T1">，不公开</text:span></text:p>'
    found = one(tmp_path, 3, cell(text), style)
    assert found.items[0].content == ("招聘单位",)
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.HIDDEN, "D3")]


def test_a_formula_that_failed_says_nothing(tmp_path: Path) -> None:
    failed = (
        '<table:table-cell table:formula="of:=X" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'
    )
    found = one(tmp_path, 3, failed)
    assert found.items[0].content == ()
    assert [(trouble.kind, trouble.place.cell) for trouble in found.troubles] == [(TroubleKind.WRONG_VALUE, "D3")]
