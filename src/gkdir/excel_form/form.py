"""A project and one of its counties → the county's form: all its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.allowances import ALLOWED, allowance_table
from gkdir.excel_form.articles import KEPT_ARTICLES, article_tables
from gkdir.excel_form.blankforms import KEPT_FORMS, blank_form_table
from gkdir.excel_form.blanks import BLANKS, blank_table, still_blank
from gkdir.excel_form.directory import Ground, directory_table
from gkdir.excel_form.doubts import doubt_table, identified
from gkdir.excel_form.formfinding import FormFinding
from gkdir.excel_form.guides import guide_tables, item_names
from gkdir.excel_form.organisations import organisation_table, review_table
from gkdir.excel_form.synonyms import KEPT_WORDS, word_table
from gkdir.excel_form.table import Table
from gkdir.excel_form.towns import KEPT_TOWNS, town_tables
from gkdir.excel_form.website import website_table
from gkdir.export.cells import sheet_name
from gkdir.finding import Trouble, TroubleKind
from gkdir.model.county import Catalog, County, Doubt
from gkdir.model.project import Project
from gkdir.read.declaredfiles import WORDS as WORD_FILE

GUIDANCE, FINDINGS, LISTS, RECORD = OTHER_SHEETS = "填写说明", "核对", "选项", "gkdir"
"""Sheets that are not tables: the instructions, what was found, and two hidden ones: choices, record of the export."""


KEEPERS = (KEPT_ARTICLES, KEPT_TOWNS, KEPT_FORMS, KEPT_WORDS)
"""The sheets whose rows are kept in files of their own."""
KEPT = frozenset((ALLOWED, *(key for keeper in KEEPERS for key in keeper.tables)))
"""Tables whose rows have ids made of their texts."""


class ExcelForm(Struct, frozen=True):
    """The tables in their order, and the county that they belong to."""

    slug: str
    code: str
    name: str
    tables: tuple[Table, ...]
    ground: Ground
    doubts: Mapping[str, Doubt]
    """The rows in doubt, by the ids of their rows."""
    found: tuple[FormFinding, ...] | None = None
    """What was found in the county, of a form that says so beside its cells."""

    @property
    def shown(self) -> tuple[Table, ...]:
        """The tables with rows, or room for new ones."""
        tables = (replace(each, rows=still_blank(each)) if each.key == BLANKS else each for each in self.tables)
        return tuple(table for table in tables if table.rows or table.spare)

    def table(self, key: str) -> Table | None:
        """The table of that key."""
        return next((table for table in self.tables if table.key == key), None)


def form(project: Project, county: County, laid: Catalog | None = None) -> ExcelForm:
    """The form of ``county`` from its current files; ``laid`` is its catalog, where the caller has it."""
    ground = Ground.of(project, county, laid)
    items = {name: id_ for id_, name in item_names(ground.catalog, county).items()}
    directories = (directory_table(ground, county, domain) for domain in ground.catalog.directories)
    tables = (
        organisation_table(county),
        *directories,
        *guide_tables(ground.catalog, county),
        blank_table(ground.catalog, county),
        *article_tables(ground.catalog, county, items),
        *town_tables(county),
        blank_form_table(county),
        word_table(county, items),
        review_table(ground.catalog, county),
        website_table(county),
        allowance_table(county, items),
        doubt_table(ground, county),
    )
    doubts = identified(county.overlay.doubts)
    return ExcelForm(county.slug, county.overlay.code, county.overlay.name, tuple(_named(tables)), ground, doubts)


def _named(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, each with a unique and valid sheet title."""
    taken = list(OTHER_SHEETS)
    for table in tables:
        title = sheet_name(table.title, taken)
        taken.append(title)
        yield replace(table, title=title)


def blocking_troubles(county: County) -> tuple[Trouble, ...]:
    """The troubles in the files that a form is made of and written back to."""
    files = (county.overlay.place.file, *(layer.place.file for layer in county.above))
    parts = ("/guides/", "/pages/", "/towns/", "/forms/", f"/{WORD_FILE}")
    light = (TroubleKind.STRAY_FILE, TroubleKind.HIDDEN, TroubleKind.INVISIBLE)
    return tuple(
        trouble
        for trouble in county.troubles
        if trouble.kind not in light
        and (trouble.place.file in files or any(part in trouble.place.file for part in parts))
    )
