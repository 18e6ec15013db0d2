"""A county's described forms → the table 表格, one row for each blank to fill in; changed rows → the texts of their
files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gkdir.excel_form.formcell import NO, Choices, FormCell, cells
from gkdir.excel_form.table import RowChange, Table, TableColumn
from gkdir.excel_form.tablewriter import REMOVAL, TableWriter, as_element, in_turn, index_of, with_cells
from gkdir.excel_form.tidy import row
from gkdir.model.county import County
from gkdir.model.declared import key_names
from gkdir.model.guide import Form, FormField, FormSection
from gkdir.yaml.edit import append, at, put, remove
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Branch, Listing, Scalar
from gkdir.yaml.spans import tree

BLANK_FORMS = "@forms"
"""The key of the table, which no domain can have."""
FOLDER = "forms"
FORM, SECTION = "form", "section"
FIELD_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(FormField)}
"""Column key → the key of a form's blank that it edits."""
_TITLE, _, _SECTIONS = key_names(Form).values()
_HEADING, _FIELDS = key_names(FormSection).values()
_DEFAULT_TEXTS = {key: default for key, cell in FIELD_CELLS.items() if (default := cell.default)}
"""Column key → the text that holds where a file leaves the key out: shown as blank, so that nothing is written."""


def blank_form_table(county: County) -> Table:
    """One row for each blank, in the order of the forms; a form that is only a file to download has none."""
    described = {name: form for name, form in county.forms.items() if form.sections}
    columns = (
        TableColumn(
            FORM, "表格", width=28, choices=tuple(described), prompt="表格的名称。写一个新的名称，就新建一张表格。"
        ),
        TableColumn(SECTION, "分节", width=16, prompt="这一格在哪一节，如 个人信息。写新的就在最后加一节。"),
        *(each.column(Choices()) for each in FIELD_CELLS.values()),
        REMOVAL,
    )
    rows = []
    for name, form in described.items():
        for section in form.sections:
            labels: list[str] = []
            for field in section.fields:
                labels.append(field.label)
                count = labels.count(field.label)
                texts = {key: cell.text(field) for key, cell in FIELD_CELLS.items()}
                texts |= {key: None for key, default in _DEFAULT_TEXTS.items() if texts[key] == default}
                id_ = f"{name}/{section.title}/{field.label}" + (f"（{count}）" if count > 1 else "")
                texts |= {FORM: name, SECTION: section.title}
                locked = frozenset((FORM, SECTION))
                rows.append(row(columns, id_, f"表格 {name} {field.label}", texts, locked=locked))
    about = "一行是表格里的一格，同一张表格的排在一起。类型不写是“文字”，宽不写是 6（半行），必填不写就是必填。"
    return Table(BLANK_FORMS, "表格", about, columns, tuple(rows), (FORM, SECTION, "label"), 30, 3)


def _files(_county: County, changes: Sequence[RowChange]) -> Mapping[str, Sequence[RowChange]]:
    files: dict[str, list[RowChange]] = {}
    for change in changes:
        files.setdefault(f"{FOLDER}/{change.after.texts[FORM]}.yaml", []).append(change)
    return files


def _text(text: str, changes: Sequence[RowChange]) -> str:
    for change in in_turn(changes):
        section = change.after.texts[SECTION]
        found = _section(text, section)
        if change.new:
            element = {key: NO if value == NO else value for key, value in as_element(change, FIELD_CELLS).items()}
            if at(tree(text), (_TITLE,)) is None:
                text = put(text, (_TITLE,), change.texts[FORM])
            if found is None:
                text = append(text, (_SECTIONS,), {_HEADING: section, _FIELDS: [element]})
            else:
                text = append(text, (_SECTIONS, found, _FIELDS), element)
            continue
        if found is None:
            raise CannotEdit(f"{section} is not in the form")
        fields = (_SECTIONS, found, _FIELDS)
        path = (*fields, index_of(change, FORM, SECTION))
        if change.removed:
            node = at(tree(text), fields)
            alone = isinstance(node, Listing) and len(node.items) == 1
            text = remove(text, (_SECTIONS, found) if alone else path)
        else:
            text = with_cells(text, path, change, FIELD_CELLS)
    return text


def _section(text: str, title: str) -> int | None:
    node = at(tree(text), (_SECTIONS,))
    for index, each in enumerate(node.items if isinstance(node, Listing) else ()):
        heading = each.get(_HEADING) if isinstance(each, Branch) else None
        if isinstance(heading, Scalar) and heading.text.strip() == title:
            return index
    return None


BLANK_FORM_WRITER = TableWriter((BLANK_FORMS,), _files, _text)
