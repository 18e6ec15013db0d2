"""A township's or village's Catalog → its page: the items of its level, its own phones, its differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Catalog, Entry, LaidDirectory, Organisation
from gkdir.model.townguide import TownGuide
from gkdir.service.address import HOME, entry_path, town_path
from gkdir.service.county import Link
from gkdir.service.directory import OmittedView, omitted_views
from gkdir.service.guide import File
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.row import RowDifference, differences
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.service.town import shown_entries, town_guides
from gkdir.site.page import Crumb, Page
from gkdir.site.printouts import board_files

TEMPLATE = "{county}/towns/{town}/index.html"


class TownRow(Struct, frozen=True):
    """One item of the township; ``path`` is ``None`` for an item that the county does not have."""

    entry: Entry
    title: str
    path: str | None
    differences: tuple[RowDifference, ...]
    guide: TownGuide | None = None
    """The place's own guide."""
    wider: Link | None = None
    """For an item that only the town has: an item of the county of the same 二级事项 that has a guide."""


class TownGroup(Struct, frozen=True):
    """The items of one 一级事项."""

    title: str
    rows: tuple[TownRow, ...]


class TownDomain(Struct, frozen=True):
    """One domain's items, and those of the county's that this place omits."""

    label: str
    groups: tuple[TownGroup, ...]
    hotline: str
    """The number to call if the place has none."""
    common: tuple[RowDifference, ...]
    """Differences that most items share, in fields in which all items differ: stated once."""
    omitted: tuple[OmittedView, ...]

    @property
    def count(self) -> int:
        """How many items there are."""
        return sum(len(group.rows) for group in self.groups)


class TownView(Struct, frozen=True):
    """The page of one place."""

    name: str
    kind: str
    offices: tuple[Organisation, ...]
    domains: tuple[TownDomain, ...]
    here: tuple[TownRow, ...]
    """The items that are done at the place itself."""
    board: tuple[File, ...]
    """The printed files for its notice board."""
    below: tuple[Link, ...]


def town_pages(site: Site) -> Iterator[Page]:
    """The page of each township and village."""
    return (_page(town, site) for town in site.catalog.towns)


def _page(town: Catalog, site: Site) -> Page:
    county = site.catalog
    domains = tuple(_domain(directory, town, county) for directory in town.directories.values())
    rows = (row for domain in domains for group in domain.groups for row in group.rows)
    name, towns = town.overlay.name, {other.slug: other for other in county.towns}
    parent = towns.get(town.overlay.parent or "")
    above = Link(parent.overlay.name, town_path(parent.slug)) if parent else None
    full = f"{county.overlay.name}{parent.overlay.name if parent else ''}{name}"
    column = WebsiteColumn(
        f"{name}公开事项", f"{full}公开的{town.subjects}事项", f"{name},公开事项,电话", "信息公开目录"
    )
    return Page(
        TEMPLATE,
        {"county": county.slug, "town": town.slug},
        TownView(
            name=name,
            kind=town.overlay.kind,
            offices=tuple(town.overlay.organisations.values()),
            domains=domains,
            here=tuple(row for row in rows if row.guide or _names(town, site.services.get(row.entry.item.id))),
            board=board_files(town, site.files),
            below=tuple(
                Link(other.overlay.name, town_path(other.slug))
                for other in county.towns
                if other.overlay.parent == town.slug
            ),
        ),
        title=f"{name}公开事项",
        description=f"{full}公开的事项、电话，以及与县级目录不同的地方。",
        breadcrumbs=(
            Crumb(county.overlay.name, HOME),
            *((Crumb(above.title, above.path),) if above else ()),
            Crumb(name),
        ),
        meta=column_tags(county.overlay.website, column),
    )


def _names(town: Catalog, service: Service | None) -> bool:
    """Whether the service has a guide, and one of its offices or counters belongs to the town."""
    guide = service.guide if service else None
    offices = (*guide.offices, *guide.counters) if guide else ()
    return any(office.key in town.overlay.organisations for office in offices)


def _domain(directory: LaidDirectory, town: Catalog, county: Catalog) -> TownDomain:
    over = county.directories.get(directory.domain)
    above = {entry.item.number: entry.item for entry in over.entries} if over else {}
    guides = town_guides(town, directory.domain)
    entries = shown_entries(directory, town)
    changes = {
        entry.item.number: tuple(differences(entry.item, above[entry.item.number]))
        for entry in entries
        if entry.item.number in above
    }
    common = _common(tuple(changes.values()))
    groups: dict[str, list[TownRow]] = {}
    for entry in entries:
        number = entry.item.number or ""
        path = entry_path(entry) if number in changes else None
        changed = tuple(change for change in changes.get(number, ()) if change not in common)
        wider = None if path else _wider(entry, over, county)
        row = TownRow(entry, entry.title, path, changed, guides.get(number), wider)
        groups.setdefault(entry.item.level1, []).append(row)
    return TownDomain(
        directory.label or directory.title,
        tuple(TownGroup(title, tuple(rows)) for title, rows in groups.items()),
        directory.hotline.number,
        common,
        omitted_views(tuple(omitted for omitted in directory.omitted if omitted.layer.slug == town.slug)),
    )


def _wider(entry: Entry, over: LaidDirectory | None, county: Catalog) -> Link | None:
    for other in over.entries if over else ():
        if other.item.id in county.guides and other.item.level2 == entry.item.level2:
            return Link(other.title, entry_path(other))
    return None


def _common(changes: tuple[tuple[RowDifference, ...], ...]) -> tuple[RowDifference, ...]:
    """Differences to state once: a field that differs for every item, and for most of them in the same way."""
    if len(changes) < 2:
        return ()
    times = Counter(change for own in changes for change in own)
    everywhere = set.intersection(*({change.field for change in own} for own in changes))
    return tuple(change for change, n in times.items() if change.field in everywhere and n * 2 > len(changes))
