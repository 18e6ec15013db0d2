"""Exact arithmetic on 分: shares and parts rounded half up, and amounts as people read them."""

from __future__ import annotations

HUNDRED = 100
FIVE_DIGITS = 10_000


def part(amount: int, divisor: int) -> int:
    """The ``divisor``-th part of ``amount``, to the 分, half up (四舍五入). Neither is negative."""
    return (2 * amount + divisor) // (2 * divisor)


def share(amount: int, percent: int) -> int:
    """``percent`` of ``amount``, to the 分, half up."""
    return part(amount * percent, HUNDRED)


def yuan(amount: int) -> str:
    """``12,345.60``, ``1234`` where no 分 are left over: as GB/T 15835 has it, a comma only from five digits on."""
    whole, rest = divmod(amount, HUNDRED)
    said = f"{whole:,}" if whole >= FIVE_DIGITS else str(whole)
    return f"{said}.{rest:02}" if rest else said
