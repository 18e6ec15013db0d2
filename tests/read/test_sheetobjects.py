"""What a sheet has besides cells: text boxes and pictures are reported, check boxes count for their cell."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, OFFICE, RELATIONS, parts, worksheet, zipped

DRAWING = (
    '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a" xmlns:mc="urn:mc" xmlns:a14="urn:a14" xmlns:r="urn:r">{}</xdr:wsDr>'
)
VML = '<xml xmlns:v="urn:v" xmlns:o="urn:o" xmlns:x="urn:excel">{}</xml>'
CHANNELS = ("政府网站", "政府公报", "政务服务中心")


def read(tmp_path: Path, extra: Mapping[str, str | bytes], channels: str | None = None, more: str = "") -> Directory:
    """The directory of one item in row 3, with its channels in H3."""
    kinds = {
        "xl/drawings/drawing1.xml": "drawing",
        "xl/drawings/vmlDrawing1.vml": "vmlDrawing",
        "xl/ctrlProps/ctrlProp1.xml": "ctrlProp",
        "xl/activeX/activeX1.xml": "control",
        "xl/embeddings/表.docx": "package",
        "xl/embeddings/oleObject1.bin": "oleObject",
    }
    related = "".join(
        f'<Relationship Id="{kinds[part]}" Type="{OFFICE}/{kinds[part]}" Target="/{part}"/>'
        for part in extra
        if part in kinds
    )
    body = (*BODY[:7], channels, *BODY[8:])
    sheet = worksheet((*HEADER, body)).replace("</worksheet>", f"{more}</worksheet>")
    rels = f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>'
    path = zipped(tmp_path / "a.xlsx", parts(sheet, {"xl/worksheets/_rels/sheet1.xml.rels": rels, **extra}))
    (directory,) = read_directories(path, name="a.xlsx")
    return directory


def troubles_of(directory: Directory) -> list[tuple[TroubleKind, str | None, str]]:
    return [(trouble.kind, trouble.place.cell, trouble.message) for trouble in directory.troubles]


def anchor(content: str, kind: str = "twoCellAnchor") -> str:
    place = "<xdr:from><xdr:col>3</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>7</xdr:row></xdr:from>"
    until = "<xdr:to><xdr:col>8</xdr:col><xdr:row>11</xdr:row></xdr:to>"
    return f"<xdr:{kind}>{'' if kind == 'absoluteAnchor' else place + until}{content}</xdr:{kind}>"


def box(*lines: str) -> str:
    runs = "<a:p><a:r><a:rPr/><a:t>{}</a:t></a:r><a:r><a:t>{}</a:t></a:r></a:p>"
    paragraphs = "".join(runs.format(line[:2], line[2:]) for line in lines)
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr name="文本框 1"/></xdr:nvSpPr><xdr:txBody>{paragraphs}</xdr:txBody></xdr:sp>'
    )


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (anchor(box("注：时限改为5个工作日")), [("D8", "注：时限改为5个工作日")]),
        (anchor(box("第一行", "第二行"), "oneCellAnchor"), [("D8", "第一行 第二行")]),
        (anchor(box("没有位置"), "absoluteAnchor"), [(None, "没有位置")]),
        (
            anchor(f"<xdr:grpSp>{box('组里的一')}{box('组里的二')}</xdr:grpSp>"),
            [("D8", "组里的一"), ("D8", "组里的二")],
        ),
        (
            f"<mc:AlternateContent><mc:Choice>{anchor(box('只读一次'))}</mc:Choice>"
            f"<mc:Fallback>{anchor(box('只读一次'))}</mc:Fallback></mc:AlternateContent>",
            [("D8", "只读一次")],
        ),
        (anchor(box("")), []),
    ],
)
def test_text_boxes_are_named_where_they_begin(
    drawing: str, expected: list[tuple[str | None, str]], tmp_path: Path
) -> None:
    found = read(tmp_path, {"xl/drawings/drawing1.xml": DRAWING.format(drawing)})
    assert [kind for kind, _, _ in troubles_of(found)] == [TroubleKind.BESIDE] * len(expected)
    assert [
        (cell, message.partition("：“")[2].removesuffix("”。")) for _, cell, message in troubles_of(found)
    ] == expected


def test_pictures_are_named_with_their_description(tmp_path: Path) -> None:
    picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr name="图片 1" descr="{}"/></xdr:nvPicPr></xdr:pic>'
    drawing = anchor(picture.format("时限一览")) + anchor(picture.format(""))
    found = read(tmp_path, {"xl/drawings/drawing1.xml": DRAWING.format(drawing)})
    assert troubles_of(found) == [
        (TroubleKind.BESIDE, "D8", "单元格 D8 处有一张图片（时限一览），图片上的字没有读。"),
        (TroubleKind.BESIDE, "D8", "单元格 D8 处有一张图片，图片上的字没有读。"),
    ]


def shape(kind: str, label: str, checked: str = "", anchored: str = "7, 5, 2, {0}, 7, 90, 2, {1}", at: int = 0) -> str:
    place = anchored.format(at * 15, at * 15 + 14)
    text = f"<v:textbox><div><font>{label}</font></div></v:textbox>" if label else ""
    return (
        f'<v:shape id="_x0000_s{1025 + at}">{text}<x:ClientData ObjectType="{kind}"><x:Anchor>{place}</x:Anchor>'
        f"{checked}</x:ClientData></v:shape>"
    )


def boxes(labels: tuple[str, ...], ticked: tuple[int, ...], kind: str = "Checkbox") -> str:
    return VML.format(
        "".join(
            shape(kind, label, "<x:Checked>1</x:Checked>" if at in ticked else "", at=at)
            for at, label in enumerate(labels)
        )
    )


@pytest.mark.parametrize(
    ("labels", "cell", "ticked", "channels"),
    [
        (CHANNELS, None, (0, 2), ("政府网站", "政务服务中心")),
        (CHANNELS, "\n".join(CHANNELS), (0, 2), ("政府网站", "政务服务中心")),
        (CHANNELS, "、".join(CHANNELS), (1,), ("政府公报",)),
        (CHANNELS, "\n".join(CHANNELS), (), ()),
        (("", "", ""), "\n".join(CHANNELS), (1,), ("政府公报",)),
        (("Check Box 1", "复选框 2", "Option Button 3"), "\n".join(CHANNELS), (1,), ("政府公报",)),
    ],
)
@pytest.mark.parametrize("kind", ["Checkbox", "Radio"])
def test_boxes_say_which_words_are_chosen(
    labels: tuple[str, ...],
    cell: str | None,
    ticked: tuple[int, ...],
    channels: tuple[str, ...],
    kind: str,
    tmp_path: Path,
) -> None:
    found = read(tmp_path, {"xl/drawings/vmlDrawing1.vml": boxes(labels, ticked, kind)}, cell)
    assert found.items[0].channels == channels
    assert len(found.troubles) == (not channels), found.troubles  # if all boxes are blank, that is reported


@pytest.mark.parametrize(
    ("labels", "cell"),
    [
        (("政府网站", "广播电视"), "\n".join(CHANNELS)),  # other words than in the cell
        (CHANNELS[:2], "\n".join(CHANNELS)),  # fewer boxes than words
        (("", ""), "\n".join(CHANNELS)),
        (("政府网站", ""), "\n".join(CHANNELS[:2])),
    ],
)
def test_boxes_that_do_not_match_the_words_are_named(labels: tuple[str, ...], cell: str, tmp_path: Path) -> None:
    found = read(tmp_path, {"xl/drawings/vmlDrawing1.vml": boxes(labels, (0,))}, cell)
    ((kind, where, message),) = troubles_of(found)
    assert (kind, where) == (TroubleKind.WRONG_VALUE, "H3")
    assert message.startswith(f"单元格 H3 上有 {len(labels)} 个复选框控件")


def test_a_box_that_is_neither_is_named(tmp_path: Path) -> None:
    vml = VML.format(shape("Checkbox", "政府网站", "<x:Checked>2</x:Checked>"))
    assert [(kind, cell) for kind, cell, _ in troubles_of(read(tmp_path, {"xl/drawings/vmlDrawing1.vml": vml}))] == [
        (TroubleKind.WRONG_VALUE, "H3")
    ]


def test_a_box_alone_ticks_its_column(tmp_path: Path) -> None:
    place = "{}, 5, 2, 5, {}, 20, 2, 19"
    ticked = shape("Checkbox", "", "<x:Checked/>", place.format(9, 9))
    blank = shape("Checkbox", "", "", place.format(11, 11), at=1)
    found = read(tmp_path, {"xl/drawings/vmlDrawing1.vml": VML.format(ticked + blank)}, "■政府网站")
    assert found.items[0].audience == ("全社会", "特定群体")
    assert found.items[0].mode == ("主动",)
    assert found.troubles == ()


def test_a_box_on_a_merged_area_is_one_of_its_first_cell(tmp_path: Path) -> None:
    vml = VML.format(
        "".join(
            shape("Checkbox", label, "<x:Checked/>" * (at != 1), f"7, 5, {2 + at}, 1, 7, 9, {2 + at}, 15", at)
            for at, label in enumerate(CHANNELS)
        )
    )
    rows = (*HEADER, (*BODY[:7], None, *BODY[8:]), (None, None, None, "3.地点"), (None, None, None, "4.日期"))
    relation = f'<Relationship Id="v" Type="{OFFICE}/vmlDrawing" Target="/xl/v.vml"/>'
    rels = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    sheet = worksheet(rows, (*HEADER_MERGES, "H3:H5", "C3:C5"))
    path = zipped(tmp_path / "a.xlsx", parts(sheet, {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/v.vml": vml}))
    (found,) = read_directories(path, name="a.xlsx")
    assert found.items[0].channels == ("政府网站", "政务服务中心")


def test_other_shapes_of_old_drawings(tmp_path: Path) -> None:
    vml = VML.format(
        shape("Note", "旧批注的框")
        + shape("Button", "打印")
        + shape("GBox", "时限以批注为准")
        + shape("Drop", "")
        + '<v:shape id="_x0000_s9"><v:imagedata/><x:ClientData ObjectType="Pict"><x:Anchor>7, 5, 2, 3, 7, 9, 2, 9'
        "</x:Anchor></x:ClientData></v:shape>" + "<v:shape id='watermark'><v:imagedata/></v:shape>"
    )
    found = read(tmp_path, {"xl/drawings/vmlDrawing1.vml": vml}, "■政府网站")
    assert [message for _, _, message in troubles_of(found)] == [
        "单元格 H3 处有文本框：“时限以批注为准”。",
        "单元格 H3 处有下拉框控件：“选了什么，文件里没有写成文字”。",
        "单元格 H3 处有一张图片，图片上的字没有读。",
    ]


def test_html_in_an_old_drawing_is_borne_with_and_nonsense_is_named(tmp_path: Path) -> None:
    broken = boxes(CHANNELS, (0,)).replace("<font>", "<br><font>")
    assert read(tmp_path, {"xl/drawings/vmlDrawing1.vml": broken}).items[0].channels == ("政府网站",)
    nonsense = troubles_of(read(tmp_path, {"xl/drawings/vmlDrawing1.vml": "<xml><v:shape></xml>"}))
    assert [(kind, cell) for kind, cell, _ in nonsense] == [(TroubleKind.WRONG_VALUE, None)]


CONTROLS = """<controls xmlns:mc="urn:mc" xmlns:xdr="urn:x" xmlns:r="urn:r"><mc:AlternateContent><mc:Choice>
<control shapeId="1025" r:id="{0}" name="Check Box 1"><controlPr><anchor><from><xdr:col>7</xdr:col><xdr:row>2</xdr:row>
</from><to><xdr:col>8</xdr:col><xdr:row>3</xdr:row></to></anchor></controlPr></control></mc:Choice><mc:Fallback>
<control shapeId="1025" r:id="{0}"/></mc:Fallback></mc:AlternateContent></controls>"""
LABEL = """<xdr:sp><xdr:nvSpPr><xdr:cNvPr name="Check Box 1" hidden="1"><a:extLst><a:ext><a14:compatExt
spid="_x0000_s1025"/></a:ext></a:extLst></xdr:cNvPr></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>政府网站</a:t></a:r></a:p>
</xdr:txBody></xdr:sp>"""


@pytest.mark.parametrize("vml", [True, False])
@pytest.mark.parametrize(
    ("state", "channels"), [('checked="Checked"', ("政府网站",)), ("", ()), ('checked="Mixed"', ())]
)
def test_the_part_of_a_form_control_says_whether_it_is_ticked(
    state: str, channels: tuple[str, ...], vml: bool, tmp_path: Path
) -> None:
    extra = {
        "xl/ctrlProps/ctrlProp1.xml": f'<formControlPr objectType="CheckBox" {state}/>',
        "xl/drawings/drawing1.xml": DRAWING.format(anchor(LABEL)),
    }
    if vml:
        extra["xl/drawings/vmlDrawing1.vml"] = VML.format(shape("Checkbox", ""))
    found = read(tmp_path, extra, more=CONTROLS.format("ctrlProp"))
    assert found.items[0].channels == channels
    assert len(found.troubles) == (not channels)


OCX = '<ax:ocx ax:classid="{{8BD21D40-EC42-11CE-9E0D-00AA006002F3}}" ax:persistence="{}" xmlns:ax="urn:ax">{}</ax:ocx>'


@pytest.mark.parametrize(("value", "channels"), [("1", ("政府网站",)), ("0", ()), ("", ())])
@pytest.mark.parametrize("binary", [True, False])
def test_activex_boxes(value: str, channels: tuple[str, ...], binary: bool, tmp_path: Path) -> None:
    bag = f'<ax:ocxPr ax:name="Caption" ax:value="政府网站"/><ax:ocxPr ax:name="Value" ax:value="{value}"/>'
    control = OCX.format("persistStreamInit", "") if binary else OCX.format("persistPropertyBag", bag)
    drawing = VML.format(shape("Pict", ""))
    extra: dict[str, str | bytes] = {"xl/activeX/activeX1.xml": control, "xl/drawings/vmlDrawing1.vml": drawing}
    if binary:
        caption = "政府网站".encode("utf-16-le")
        mask = 1 << 0 | 1 << 6 | 1 << 8 | 1 << 22 | 1 << 23
        block = struct.pack("<IB3xII", 0x2C80_081B, 4, len(value) | 1 << 31, len(caption))
        extra_block = struct.pack("<ii", 2000, 500) + value.encode().ljust(4 if value else 0, b"\0") + caption
        data = bytes(16) + struct.pack("<BBHQ", 0, 2, 8 + len(block + extra_block), mask) + block + extra_block
        extra["xl/activeX/activeX1.bin"] = data
        extra["xl/activeX/_rels/activeX1.xml.rels"] = (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="b" Type="{OFFICE}/activeXControlBinary" '
            'Target="activeX1.bin"/></Relationships>'
        )
    found = read(tmp_path, extra, more=CONTROLS.format("control"))
    assert found.items[0].channels == channels
    assert len(found.troubles) == (not channels)
    assert all("政府网站" in trouble.message for trouble in found.troubles)


@pytest.mark.parametrize("part", ["xl/embeddings/表.docx", "xl/embeddings/oleObject1.bin"])
def test_what_another_program_put_in_is_named(part: str, tmp_path: Path) -> None:
    ((kind, cell, message),) = troubles_of(read(tmp_path, {part: b"x"}, "■政府网站"))
    assert (kind, cell) == (TroubleKind.BESIDE, None)
    assert part.rpartition("/")[2] in message
