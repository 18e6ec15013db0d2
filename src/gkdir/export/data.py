"""One domain of a laid catalog → the bytes of its JSON files; an item, a guide, a form → plain values for them.

The keys of items are those that ``gkdir read --json`` promises, those of guides are the model's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.attached import AttachedFile
from gkdir.model.county import Catalog, Entry
from gkdir.model.declared import declared
from gkdir.model.guide import Form, Guide
from gkdir.model.item import Item, TimeLimit
from gkdir.service.address import attached_path


def item_json(item: Item, *, row: bool = False) -> dict[str, object]:
    """The item as lists, texts and numbers; with ``row``, the first row of the sheet it was read from."""
    data: dict[str, object] = {"row": item.rows[0]} if row else {}
    return data | {
        "number": item.number,
        "level1": item.level1,
        "level2": item.level2,
        "level3": item.level3,
        "content": list(item.content),
        "basis": [basis.text for basis in item.basis],
        "time_limit": time_limit_json(item.time_limit),
        "publisher": list(item.publisher),
        "channels": list(item.channels),
        "audience": list(item.audience),
        "audience_detail": item.audience_detail,
        "mode": list(item.mode),
        "levels": None if item.levels is None else list(item.levels),
        "extra": dict(item.extra),
    }


def time_limit_json(limit: TimeLimit) -> dict[str, object]:
    """The limit, without keys that do not apply to its kind."""
    data: dict[str, object] = {"text": limit.text, "kind": limit.kind}
    parts = {"count": limit.count, "unit": limit.unit, "from": limit.anchor, "period": limit.period, "by": limit.by}
    data |= {key: value for key, value in parts.items() if value is not None}
    if limit.statutory is not None:
        data["statutory"] = time_limit_json(limit.statutory)
    if limit.parts:
        data["parts"] = [time_limit_json(part) for part in limit.parts]
    return data


OTHERWISE_EXPORTED: Mapping[str, Callable[[Guide], Mapping[str, object]]] = {
    "limit": lambda guide: {"statutory_limit": _plain(guide.statutory), "promised_limit": _plain(guide.promised)},
    "fee": lambda guide: {"fee": guide.fee.text if guide.fee else None},
    "review": lambda guide: {"checked": _plain(guide.checked)},
    "further": lambda guide: {"further": {entry.name: entry.text for entry in guide.further}},
    "without": lambda guide: {"without": {entry.name: entry.text for entry in guide.without}},
    "pending": lambda guide: {"pending": {entry.name: entry.text for entry in guide.pending}},
    "example_note": lambda _: {},
}
"""Element of a guide → what is exported for it, where that is not the element itself."""


def guide_json(guide: Guide) -> dict[str, object]:
    """The guide's elements by key; missing ones are ``null``."""
    data: dict[str, object] = {}
    for one in declared(Guide):
        otherwise = OTHERWISE_EXPORTED.get(one.field)
        data |= otherwise(guide) if otherwise else {one.field: _plain(getattr(guide, one.field))}
    files = {file.path: file for section in guide.sections for file in section.files}
    return {
        **data,
        "sections": [{"title": section.title, "markdown": section.markdown} for section in guide.sections],
        "files": [_file_json(file) for _, file in sorted(files.items())],
    }


def _file_json(file: AttachedFile) -> dict[str, object]:
    return {"name": file.name, "target": file.target, "url": attached_path(file.path), "size": file.size}


def _plain(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, TimeLimit):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Struct):
        fields = value.__struct_fields__
        return {field: _plain(getattr(value, field)) for field in fields if field != "place"}
    return value


def form_json(form: Form, path: Callable[[str], str]) -> dict[str, object]:
    """The name and title of the form, and the path of its page in the county's folder."""
    return {"name": form.name, "title": form.title, "url": path(form.name)}


class Paths(Struct, frozen=True):
    """The paths of the pages of items (by domain and number) and of forms (by name) in the county's folder."""

    item: Callable[[str, str], str]
    form: Callable[[str], str]


class DomainData(Struct, frozen=True):
    """One domain's head and items, each encoded once for the file of all items and for its own file."""

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

    The county is given by folder and name; items are as ``gkdir read --json`` has them, without ``row``. In addition:
    ``id``; ``url``, a path inside the county's folder; ``guide``, its elements or ``null``; ``forms``, those that the
    guide asks for. ``updated`` is the day of the last review, or ``null``.
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
