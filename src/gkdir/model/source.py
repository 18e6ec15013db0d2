"""The source of a national parameter, and how certain it is."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Confidence = Literal["高", "中", "低"]
Seen = Literal["公开网页", "待查"]


class Source(Struct, frozen=True):
    """The law or document, its first day of validity, and how certain the data taken from it are.

    ``seen`` says whether the text, or a copy of it, was seen when that was written down, ``seen_at`` where and when.
    """

    text: str
    since: date
    confidence: Confidence
    seen: Seen
    seen_at: str | None = None
