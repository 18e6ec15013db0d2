"""The files of a county's site → one zip for any system, or names that prevent it; a release → its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from gkdir.export.packing import is_packed, packed
from gkdir.output import write_folder
from gkdir.publish.manifest import MANIFEST

_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_MAX_PATH_CHARS = 180
"""The most characters of a path in an archive: Windows allows 260, including the folder that it is extracted to."""
_END_RECORD_BYTES = 22
"""The size in bytes of an archive's end record without a comment."""
_MAX_FILES = 65_535
"""The most files of an archive without Zip64, which old programs cannot read."""


def unsafe_names(paths: Iterable[str]) -> Iterator[str]:
    """The paths that change or are lost between Windows and a web server.

    They are not plain ASCII, reserved on Windows, too long, or equal to another except for case.
    """
    seen: set[str] = set()
    for path in sorted(paths):
        parts = path.split("/")
        plain = all(
            _PLAIN.fullmatch(part) and not part.endswith(".") and not _DEVICES.fullmatch(part) for part in parts
        )
        if not plain or len(path) > _MAX_PATH_CHARS or path.lower() in seen:
            yield path
        seen.add(path.lower())


def site_archive(slug: str, site: Mapping[str, bytes]) -> bytes:
    """The site, sorted, in a folder named like the county; the same bytes for the same files."""
    if len(site) > _MAX_FILES:
        raise ValueError(f"{len(site)} files are too many for one archive")
    return packed({f"{slug}/{path}": site[path] for path in sorted(site)})


def is_site_archive(content: bytes) -> bool:
    """Whether the content is an archive made by ``site_archive``, unchanged since."""
    if not content.startswith(b"PK") or not content[-_END_RECORD_BYTES:].startswith(b"PK\5\6"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            return any(name.endswith(f"/{MANIFEST}") for name in names) and all(map(is_packed, archive.infolist()))
    except (BadZipFile, ValueError, NotImplementedError):
        return False


class PlacingResult(Enum):
    """The outcome of ``place``."""

    NEW = "new"
    SAME = "same"  # the folder has the same files already
    OTHER = "other"  # the folder has other files, which were left alone


def place(folder: Path, files: Mapping[str, bytes]) -> PlacingResult:
    """Write ``files`` into the new folder ``folder``; an existing one is only compared."""
    if os.path.lexists(folder):
        there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        same = set(there) == set(files) and all(there[name].read_bytes() == files[name] for name in files)
        return PlacingResult.SAME if same else PlacingResult.OTHER
    write_folder(folder, files)
    return PlacingResult.NEW
