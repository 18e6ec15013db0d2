"""An openpyxl workbook → the bytes of an .xlsx file, the same bytes for the same workbook on any day."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from gkdir.export.packing import packed


def workbook_bytes(workbook: Workbook, dated: date) -> bytes:
    """The file's bytes; ``dated`` is written as the day it was made and last changed.

    openpyxl stamps each part with the hour of writing; the parts are packed again, sorted, under one fixed date.
    """
    day = datetime(dated.year, dated.month, dated.day)
    workbook.properties.created = workbook.properties.modified = day
    loose = BytesIO()
    ExcelWriter(workbook, ZipFile(loose, "w")).save()
    with ZipFile(loose) as parts:
        return packed({name: parts.read(name) for name in sorted(parts.namelist())})
