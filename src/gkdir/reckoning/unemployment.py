"""Months of paying → the months for which 失业保险金 may be drawn at most, and what that comes to."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.reckoning import MONTHS, Amount, Tier, Unemployment


class Drawing(Struct, frozen=True):
    """``months`` at most; ``monthly`` at first, ``later`` from the 13th month on; ``total`` of all of it (分)."""

    months: int
    monthly: int | None = None
    later: int | None = None
    total: int | None = None


def drawing(paid: int, left: int, rules: Unemployment, benefit: Amount | None = None) -> Drawing:
    """The benefit of somebody who has ``paid`` for that number of months since the last spell.

    ``left`` are the months of that spell that were not drawn: they come on top, even for those who have not paid
    long enough for a new one. Without a ``benefit`` only the months are known.
    """
    own = months_for(paid, (benefit.tiers if benefit else ()) or rules.tiers)
    months = min(rules.together, own + left)
    if benefit is None or not months:
        return Drawing(months)
    later = benefit.later if benefit.later is not None and months > MONTHS else None
    first = months if later is None else MONTHS
    total = benefit.monthly * first + (later or 0) * (months - first)
    return Drawing(months, benefit.monthly, later, total)


def months_for(paid: int, tiers: tuple[Tier, ...]) -> int:
    """The months of the highest tier that is reached; none below the lowest."""
    return max((tier.drawn for tier in tiers if paid >= tier.paid), default=0)
