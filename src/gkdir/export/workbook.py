"""Laid directories → the bytes of one .xlsx workbook in the national layout, a sheet each.

The layout is always the same, so the parts are written as text: openpyxl takes longer to load than all pages to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import groupby

from gkdir.export.cells import clean, looks_like_formula, sheet_name
from gkdir.export.layout import SheetBody, grid
from gkdir.export.packing import packed
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import LaidDirectory

_TITLE, _HEADING, _BODY, _MARK = 1, 2, 3, 4
_GUARDED = 4
"""What is added to a style where a program must not take the text for a formula."""
_A3 = 8
_FIRST_BODY_ROW = 4
_LINE_HEIGHT, _ROW_MARGIN, _TALLEST = 14.0, 6.0, 409.0  # points; 409 is the tallest row Excel knows
_LONGEST = 32_767  # characters of a cell that programs take
_HEADING_HEIGHTS = (36, 28, 28)

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(directories: Sequence[LaidDirectory], place: str, dated: date | None = None) -> bytes:
    """The workbook of ``place`` (its full name, which begins each title), the same bytes for the same input.

    ``dated`` is the file's date; without it the newest review date of the directories, else that of the notice.
    Every cell is text (running numbers apart): nothing that a person wrote becomes a formula.
    """
    names: list[str] = []
    for directory in directories:
        names.append(sheet_name(directory.title, names))
    reviewed = [directory.reviewed for directory in directories if directory.reviewed]
    parts = {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
                "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _properties(dated or max(reviewed, default=NOTICE_DATE)),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{n}": (f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{n}.xml") for n in _numbers(names)}
            | {"styles": (f"{_OFFICE}/relationships/styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": _book(names),
    }
    for number, directory in enumerate(directories, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(title(directory, place), grid(directory))
    return packed({name: f"{_DECLARED}{text}".encode() for name, text in parts.items()})


def title(directory: LaidDirectory, place: str) -> str:
    """The title above the table: 清源县就业领域基层政务公开标准目录."""
    return directory.title if directory.title.startswith(place) else place + directory.title


def lines_in(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width."""
    # GBK spends two bytes on what takes two columns, one on what takes one; the cell's padding takes one more.
    return sum(max(1, -(-len(line.encode("gbk", "replace")) // (width - 1))) for line in text.split("\n"))


def _numbers(names: Sequence[str]) -> range:
    return range(1, len(names) + 1)


def _types(sheets: int) -> str:
    overrides = {
        "/xl/workbook.xml": f"{_CONTENT}.sheet.main+xml",
        "/xl/styles.xml": f"{_CONTENT}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides |= {f"/xl/worksheets/sheet{n}.xml": f"{_CONTENT}.worksheet+xml" for n in range(1, sheets + 1)}
    said = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    said = (f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(said)}</Relationships>'


def _properties(dated: date) -> str:
    day = f"{dated.isoformat()}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:creator>gkdir</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def _book(names: Sequence[str]) -> str:
    sheets = "".join(f'<sheet name="{_in_xml(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    quoted = [_in_xml(name.replace("'", "''")) for name in names]
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">\'{name}\'!$2:$3</definedName>'
        for n, name in enumerate(quoted)
    )
    return (
        f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}/relationships"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{repeated}</definedNames></workbook>"
    )


def _sheet(heading: str, body: SheetBody) -> str:
    width = len(body.columns)
    fixed = 1 + sum(column.heading == body.columns[1].heading for column in body.columns)
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>' for n, column in enumerate(body.columns, 1)
    )
    merged = [f"A1:{_letter(width - 1)}1", *_merged_headings(body)]
    for span in body.spans:
        letter = _letter(span.column)
        merged.append(f"{letter}{span.first + _FIRST_BODY_ROW}:{letter}{span.last + _FIRST_BODY_ROW}")
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        f'<worksheet xmlns="{_SHEETS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{_letter(width - 1)}{len(body.rows) + _FIRST_BODY_ROW - 1}"/>'
        f'<sheetViews><sheetView workbookViewId="0"><pane xSplit="{fixed}" ySplit="{_FIRST_BODY_ROW - 1}"'
        f' topLeftCell="{_letter(fixed)}{_FIRST_BODY_ROW}" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>{''.join(_rows(heading, body))}</sheetData>"
        f'<mergeCells count="{len(merged)}">{areas}</mergeCells>'
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{_A3}" fitToWidth="1" fitToHeight="0" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def _merged_headings(body: SheetBody) -> Iterator[str]:
    for grouped, run in _runs(body):
        first, last = _letter(run[0]), _letter(run[-1])
        yield f"{first}2:{last}{2 if grouped else 3}"


def _runs(body: SheetBody) -> Iterator[tuple[bool, list[int]]]:
    """The columns under each heading, and whether they have headings of their own."""
    numbered = enumerate(body.columns)
    for (_, grouped), run in groupby(numbered, lambda pair: (pair[1].heading, pair[1].sub_heading is not None)):
        yield grouped, [number for number, _ in run]


def _rows(heading: str, body: SheetBody) -> Iterator[str]:
    firsts = {run[0] for _, run in _runs(body)}
    upper = [column.heading if number in firsts else "" for number, column in enumerate(body.columns)]
    lower = [column.sub_heading or "" for column in body.columns]
    headings = zip(([heading], upper, lower), (_TITLE, _HEADING, _HEADING), _HEADING_HEIGHTS, strict=True)
    for number, (line, style, height) in enumerate(headings, 1):
        yield _row(
            number, height, [_cell(f"{_letter(column)}{number}", text, style) for column, text in enumerate(line)]
        )
    below_first = {(row, span.column) for span in body.spans for row in range(span.first + 1, span.last + 1)}
    styles = [_MARK if column.centred else _BODY for column in body.columns]
    letters = [_letter(column) for column in range(len(styles))]
    for row, texts in enumerate(body.rows):
        number = row + _FIRST_BODY_ROW
        shown = ["" if (row, column) in below_first else text for column, text in enumerate(texts)]
        cells = [_cell(f"{letters[n]}{number}", shown[n], styles[n]) for n in range(1, len(styles))]
        first = f'<c r="A{number}" s="{styles[0]}"><v>{row + 1}</v></c>'
        yield _row(number, _height(texts, body), [first, *cells])


def _row(number: int, height: float, cells: Sequence[str]) -> str:
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _cell(at: str, text: str, style: int) -> str:
    said = clean(text)[:_LONGEST]
    if not said:
        return f'<c r="{at}" s="{style}"/>'
    style += _GUARDED if looks_like_formula(text) else 0
    kept = ' xml:space="preserve"' if said != said.strip() or "\n" in said else ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{kept}>{_in_xml(said)}</t></is></c>'


def _in_xml(text: str) -> str:
    """The text as XML keeps it, with its own ends of lines, in attributes too."""
    return escape(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def _letter(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _height(texts: Sequence[str], body: SheetBody) -> float:
    lines = max(lines_in(text, column.width) for text, column in zip(texts, body.columns, strict=True))
    return min(_TALLEST, lines * _LINE_HEIGHT + _ROW_MARGIN)


def _styles() -> str:
    """The four styles, each once as it is and once for texts that look like formulas."""
    fonts = "".join(
        f'<font>{bold}<sz val="{size}"/><name val="{name}"/></font>'
        for name, size, bold in (
            ("Calibri", "11", ""),  # the unit of columns' widths
            ("宋体", "18", "<b/>"),
            ("宋体", "10.5", "<b/>"),
            ("宋体", "10", ""),
        )
    )
    line = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    middle = '<alignment vertical="center" wrapText="1"/>'
    centred = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    formats = [('fontId="1" fillId="0" borderId="0"', centred), ('fontId="2" fillId="2" borderId="1"', centred)]
    formats += [('fontId="3" fillId="0" borderId="1"', align) for align in (middle, centred)]
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
    named = "".join(f'<xf numFmtId="0" {parts} {applied}>{align}</xf>' for parts, align in formats)
    used = "".join(
        f'<xf numFmtId="0" {parts} xfId="{n}"{guard} {applied}>{align}</xf>'
        for guard in ("", ' quotePrefix="1"')
        for n, (parts, align) in enumerate(formats, 1)
    )
    names = ("目录标题", "目录表头", "目录正文", "目录勾选")
    called = "".join(f'<cellStyle name="{name}" xfId="{n}"/>' for n, name in enumerate(names, 1))
    return (
        f'<styleSheet xmlns="{_SHEETS}"><fonts count="4">{fonts}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f'<border>{line}<diagonal/></border></borders><cellStyleXfs count="5">{plain}/>{named}</cellStyleXfs>'
        f'<cellXfs count="9">{plain} xfId="0"/>{used}</cellXfs><cellStyles count="5">'
        f'<cellStyle name="Normal" xfId="0" builtinId="0"/>{called}</cellStyles></styleSheet>'
    )


_STYLES = _styles()
