"""The shape of a layer's file → the Overlay of the model; its columns become changes, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.benefits import NO_STANDARDS
from gkdir.model.columns import COLUMN, FIELDS
from gkdir.model.county import (
    Addition,
    Change,
    DomainOverlay,
    Doubt,
    FieldValue,
    ItemOverlay,
    Omission,
    Overlay,
    Website,
)
from gkdir.model.item import Written
from gkdir.read import words
from gkdir.read.schema.layer import (
    OMISSION_REASON,
    AdditionPart,
    CountyPart,
    DomainPart,
    DoubtPart,
    Fields,
    ItemPart,
    LayerPart,
)
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Added
from gkdir.read.timelimit import time_limit
from gkdir.yaml.nodes import Scalar

S = TypeVar("S", bound=Struct)

_WRITTEN = {
    "编号": "number",
    "一级事项": "level1",
    "二级事项": "level2",
    "三级事项": "level3",
    "通俗名称": "通俗名称",
    "说明": "说明",
}
"""Key of an item that is not a column → its name in ``written``."""


def overlay(part: LayerPart, slug: str, kind: str) -> Overlay:
    """The layer that ``part`` describes; ``kind`` is used if it names none."""
    return _made(
        Overlay,
        part,
        slug=slug,
        kind=part.kind or kind,
        website=part.website or Website(),
        domains={domain: _domain(domain, each) for domain, each in part.domains.items()},
        standards=(part.standards if isinstance(part, CountyPart) else None) or NO_STANDARDS,
        doubts=tuple(_doubt(each) for each in part.doubts) if isinstance(part, CountyPart) else (),
        written=part.written(),
    )


def minimal(slug: str, place: Place, kind: str) -> Overlay:
    """The replacement for a layer whose file could not be read."""
    return Overlay(slug, place, name=slug, code="", kind=kind)


def _made(made: type[S], part: Part, **different: Any) -> S:
    """A value of type ``made``: its fields from those of ``part`` with the same name, except the ``different`` ones."""
    same = {name: getattr(part, name) for name in made.__struct_fields__ if hasattr(part, name)}
    return made(**{**same, **different})


def _written(part: Part) -> Mapping[str, Written]:
    return {_WRITTEN[key]: written for key, written in part.written().items() if key in _WRITTEN}


def _domain(domain: str, part: DomainPart) -> DomainOverlay:
    return _made(
        DomainOverlay,
        part,
        domain=domain,
        reviewed_place=part.key_place("审核日期"),
        guides_checked_place=part.key_place("指南核对"),
        defaults=changes(part.defaults),
        items=tuple(_item(number, each, part) for number, each in part.items.items()),
        additions=tuple(_addition(each) for each in part.additions),
    )


def _item(number: str, part: ItemPart, domain: DomainPart) -> ItemOverlay:
    return _made(
        ItemOverlay,
        part,
        number=number,
        changes=changes(part),
        omission=_omission(part, domain),
        guide_unused=part.guide_use.unused if part.guide_use else None,
        written=_written(part),
    )


def _omission(part: ItemPart, domain: DomainPart) -> Omission | None:
    """The item's omission, with the domain's reason if the item has none; ``None`` if it is not omitted."""
    omission, shared = part.omission, domain.node(OMISSION_REASON)
    if omission is None or omission.reason or shared is None:
        return omission
    reason = domain.omission_reason.text if domain.omission_reason else ""
    return replace(omission, reason=reason, place=shared.key, shared=True)


def _addition(part: AdditionPart) -> Addition:
    written = _written(part)
    return _made(Addition, part, place=written["number"].place, changes=changes(part), written=written)


def _doubt(part: DoubtPart) -> Doubt:
    item = _made(Addition, part, number=part.number or "", changes=changes(part), written={})
    return _made(
        Doubt,
        part,
        source=part.source.text,
        place=part.source.place,
        candidates=tuple(each.text for each in part.candidates or ()),
        item=item if part.level1 or part.level2 or part.level3 else None,
        reason=part.refused.text if part.refused else None,
    )


def changes(fields: Fields | None) -> tuple[Change, ...]:
    """The changes in ``fields``, in the order of the columns."""
    if fields is None:
        return ()
    return tuple(_change(fields, field) for field in FIELDS if getattr(fields, field) is not None)


def _change(fields: Fields, field: str) -> Change:
    given: Written | Added | tuple[Written, ...] = getattr(fields, field)
    label = COLUMN[field].label
    place = fields.key_place(label)
    if isinstance(given, Written):
        return Change(field, "replace", time_limit(given.text), place, (given,))
    elements = given.more if isinstance(given, Added) else given
    alone = isinstance(fields.node(label), Scalar)
    return Change(
        field,
        "add" if isinstance(given, Added) else "replace",
        _READERS[field](elements, alone) if elements else (),
        place,
        elements,
        _detail(elements) if field == "audience" else None,
    )


def _detail(elements: tuple[Written, ...]) -> str | None:
    """The group in ``特定群体（就业困难人员）``."""
    groups = [group for element in elements if (group := words.audience(element.text)[1])]
    return "、".join(groups) or None


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _content(elements: tuple[Written, ...], alone: bool) -> FieldValue:
    # a single text may be a whole pasted cell and is split; the entries of a list are kept
    return words.elements(elements[0].text) if alone else _unique([element.text for element in elements])


def _basis(elements: tuple[Written, ...], alone: bool) -> FieldValue:
    if alone:
        return words.bases(elements[0].text)
    return tuple(dict.fromkeys(words.basis(element.text) for element in elements))


def _publisher(elements: tuple[Written, ...], alone: bool) -> FieldValue:
    return words.publishers(elements[0].text) if alone else _unique([element.text for element in elements])


def _channels(elements: tuple[Written, ...], alone: bool) -> FieldValue:
    del alone
    return _unique([channel for element in elements for channel in words.channels(element.text)])


def _words(means: Callable[[str], tuple[str, ...]]) -> Callable[[tuple[Written, ...], bool], FieldValue]:
    def read(elements: tuple[Written, ...], alone: bool) -> FieldValue:
        del alone
        return _unique([word for element in elements for word in means(element.text)])

    return read


_READERS: dict[str, Callable[[tuple[Written, ...], bool], FieldValue]] = {
    "content": _content,
    "basis": _basis,
    "publisher": _publisher,
    "channels": _channels,
    "audience": _words(lambda text: words.audience(text)[0]),
    "mode": _words(words.mode),
    "levels": _words(words.levels),
}
