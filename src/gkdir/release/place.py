"""A release → its folder, put in place whole; one that is there is never written over."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from gkdir.output import write_folder


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
