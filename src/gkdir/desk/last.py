"""A project's folder → the last change that its desk wrote to each county, which a restart does not lose; and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from gkdir.clerk.apply import Versions
from gkdir.output import write_file

FILE = ".gkdir-desk-last"  # beside the desk's lock, in no folder that is read


class LastChange(Struct, frozen=True):
    """What was written to the county ``slug``: each file's content before and after, and what to call it."""

    slug: str
    title: str
    files: Mapping[str, Versions]


def last_changes(project: Path) -> dict[str, LastChange]:
    """By county; none if there is no such file, or it is of another version."""
    try:
        return msgspec.json.decode((project / FILE).read_bytes(), type=dict[str, LastChange])
    except (OSError, msgspec.MsgspecError):
        return {}


def keep_last(project: Path, last: Mapping[str, LastChange]) -> None:
    """Keep them for the next start."""
    if not last:
        (project / FILE).unlink(missing_ok=True)
        return
    write_file(project / FILE, msgspec.json.encode(last), own=lambda _: True)
