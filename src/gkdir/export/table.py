"""A laid directory, or core metadata → the bytes of a CSV file that Excel, WPS and programs open alike."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from urllib.parse import quote

from gkdir.export import cells
from gkdir.export.cells import guarded
from gkdir.model.columns import COLUMNS
from gkdir.model.county import LaidDirectory
from gkdir.model.item import Item
from gkdir.service.coredata import CoreData


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


HEADINGS = (
    *("索引号", "信息名称", "栏目", "内容概述", "发布机构", "文号"),
    *("生成日期", "发布日期", "有效期至", "有效性", "网址"),
)


def core_data_table(known: Iterable[CoreData], base: str | None) -> bytes:
    """The core metadata in the same format; full addresses if ``base`` is known."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in known:
        days = (day.isoformat() if day else "" for day in (one.formed, one.day, one.until))
        texts = (one.index, one.title, one.column, one.outline, one.publisher, one.number or "", *days, one.state)
        writer.writerow([*map(guarded, texts), (base or "") + quote(one.path.removesuffix("index.html"))])
    return ("\ufeff" + out.getvalue()).encode()
