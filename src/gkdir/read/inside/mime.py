"""A web page saved as one file (mht) by Word or a browser → the texts in it."""

from __future__ import annotations

import re

from gkdir.read.inside.part import Look, Looked, Unseen

_HEAD = re.compile(rb"(?:MIME-Version|From|Content-Type|Subject|Date|Snapshot-Content-Location)\s*:", re.IGNORECASE)


def is_mail(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a MIME message."""
    return _HEAD.match(start) is not None and b"multipart/" in start.lower()


def texts(data: bytes, name: str, look: Look) -> Looked:
    """The texts of its parts."""
    from email.errors import MessageError  # rarely needed, and slow to import

    from gkdir.read.mail import message_of

    try:
        message = message_of(data)
        parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    except (MessageError, ValueError, LookupError):
        yield Unseen(f"看不懂的部分{name and ' '}{name}")
        return
    for part in parts:
        if isinstance(part, bytes) and part:
            yield from look(part, name)
