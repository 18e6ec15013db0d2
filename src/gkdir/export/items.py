"""An item → plain data for JSON, with the keys that ``gkdir read --json`` promises."""

from __future__ import annotations

from gkdir.model.item import Item, TimeLimit


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
