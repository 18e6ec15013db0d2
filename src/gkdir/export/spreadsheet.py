"""Sheets of cells → the bytes of one .xlsx workbook, the same bytes for the same sheets on any day.

The parts are written as text: openpyxl takes longer to import than this takes to write the largest form.
``openpyxl_writer`` is for small workbooks that are made rarely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from msgspec import Struct

from gkdir.export.cells import clean, escaped, looks_like_formula
from gkdir.export.packing import packed
from gkdir.export.styles import SHEETS, Look, styles

_MAX_CHARS = 32_767  # the most characters of a cell in Excel
_DAY_ZERO = date(1899, 12, 30)
_PROMPT, _TITLE = 255, 32
"""The most characters of a cell's prompt, and of its title, in Excel."""

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CellValue = str | int | float | date
DrawnCell = tuple[CellValue, int]
"""A cell's value, and the number of its look; a blank text leaves the cell blank."""
BARE = -1
"""The look of a cell without any formatting."""


class DrawnRow(Struct, frozen=True):
    """The cells from the first column on; without a height the spreadsheet program chooses one."""

    cells: Sequence[DrawnCell]
    height: float | None = None


class Paper(Struct, frozen=True):
    """How a sheet is printed: on A4 (9) or A3 (8), scaled to the paper's width; rows and columns repeated on every
    page.
    """

    size: int = 9
    landscape: bool = True
    margins: tuple[float, float] = (0.7, 0.75)
    """Left and right, and top, in inches."""
    centred: bool = False
    footer: str = ""
    """In the middle below each page, with Excel's codes for headers and footers."""
    rows: str = ""
    columns: str = ""


class Offer(Struct, frozen=True):
    """A dropdown and prompt for the cells of ``area``; with ``refusal``, an error message, no other value is valid."""

    area: str
    formula: str = ""
    days: bool = False
    refusal: tuple[str, str] = ("", "")
    prompt: tuple[str, str] = ("", "")


class DrawnSheet(Struct, frozen=True):
    """One sheet. ``links``: cell → the cell it links to; ``frozen`` columns and rows do not scroll."""

    name: str
    rows: Sequence[DrawnRow]
    widths: Sequence[float] = ()
    merged: Sequence[str] = ()
    frozen: tuple[int, int] = (0, 0)
    filtered: str = ""
    offers: Sequence[Offer] = ()
    links: Mapping[str, str] = {}
    paper: Paper | None = None
    first_hidden: bool = False
    guarded: bool = False
    """Whether locked cells are protected, without a password; widths, heights and filters are not."""
    state: str = "visible"


def spreadsheet(sheets: Sequence[DrawnSheet], looks: Sequence[Look], dated: date) -> bytes:
    """The workbook; a cell's look is an index into ``looks``.

    ``dated`` is written as the day of creation and of the last change. Every text is written as text: nothing that a
    person wrote becomes a formula, an error or another character.
    """
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
                "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _properties(dated),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{n}": (f"{OFFICE}/relationships/worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
            | {"styles": (f"{OFFICE}/relationships/styles", "styles.xml")}
        ),
        "xl/styles.xml": styles(looks),
        "xl/workbook.xml": _book(sheets),
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in zip(numbers, sheets, strict=True)}
    return packed({name: f"{DECLARED}{text}".encode() for name, text in parts.items()})


def written_text(text: str) -> str:
    """The text as a cell can hold it: without characters that XML forbids, and cut to Excel's limit."""
    return escaped(clean(text))[:_MAX_CHARS]


def letter(column: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _types(numbers: Iterable[int]) -> str:
    overrides = {
        "/xl/workbook.xml": f"{_CONTENT}.sheet.main+xml",
        "/xl/styles.xml": f"{_CONTENT}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides |= {f"/xl/worksheets/sheet{n}.xml": f"{_CONTENT}.worksheet+xml" for n in numbers}
    text = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{text}</Types>'
    )


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = (f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, (kind, to) in targets.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def _properties(dated: date) -> str:
    day = f"{dated.isoformat()}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:creator>gkdir</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def _book(sheets: Sequence[DrawnSheet]) -> str:
    listed = "".join(
        f'<sheet name="{_in_xml(sheet.name)}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    named = "".join(name for n, sheet in enumerate(sheets) for name in _names(n, sheet))
    return (
        f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}/relationships"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{_within('definedNames', named)}</workbook>"
    )


def _names(number: int, sheet: DrawnSheet) -> Iterator[str]:
    """The defined names for the filtered area and for the rows and columns printed on every page."""
    quoted = _in_xml("'" + sheet.name.replace("'", "''") + "'")
    if sheet.filtered:
        first, last = (_fixed(each) for each in sheet.filtered.split(":"))
        name = f'name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1"'
        yield f"<definedName {name}>{quoted}!{first}:{last}</definedName>"
    repeated = [each for each in (sheet.paper.columns, sheet.paper.rows) if each] if sheet.paper else []
    if repeated:
        areas = ",".join(f"{quoted}!${each.replace(':', ':$')}" for each in repeated)
        yield f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{areas}</definedName>'


def _fixed(cell: str) -> str:
    column = cell.rstrip("0123456789")
    return f"${column}${cell[len(column) :]}"


def _sheet(sheet: DrawnSheet) -> str:
    widest = max((len(row.cells) for row in sheet.rows), default=1)
    letters = [letter(column) for column in range(1, widest + 1)]
    rows = "".join(_row(number, row, letters) for number, row in enumerate(sheet.rows, 1))
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    offers = "".join(map(_offer, sheet.offers))
    links = "".join(f'<hyperlink ref="{cell}" location="{_in_xml(to)}"/>' for cell, to in sheet.links.items())
    fitted = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if sheet.paper else ""
    guard = '<sheetProtection sheet="1" formatColumns="0" formatRows="0" autoFilter="0"/>' if sheet.guarded else ""
    filtered = f'<autoFilter ref="{sheet.filtered}"/>' if sheet.filtered else ""
    return (
        f'<worksheet xmlns="{SHEETS}">{fitted}<dimension ref="A1:{letters[-1]}{max(1, len(sheet.rows))}"/>'
        f"{_view(sheet)}{_columns(sheet)}<sheetData>{rows}</sheetData>{guard}{filtered}"
        f"{_within('mergeCells', merged, len(sheet.merged))}{_within('dataValidations', offers, len(sheet.offers))}"
        f"{_within('hyperlinks', links)}{_printed(sheet.paper) if sheet.paper else ''}</worksheet>"
    )


def _within(name: str, inner: str, count: int | None = None) -> str:
    counted = "" if count is None else f' count="{count}"'
    return f"<{name}{counted}>{inner}</{name}>" if inner else ""


def _view(sheet: DrawnSheet) -> str:
    columns, rows = sheet.frozen
    pane = ""
    if columns or rows:
        split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
        active = "bottomRight" if columns and rows else "bottomLeft" if rows else "topRight"
        corner = f"{letter(columns + 1)}{rows + 1}"
        pane = f'<pane{split} topLeftCell="{corner}" activePane="{active}" state="frozen"/>'
    return f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'


def _columns(sheet: DrawnSheet) -> str:
    hidden = ' hidden="1"' if sheet.first_hidden else ""
    widths = enumerate(sheet.widths, 1)
    each = (
        f'<col min="{n}" max="{n}" width="{width:g}"{hidden if n == 1 else ""} customWidth="1"/>' for n, width in widths
    )
    return _within("cols", "".join(each))


def _row(number: int, row: DrawnRow, letters: Sequence[str]) -> str:
    height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
    cells = "".join([_cell(f"{at}{number}", *cell) for at, cell in zip(letters, row.cells, strict=False)])
    return f'<row r="{number}"{height}>{cells}</row>'


def _cell(at: str, value: CellValue, look: int) -> str:
    style = 2 * look + 1 if look != BARE else 0
    if value == "":  # the usual case in a form
        return f'<c r="{at}" s="{style}"/>' if style else ""
    if isinstance(value, str):
        text = written_text(value)
        if not text:
            return f'<c r="{at}" s="{style}"/>' if style else ""
        style += bool(style) and looks_like_formula(value)
        kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{kept}>{_in_xml(text)}</t></is></c>'
    number = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f'<c r="{at}" s="{style}"><v>{number}</v></c>'


def _in_xml(text: str) -> str:
    """The text escaped for XML, with line ends that also survive in attributes."""
    return escape(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def _offer(offer: Offer) -> str:
    named = {
        "type": "date" if offer.days else "list" if offer.formula else "",
        "allowBlank": "1" if offer.formula else "",
        "showInputMessage": "1" if offer.prompt[1] else "",
        "showErrorMessage": "1" if offer.refusal[1] else "",
        "errorTitle": offer.refusal[0][:_TITLE],
        "error": offer.refusal[1][:_PROMPT],
        "promptTitle": offer.prompt[0][:_TITLE] if offer.prompt[1] else "",
        "prompt": offer.prompt[1][:_PROMPT],
        "sqref": offer.area,
    }
    attributes = "".join(f' {name}="{_in_xml(text)}"' for name, text in named.items() if text)
    formulas = ("36526", "73050") if offer.days else (offer.formula,) if offer.formula else ()  # 2000 to 2099
    inner = "".join(f"<formula{n}>{_in_xml(each)}</formula{n}>" for n, each in enumerate(formulas, 1))
    return f"<dataValidation{attributes}>{inner}</dataValidation>"


def _printed(paper: Paper) -> str:
    side, top = paper.margins
    orientation = "landscape" if paper.landscape else "portrait"
    footer = _in_xml(f"&C{paper.footer}") if paper.footer else ""
    centred = '<printOptions horizontalCentered="1"/>' if paper.centred else ""
    return (
        f'{centred}<pageMargins left="{side}" right="{side}" top="{top}" bottom="{max(top, 0.6)}"'
        f' header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{paper.size}" fitToWidth="1" fitToHeight="0" orientation="{orientation}"/>'
        f"{_within('headerFooter', _within('oddFooter', footer))}"
    )
