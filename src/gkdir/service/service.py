"""An entry of a Catalog → its Service: all facts about one item, shared by page, PDF, search and data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import Catalog, Entry, LaidDirectory, Organisation
from gkdir.model.domain import FOR_ALL, Hotline
from gkdir.model.guide import Guide, GuideStep, Material
from gkdir.model.item import Item, TimeLimit
from gkdir.service.address import entry_path
from gkdir.service.guide import NO_FILES, GuideView, WayView, guide_view, offices
from gkdir.service.phones import PHONE, Phone, phones


class Service(Struct, frozen=True, dict=True):
    """All facts about one item at one place; unknown facts are ``None`` or empty.

    ``guide`` is the service guide with its keys resolved; ``offices`` handle the item, or publish it if there is no
    guide; ``consult`` and ``complaint``: contacts for questions and complaints, the first with a number.
    """

    entry: Entry
    guide: GuideView | None
    offices: tuple[Organisation, ...]
    consult: tuple[Phone, ...]
    complaint: tuple[Phone, ...]
    unused: str = ""
    """The reason of 指南.不用, if the county does not use the guide of the layers above."""
    line: str = ""
    """A national one-sentence description, for items without a guide."""
    notes: tuple[str, ...] = ()
    """What people must know before they go."""

    @property
    def unguided(self) -> str:
        """The sentence that there is no guide, and why; empty if there is one."""
        if self.guide:
            return ""
        reason = self.unused.rstrip("。")
        return f"这一项不用国家和上级的办事指南：{reason}。" if reason else "这一项还没有办事指南。"

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.entry.item

    @property
    def own(self) -> Guide | None:
        """The guide as it was written."""
        return self.guide.guide if self.guide else None

    @property
    def title(self) -> str:
        """Its everyday name."""
        return self.entry.title

    @property
    def path(self) -> str:
        """Its page inside the county's folder."""
        return entry_path(self.entry)

    @cached_property
    def handling_offices(self) -> tuple[Organisation, ...]:
        """The places to go to: the guide's counters, else its offices, else the likeliest of the publishers."""
        counters = self.guide.counters if self.guide else ()
        if counters or len(self.offices) < 2:
            return counters or self.offices
        named = self.own is not None and any(key.partition(".")[0] == "办理机构" for key in self.own.written)
        return self.offices if named else self.offices[:1]

    @property
    def summary(self) -> str:
        """A short description: the guide's summary, else the national sentence."""
        return (self.own.summary if self.own else None) or self.line

    @property
    def now(self) -> str:
        """What to do at once: 马上做 of the guide."""
        return (self.own.now if self.own else None) or ""

    @property
    def deadlines(self) -> tuple[str, ...]:
        """The deadlines for applying: 别错过 of the guide."""
        return (self.own.deadlines if self.own else None) or ()

    @property
    def steps(self) -> tuple[GuideStep, ...]:
        """The steps in order."""
        return (self.own.steps if self.own else None) or ()

    @property
    def served(self) -> tuple[str, ...]:
        """Who can apply."""
        return (self.own.served if self.own else None) or ()

    @property
    def materials(self) -> tuple[Material, ...] | None:
        """What to bring; empty if nothing is required, ``None`` if the guide does not say."""
        return self.own.materials if self.own else None

    @property
    def limit(self) -> TimeLimit | None:
        """How long it takes: the promised limit, else the statutory one."""
        return (self.own.promised or self.own.statutory) if self.own else None

    @property
    def fee(self) -> str:
        """What it costs."""
        return self.own.fee.text if self.own and self.own.fee else ""

    @property
    def online(self) -> tuple[WayView, ...]:
        """The ways to apply that have a web address."""
        ways = self.guide.ways if self.guide else None
        return tuple(way for way in ways or () if way.url)

    def instead(self, kind: str) -> str:
        """The text for an element that the guide lacks; empty if there is only the advice to ask."""
        return self.guide.instead(kind) if self.guide else ""

    @property
    def checked(self) -> date | None:
        """The day its guide was last checked."""
        return self.own.checked if self.own else None


def seen_from(service: Service, place: Catalog) -> Service:
    """The service with only the offices of ``place``, if it has offices of its own for it."""
    own = tuple(office for office in service.offices if office.key in place.overlay.organisations)
    if not own or own == service.offices:
        return service
    guide = service.own
    directory = place.directories.get(service.item.domain)
    return replace(service, offices=own, **_contacts(guide, own, directory))


def service_of(entry: Entry, catalog: Catalog, files: Mapping[str, int] = NO_FILES) -> Service:
    """The service of ``entry``; ``files`` are the published files by path, with their sizes."""
    item = entry.item
    guide = catalog.guides.get(item.id)
    found = offices(guide, entry, catalog)
    return Service(
        entry=entry,
        guide=guide_view(guide, entry, catalog, files) if guide else None,
        offices=found,
        **_contacts(guide, found, catalog.directories.get(item.domain)),
        unused="" if guide else unused.text if (unused := catalog.unused_guides.get(item.id)) else "",
        line=catalog.lines.get(item.id, ""),
        notes=tuple(filter(None, (*catalog.notes.get(item.id, ()), unchecked(guide)))),
    )


def unchecked(guide: Guide | None) -> str:
    """The note on a guide of the layers above that the county has not confirmed."""
    if guide is None or not guide.inherited or guide.checked:
        return ""
    return f"按{guide.inherited}规定编写的指南，本县还没有核对，请先电话核实。"


def with_files(service: Service, catalog: Catalog, files: Mapping[str, int]) -> Service:
    """The same service with links to ``files`` in its forms."""
    if service.guide is None or not service.guide.forms:
        return service
    return replace(service, guide=guide_view(service.guide.guide, service.entry, catalog, files))


def _contacts(
    guide: Guide | None, found: tuple[Organisation, ...], directory: LaidDirectory | None
) -> dict[str, tuple[Phone, ...]]:
    """``consult`` and ``complaint`` of a Service: from the guide or its organisations, else the hotlines."""
    hotline = directory.hotline if directory else FOR_ALL
    consult = phones(guide.consult if guide else None, found, "phone")
    complaint = phones(guide.complaint if guide else None, found, "complaint_phone")
    return {"consult": _with_number(consult, hotline), "complaint": _with_number(complaint, FOR_ALL)}


def _with_number(calls: tuple[Phone, ...], hotline: Hotline) -> tuple[Phone, ...]:
    """The contacts, with the hotline first if none of them has a number."""
    numbered = any(PHONE.search(call.text) for call in calls)
    return calls if numbered else (Phone(hotline.name, hotline.number), *calls)
