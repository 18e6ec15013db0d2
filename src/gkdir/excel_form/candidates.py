"""Uploaded files → the paths where texts or forms of the county want them; rows in doubt → the items they may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gkdir.excel_form.apply import Versions
from gkdir.excel_form.doubts import DOUBTS, IS, NEW, VERDICT
from gkdir.excel_form.form import ExcelForm
from gkdir.finding import Place, Trouble, wrong_value
from gkdir.importing.fieldchange import FieldValue, same, value_of
from gkdir.model.columns import COLUMNS, NAME_KEYS
from gkdir.model.county import Catalog, County, Doubt
from gkdir.model.item import Directory, Item
from gkdir.model.project import Project
from gkdir.overlay.layer import changed
from gkdir.read.markdowntext import linked_path, text_links

_READY_FILE_KINDS = ("空白表", "示范文本")
_HINT = (
    "图片和附件：先在填写表的“正文”里写上它，如 ![图上有什么](海报.png)；"
    "表格：文件叫 表格名空白表.docx 或 表格名示范文本.docx。"
)
Uploads = Sequence[tuple[str, Path]]
"""The uploaded files, each with the file name that the clerk gave it."""


def place_uploads(
    project: Path, county: County, catalog: Catalog, files: Uploads
) -> tuple[Mapping[str, Versions], tuple[Trouble, ...]]:
    """Path → versions for each new or changed file that a text or form needs; a trouble for each that none needs."""
    changed: dict[str, Versions] = {}
    troubles = []
    for name, path in files:
        wanted = [*_linked(county, name), *_ready_files(county, catalog, name)]
        if not wanted:
            message = f"没有哪一篇写着“{name}”，也没有这个名称的表格，没有采用。"
            troubles.append(wrong_value(Place(name), message, _HINT))
        for place in wanted:
            there = project / place
            before, after = there.read_bytes() if there.is_file() else None, path.read_bytes()
            if before != after:
                changed[place] = before, after
    return changed, tuple(troubles)


def _linked(county: County, name: str) -> Iterator[str]:
    """The paths at which texts of the county link to a file of that name."""
    texts = [(f"{county.folder}/pages/{article.kind}", article.sections) for article in county.articles]
    texts += [(f"{county.folder}/guides/{guide.domain}", guide.sections) for guide in county.guides.values()]
    for folder, sections in texts:
        for section in sections:
            for link in text_links(section):
                target = linked_path(link.target)
                if target and target.rpartition("/")[2] == name:
                    yield f"{folder}/{target}"


def _ready_files(county: County, catalog: Catalog, name: str) -> Iterator[str]:
    """The paths at which a form of the county has a ready file such as ``失业登记表空白表.docx``."""
    match = re.fullmatch(rf"(.+?)[ _－-]?({'|'.join(_READY_FILE_KINDS)})(\.\w{{1,5}})", name)
    asked = {material.form for guide in catalog.guides.values() for material in guide.materials or ()}
    if match and match[1] in {*catalog.forms, *county.forms, *asked}:
        yield f"{county.folder}/forms/{match[1]}/{match[2]}{match[3].lower()}"


MAX_CANDIDATES = 2
"""How many national items to show beside a row; any other can be chosen in the form."""


class ComparedColumn(Struct, frozen=True):
    """One column of the comparison: its label, the row's value, each candidate's value and whether it is the same."""

    label: str
    value: str
    candidates: tuple[tuple[str, bool], ...]

    @property
    def same(self) -> bool:
        """Whether all candidates have the row's value."""
        return bool(self.candidates) and all(same for _, same in self.candidates)


class UnsettledRow(Struct, frozen=True):
    """A row in doubt.

    ``verdicts`` are the decisions that fit ``candidates``; ``new`` is the decision that it is an item of the county's
    own, blank if it cannot be.
    """

    id: str
    source: str
    name: str
    candidates: tuple[str, ...]
    verdicts: tuple[str, ...]
    columns: tuple[ComparedColumn, ...]
    new: str = ""


def unsettled(project: Project, form: ExcelForm) -> Iterator[UnsettledRow]:
    """The rows in doubt without a decision, in the order of the file."""
    table = form.table(DOUBTS)
    for row in table.rows if table else ():
        doubt = form.doubts[row.id]
        if doubt.reason:
            continue
        choices = row.choices.get(VERDICT, ())
        near = tuple(each for each in doubt.candidates if IS + each in choices)[:MAX_CANDIDATES]
        yield UnsettledRow(
            row.id,
            doubt.source,
            row.texts["name"],
            near,
            tuple(IS + each for each in near),
            tuple(_columns(doubt, [_national(project.national.get(doubt.domain or ""), each) for each in near])),
            NEW if NEW in choices else "",
        )


def _national(directory: Directory | None, called: str) -> Item | None:
    number = called.partition(" ")[0]
    return next((item for item in directory.items if item.number == number), None) if directory else None


def _columns(doubt: Doubt, nationals: list[Item | None]) -> Iterator[ComparedColumn]:
    if doubt.item is None:
        return
    names = {key: getattr(doubt.item, key) or "" for key in NAME_KEYS}
    row = changed(Item(doubt.domain or "", doubt.item.number, names["level1"], names["level2"]), doubt.item.changes)
    for key, text in names.items():
        others = [(getattr(each, key) or "") if each else "" for each in nationals]
        if text or any(others):
            label = next(column.label for column in COLUMNS if column.key == key)
            yield ComparedColumn(label, text, tuple((other, other == text) for other in others))
    for column in COLUMNS:
        if column.key in ("number", *names):
            continue
        value = value_of(row, column.key)
        theirs = [value_of(each, column.key) if each else None for each in nationals]
        if value or any(theirs):
            compared = ((_text(each), same(column.key, value, each)) for each in theirs)
            yield ComparedColumn(column.label, _text(value), tuple(compared))


def _text(value: FieldValue | None) -> str:
    return "\n".join(value.texts) if value else ""
