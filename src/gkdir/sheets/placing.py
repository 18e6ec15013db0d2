"""A county's PDFs → the output folder, which may hold other files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gkdir.finding import Unreadable
from gkdir.publish.adopt import adopt_sheets
from gkdir.publish.manifest import KIND
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.swap import alone

PRINT = "print"
"""The ``kind`` in the manifest of a folder of PDFs."""


def place_sheets(out: Path, files: Mapping[str, bytes], about: Mapping[str, str]) -> None:
    """Put the sheets into ``out``; sheets of earlier runs that are not made now stay.

    Raises Unreadable and writes nothing if something is in the way, or the sheets there are another county's.
    """
    out.mkdir(parents=True, exist_ok=True)
    with alone(out):
        adopt_sheets(out, files)
        try:
            publish_files(Shared(out, {KIND: PRINT, **about}, "一份也没有写", keep=True), files.items())
        except Obstacle as way:
            trouble = way.trouble
            raise Unreadable(trouble.place, trouble.message, trouble.hint) from None
