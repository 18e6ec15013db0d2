"""Named parts → the bytes of one zip archive, the same bytes on any day and any system."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The archive with its parts in the given order, under one fixed date."""
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        for name, content in parts.items():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 3  # else it tells the system it was written on
            part.external_attr = 0o600 << 16
            file.writestr(part, content)
    return archive.getvalue()
