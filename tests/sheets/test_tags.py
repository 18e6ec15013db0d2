"""Accessibility of PDFs: every sheet is tagged, has a title and a language; tables are tagged as tables."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf  # comes with pdfua
import pytest
from pdfua import validate
from tests.sheets.conftest import KINDS, ONE_EACH, Printed
from tests.sheets.paper import need
from tests.sheets.representatives import representatives
from tests.sheets.tags import faults

from gkdir.sheets.form import FormValue
from gkdir.sheets.renderer import with_labels
from gkdir.sheets.sheet import PrintedSheet
from gkdir.sheets.town import TownValue

Cell = tuple[str, int, str]
"""A cell's kind, the columns that it spans, what it is a heading of."""


def test_each_template_is_looked_at(sheets: dict[str, PrintedSheet]) -> None:
    for looked_at in (KINDS, ONE_EACH):
        assert {sheets[path].template for path in looked_at} == {sheet.template for sheet in sheets.values()}


@pytest.mark.parametrize("path", KINDS)
def test_the_file_is_sound_and_tagged(path: str, printed: Printed, sheets: dict[str, PrintedSheet]) -> None:
    with pikepdf.open(printed(path)) as pdf:
        assert str(pdf.docinfo["/Title"]) == sheets[path].title
        assert list(faults(pdf)) == []
    report = validate(str(printed(path)))
    assert [str(finding) for finding in report.findings] == []
    assert {rule.rule_id for rule in report.outcomes if rule.skipped_reason} <= {"UA-14-001"}  # it cannot read ours


@pytest.mark.parametrize("path", KINDS)
def test_qpdf_finds_nothing(path: str, printed: Printed) -> None:
    subprocess.run([need("qpdf", "qpdf"), "--check", str(printed(path))], check=True, capture_output=True)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def fonts(pdf: pikepdf.Pdf, key: str) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and key in one]


def untitled(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def painted(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def skipped(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H2")[0].S = pikepdf.Name.H5


NOTICE = "print/employment/4-1.pdf"
"""A sheet with everything that can be broken except a link; the tests above check that it is valid."""
LINKED = "print/booklet.pdf"
BREAKING: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "title": untitled,
    "file name": lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
    "marked": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "structure": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "colours": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "embedded": lambda pdf: fonts(pdf, "/FontFile3")[0].__delitem__("/FontFile3"),
    "signs mean": lambda pdf: fonts(pdf, "/ToUnicode")[0].__delitem__("/ToUnicode"),
    "outside any tag": painted,
    "figure": lambda pdf: elements(pdf, "/Figure")[0].__delitem__("/Alt"),
    "header of nothing": lambda pdf: elements(pdf, "/TH")[0].__delitem__("/A"),
    "from level": skipped,
    "link": lambda pdf: next(page for page in pdf.pages if "/Annots" in page).Annots[0].__delitem__("/Contents"),
    "claims": lambda pdf: pdf.Root.__delitem__("/Metadata"),
}


@pytest.mark.parametrize("fault", BREAKING)
def test_what_is_broken_is_seen(fault: str, printed: Printed) -> None:
    with pikepdf.open(printed(LINKED if fault == "link" else NOTICE)) as pdf:
        BREAKING[fault](pdf)
        assert [said for said in faults(pdf) if fault in said]


def under(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K")
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def cell(node: pikepdf.Object) -> Cell:
    said = [one for one in node.get("/A", []) if one.get("/O") == "/Table"]
    spans = [int(one["/ColSpan"]) for one in said if "/ColSpan" in one]
    scopes = [str(one["/Scope"]) for one in said if "/Scope" in one]
    return str(node["/S"]), (spans or [1])[0], (scopes or [""])[0]


def tables(pdf: Path) -> list[list[list[Cell]]]:
    """The tables of a PDF: rows of cells."""

    def found(node: pikepdf.Object) -> list[list[list[Cell]]]:
        if node.get("/S") == "/Table":
            rows = [row for part in under(node) for row in ([part] if part["/S"] == "/TR" else under(part))]
            return [[[cell(one) for one in under(row)] for row in rows]]
        return [table for kid in under(node) for table in found(kid)]

    with pikepdf.open(pdf) as opened:
        return found(opened.Root.StructTreeRoot)


def with_every_line(forms: Sequence[PrintedSheet]) -> Iterator[PrintedSheet]:
    """The representative sheets, and each with a row of widths and kinds that none before has."""
    known: set[tuple[tuple[int, str], ...]] = set()
    first = representatives(forms)
    for sheet in (*first, *(sheet for sheet in forms if sheet not in first)):
        assert isinstance(sheet.value, FormValue)
        lines = {tuple((blank.span, blank.kind) for blank in line) for part in sheet.value.parts for line in part.lines}
        if sheet in first or not lines <= known:
            yield sheet
        known |= lines


def test_a_form_is_tables_whose_labels_head_what_is_filled_in(
    printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    forms = [sheet for sheet in sheets.values() if isinstance(sheet.value, FormValue)]
    assert len(forms) > 10
    for sheet in with_every_line(forms):
        value = sheet.value
        assert isinstance(value, FormValue)
        made = tables(printed(sheet.path))
        assert [len(table) for table in made] == [len(part.lines) for part in value.parts]
        for table, part in zip(made, value.parts, strict=True):
            for row, line in zip(table, part.lines, strict=True):
                assert [(kind, scope) for kind, _, scope in row] == [("/TH", "/Row"), ("/TD", "")] * len(line)
            assert len({sum(span for _, span, _ in row) for row in table}) == 1  # every row has the same width


@pytest.mark.parametrize("path", ["print/employment.pdf", "print/employment/4-1.pdf", "print/towns/baishi-record.pdf"])
def test_the_columns_of_a_table_have_headers(path: str, printed: Printed) -> None:
    made = tables(printed(path))
    assert made
    for table in made:
        assert {kind for kind, _, _ in table[0]} == {"/TH"}
        assert {scope for kind, _, scope in table[0] if kind == "/TH"} == {"/Column"}
        assert "/TD" in {kind for kind, _, _ in table[-1]}


def test_a_pdf_with_other_tags_is_not_relabelled() -> None:
    with pytest.raises(ValueError, match="tags"):
        with_labels(b"%PDF-1.7\n1 0 obj\n<</Type/StructElem/S/TR/K[2 0 R]>>\nendobj\n2 0 obj\n<</S/TD>>\nendobj\n")


def test_a_board_is_lists_for_who_does_not_see_it(printed: Printed, sheets: dict[str, PrintedSheet]) -> None:
    path = "print/towns/baishi-a2.pdf"
    value = sheets[path].value
    assert isinstance(value, TownValue)
    with pikepdf.open(printed(path)) as pdf:
        lists, items = len(elements(pdf, "/L")), len(elements(pdf, "/LI"))
    assert items == value.count
    assert 0 < lists < items / 2
