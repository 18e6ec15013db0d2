"""Account and years of paying → the monthly 城乡居民养老金."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.reckoning import Amount, Pension
from gkdir.reckoning.money import part


class Monthly(Struct, frozen=True):
    """``account`` from one's own account, ``basic`` from the state, ``extra`` for long paying, and the sum (分).

    ``None``: the place has not said how much; the account's part is known all the same.
    """

    account: int
    basic: int | None = None
    extra: int | None = None
    total: int | None = None


def monthly(balance: int, years: int, rules: Pension, basic: Amount | None = None) -> Monthly:
    """The monthly pension for that ``balance`` (分) and that number of full ``years`` of paying."""
    account = part(balance, rules.divisor)
    if basic is None:
        return Monthly(account)
    beyond = max(0, years - rules.years)
    extra = basic.extra * beyond if basic.extra and beyond else None
    return Monthly(account, basic.monthly, extra, account + basic.monthly + (extra or 0))
