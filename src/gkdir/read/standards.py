"""The shape of 待遇标准 → the amounts of the model."""

from __future__ import annotations

from gkdir.model.reckoning import Amount, Standards, Tier
from gkdir.read.schema.standards import AmountPart, StandardsPart
from gkdir.read.schema.validate import declared


def standards(part: StandardsPart) -> Standards:
    """The amounts that ``part`` gives."""
    return Standards(**{one.field: _amount(getattr(part, one.field)) for one in declared(StandardsPart)})


def _amount(part: AmountPart | None) -> Amount | None:
    if part is None:
        return None
    return Amount(
        monthly=part.monthly,
        place=part.place,
        source=part.source.text if part.source else None,
        since=part.since,
        checked=part.checked,
        later=part.later,
        extra=part.extra,
        tiers=tuple(Tier(paid, drawn) for paid, drawn in part.tiers),
    )
