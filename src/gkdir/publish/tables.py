"""A laid Catalog → its directories as tables to download: xlsx in the national layout, csv, json."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gkdir.export.data import Paths, data
from gkdir.export.table import table
from gkdir.export.workbook import workbook
from gkdir.model.county import Catalog
from gkdir.service.address import data_path, form_path, item_path


def tables(catalog: Catalog, dated: date) -> Iterator[tuple[str, bytes]]:
    """The files by path inside the county's folder."""
    for domain, directory in catalog.directories.items():
        yield data_path(domain, "xlsx"), workbook((directory,), catalog.overlay.name, dated)
        yield data_path(domain, "csv"), table(directory)
        yield data_path(domain, "json"), data(catalog, domain, Paths(item_path, form_path))
