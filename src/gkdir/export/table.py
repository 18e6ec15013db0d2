"""A laid directory → the bytes of a CSV file that Excel, WPS and programs open alike."""

from __future__ import annotations

import csv
from io import StringIO

from gkdir.export import cells
from gkdir.export.cells import guarded
from gkdir.model.columns import COLUMNS
from gkdir.model.county import LaidDirectory
from gkdir.model.item import Item


def table(directory: LaidDirectory) -> bytes:
    """UTF-8 with a byte order mark (else Excel guesses the encoding), RFC 4180, one line of headings.

    A text that a spreadsheet program could take for a formula gets ``'`` before it.
    """
    items = [entry.item for entry in directory.entries]
    extras = tuple(dict.fromkeys(heading for item in items for heading in item.extra))
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.label for column in COLUMNS), *map(guarded, extras)])
    writer.writerows(
        [*map(guarded, _row(item)), *(guarded(item.extra.get(heading, "")) for heading in extras)] for item in items
    )
    return ("\ufeff" + out.getvalue()).encode()


def _row(item: Item) -> tuple[str, ...]:
    audience = "、".join(item.audience) + (f"（{item.audience_detail}）" if item.audience_detail else "")
    return (
        item.number or "",
        item.level1,
        item.level2,
        item.level3 or "",
        cells.content(item),
        cells.basis(item),
        cells.time_limit(item),
        cells.publisher(item),
        "\n".join(item.channels),
        audience,
        "、".join(item.mode),
        "、".join(item.levels or ()),
    )
