"""Several items → what to do in order, one list of what to bring, whom to ask: the heart of 一件事."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from gkdir.model.county import Catalog
from gkdir.model.guide import Guide, Material
from gkdir.model.navigation import Use
from gkdir.service.address import form_path
from gkdir.service.calculators import Calculator
from gkdir.service.guide import NEEDS
from gkdir.service.phones import PHONE, Phone
from gkdir.service.row import ServiceRow
from gkdir.service.service import Service

OWN = "自备"


class BundleStep(Struct, frozen=True):
    """One item: whom it concerns if not everybody, its purpose, and what its guide says of time and place."""

    row: ServiceRow
    purpose: str
    case: str = ""
    limit: str = ""
    office: str = ""
    nothing: bool = False
    """Whether its guide says that nothing has to be brought."""
    now: str = ""
    """What cannot wait."""
    deadlines: tuple[str, ...] = ()
    calculators: tuple[Calculator, ...] = ()
    """Those that help with it."""


class RequestedBy(Struct, frozen=True):
    """One item that asks for a document: in which form (``原件1份``), and its other remarks."""

    row: ServiceRow
    form: str
    note: str


class BundleDocument(Struct, frozen=True):
    """A document to bring, listed once for all items that ask for it; ``form`` is the page of a form to fill in."""

    name: str
    form: str | None
    source: str
    wanted: tuple[RequestedBy, ...]


class BundleContact(Struct, frozen=True):
    """A number to call (or words if there is none), the office's name, and the items it is for."""

    number: str
    name: str
    rows: tuple[ServiceRow, ...]


class Bundle(Struct, frozen=True):
    """What several items require together.

    ``things`` are always required, ``perhaps`` only in some cases; ``unguided`` are the items without a guide, about
    which people have to ask.
    """

    stops: tuple[BundleStep, ...]
    things: tuple[BundleDocument, ...]
    perhaps: tuple[BundleDocument, ...]
    unguided: tuple[ServiceRow, ...]
    calls: tuple[BundleContact, ...]
    notes: tuple[str, ...] = ()
    """The notes on any of them, each once."""

    @property
    def sequence(self) -> tuple[BundleStep, ...]:
        """What everybody does, one after the other."""
        return tuple(stop for stop in self.stops if not stop.case)

    @property
    def cases(self) -> tuple[BundleStep, ...]:
        """What only some do."""
        return tuple(stop for stop in self.stops if stop.case)


class Bundler(Struct, frozen=True):
    """Makes the bundles of one county; ``rows`` and ``services`` are its items, by id.

    ``calculators`` are those that help with an item, by its id.
    """

    catalog: Catalog
    rows: Mapping[str, ServiceRow]
    services: Mapping[str, Service]
    calculators: Mapping[str, tuple[Calculator, ...]] = field(default_factory=dict)

    def bundle(self, uses: Iterable[Use]) -> Bundle | None:
        """The bundle of the items in ``uses`` that the county has; ``None`` if it has none of them."""
        here = [(self.rows[use.item], self.services[use.item], use) for use in uses if use.item in self.rows]
        if not here:
            return None
        things = _things((row, service.own) for row, service, _ in here if service.own)
        return Bundle(
            stops=tuple(self._stop(*each) for each in here),
            things=tuple(_thing(wanted, self.catalog) for wanted in things if _in_any_case(wanted)),
            perhaps=tuple(_thing(wanted, self.catalog) for wanted in things if not _in_any_case(wanted)),
            unguided=tuple(row for row, service, _ in here if service.materials is None),
            calls=tuple(_calls(((row, service.consult) for row, service, _ in here), self.catalog)),
            notes=tuple(dict.fromkeys(note for _, service, _ in here for note in service.notes)),
        )

    def _stop(self, row: ServiceRow, service: Service, use: Use) -> BundleStep:
        calculators = self.calculators.get(row.item.id, ())
        if service.own is None:
            return BundleStep(row, use.task, use.case, calculators=calculators)
        return BundleStep(
            row,
            use.task,
            use.case,
            service.limit.text if service.limit else "",
            service.handling_offices[0].name if service.handling_offices else "",
            service.materials == (),
            service.now,
            service.deadlines,
            calculators,
        )


_Asked = list[tuple[ServiceRow, Material]]


def _things(guides: Iterable[tuple[ServiceRow, Guide]]) -> list[_Asked]:
    """Each material once, by name, with all items that ask for it."""
    found: dict[str, _Asked] = {}
    for row, guide in guides:
        for material in guide.materials or ():
            found.setdefault("".join(material.name.split()), []).append((row, material))
    return list(found.values())


def _in_any_case(asked: _Asked) -> bool:
    return any(not material.optional for _, material in asked)


def _thing(asked: _Asked, catalog: Catalog) -> BundleDocument:
    first = asked[0][1]
    name = next((material.form for _, material in asked if material.form in catalog.forms), None)
    sources = dict.fromkeys(m.source for _, m in asked if m.source and not m.source.endswith(OWN) and not name)
    wanted = tuple(RequestedBy(row, _form(material), _note(material)) for row, material in asked)
    return BundleDocument(first.name, form_path(name) if name else None, "、".join(sources), wanted)


def _note(material: Material) -> str:
    later = "" if material.optional else NEEDS.get(material.necessity or "")
    return "；".join(filter(None, (later, material.note)))


def _form(material: Material) -> str:
    copies = f"{material.copies}份" if material.copies else ""
    medium = "（电子）" if material.medium == "电子" else ""
    return f"{material.original or ''}{copies}{medium}"


def _calls(found: Iterable[tuple[ServiceRow, tuple[Phone, ...]]], catalog: Catalog) -> Iterator[BundleContact]:
    """Each number once, in order; national hotlines are left out because every page shows them."""
    rows: dict[str, dict[str, ServiceRow]] = {}
    for row, phones in found:
        for phone in phones:
            for number in PHONE.findall(phone.text) or [phone.text]:
                rows.setdefault(number, {})[row.item.id] = row
    names: dict[str | None, str] = {}
    for office in catalog.organisations.values():
        names.setdefault(office.phone, office.name)
    national = {line.number for line in catalog.hotlines}
    for number, about in rows.items():
        if number not in national:
            yield BundleContact(number, names.get(number, ""), tuple(about.values()))
