"""Several items → the steps in order, one list of documents for all, and whom to ask: the content of 一件事."""

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
    """One item: its purpose, whom it concerns (``case``, empty for everybody), and time and place from its guide."""

    row: ServiceRow
    purpose: str
    case: str = ""
    limit: str = ""
    office: str = ""
    nothing: bool = False
    """Whether its guide says that nothing has to be brought."""
    now: str = ""
    """What to do at once: 马上做 of its guide."""
    deadlines: tuple[str, ...] = ()
    calculators: tuple[Calculator, ...] = ()
    """The calculators for it."""


class RequestedBy(Struct, frozen=True):
    """An item that asks for a document: in which form (``原件1份``), and further remarks."""

    row: ServiceRow
    form: str
    note: str


class BundleDocument(Struct, frozen=True):
    """A document to bring, once for all items that ask for it; ``form``: the page of the form, if it is one."""

    name: str
    form: str | None
    source: str
    requests: tuple[RequestedBy, ...]


class BundleContact(Struct, frozen=True):
    """A number to call (or words if there is none), the office's name, and the items it is for."""

    number: str
    name: str
    rows: tuple[ServiceRow, ...]


class Bundle(Struct, frozen=True):
    """What several items require together.

    ``documents`` are needed in any case, ``conditional_documents`` only in some; ``unguided``: the items whose
    materials are unknown, about which people have to ask.
    """

    steps: tuple[BundleStep, ...]
    documents: tuple[BundleDocument, ...]
    conditional_documents: tuple[BundleDocument, ...]
    unguided: tuple[ServiceRow, ...]
    contacts: tuple[BundleContact, ...]
    notes: tuple[str, ...] = ()
    """The notes on all items, each once."""

    @property
    def sequence(self) -> tuple[BundleStep, ...]:
        """The steps for everybody, in order."""
        return tuple(step for step in self.steps if not step.case)

    @property
    def cases(self) -> tuple[BundleStep, ...]:
        """The steps that only concern some people."""
        return tuple(step for step in self.steps if step.case)


class Bundler(Struct, frozen=True):
    """Makes bundles of the items of one county; ``rows``, ``services`` and ``calculators`` are by item id."""

    catalog: Catalog
    rows: Mapping[str, ServiceRow]
    services: Mapping[str, Service]
    calculators: Mapping[str, tuple[Calculator, ...]] = field(default_factory=dict)

    def bundle(self, uses: Iterable[Use]) -> Bundle | None:
        """The bundle of the items in ``uses`` that the county has; ``None`` if it has none of them."""
        offered = [(self.rows[use.item], self.services[use.item], use) for use in uses if use.item in self.rows]
        if not offered:
            return None
        requests = _requests((row, service.own) for row, service, _ in offered if service.own)
        return Bundle(
            steps=tuple(self._step(*each) for each in offered),
            documents=tuple(_document(each, self.catalog) for each in requests if _in_any_case(each)),
            conditional_documents=tuple(_document(each, self.catalog) for each in requests if not _in_any_case(each)),
            unguided=tuple(row for row, service, _ in offered if service.materials is None),
            contacts=tuple(_contacts(((row, service.consult) for row, service, _ in offered), self.catalog)),
            notes=tuple(dict.fromkeys(note for _, service, _ in offered for note in service.notes)),
        )

    def _step(self, row: ServiceRow, service: Service, use: Use) -> BundleStep:
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


_Requests = list[tuple[ServiceRow, Material]]


def _requests(guides: Iterable[tuple[ServiceRow, Guide]]) -> list[_Requests]:
    """For each name of a material, the items that ask for it, each with its material."""
    found: dict[str, _Requests] = {}
    for row, guide in guides:
        for material in guide.materials or ():
            found.setdefault("".join(material.name.split()), []).append((row, material))
    return list(found.values())


def _in_any_case(requests: _Requests) -> bool:
    return any(not material.optional for _, material in requests)


def _document(requests: _Requests, catalog: Catalog) -> BundleDocument:
    first = requests[0][1]
    name = next((material.form for _, material in requests if material.form in catalog.forms), None)
    sources = dict.fromkeys(m.source for _, m in requests if m.source and not m.source.endswith(OWN) and not name)
    asking = tuple(RequestedBy(row, _form(material), _note(material)) for row, material in requests)
    return BundleDocument(first.name, form_path(name) if name else None, "、".join(sources), asking)


def _note(material: Material) -> str:
    later = "" if material.optional else NEEDS.get(material.necessity or "")
    return "；".join(filter(None, (later, material.note)))


def _form(material: Material) -> str:
    copies = f"{material.copies}份" if material.copies else ""
    medium = "（电子）" if material.medium == "电子" else ""
    return f"{material.original or ''}{copies}{medium}"


def _contacts(found: Iterable[tuple[ServiceRow, tuple[Phone, ...]]], catalog: Catalog) -> Iterator[BundleContact]:
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
