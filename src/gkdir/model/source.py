"""Where a thing that the whole country goes by comes from, and how sure we are of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Confidence = Literal["高", "中", "低"]
Seen = Literal["公开网页", "待查"]


class Source(Struct, frozen=True):
    """The law or document, since when it holds, and how sure we are of what was taken from it.

    ``seen`` says whether the text, or a copy of it, was seen when that was written down, ``seen_at`` where and when.
    """

    text: str
    since: date
    confidence: Confidence
    seen: Seen
    seen_at: str | None = None
