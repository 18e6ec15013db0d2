"""Directory → its page as a table, and a page for each item: card, guide, steps, forms, row, differences, related."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct, field

from gkdir.model.county import Catalog, LaidDirectory
from gkdir.model.guide import Guide
from gkdir.model.item import Basis
from gkdir.service.address import HOME, domain_path, item_data_path, item_folder
from gkdir.service.calculators import Calculator
from gkdir.service.changes import ChangeLine
from gkdir.service.columns import ArticleLine
from gkdir.service.coredata import CoreData
from gkdir.service.county import Link
from gkdir.service.directory import DomainView, Group, column
from gkdir.service.guide import StepView
from gkdir.service.meta import Publication, WebsiteColumn, article_tags, column_tags
from gkdir.service.qr import QrCode, qr_code
from gkdir.service.row import ServiceRow, guided_siblings
from gkdir.service.service import Service, unchecked
from gkdir.service.site import Site
from gkdir.service.structured import Data, page_address, structured_data
from gkdir.service.texts import TEXTS
from gkdir.site.page import Crumb, Page
from gkdir.site.printouts import NO_SHEETS, ItemSheets, item_sheets

WIDTH = 256
LETTER = 16
_LINE = 22
_LEFT, _RIGHT = 46, 10
_TOP, _BOTTOM = 9, 11
_ARROW = 24
_NARROW = re.compile("[\x00-\u1fff]")
_GAP = re.compile(r"\s+(?=[，。、；：？！）》】”’…])|\s*\n\s*")
_PIECE = re.compile(r"[（《【“‘(]*(?:[A-Za-z0-9.:/~%-]+|.)[，。、；：？！）》】”’…,;!?)]*", re.DOTALL)
"""A unit that is not broken: a character, or a number or Latin word, with its opening and closing marks."""


class FlowText(Struct, frozen=True):
    """One line of text: its class in the stylesheet, its baseline, its words.

    All numbers are units of the drawing; letters are ``LETTER`` units high. The list next to it has the same texts.
    """

    kind: str
    y: int
    words: str


class Box(Struct, frozen=True):
    """One step: its number, its top and height, its lines. ``arrow`` says whether another follows."""

    number: int
    y: int
    height: int
    texts: tuple[FlowText, ...]
    arrow: bool

    @property
    def middle(self) -> int:
        """The vertical middle, for the number."""
        return self.y + _TOP + _LINE // 2

    @property
    def foot(self) -> int:
        """The bottom edge, where the arrow begins."""
        return self.y + self.height


class Flow(Struct, frozen=True):
    """The drawing: ``height`` units high, ``WIDTH`` wide; ``title`` is its text alternative."""

    title: str
    boxes: tuple[Box, ...]
    height: int
    width: int = WIDTH
    left: int = _LEFT
    arrow: int = _ARROW


def flow(steps: Sequence[StepView]) -> Flow | None:
    """The drawing of the steps; ``None`` if there is only one."""
    if len(steps) < 2:
        return None
    boxes: list[Box] = []
    y = 1
    for number, view in enumerate(steps, 1):
        lines = tuple(_lines(view))
        height = _TOP + len(lines) * _LINE + _BOTTOM
        texts = tuple(
            FlowText(kind, y + _TOP + index * _LINE + LETTER, text) for index, (kind, text) in enumerate(lines)
        )
        boxes.append(Box(number, y, height, texts, number < len(steps)))
        y += height + _ARROW
    names = "，".join(f"{box.number} {view.step.name}" for box, view in zip(boxes, steps, strict=True))
    return Flow(f"办理流程图：{names}", tuple(boxes), y - _ARROW + 1)


def _lines(view: StepView) -> Iterator[tuple[str, str]]:
    limit = view.step.limit.text if view.step.limit else ""
    for kind, text in (("name", view.step.name), ("limit", limit), ("office", view.office or "")):
        for line in balanced(text, WIDTH - _LEFT - _RIGHT):
            yield kind, line


@lru_cache(maxsize=4096)  # the same names occur in many guides
def balanced(text: str, width: float) -> tuple[str, ...]:
    """The text in as few lines as ``wrapped`` needs, all about equally long."""
    lines = wrapped(text, width)
    while width > 2 * LETTER and len(tighter := wrapped(text, width - LETTER)) == len(lines) > 1:
        width, lines = width - LETTER, tighter
    return lines


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """The text in lines at most ``width`` units long, broken by the rules for Chinese.

    Numbers and Latin words are not broken if they fit in a line; no line begins with a closing mark or ends with an
    opening one.
    """
    lines, used = [""], 0.0
    for piece in _PIECE.findall(" ".join(_GAP.sub("", text).split())):
        for part in (piece,) if measured(piece) <= width else piece:
            wide = measured(part)
            if used + wide > width:
                lines.append("")
                used = 0.0
            lines[-1] += part if lines[-1] else part.lstrip()
            used += wide
    return tuple(filter(None, (line.rstrip() for line in lines)))


def measured(text: str) -> float:
    """The width of a text: ``LETTER`` for a Chinese character, two thirds of it for a Latin letter or digit."""
    return LETTER * (len(text) - len(_NARROW.findall(text)) / 3)


TEMPLATE = "{county}/{domain}/{item}/index.html"


class CitedLaw(Struct, frozen=True):
    """One of 公开依据; ``path`` is the page of the document, if it is published here."""

    basis: Basis
    path: str | None


class ItemView(Struct, frozen=True):
    """The page of one item. ``group`` is its 一级事项, with all its items."""

    row: ServiceRow
    service: Service
    group: Group
    domain: DomainView
    checked: date | None
    layer: str | None
    """The layer that added the item, if it is not in the national directory."""
    articles: tuple[ArticleLine, ...] = ()
    """Policies, notices and answers about the item."""
    calculators: tuple[Calculator, ...] = ()
    """The calculators for the item."""
    sheets: ItemSheets = NO_SHEETS
    """Its files to print and to read out."""
    laws: tuple[CitedLaw, ...] = ()
    flow: Flow | None = None
    """The drawing of its steps."""
    related: tuple[ServiceRow, ...] = ()
    """Related items; for an item with a guide without those of its category, which the page lists below."""
    wider: ServiceRow | None = None
    """For an item without a guide: the item with one that it belongs to."""
    part_of: tuple[Link, ...] = ()
    """The life events that it belongs to."""
    cases: tuple[str, ...] = ()
    """The cases in which it is needed, from the life events."""
    answering: tuple[Link, ...] = ()
    """The results of 我能办什么 that lead to it."""
    address: str | None = None
    """The full address of the page, if known."""
    changes: tuple[ChangeLine, ...] = ()
    """Its changes, the newest first."""
    structured: Data = field(default_factory=dict)
    """The JSON-LD of the item."""
    data: str | None = None
    """The file with its data, if it is published."""
    core: CoreData | None = None
    """Its metadata: index number, publisher, dates."""
    code: QrCode | None = None
    """The QR code of the page."""

    # What templates show of the service, under the names that docs/templates.md gives.
    guide = property(attrgetter("service.guide"))
    offices = property(attrgetter("service.offices"))
    handling_offices = property(attrgetter("service.handling_offices"))
    consult = property(attrgetter("service.consult"))
    complaint = property(attrgetter("service.complaint"))
    line = property(attrgetter("service.line"))
    unguided = property(attrgetter("service.unguided"))
    notes = property(attrgetter("service.notes"))

    @property
    def unchecked(self) -> str:
        """The note on a guide that the county has not confirmed."""
        return unchecked(self.service.own)

    @property
    def asking(self) -> tuple[str, ...]:
        """Questions to ask on the phone about an item without guide and note."""
        return () if self.service.guide or self.row.entry.note else TEXTS.asking


def item_pages(site: Site, domain: DomainView) -> Iterator[Page]:
    """The pages of the items of one domain, in the order of its table."""
    directory = site.catalog.directories[domain.domain]
    columns = {kind: column(directory, kind) for kind in ("办事服务", "信息公开目录")}
    titles = Counter(entry.title for entry in site.catalog.entries())
    for group in domain.groups:
        for row in group.rows:
            yield _page(_view(site, row, group, domain), columns, site.catalog, titles)


def _title(row: ServiceRow, titles: Counter[str]) -> str:
    """The name; if other items share it, with category and number."""
    title = row.title if row.title == row.official else f"{row.title}（{row.official}）"
    return title if titles[row.title] < 2 else f"{title}（{row.item.level1}{row.number}）"


def _page(view: ItemView, columns: dict[str, WebsiteColumn], catalog: Catalog, titles: Counter[str]) -> Page:
    row, item, service = view.row, view.row.item, view.service
    source = "、".join(item.publisher) or catalog.overlay.website.organiser or catalog.overlay.name
    subject = columns["办事服务" if service.guide else "信息公开目录"]
    described = f"{item.name}：公开内容、依据、时限、主体、渠道和对象。"
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "domain": item.domain, "item": item_folder(row.number)},
        view,
        title=_title(row, titles),
        description=service.summary or described,
        breadcrumbs=(
            Crumb(catalog.overlay.name, HOME),
            Crumb(view.domain.label, domain_path(item.domain)),
            Crumb(row.title),
        ),
        meta=article_tags(catalog.overlay.website, subject, Publication(item.name, view.checked, source)),
        item=item.id,
        updated=view.checked,
    )


def _view(site: Site, row: ServiceRow, group: Group, domain: DomainView) -> ItemView:
    item, entry, service = row.item, row.entry, site.services[row.item.id]
    beside = {one.item.id for one in group.rows} if service.guide else ()
    address = page_address(site.base, row.path)
    near = related(item.id, site.catalog.guides, site.rows, site.items_of_events)
    return ItemView(
        row=row,
        service=service,
        group=group,
        domain=domain,
        checked=service.checked or domain.reviewed,
        layer=entry.steps[0].layer.name if entry.local and entry.steps else None,
        articles=site.articles_by_item.get(item.id, ()),
        calculators=site.calculators_by_item.get(item.id, ()),
        sheets=item_sheets(item.domain, row.number, site.files),
        laws=tuple(CitedLaw(basis, _document(basis, site.documents)) for basis in item.basis),
        flow=flow(service.guide.steps or ()) if service.guide else None,
        related=tuple(one for one in near if one.item.id not in beside),
        wider=next(guided_siblings(item.id, site.catalog.guides, site.rows), None),
        part_of=site.part_of.get(item.id, ()),
        cases=site.cases.get(item.id, ()),
        answering=site.answering.get(item.id, ()),
        address=address,
        changes=site.changes_by_item.get(item.id, ()),
        data=data if (data := item_data_path(item.domain, row.number)) in site.files else None,
        core=site.core_data[item.id],
        structured=structured_data(service, site.catalog, address),
        code=qr_code(address) if address else None,
    )


def _document(basis: Basis, documents: Mapping[str, str]) -> str | None:
    return documents.get(basis.name or "") or documents.get(basis.number or "")


MOST = 6
"""The most related items; a longer list takes too long to read."""


def related(
    item: str, guides: Mapping[str, Guide], rows: Mapping[str, ServiceRow], events: Iterable[Sequence[str]]
) -> tuple[ServiceRow, ...]:
    """The items that its guide names, those whose guides name it, then those of the same life event.

    For an item without a guide, the items of the same 二级事项 that have one come first, because they help most.

    ``events``: the ids of the items of each life event. Items that are not in ``rows`` (by id) are left out.
    """
    found = dict.fromkeys(
        (*(row.item.id for row in guided_siblings(item, guides, rows)), *_named(item, guides, events))
    )
    return tuple(rows[other] for other in found if other != item and other in rows)[:MOST]


def _named(item: str, guides: Mapping[str, Guide], events: Iterable[Sequence[str]]) -> Iterator[str]:
    if item in guides:
        yield from guides[item].related
    yield from (other for other, guide in guides.items() if item in guide.related)
    for items in events:
        if item in items:
            yield from items


DIRECTORY_PAGE = "{county}/{domain}/index.html"


def directory_pages(site: Site) -> Iterator[Page]:
    """The page of each domain's table, followed by those of its items."""
    for view in site.domains:
        yield _directory_page(site.catalog.directories[view.domain], view, site.catalog)
        yield from item_pages(site, view)


def _directory_page(directory: LaidDirectory, view: DomainView, catalog: Catalog) -> Page:
    return Page(
        DIRECTORY_PAGE,
        {"county": catalog.slug, "domain": directory.domain},
        view,
        title=directory.title,
        description=f"{catalog.overlay.name}{directory.label}领域公开{view.count}个事项：内容、依据、时限、主体和渠道。",
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(view.label)),
        meta=column_tags(catalog.overlay.website, column(directory, "信息公开目录")),
        updated=directory.reviewed,
    )
