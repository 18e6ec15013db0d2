"""A project and one of its counties → the county's form: all its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.allowances import ALLOWED, allowance_table
from gkdir.excel_form.amendments import AMENDMENT_WRITER, AMENDMENTS, amendment_table
from gkdir.excel_form.articles import ARTICLE_WRITER, ARTICLES, QUESTIONS, article_table, question_table
from gkdir.excel_form.blankforms import BLANK_FORM_WRITER, BLANK_FORMS, blank_form_table
from gkdir.excel_form.blanks import BLANKS, blank_table, in_sheet
from gkdir.excel_form.directory import CountyCatalogs, directory_outline, directory_table
from gkdir.excel_form.doubts import DOUBTS, doubt_table, identified
from gkdir.excel_form.entries import ENTRIES, ENTRY_WRITER, entry_table
from gkdir.excel_form.formfinding import FormFinding
from gkdir.excel_form.guides import GUIDES, guide_outline, guide_table, item_names, list_outline, list_table
from gkdir.excel_form.guides import LISTS as GUIDE_LISTS
from gkdir.excel_form.organisations import PLACES, REVIEWS, organisation_table, review_table
from gkdir.excel_form.records import STANDARDS, URGENT, standards_table, urgent_table
from gkdir.excel_form.synonyms import SYNONYM_WRITER, WORDS, word_table
from gkdir.excel_form.table import Table
from gkdir.excel_form.towns import (
    TOWN_GUIDES,
    TOWN_ITEMS,
    TOWN_PLACES,
    TOWN_WRITER,
    TOWNS,
    town_directory_table,
    town_guide_table,
    town_place_table,
    town_table,
)
from gkdir.excel_form.website import WEBSITE, website_table
from gkdir.finding import Trouble, TroubleKind
from gkdir.model.county import Catalog, County, Doubt
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.declaredfiles import CHANGES
from gkdir.read.declaredfiles import WAYS as WAY_FILE
from gkdir.read.declaredfiles import WORDS as WORD_FILE

GUIDANCE, FINDINGS, LISTS, RECORD = OTHER_SHEETS = "填写说明", "核对", "选项", "gkdir"
"""Sheets that are not tables: the instructions, what was found, and two hidden ones: choices, record of the export."""


WRITERS = (ARTICLE_WRITER, TOWN_WRITER, BLANK_FORM_WRITER, SYNONYM_WRITER, ENTRY_WRITER, AMENDMENT_WRITER)
"""How the rows of tables that are not kept in county.yaml or in guides are written back."""
TEXT_ID_TABLES = frozenset((ALLOWED, *(key for writer in WRITERS for key in writer.tables)))
"""Tables whose rows have no ids in the file: their ids are made of their texts."""


class FormTables:
    """The tables of a county's form, each made on first use.

    ``laid`` is the county's catalog, if the caller has it.
    """

    def __init__(self, project: Project, county: County, laid: Catalog | None = None) -> None:
        self.catalogs = CountyCatalogs(project, county, laid or lay(project, county))
        self.doubts: Mapping[str, Doubt] = identified(county.overlay.doubts)
        self._makers = dict(_makers(self.catalogs))
        self._made: dict[str, Table] = {}

    def table(self, key: str) -> Table | None:
        """The table of that key."""
        if key not in self._made and key in self._makers:
            self._made[key] = self._makers[key]()
        return self._made.get(key)

    @property
    def tables(self) -> Iterator[Table]:
        """All tables, in the order of the sheets."""
        yield from filter(None, map(self.table, self._makers))


class ExcelForm(Struct, frozen=True):
    """The tables in the order of the sheets, and the county that they are of."""

    slug: str
    code: str
    name: str
    tables: tuple[Table, ...]
    catalogs: CountyCatalogs
    doubts: Mapping[str, Doubt]
    """The rows in doubt, by row id."""
    found: tuple[FormFinding, ...] | None = None
    """The findings about the county, if the form shows them."""

    @property
    def shown(self) -> tuple[Table, ...]:
        """The tables with rows, or room for new ones."""
        return tuple(filter(None, map(as_shown, self.tables)))

    def table(self, key: str) -> Table | None:
        """The table of that key."""
        return next((table for table in self.tables if table.key == key), None)


class FormOutline(FormTables):
    """The same tables, but those with a row for each item or element have blank rows: enough to find a place."""

    def __init__(self, project: Project, county: County, laid: Catalog | None = None) -> None:
        super().__init__(project, county, laid)
        catalog = self.catalogs.catalog
        self._makers |= {domain: partial(directory_outline, catalog, domain) for domain in catalog.directories}
        self._makers |= {key: partial(list_outline, key, catalog, county) for key in GUIDE_LISTS}
        self._makers[GUIDES] = partial(guide_outline, catalog, county)


def as_shown(table: Table) -> Table | None:
    """The table with the rows that its sheet has; ``None`` if it has neither rows nor room for new ones."""
    rows = in_sheet(table) if table.key == BLANKS else table.rows
    if not rows and not table.spare:
        return None
    return table if rows is table.rows else replace(table, rows=rows)


def form(project: Project, county: County) -> ExcelForm:
    """The form of ``county`` from its current files."""
    made = FormTables(project, county)
    own = county.overlay
    return ExcelForm(county.slug, own.code, own.name, tuple(made.tables), made.catalogs, made.doubts)


def _makers(catalogs: CountyCatalogs) -> Iterator[tuple[str, Callable[[], Table]]]:
    """The key of every table, and the function that makes it."""
    county, catalog = catalogs.county, catalogs.catalog
    items = {name: id_ for id_, name in item_names(catalog, county).items()}
    yield PLACES, partial(organisation_table, county)
    for domain in catalog.directories:
        yield domain, partial(directory_table, catalogs, county, domain)
    yield GUIDES, partial(guide_table, catalog, county)
    for key in GUIDE_LISTS:
        yield key, partial(list_table, key, catalog, county)
    yield BLANKS, partial(blank_table, catalog, county)
    yield QUESTIONS, partial(question_table, catalog, county, items)
    yield ARTICLES, partial(article_table, catalog, county, items)
    yield TOWNS, partial(town_table, county)
    yield TOWN_PLACES, partial(town_place_table, county)
    yield TOWN_GUIDES, partial(town_guide_table, county, items)
    yield TOWN_ITEMS, partial(town_directory_table, catalog, county, items)
    yield BLANK_FORMS, partial(blank_form_table, county)
    yield WORDS, partial(word_table, county, items)
    yield ENTRIES, partial(entry_table, catalog, county, items)
    yield URGENT, partial(urgent_table, county)
    yield STANDARDS, partial(standards_table, county)
    yield REVIEWS, partial(review_table, catalog, county)
    yield AMENDMENTS, partial(amendment_table, catalog, county, items)
    yield WEBSITE, partial(website_table, county)
    yield ALLOWED, partial(allowance_table, county, items)
    yield DOUBTS, partial(doubt_table, catalogs, county)


def blocking_troubles(county: County) -> tuple[Trouble, ...]:
    """The troubles, except light ones, in the files that a form is made from and written back to."""
    files = (county.overlay.place.file, *(layer.place.file for layer in county.above))
    parts = ("/guides/", "/pages/", "/towns/", "/forms/", f"/{WORD_FILE}", f"/{WAY_FILE}", f"/{CHANGES}")
    light = (TroubleKind.STRAY_FILE, TroubleKind.HIDDEN, TroubleKind.INVISIBLE)
    return tuple(
        trouble
        for trouble in county.troubles
        if trouble.kind not in light
        and (trouble.place.file in files or any(part in trouble.place.file for part in parts))
    )
