"""Named parts → the bytes of one zip archive, the same bytes on any day and any system."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o600 << 16


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The archive with its parts in the given order, under one fixed date."""
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        for name, content in parts.items():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.create_system = _UNIX  # else it tells the system it was written on
            part.external_attr = _MODE
            file.writestr(part, content)
    return archive.getvalue()


def is_packed(part: ZipInfo) -> bool:
    """Whether a part bears all the marks that ``packed`` gives it, and no other program gives together."""
    return (part.date_time, part.create_system, part.external_attr) == (_EPOCH, _UNIX, _MODE)
