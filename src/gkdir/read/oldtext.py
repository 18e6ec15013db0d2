"""A file that is no zip (pdf, doc, xls, wps, et, rtf) → what it says, for its wording; by its content, not its name.

A pdf is dear to read, so what it says is kept between runs.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from gkdir.kepttexts import kept_texts
from gkdir.read.characters import ordinary
from gkdir.read.inside import compound, rtf, word, workbook
from gkdir.read.inside.part import TooMuch

_KINDS = frozenset((".pdf", ".doc", ".dot", ".wps", ".wpt", ".xls", ".et", ".rtf"))
_MOST = 8 << 20
"""Bytes of the file; what is larger is pictures."""
_LONGEST = 200_000
"""Characters that are looked at."""
_KEPT = 2_000
_TWICE = re.compile(r"([\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\1+")
"""Bold letters are drawn twice in some pdfs, and read twice."""


def is_old(path: Path) -> bool:
    """Whether what the file says can be taken from it, by its name."""
    return path.suffix.lower() in _KINDS


def old_text(path: Path) -> str:
    """What the file says; nothing of one that cannot be opened, of which other rules speak."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return ""
        data = path.read_bytes()
    except OSError:
        return ""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"{\\rtf"):
        return rtf.whole(data)[:_LONGEST]
    if data.startswith(compound.SIGNATURE):
        return ordinary(_compound(data))[:_LONGEST]
    return ""


def _pdf(data: bytes) -> str:
    kept = kept_texts("pdf", _KEPT)
    key = sha256(data).hexdigest()
    if key not in kept.made:
        from gkdir.read.inside import pdf  # loads pypdf, and only where there is a pdf

        kept.made[key] = _TWICE.sub(r"\1", ordinary(pdf.whole(data, _LONGEST)))
        kept.keep()
    return kept.made[key]


def _compound(data: bytes) -> str:
    try:
        streams: Mapping[str, bytes] = {one.name.lower(): one.content for one in compound.streams(data)}
        if book := streams.get("workbook") or streams.get("book"):
            return "\n".join(workbook.strings(book))
        return word.text(streams)
    except (struct.error, IndexError, ValueError, TooMuch):
        return ""
