"""The source of a national parameter, and how certain it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from gkdir.model.declared import Key

Confidence = Literal["高", "中", "低"]
Seen = Literal["公开网页", "待查"]


class Source(Struct, frozen=True, kw_only=True):
    """The law or document, its first day of validity, and how certain the data taken from it are.

    ``seen`` says whether the text, or a copy of it, was seen when that was written down, ``seen_at`` where and when.
    Parameters that come with their source are kinds of it.
    """

    text: Annotated[str, Key("来源", "哪部法律、哪份文件的第几条。")]
    since: Annotated[date, Key("日期", "从哪一天起施行。", "2025-01-01")]
    confidence: Annotated[Confidence, Key("把握", "整理时对它有多大把握。", "高")]
    seen: Annotated[Seen, Key("出处", "整理时看到过原文、转载没有。", "公开网页")]
    seen_at: Annotated[str | None, Key("见于", "写在哪里、哪天看的。")] = None

    @property
    def source(self) -> Source:
        """Where it comes from."""
        return self
