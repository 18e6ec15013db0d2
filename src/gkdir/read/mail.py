"""A web page in one file (mht), or a mail, as bytes → its message with parts; one built to be slow is refused."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

_HEADS = re.compile(rb"^(Content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)
_LONGEST = 8_000
"""Bytes of a head: Python copies a head as often as it has semicolons."""
_DEEPEST = 20
"""Parts that have parts: Python asks at every line of a part whether one of those around it ends there."""


def message_of(data: bytes) -> Message:
    """The message. :raises ValueError: a head is too long, or parts lie too deep in each other"""
    depth = 0
    for head in _HEADS.finditer(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")):
        kind = head[1].lower()
        depth += b"multipart/" in kind or b"message/" in kind
        if len(kind) > _LONGEST or depth > _DEEPEST:
            raise ValueError("no program writes such heads")
    return message_from_bytes(data)
