"""An openpyxl workbook → the bytes of an .xlsx file, the same bytes for the same workbook on any day."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_EPOCH = (1980, 1, 1, 0, 0, 0)


def workbook_bytes(workbook: Workbook, dated: date) -> bytes:
    """The file's bytes; ``dated`` is written as the day it was made and last changed.

    openpyxl stamps each part with the hour of writing; the parts are packed again, sorted, under one fixed date.
    """
    day = datetime(dated.year, dated.month, dated.day)
    workbook.properties.created = workbook.properties.modified = day
    loose = BytesIO()
    ExcelWriter(workbook, ZipFile(loose, "w")).save()
    packed = BytesIO()
    with ZipFile(loose) as parts, ZipFile(packed, "w") as archive:
        for name in sorted(parts.namelist()):
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 3  # else it tells the system it was written on
            part.external_attr = 0o600 << 16
            archive.writestr(part, parts.read(name))
    return packed.getvalue()
