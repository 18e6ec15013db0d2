"""Row → the page of one item: plain card, guide, forms, directory row, what differs, its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.model.county import Catalog, LaidDirectory, Organisation
from gkdir.model.item import Basis
from gkdir.model.ways import NO_WAYS, Ways
from gkdir.service.address import HOME, article_path, domain_path, item_folder
from gkdir.service.calculators import Calculator
from gkdir.service.changes import ChangeDay, ChangeLine, changes_by_item
from gkdir.service.columns import Line
from gkdir.service.directory import DomainView, Group, column
from gkdir.service.guide import GuideView, guide_view, offices
from gkdir.service.meta import Column, article_tags
from gkdir.service.phones import Phone, phones
from gkdir.service.qr import Code, qr_code
from gkdir.service.related import related
from gkdir.service.row import Row
from gkdir.service.structured import Data, page_address, service
from gkdir.site.county import base_address
from gkdir.site.flow import Flow, flow
from gkdir.site.page import Crumb, Page, Site
from gkdir.site.printouts import NO_SHEETS, ItemSheets, item_sheets

TEMPLATE = "{county}/{domain}/{item}/index.html"


class Law(Struct, frozen=True):
    """One of 公开依据; ``path`` is the published document of that name or number, if there is one."""

    basis: Basis
    path: str | None


class Around(Struct, frozen=True):
    """What the pages of a county's items share: its items by id, the moments of life, the published documents.

    ``moments`` are the ids of the items of each; ``documents`` are paths by name and by number.
    """

    rows: Mapping[str, Row]
    moments: tuple[tuple[str, ...], ...]
    documents: Mapping[str, str]
    base: str | None
    calculators: Mapping[str, tuple[Calculator, ...]] = field(default_factory=dict)
    """Those that help with an item, by its id."""
    changes: Mapping[str, tuple[ChangeLine, ...]] = field(default_factory=dict)
    """What changed of an item, by its id."""


class ItemView(Struct, frozen=True):
    """What the page of one item shows. ``group`` is its 一级事项, with all items in it."""

    row: Row
    guide: GuideView | None
    offices: tuple[Organisation, ...]
    consult: tuple[Phone, ...]
    complaint: tuple[Phone, ...]
    group: Group
    domain: DomainView
    checked: date | None
    layer: str | None
    """Who added the item, where the national directory has none."""
    articles: tuple[Line, ...] = ()
    """Policies, notices, answers that are about the item."""
    calculators: tuple[Calculator, ...] = ()
    """What helps to reckon with it."""
    sheets: ItemSheets = NO_SHEETS
    """What there is of it to print and to read out."""
    laws: tuple[Law, ...] = ()
    flow: Flow | None = None
    """The drawing of its steps."""
    related: tuple[Row, ...] = ()
    address: str | None = None
    """Where the page will stand, if that is known."""
    changes: tuple[ChangeLine, ...] = ()
    """What changed of it, the newest first."""
    structured: Data = field(default_factory=dict)
    """What machines may know of it, as schema.org has it."""
    line: str = ""
    """What it is, in one sentence; its guide says it better where there is one."""
    notes: tuple[str, ...] = ()
    """What one must know of it before going."""

    @property
    def code(self) -> Code | None:
        """The QR code of the page; drawn when the page is rendered, by whichever process does."""
        return qr_code(self.address) if self.address else None


def item_pages(
    directory: LaidDirectory,
    domain: DomainView,
    catalog: Catalog,
    articles: Mapping[str, tuple[Line, ...]],
    files: Mapping[str, int],
    around: Around,
) -> Iterator[Page]:
    """The pages of all items of one domain, in order; ``articles`` are those about an item, by its id.

    ``files`` are the published files by path, with their sizes.
    """
    columns = {kind: column(directory, kind) for kind in ("办事服务", "信息公开目录")}
    for group in domain.groups:
        for row in group.rows:
            view = _view(row, group, domain, catalog, articles.get(row.item.id, ()), files)
            view = replace(_finished(view, catalog, around), sheets=item_sheets(row.item.domain, row.number, files))
            yield _page(view, columns, catalog)


def _page(view: ItemView, columns: dict[str, Column], catalog: Catalog) -> Page:
    row, item = view.row, view.row.item
    summary = view.guide.guide.summary if view.guide else None
    source = "、".join(item.publisher) or catalog.overlay.website.organiser or catalog.overlay.name
    subject = columns["办事服务" if view.guide else "信息公开目录"]
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "domain": item.domain, "item": item_folder(row.number)},
        view,
        title=row.title if row.title == row.official else f"{row.title}（{row.official}）",
        description=summary or view.line or f"{item.name}：公开内容、依据、时限、主体、渠道和对象。",
        breadcrumbs=(
            Crumb(catalog.overlay.name, HOME),
            Crumb(view.domain.label, domain_path(item.domain)),
            Crumb(row.title),
        ),
        meta=article_tags(catalog.overlay.website, subject, item.name, view.checked, source),
        item=item.id,
        updated=view.checked,
    )


def _view(
    row: Row,
    group: Group,
    domain: DomainView,
    catalog: Catalog,
    articles: tuple[Line, ...],
    files: Mapping[str, int],
) -> ItemView:
    entry = row.entry
    guide = catalog.guides.get(entry.item.id)
    found = offices(guide, entry, catalog)
    return ItemView(
        row=row,
        guide=guide_view(guide, entry, catalog, files) if guide else None,
        offices=found,
        consult=phones(guide.consult if guide else None, found, "phone"),
        complaint=phones(guide.complaint if guide else None, found, "complaint_phone"),
        group=group,
        domain=domain,
        checked=(guide.checked if guide else None) or domain.reviewed,
        layer=entry.steps[0].layer.name if entry.local and entry.steps else None,
        articles=articles,
    )


def _finished(view: ItemView, catalog: Catalog, around: Around) -> ItemView:
    """The view with what leads on from it: documents, related items, its drawing, its address."""
    item, guide = view.row.item, view.guide
    address = page_address(around.base, view.row.path)
    return replace(
        view,
        laws=tuple(Law(basis, _document(basis, around.documents)) for basis in item.basis),
        flow=flow(guide.steps or ()) if guide else None,
        related=related(item.id, catalog.guides, around.rows, around.moments),
        calculators=around.calculators.get(item.id, ()),
        changes=around.changes.get(item.id, ()),
        address=address,
        structured=service(view.row.entry, guide, view.offices, catalog, address),
        line=catalog.lines.get(item.id, ""),
        notes=catalog.notes.get(item.id, ()),
    )


def around(
    catalog: Catalog,
    domains: Iterable[DomainView],
    site: Site,
    calculators: Mapping[str, tuple[Calculator, ...]],
    ways: Ways = NO_WAYS,
    changes: Iterable[ChangeDay] = (),
) -> Around:
    """What all item pages of a county share."""
    documents = {
        name.strip("《》"): article_path(article.kind, article.slug)
        for article in catalog.articles
        if article.kind == "policies"
        for name in (article.title, article.number)
        if name
    }
    return Around(
        rows={row.item.id: row for domain in domains for group in domain.groups for row in group.rows},
        moments=tuple(tuple(use.item for use in event.uses) for event in ways.events.values()),
        documents=documents,
        base=base_address(catalog, site),
        calculators=calculators,
        changes=changes_by_item(changes, catalog),
    )


def _document(basis: Basis, documents: Mapping[str, str]) -> str | None:
    return documents.get(basis.name or "") or documents.get(basis.number or "")
