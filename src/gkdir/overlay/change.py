"""An item and a layer's changes → the changed item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from gkdir.model.county import Change
from gkdir.model.item import Item, Written


def changed(item: Item, changes: Sequence[Change]) -> Item:
    """``item`` after ``changes``, in order; each changed column records where the layer wrote it."""
    if not changes:
        return item
    values: dict[str, Any] = {}
    written = dict(item.written)
    for change in changes:
        above = values.get(change.field, getattr(item, change.field))
        values[change.field] = _combined(above, change)
        written[change.field] = Written("；".join(element.text for element in change.elements), change.place)
        if change.field == "audience" and (change.action == "replace" or change.detail):
            values["audience_detail"] = change.detail
    return replace(item, **values, written=written)


def effective(defaults: Sequence[Change], own: Sequence[Change]) -> tuple[Change, ...]:
    """The defaults that an item does not override, then its own changes."""
    overruled = {change.field for change in own if change.action == "replace"}
    return tuple(change for change in defaults if change.field not in overruled) + tuple(own)


def _combined(above: Any, change: Change) -> Any:
    if change.action == "replace":
        return change.value
    assert isinstance(change.value, tuple)
    return tuple(dict.fromkeys((*(above or ()), *change.value)))
