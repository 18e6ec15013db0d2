"""The files of a county's site → one zip for any system, or the names that prevent it; a release → its folder."""

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
_LONGEST = 180
"""Characters of a path: Windows takes 260 with the folder that it is unpacked into."""
_END = 22
"""Bytes of the record at the end of an archive without a comment."""
_MOST = 65_535
"""Files of one archive, without the extension that old programs do not read."""


def unsafe_names(paths: Iterable[str]) -> Iterator[str]:
    """The paths that change or vanish between Windows and a web server: not ASCII, reserved, or told apart by case."""
    seen: set[str] = set()
    for path in sorted(paths):
        parts = path.split("/")
        plain = all(
            _PLAIN.fullmatch(part) and not part.endswith(".") and not _DEVICES.fullmatch(part) for part in parts
        )
        if not plain or len(path) > _LONGEST or path.lower() in seen:
            yield path
        seen.add(path.lower())


def site_archive(slug: str, site: Mapping[str, bytes]) -> bytes:
    """The site in a folder named like the county, sorted; the same bytes for the same files."""
    if len(site) > _MOST:
        raise ValueError(f"{len(site)} files are too many for one archive")
    return packed({f"{slug}/{path}": site[path] for path in sorted(site)})


def is_site_archive(content: bytes) -> bool:
    """Whether a file is an archive that gkdir packed, unchanged since."""
    if not content.startswith(b"PK") or not content[-_END:].startswith(b"PK\5\6"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            return any(name.endswith(f"/{MANIFEST}") for name in names) and all(map(is_packed, archive.infolist()))
    except (BadZipFile, ValueError, NotImplementedError):
        return False


class PlacingResult(Enum):
    """What became of it."""

    NEW = "new"
    SAME = "same"  # it was there, byte for byte
    OTHER = "other"  # another one was there, and still is


def place(folder: Path, files: Mapping[str, bytes]) -> PlacingResult:
    """Put ``files`` into the new folder ``folder``; one that is there already is only looked at."""
    if os.path.lexists(folder):
        there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        same = set(there) == set(files) and all(there[name].read_bytes() == files[name] for name in files)
        return PlacingResult.SAME if same else PlacingResult.OTHER
    write_folder(folder, files)
    return PlacingResult.NEW
