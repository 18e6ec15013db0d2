"""Exact arithmetic on 分: shares and parts rounded half up, and amounts as people read them."""

from __future__ import annotations

HUNDRED = 100


def part(amount: int, divisor: int) -> int:
    """The ``divisor``-th part of ``amount``, to the 分, half up (四舍五入). Neither is negative."""
    return (2 * amount + divisor) // (2 * divisor)


def share(amount: int, percent: int) -> int:
    """``percent`` of ``amount``, to the 分, half up."""
    return part(amount * percent, HUNDRED)


def yuan(amount: int) -> str:
    """``1,234.50``, or ``1,234`` where no 分 are left over."""
    whole, rest = divmod(amount, HUNDRED)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
