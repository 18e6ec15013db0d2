"""A described Form → its blank and its filled sample on A4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.guide import PAPERS, Form, FormField
from gkdir.service.address import form_path, form_sheet_path
from gkdir.service.form import Blank, form_lines
from gkdir.service.site import Site
from gkdir.sheets.sheet import PICTURE_DOTS, PrintedSheet, Value, head

IDENTITY = re.compile("身份证号|公民身份号码")
FIGURES, FIGURES_SPAN = 18, 7
"""The digits of an identity number, and the span in twelfths that gives each a box large enough to write in."""


class TickBox(Struct, frozen=True):
    """One box to tick."""

    text: str
    ticked: bool


class PrintedBlank(Struct, frozen=True):
    """One blank: its label, its kind (文字, 多行, 日期, 选择, 勾选, 签名), its span in twelfths, its content."""

    label: str
    kind: str
    span: int
    required: bool
    choices: tuple[TickBox, ...]
    answer: str
    cells: int = 0
    """The number of boxes for single digits; 0 for free text."""


class PrintedPart(Struct, frozen=True):
    """A titled part; each line's spans add up to twelve."""

    title: str
    lines: tuple[tuple[PrintedBlank, ...], ...]


class FormValue(Value, frozen=True):
    """The content of the sheet; a sample also has ``helps``, the instructions field by field."""

    form: str
    sample: bool
    note: str
    parts: tuple[PrintedPart, ...]
    helps: tuple[tuple[str, str], ...]


def form_sheets(site: Site) -> Iterator[PrintedSheet]:
    """A blank and a sample of each described form."""
    for form in site.catalog.forms.values():
        if form.sections:
            for kind, label in PAPERS.items():
                value = _value(form, kind == "sample", site)
                path = form_sheet_path(form.name, kind)
                dots = None if value.sample else PICTURE_DOTS
                yield PrintedSheet(path, "form.typ", f"{form.title}（{label}）", value, dots, labelled=True)


def _value(form: Form, sample: bool, site: Site) -> FormValue:
    fields = [field for section in form.sections for field in section.fields]
    return FormValue(
        head=head(site, form_path(form.name)),
        form=form.title,
        sample=sample,
        note=form.note or "",
        parts=tuple(
            PrintedPart(section.title, tuple(_in_lines(form_lines(tuple(map(_widened, section.fields))), sample)))
            for section in form.sections
        ),
        helps=tuple((field.label, field.help) for field in fields if field.help) if sample else (),
    )


def _numbered(field: FormField) -> bool:
    return field.kind == "文字" and not field.choices and bool(IDENTITY.search(field.label))


def _widened(field: FormField) -> FormField:
    return replace(field, width=max(field.width, FIGURES_SPAN)) if _numbered(field) else field


def _in_lines(blanks: tuple[Blank, ...], sample: bool) -> Iterator[tuple[PrintedBlank, ...]]:
    line: list[PrintedBlank] = []
    for blank in blanks:
        line.append(_field(blank, sample))
        if sum(field.span for field in line) >= 12:
            yield tuple(line)
            line = []
    if line:
        yield tuple(line)


def _field(blank: Blank, sample: bool) -> PrintedBlank:
    field = blank.field
    example = (field.example or "") if sample else ""
    chosen = example.split("、")
    choices = tuple(TickBox(text, text in chosen or text == example) for text in field.choices)
    if not choices and field.kind == "勾选":
        choices = (TickBox("", bool(example)),)
    return PrintedBlank(
        label=field.label,
        kind=field.kind,
        span=blank.span,
        required=field.required,
        choices=choices,
        answer="" if field.choices else example,
        cells=FIGURES if _numbered(field) and len(example) <= FIGURES else 0,
    )
