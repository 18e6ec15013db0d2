"""The core metadata of everything that a county publishes → the bytes of data/index.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from urllib.parse import quote

from gkdir.export.cells import guarded
from gkdir.service.coredata import CoreData

HEADINGS = (
    *("索引号", "信息名称", "栏目", "内容概述", "发布机构", "文号"),
    *("生成日期", "发布日期", "有效期至", "有效性", "网址"),
)


def index(known: Iterable[CoreData], base: str | None) -> bytes:
    """As a table of a directory is written (export/table.py); addresses are full where ``base`` is known."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in known:
        days = (day.isoformat() if day else "" for day in (one.formed, one.day, one.until))
        texts = (one.index, one.title, one.column, one.outline, one.publisher, one.number or "", *days, one.state)
        writer.writerow([*map(guarded, texts), (base or "") + quote(one.path.removesuffix("index.html"))])
    return ("\ufeff" + out.getvalue()).encode()
