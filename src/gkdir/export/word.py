"""A described Form → its Word file: the blank to fill in, or the filled sample; 填写说明 on the last page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from html import escape

import msgspec
from msgspec import Struct

from gkdir.export.cells import clean
from gkdir.export.packing import Deflated, deflated, packed
from gkdir.export.spreadsheet import DECLARED, OFFICE, PACKAGE
from gkdir.kepttexts import kept_texts
from gkdir.model.guide import Form, FormField, FormSection
from gkdir.service.form import Blank, form_lines

COLUMNS = 24
"""The number of columns in the grid of every table, two for each twelfth of a line."""
TEXT_WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page: 17 cm."""


class WordCell(Struct, frozen=True):
    """A cell that is ``span`` columns of the grid wide; ``shaded`` for a label."""

    content: str
    span: int
    shaded: bool = False


class WordRow(Struct, frozen=True):
    """A row of cells, at least ``height`` twentieths of a point high; ``head`` is repeated on every page."""

    cells: tuple[WordCell, ...]
    height: int = 440
    head: bool = False


def xml(text: str) -> str:
    """The text escaped for XML content and attributes."""
    return escape(clean(text))


def run(text: str, style: str = "") -> str:
    """Text with one character style; line breaks are kept."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{xml(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def paragraph(style: str, *runs: str, new_page: bool = False) -> str:
    """A paragraph with one of the file's styles."""
    fresh = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{fresh}</w:pPr>{"".join(runs)}</w:p>'


def table(title: str, about: str, lines: Iterable[WordRow]) -> str:
    """A table with a title and a description for screen readers."""
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Form"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val="{xml(title)}"/><w:tblDescription w:val="{xml(about)}"/></w:tblPr>'
        f"<w:tblGrid>{_GRID}</w:tblGrid>{''.join(map(_row, lines))}</w:tbl>"
    )


def _row(line: WordRow) -> str:
    head = "<w:tblHeader/>" if line.head else ""
    cells, column = [], 0
    for cell in line.cells:
        width = _edge(column + cell.span) - _edge(column)
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F3F0EA"/>' if cell.shaded else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>{shade}'
            f'<w:vAlign w:val="center"/></w:tcPr>{cell.content}</w:tc>'
        )
        column += cell.span
    height = f'<w:trHeight w:val="{line.height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _edge(column: int) -> int:
    """Where a column of the grid begins, rounded from the total so that rounding errors do not add up."""
    return TEXT_WIDTH * column // COLUMNS


_GRID = "".join(f'<w:gridCol w:w="{_edge(column + 1) - _edge(column)}"/>' for column in range(COLUMNS))


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONTS = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{1}" w:cs="{0}"/>'
_SONG, _HEI, _KAI = (_FONTS.format("Times New Roman", font) for font in ("宋体", "黑体", "楷体"))


def document(body: str) -> bytes:
    """The main part of the file: the text on A4, with header and footer."""
    margins = 'w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"'
    return _part(
        f'<w:document xmlns:w="{_WORD}" xmlns:r="{OFFICE}/relationships"><w:body>{body}'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{TEXT_WIDTH + 2 * 1134}" w:h="16838"/><w:pgMar {margins}/></w:sectPr></w:body></w:document>'
    )


class FileProperties(Struct, frozen=True):
    """The properties of the file: its title, its author and its date."""

    title: str
    maker: str
    dated: date


def around(properties: FileProperties, foot: str, watermark: str) -> Mapping[str, bytes]:
    """All parts but the main one: ``foot`` is the footer of every page, ``watermark`` goes across it unless empty."""
    return {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(properties),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLE_PART,
        "word/settings.xml": _SETTINGS,
        "word/header1.xml": _header(watermark),
        "word/footer1.xml": _footer(foot),
    }


def _part(markup: str) -> bytes:
    return f"{DECLARED}{markup}".encode()


def _core(file: FileProperties) -> bytes:
    day = f'xsi:type="dcterms:W3CDTF">{file.dated.isoformat()}T00:00:00Z'
    return _part(
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml(file.title)}</dc:title><dc:creator>{xml(file.maker)}</dc:creator><dc:language>zh-CN</dc:language>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified></cp:coreProperties>"
    )


def _header(watermark: str) -> bytes:
    """The watermark as a shape behind the text, as Word itself draws it."""
    shape = (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="watermark" type="#_x0000_t136" alt="{xml(watermark)}" style="position:absolute;margin-left:0;'
        "margin-top:0;width:440pt;height:110pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
        '" fillcolor="#e3b5b1" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;黑体&quot;" string="{xml(watermark)}"/></v:shape></w:pict></w:r>'
    )
    return _part(
        f'<w:hdr xmlns:w="{_WORD}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        f'office"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{shape if watermark else ""}</w:p></w:hdr>'
    )


def _footer(foot: str) -> bytes:
    def number(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def words(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{xml(text)}</w:t></w:r>'

    return _part(
        f'<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words(foot + "　第")}'
        f"{number('PAGE')}{words('页，共')}{number('NUMPAGES')}{words('页')}</w:p></w:ftr>"
    )


class _Style(Struct, frozen=True):
    """A style: its id, the name by which Word knows it, the markup for paragraphs, for characters, and before both."""

    id: str
    name: str
    paragraph: str = ""
    letters: str = ""
    more: str = ""
    kind: str = "paragraph"

    @property
    def markup(self) -> str:
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = '<w:basedOn w:val="Normal"/>' if self.kind == "paragraph" and not default else ""
        return (
            f'<w:style w:type="{self.kind}"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"{self.more}{_within('w:pPr', self.paragraph)}{_within('w:rPr', self.letters)}</w:style>"
        )


def _within(tag: str, markup: str) -> str:
    return f"<{tag}>{markup}</{tag}>" if markup else ""


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


_CENTRED, _SMALL = '<w:jc w:val="center"/>', _size(9)
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NEXT = "<w:keepNext/><w:keepLines/>"

_STYLES = (
    _Style("Normal", "Normal"),
    _Style("Title", "Title", f'<w:spacing w:after="120"/>{_CENTRED}', f"{_HEI}{_size(18)}"),
    _Style(
        "Heading1",
        "heading 1",
        f'{_NEXT}<w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="0"/>',
        f"{_HEI}{_size(12)}",
    ),
    _Style("Note", "Note", '<w:spacing w:after="80"/>', _size(10)),
    _Style("SampleNote", "Sample Note", f'<w:spacing w:after="80"/>{_CENTRED}', '<w:color w:val="A6231B"/>'),
    _Style("Label", "Label"),
    _Style("Value", "Value"),
    _Style("Header", "header", _CENTRED, _SMALL),
    _Style("Footer", "footer", _CENTRED, _SMALL),
    _Style("Filled", "Filled", letters=f'{_KAI}<w:color w:val="1B4B82"/>{_size(11)}', kind="character"),
    _Style("Aside", "Aside", letters=_SMALL, kind="character"),
    _Style(
        "Form",
        "Form",
        more=f'<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>",
        kind="table",
    ),
)
_STYLE_PART = _part(
    f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_SONG}{_size(10.5)}'
    '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    f"{''.join(style.markup for style in _STYLES)}</w:styles>"
)
_SETTINGS = _part(
    f'<w:settings xmlns:w="{_WORD}"><w:zoom w:percent="100"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_CONTENT_TYPES = _part(
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPE}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = _part(
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = _part(
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, kind, target in (
            (1, "styles", "styles.xml"),
            (2, "settings", "settings.xml"),
            (3, "header", "header1.xml"),
            (4, "footer", "footer1.xml"),
        )
    )
    + "</Relationships>"
)


SAMPLE = "示范文本"
_FICTION = "示范文本：姓名、号码都是虚构的，只用来说明怎样填写"
_NARROW = 3
"""Up to this span, in twelfths of a line, a label is above its blank, else next to it."""
_ROW, _TALL = 560, 1100
"""Heights in twentieths of a point: one centimetre to write a line in, two for a signature."""
_MAX_CACHED = 256
"""How many forms' texts are cached for the next run; the national forms make about a hundred."""
_JOIN = "\u00a0"
"""A no-break space, between a box and its words."""
_MARKDOWN = re.compile(r"\*\*|`|^[#>\s]+|^\s*[-*+]\s+", re.MULTILINE)


def word_form(form: Form, sample: bool, county: str, dated: date) -> bytes:
    """The file's bytes, the same for the same form.

    ``county`` is the name of who offers it, ``dated`` the day of the file.
    """
    title = f"{form.title}（{SAMPLE if sample else '空白表'}）"
    mark = SAMPLE if sample else ""
    return packed(
        {
            **around(FileProperties(title, county, dated), f"{county}　{title}", mark),
            "word/document.xml": _text(form, sample),
        }
    )


@lru_cache(maxsize=128)  # national forms recur in every county, and this is faster than making their keys
def _text(form: Form, sample: bool) -> Deflated:
    kept = kept_texts("word", _MAX_CACHED, Deflated)
    key = sha256(msgspec.msgpack.encode((form, sample))).hexdigest()
    if kept.lacking((key,)):
        kept.add({key: deflated(document("".join(_body(form, sample))))})
    return kept.made[key]


def _body(form: Form, sample: bool) -> Iterator[str]:
    yield paragraph("Title", run(form.title))
    if sample:
        yield paragraph("SampleNote", run(_FICTION))
    if form.note:
        yield paragraph("Note", run(form.note))
    for section in form.sections:
        yield paragraph("Heading1", run(section.title))
        yield table(section.title, "每个栏目的名称在左边或者上面，要填的内容在右边或者下面。", _lines(section, sample))
    helps = [field for section in form.sections for field in section.fields if field.help]
    if helps or form.instructions:
        yield paragraph("Heading1", run("填写说明"), new_page=True)
    if helps:
        yield table("填写说明", "左边是栏目，右边是怎么填。", _helps(helps))
    for text in (form.instructions or "").split("\n\n"):
        if text.strip():
            yield paragraph("Note", run(_MARKDOWN.sub("", text).strip()))
    yield paragraph("Note")  # Word requires a paragraph after a table


def _lines(section: FormSection, sample: bool) -> Iterator[WordRow]:
    line: list[Blank] = []
    for blank in form_lines(section.fields):
        line.append(blank)
        if sum(each.span for each in line) >= COLUMNS // 2:
            yield _line(line, sample)
            line = []
    if line:
        yield _line(line, sample)


def _line(blanks: list[Blank], sample: bool) -> WordRow:
    tall = any(blank.field.kind in ("多行", "签名") for blank in blanks)
    return WordRow(tuple(cell for blank in blanks for cell in _cells(blank, sample)), _TALL if tall else _ROW)


def _cells(blank: Blank, sample: bool) -> Iterator[WordCell]:
    field, span = blank.field, blank.span * 2
    label = run(field.label) + ("" if field.required else run("（可不填）", "Aside"))
    if blank.span <= _NARROW:
        yield WordCell(paragraph("Label", label) + paragraph("Value", _value(field, sample)), span)
        return
    named = 3 if blank.span == _NARROW + 1 else 4
    yield WordCell(paragraph("Label", label), named, shaded=True)
    yield WordCell(paragraph("Value", _value(field, sample)), span - named)


def _value(field: FormField, sample: bool) -> str:
    example = (field.example or "") if sample else ""
    if field.choices:
        chosen = {example, *example.split("、")}
        return run("　".join(("☑" if choice in chosen else "□") + _JOIN + choice for choice in field.choices))
    if field.kind == "勾选":
        return run("☑" if example else "□")
    if example:
        return run(example, "Filled")
    return run("　　　年　　月　　日") if field.kind == "日期" else ""


def _helps(fields: list[FormField]) -> Iterator[WordRow]:
    head = (
        WordCell(paragraph("Label", run("栏目")), 6, shaded=True),
        WordCell(paragraph("Label", run("怎么填")), 18, shaded=True),
    )
    yield WordRow(head, head=True)
    for field in fields:
        more = f"可选：{'、'.join(field.choices)}。" if len(field.choices) > 1 else ""
        more += "" if field.required else "可以不填。"
        yield WordRow(
            (
                WordCell(paragraph("Label", run(field.label)), 6),
                WordCell(paragraph("Value", run(f"{field.help}{more}")), 18),
            )
        )
