"""Directories in Word documents: read like workbooks; deleted text, ticks and notes in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind, Unreadable
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, OFFICE, RELATIONS, save, zipped

W = (
    'xmlns:w="urn:w" xmlns:w14="urn:w14" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:pic="urn:pic" '
    'xmlns:r="urn:r"'
)
TITLE = "清源县就业领域基层政务公开标准目录"
SECOND = ("2", None, "1.2求职信息登记", *BODY[3:])
LIMIT = "20个工作日"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: object, properties: str = "") -> str:
    text = "" if content is None else str(content)
    inner = text if text.startswith("<") else "".join(p(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(cells: Sequence[object], properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(tc, cells))}</w:tr>"


def tbl(rows: Sequence[Sequence[object] | str]) -> str:
    return f"<w:tbl><w:tblGrid/>{''.join(row if isinstance(row, str) else tr(row) for row in rows)}</w:tbl>"


def heading() -> list[str]:
    """The two heading rows, merged as in Word."""
    wide = ("公开事项", "公开对象", "公开方式")
    spans = {True: '<w:gridSpan w:val="2"/>', False: '<w:vMerge w:val="restart"/>'}
    top = "".join(tc(label, spans[label in wide]) for label in HEADER[0] if label)
    below = "".join(tc(label, "" if label else "<w:vMerge/>") for label in HEADER[1])
    return [f"<w:tr>{top}</w:tr>", f"<w:tr>{below}</w:tr>"]


def read(tmp_path: Path, body: str, **notes: str) -> list[Directory]:
    related = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in notes)
    path = zipped(
        tmp_path / "a.docx",
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
            **{f"word/{kind}.xml": f"<w:{kind} {W}>{content}</w:{kind}>" for kind, content in notes.items()},
        },
    )
    return list(read_directories(path, name="a.docx"))


def one(tmp_path: Path, *cells: tuple[int, str], **notes: str) -> Directory:
    """The directory of one item, with some of its cells given as XML."""
    row: list[object] = [*BODY]
    for column, content in cells:
        row[column] = content
    (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), row]), **notes)
    return found


def troubles_of(found: Directory) -> list[tuple[TroubleKind, str | None]]:
    return [(trouble.kind, trouble.place.cell) for trouble in found.troubles]


def test_a_table_reads_as_in_a_workbook(tmp_path: Path) -> None:
    rows = [*heading(), BODY, SECOND]
    (found,) = read(tmp_path, p("") + p(TITLE) + tbl(rows) + p("填报人：张某"))
    merges = ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2")
    (same,) = read_directories(save(tmp_path / "a.xlsx", ([TITLE], *HEADER, BODY, SECOND), merges), name="a.docx")
    assert (found.title, found.domain, found.columns) == (same.title, same.domain, same.columns)
    assert found.items == same.items
    assert [item.rows for item in found.items] == [item.rows for item in same.items]
    assert "填报人：张某" in [note.text for note in found.notes]
    assert found.troubles == ()


def test_cells_merged_downwards_and_rows_that_begin_later(tmp_path: Path) -> None:
    first = tr(["1", "", *BODY[2:]]).replace(tc(""), tc("1.就业信息服务", '<w:vMerge w:val="restart"/>'))
    second = "<w:tr>" + tc("2") + tc("", "<w:vMerge/>") + "".join(map(tc, SECOND[2:])) + "</w:tr>"
    third = (
        '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>' + "".join(map(tc, ("1.3招聘会信息", *BODY[3:]))) + "</w:tr>"
    )
    (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), first, second, third]))
    assert [(item.level1, item.level2) for item in found.items] == [
        ("就业信息服务", "岗位信息发布"), ("就业信息服务", "求职信息登记"), ("就业信息服务", "招聘会信息"),
    ]  # fmt: skip


def test_a_table_below_the_words_of_a_cell_is_read_and_named(tmp_path: Path) -> None:
    found = one(tmp_path, (3, p("1.招聘单位") + tbl([["科室", "电话"]]) + p("")))
    assert (TroubleKind.BESIDE, "D4") in troubles_of(found)
    assert any("科室 电话" in trouble.message for trouble in found.troubles)


def test_a_table_may_go_on_in_another(tmp_path: Path) -> None:
    for again in ([], heading()):
        (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), BODY]) + p("") + tbl([*again, SECOND]))
        assert [item.level2 for item in found.items] == ["岗位信息发布", "求职信息登记"]


def test_several_tables(tmp_path: Path) -> None:
    other = p("附件2") + p("清源县社会保险领域基层政务公开标准目录")
    found = read(tmp_path, p(TITLE) + tbl([*heading(), BODY]) + other + tbl([*heading(), SECOND]))
    assert [table.domain for table in found] == ["employment", "social_insurance"]
    assert [len(table.items) for table in found] == [1, 1]


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


@pytest.mark.parametrize(
    "limit",
    [
        p(deleted(LIMIT), "<w:ins>" + r("10个工作日") + "</w:ins>"),
        p(f"<w:moveFrom>{r(LIMIT)}</w:moveFrom>", r("10个工作日")),
        p(r(LIMIT, "<w:strike/>"), r("10个工作日")),
        p(r(LIMIT, "<w:dstrike/>"), r("10个工作日", '<w:strike w:val="0"/>')),
        p(r(LIMIT, '<w:rStyle w:val="gone"/>'), r("10个工作日")),
        p(r(LIMIT, "<w:strike/>")) + p(r("10个工作日", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")),
        "<w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>" + r(LIMIT, "<w:strike/>") + r("10个工作日") + "</w:p>",
    ],
)
def test_what_is_deleted_or_struck_is_not_read_but_named(limit: str, tmp_path: Path) -> None:
    styles = '<w:style w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
    found = one(tmp_path, (5, limit), styles=styles)
    assert found.items[0].time_limit.text == "10个工作日"
    assert troubles_of(found) == [(TroubleKind.STRUCK, "F4")]
    assert LIMIT in found.troubles[0].message


def test_a_row_that_is_taken_out(tmp_path: Path) -> None:
    (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), BODY, tr(SECOND, "<w:del/>")]))
    assert [item.level2 for item in found.items] == ["岗位信息发布"]
    assert troubles_of(found) == [(TroubleKind.STRUCK, "A5")]
    assert "第 5 行整行" in found.troubles[0].message


def test_a_row_that_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), BODY, tr(SECOND, "<w:hidden/>")]))
    assert [item.level2 for item in found.items] == ["岗位信息发布", "求职信息登记"]
    assert troubles_of(found) == [(TroubleKind.HIDDEN, "A5")]


def box(ticked: bool, words: str) -> str:
    mark = "☒" if ticked else "☐"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent>{r(mark)}</w:sdtContent></w:sdt>{r(words)}"
    )


def field(ticked: bool, words: str) -> str:
    state = "<w:default w:val='0'/>" + "<w:checked/>" * ticked
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>{r(words)}"
    )


def symbol(ticked: bool, words: str) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if ticked else "F0A8"}"/></w:r>{r(words)}'


def letter(ticked: bool, words: str) -> str:
    return r("R" if ticked else "£", '<w:rFonts w:ascii="Wingdings 2"/>') + r(words)


@pytest.mark.parametrize("way", [box, field, symbol, letter])
def test_ticked_boxes_of_every_kind(way: object, tmp_path: Path) -> None:
    assert callable(way)
    channels = p(way(True, "政府网站 "), way(False, "政府公报 "), way(True, "政务服务中心"))
    found = one(tmp_path, (7, channels))
    assert found.items[0].channels == ("政府网站", "政务服务中心")
    assert found.troubles == ()


def test_what_lies_beside_the_text_is_named(tmp_path: Path) -> None:
    limit = p(LIMIT, '<w:r><w:commentReference w:id="0"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>')
    text = "<w:txbxContent>" + p("注：改为5个工作日") + "</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{text}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{text}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    hidden = r("不公开", "<w:vanish/>")
    found = one(
        tmp_path,
        (5, limit),
        (3, p("1.招聘单位", shape, picture, hidden)),
        comments='<w:comment w:id="0">' + p("本县改为10个工作日") + "</w:comment>",
        footnotes='<w:footnote w:id="2">' + p("自2026年起") + "</w:footnote>",
    )
    assert found.items[0].time_limit.text == LIMIT
    assert found.items[0].content == ("招聘单位",)
    assert [(trouble.kind, trouble.message) for trouble in found.troubles] == [
        (TroubleKind.BESIDE, "单元格 D4 处有文本框：“注：改为5个工作日”。"),
        (TroubleKind.BESIDE, "单元格 D4 处有一张图片，图片上的字没有读。"),
        (TroubleKind.HIDDEN, "D4 有隐藏的文字“不公开”，没有读。"),
        (TroubleKind.BESIDE, "单元格 F4 处有批注：“本县改为10个工作日”。"),
        (TroubleKind.BESIDE, "单元格 F4 处有脚注：“自2026年起”。"),
    ]


def test_a_table_within_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    found = one(tmp_path, (3, tbl([["1.招聘单位", "2.岗位要求"], ["3.地点", ""]]) + p("")))
    assert found.items[0].content == ("招聘单位", "岗位要求", "地点")


def test_a_table_within_a_frame_of_one_cell(tmp_path: Path) -> None:
    rows = [*heading(), BODY, *[(str(n), None, f"1.{n}{'服务' * 30}", *BODY[3:]) for n in range(2, 30)]]
    (found,) = read(tmp_path, p(TITLE) + tbl([[tbl(rows) + p("")]]))
    assert len(found.items) == 29


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (p("没有表"), "没有表格"),
        ("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30, "嵌套"),
        (tbl(['<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr></w:tc></w:tr>']), "列"),
        (p("<w:r>"), "结构损坏"),
        (tbl([["姓名", "电话"]]), "没有找到"),
        ("</w:tc></w:tr></w:tbl>", "结构损坏"),
        ("<w:tr><w:tc><w:p/></w:tc></w:tr><w:tc/>", "没有表格"),
    ],
)
def test_hostile_documents_are_refused(body: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, body)
    assert word in caught.value.trouble.message


def test_numbers_that_word_counts_itself_are_told(tmp_path: Path) -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:lvl><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
    )
    counted = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    content = counted.format(5, "招聘单位") + counted.format(5, "岗位要求")  # bullets have no meaning
    found = one(tmp_path, (2, counted.format(6, "岗位信息发布")), (3, content), numbering=lists)
    assert (found.items[0].level2, found.items[0].content) == ("岗位信息发布", ("招聘单位", "岗位要求"))
    assert [(trouble.place.cell, "1 处用了 Word 的自动编号" in trouble.message) for trouble in found.troubles] == [
        ("C4", True)
    ]


def test_a_count_of_pages_is_not_worth_a_word(tmp_path: Path) -> None:
    assert one(tmp_path, footer=f"<w:ftr>{p('第 1 页 共 2 页')}</w:ftr>").troubles == ()


def test_word_art_diagrams_heads_and_feet_are_told(tmp_path: Path) -> None:
    art = '<w:p><w:r><w:pict><v:shape><v:textpath string="试行版"/></v:shape></w:pict></w:r></w:p>'
    words = "<a:p><a:r><a:t>先登记</a:t></a:r></a:p>"
    found = one(
        tmp_path,
        (3, "<w:p/>" + art),
        header=f"<w:hdr>{p('内部资料')}</w:hdr>",
        footer=f"<w:ftr>{p('张某打印')}</w:ftr>",
        diagramData=words,
    )
    messages = "".join(trouble.message for trouble in found.troubles)
    assert all(f"{what}：“{text}”" in messages for what, text in (
        ("艺术字", "试行版"), ("页眉", "内部资料"), ("页脚", "张某打印"), ("图示", "先登记"),
    ))  # fmt: skip


def blank(text: str) -> str:
    sdt = f"<w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent>"
    return f"<w:p><w:sdt>{sdt}</w:sdt></w:p>"


def test_a_blank_that_nobody_filled_in_says_nothing(tmp_path: Path) -> None:
    found = one(tmp_path, (3, blank("单击或点击此处输入文字。")), (5, p(LIMIT)))
    assert (found.items[0].content, found.items[0].time_limit.text) == ((), LIMIT)


def coded(code: str, result: str = "") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + r(result) if result else ""
    return f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{mark.format('end')}"


@pytest.mark.parametrize(
    ("code", "result", "limit", "named"),
    [
        ("= 10 + 10", "20", LIMIT, False),
        ("EQ \\o\\ac(○,3)", "", "③个工作日", False),
        ("MERGEFIELD 时限", "", "个工作日", True),
        ("XE 时限", "", "个工作日", False),
    ],
)
def test_a_field_shows_its_result(code: str, result: str, limit: str, named: bool, tmp_path: Path) -> None:
    found = one(tmp_path, (5, p(coded(code, result), "个工作日")))
    assert found.items[0].time_limit.text == limit
    assert [each for each in troubles_of(found) if each[0] is TroubleKind.BESIDE] == [
        (TroubleKind.BESIDE, "F4")
    ] * named


def test_a_tick_in_a_frame_is_a_tick(tmp_path: Path) -> None:
    found = one(tmp_path, (8, p(coded("EQ \\o\\ac(□,√)"))))
    assert found.items[0].audience == ("全社会",)
    assert found.troubles == ()


@pytest.mark.parametrize(
    "content",
    [
        p("1.招聘单位", '<w:r><w:object><o:OLEObject xmlns:o="urn:o" ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        '<w:altChunk r:id="x"/>' + p("1.招聘单位"),
    ],
)
def test_what_another_program_put_in_is_named(content: str, tmp_path: Path) -> None:
    assert troubles_of(one(tmp_path, (3, content))) == [(TroubleKind.BESIDE, "D4")]


def test_a_cell_that_is_taken_out(tmp_path: Path) -> None:
    cells = "".join(tc(value, "<w:cellDel/>" if at == 5 else "") for at, value in enumerate(BODY))
    (found,) = read(tmp_path, p(TITLE) + tbl([*heading(), f"<w:tr>{cells}</w:tr>"]))
    assert found.items[0].time_limit.text == ""
    assert troubles_of(found) == [(TroubleKind.STRUCK, "F4")]


def test_what_a_style_hides_is_not_read(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="above"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="gone"><w:basedOn w:val="above"/></w:style>'
    )
    found = one(tmp_path, (3, p("1.招聘单位", r("，不公开", '<w:rStyle w:val="gone"/>'))), styles=styles)
    assert found.items[0].content == ("招聘单位",)
    assert troubles_of(found) == [(TroubleKind.HIDDEN, "D4")]


@pytest.mark.parametrize("look", ['<w:bdr w:val="single"/>', '<w:shd w:fill="FFFF00"/>'])
def test_choices_that_only_a_frame_tells_are_named(look: str, tmp_path: Path) -> None:
    found = one(tmp_path, (7, p(r("政府网站", look), "、政府公报、两微一端")))
    assert troubles_of(found) == [(TroubleKind.WRONG_VALUE, "H4")]
