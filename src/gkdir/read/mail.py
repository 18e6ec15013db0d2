"""A web page in one file (mht), or a mail, as bytes → its message with parts; one designed to be slow is refused."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

_HEADS = re.compile(rb"^(Content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)
_LONGEST = 8_000
"""The most bytes of a header field: Python copies it once for each of its semicolons."""
_DEEPEST = 20
"""The most parts that contain parts: for each line, Python checks the boundaries of all parts around it."""


def message_of(data: bytes) -> Message:
    """The message. :raises ValueError: a header field is too long, or too many parts contain parts"""
    depth = 0
    for head in _HEADS.finditer(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")):
        kind = head[1].lower()
        depth += b"multipart/" in kind or b"message/" in kind
        if len(kind) > _LONGEST or depth > _DEEPEST:
            raise ValueError("no program writes such heads")
    return message_from_bytes(data)
