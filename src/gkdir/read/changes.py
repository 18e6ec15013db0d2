"""The columns that a layer writes → Changes in the model's terms, each with what was written and where."""

from __future__ import annotations

from collections.abc import Callable

from gkdir.model.columns import COLUMN, FIELDS
from gkdir.model.county import Change, FieldValue
from gkdir.model.item import Written
from gkdir.read import words
from gkdir.read.schema.layer import Fields
from gkdir.read.schema.values import Added
from gkdir.read.timelimit import time_limit
from gkdir.yaml.nodes import Scalar


def changes(fields: Fields | None) -> tuple[Change, ...]:
    """The changes that ``fields`` makes, in the order of the columns."""
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
    """The group given with 特定群体: ``特定群体（就业困难人员）``."""
    groups = [group for element in elements if (group := words.audience(element.text)[1])]
    return "、".join(groups) or None


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _content(elements: tuple[Written, ...], alone: bool) -> FieldValue:
    # A clerk who pastes a whole cell gets it taken apart; the entries of a list are taken as they are.
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
