"""The few filters of the templates: days, sizes and phone numbers as people read them."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup, escape

_PHONE = re.compile(
    r"(?<![\d-])(?<!掌上)(?:0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|400-?\d{3}-?\d{4}|1[3-9]\d{9}|(?:12|96)\d{3,4})(?![\d-])"
)


def chinese_date(day: date) -> str:
    """``2026年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def file_size(size: int) -> str:
    """``12 KB``, ``1.4 MB``; never ``0``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def phones(text: str) -> Markup:
    """The text with its phone numbers made to be tapped."""
    return Markup(_PHONE.sub(_tel, str(escape(text))))


def _tel(match: re.Match[str]) -> str:
    return f'<a class="tel" href="tel:{match[0]}">{match[0]}</a>'
