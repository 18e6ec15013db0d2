"""One domain of a laid catalog → the bytes of its JSON files, for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from msgspec import Struct

from gkdir.export.guides import form_json, guide_json
from gkdir.export.items import item_json
from gkdir.model.county import Catalog, Entry


class Paths(Struct, frozen=True):
    """The paths of the pages of items (by domain and number) and of forms (by name) in the county's folder."""

    item: Callable[[str, str], str]
    form: Callable[[str], str]


class DomainData(Struct, frozen=True):
    """One domain's head and its items, each dumped once for the file of all and for the file of its own."""

    head: str
    items: Mapping[str, str]

    @property
    def whole(self) -> bytes:
        """``{"county", "name", "domain", "updated", "items"}``, with one item on a line."""
        lines = ",\n".join(self.items.values())
        return f'{self.head}, "items": [\n{lines}\n]}}\n'.encode("utf-8", "replace")

    def single(self, item: str) -> bytes:
        """``{"county", "name", "domain", "updated", "item"}``."""
        return f'{self.head}, "item": {self.items[item]}}}\n'.encode("utf-8", "replace")


def domain_data(catalog: Catalog, domain: str, paths: Paths) -> DomainData:
    """The data of one domain.

    The county stands by its folder and in words; items are as ``gkdir read --json`` has them, without ``row``.
    Besides: ``id``; ``url``, a path inside the county's folder; ``guide``, its elements or ``null``; ``forms``,
    those that the guide asks for. ``updated`` is the day of the last review, or ``null``.
    """
    directory = catalog.directories[domain]
    head = {
        "county": catalog.slug,
        "name": catalog.overlay.name,
        "domain": domain,
        "updated": directory.reviewed.isoformat() if directory.reviewed else None,
    }
    items = {entry.item.id: _dumped(_item(entry, catalog, paths)) for entry in directory.entries}
    return DomainData(_dumped(head)[:-1], items)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _item(entry: Entry, catalog: Catalog, paths: Paths) -> dict[str, object]:
    item = entry.item
    guide = catalog.guides.get(item.id)
    wanted = dict.fromkeys(material.form for material in (guide.materials or () if guide else ()) if material.form)
    forms = [catalog.forms[name] for name in wanted if name in catalog.forms]
    return {
        **item_json(item),
        "id": item.id,
        "url": paths.item(item.domain, item.number or ""),
        "guide": guide_json(guide) if guide else None,
        "forms": [form_json(form, paths.form) for form in forms],
    }
