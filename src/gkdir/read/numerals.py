"""The figures of a text → Chinese numerals, as the formats [DBNum1] (一), [DBNum2] (壹) and [DBNum3] (１) show them."""

from __future__ import annotations

import re

_DIGITS = ("", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_STEPS = ("", ("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_GROUPS = ("", "万", "亿", "万亿")
_FIGURES = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def in_numerals(text: str, numerals: int) -> str:
    """The text with its numbers in Chinese."""
    if numerals not in (1, 2, 3):
        return text
    return _FIGURES.sub(lambda match: counted(match[0], numerals), text)


def spelt(figures: str, numerals: int) -> str:
    """Each figure by itself: 2026 → 二〇二六."""
    return figures.translate(str.maketrans("0123456789", _DIGITS[numerals])) if numerals in (1, 2, 3) else figures


def counted(figures: str, numerals: int) -> str:
    """The number that the figures make: 25 → 二十五; with [DBNum3] each figure by itself."""
    whole, point, rest = figures.partition(".")
    if numerals not in (1, 2) or len(whole.lstrip("0")) > 16:
        return spelt(figures, numerals)
    digits, steps = _DIGITS[numerals], _STEPS[numerals]
    pieces: list[str] = []
    whole = whole.lstrip("0")
    zero = False
    for index, figure in enumerate(whole):
        group, step = divmod(len(whole) - 1 - index, 4)
        if figure == "0":
            zero = True
        else:
            pieces.append((digits[0] if zero and pieces else "") + digits[int(figure)] + steps[step])
            zero = False
        if step == 0 and whole[max(0, index - 3) : index + 1].strip("0"):
            pieces.append(_GROUPS[group])
    text = "".join(pieces) or digits[0]
    return text + (f"点{spelt(rest, numerals)}" if point else "")
