"""A Catalog and an item → its elements in directory and guide, each with the layer and line it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.columns import COLUMNS
from gkdir.model.county import Catalog, Entry
from gkdir.model.guide import Guide
from gkdir.model.item import Basis, Item, TimeLimit
from gkdir.overlay.county_guides import COUNTRY
from gkdir.overlay.guides import FIELDS
from gkdir.read.text import one_line

DIRECTORY, GUIDE, BLANK = "目录", "办事指南", "待补"
UNUSED = "指南.不用"
SHOWN = 40
"""The most characters of a value to show."""


class Origin(Struct, frozen=True):
    """One element: ``part`` is 目录, 办事指南 or 待补; ``layer`` is the name of the layer that wrote it."""

    part: str
    element: str
    value: str
    layer: str
    place: Place


def origins(catalog: Catalog, entry: Entry) -> tuple[Origin, ...]:
    """The origins of all elements of ``entry`` that have a value, in the order of directory and guide."""
    layers = _Layers(catalog)
    found = [*_columns(entry, layers)]
    guide, unused = catalog.guides.get(entry.item.id), catalog.unused_guides.get(entry.item.id)
    if unused is not None:
        found.append(layers.origin(GUIDE, UNUSED, unused.text, unused.place))
    if guide is not None:
        found += _guide(guide, catalog, layers)
    return tuple(found)


class _Layers:
    """Finds the layer that a file belongs to, by its folder."""

    def __init__(self, catalog: Catalog) -> None:
        self.names = [(layer.place.file, layer.name) for layer in reversed(catalog.layers)]

    def origin(self, part: str, element: str, value: str, place: Place) -> Origin:
        return Origin(part, element, one_line(value), self._name(place.file), place)

    def _name(self, file: str) -> str:
        """The name of the lowest layer in whose folder the file is; the country if there is none."""
        for own, name in self.names:
            folders = (own.rpartition("/")[0], own.rpartition(".")[0])
            if file == own or (file.startswith(tuple(f"{folder}/" for folder in folders)) and "/national/" not in file):
                return name
        return COUNTRY


def _columns(entry: Entry, layers: _Layers) -> Iterator[Origin]:
    for column in COLUMNS:
        value = _text(entry.item, column.key)
        place = entry.item.place(column.key)
        if value and place:
            yield layers.origin(DIRECTORY, column.label, value, place)


def _text(item: Item, field: str) -> str:
    value = getattr(item, field)
    if isinstance(value, TimeLimit):
        return value.text
    if isinstance(value, tuple):
        return "、".join(each.text if isinstance(each, Basis) else each for each in value)
    return value or ""


def _guide(guide: Guide, catalog: Catalog, layers: _Layers) -> Iterator[Origin]:
    for field, key in FIELDS.items():
        value = getattr(guide, field)
        if value is None:
            continue
        written = guide.written.get(key) or guide.written.get(key.partition(".")[0])
        office = catalog.organisation(guide.offices[0]) if guide.offices else None
        # Elements that no guide gives come from the organisation that publishes the item.
        place = written.place if written else office.place if office else guide.place
        yield layers.origin(GUIDE, key, _words(value), place)
    for key, attribute in (("办事时间", "hours"), ("咨询", "phone"), ("监督投诉", "complaint_phone")):
        for name in guide.offices or () if key not in guide.written else ():
            office = catalog.organisation(name)
            if office and (value := getattr(office, attribute)):
                yield layers.origin(GUIDE, key, value, office.place)
    for entry in guide.further:
        yield layers.origin(GUIDE, entry.name, entry.text, entry.place)
    for entry in guide.without:
        yield layers.origin(GUIDE, entry.name, f"无。{entry.text}", entry.place)
    for section in guide.sections:
        yield layers.origin(GUIDE, f"## {section.title}", section.markdown, section.place)
    for entry in guide.pending:
        yield layers.origin(BLANK, entry.name, entry.text, entry.place)


def _words(value: object) -> str:
    """A value of a guide as one line of text."""
    if isinstance(value, tuple):
        return "、".join(_words(each) for each in value) or "没有"
    for field in ("name", "target", "text"):
        if isinstance(text := getattr(value, field, None), str):
            return text
    return str(value)
