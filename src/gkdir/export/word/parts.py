"""The parts of a Word file other than its text: types, relations, properties, styles, header with watermark, footer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gkdir.export.word.markup import TEXT_WIDTH, xml

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONTS = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{1}" w:cs="{0}"/>'
_SONG, _HEI, _KAI = (_FONTS.format("Times New Roman", font) for font in ("宋体", "黑体", "楷体"))


def document(body: str) -> bytes:
    """The text itself, on A4, with header and footer."""
    margins = 'w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"'
    return _part(
        f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"><w:body>{body}'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{TEXT_WIDTH + 2 * 1134}" w:h="16838"/><w:pgMar {margins}/></w:sectPr></w:body></w:document>'
    )


class FileProperties(Struct, frozen=True):
    """The properties of the file: its title, its author and its date."""

    title: str
    maker: str
    dated: date


def around(properties: FileProperties, foot: str, watermark: str) -> Mapping[str, bytes]:
    """All parts except the text: ``foot`` is the footer of every page, ``watermark`` goes across it unless empty."""
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
    return f"{_DECLARATION}{markup}".encode()


def _core(file: FileProperties) -> bytes:
    day = f'xsi:type="dcterms:W3CDTF">{file.dated.isoformat()}T00:00:00Z'
    return _part(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml(file.title)}</dc:title><dc:creator>{xml(file.maker)}</dc:creator><dc:language>zh-CN</dc:language>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified></cp:coreProperties>"
    )


def _header(watermark: str) -> bytes:
    """The words drawn as one shape behind the text, as Word itself does it."""
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
    """A style: its id, the name that Word knows it by, and the markup for paragraphs, for letters, and before both."""

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
    f'<Types xmlns="{_PACKAGE}/content-types">'
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
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = _part(
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, kind, target in (
            (1, "styles", "styles.xml"),
            (2, "settings", "settings.xml"),
            (3, "header", "header1.xml"),
            (4, "footer", "footer1.xml"),
        )
    )
    + "</Relationships>"
)
