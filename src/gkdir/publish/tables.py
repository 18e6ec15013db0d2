"""A laid Catalog → its directories as tables to download: xlsx in the national layout, csv, json; each item's json."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gkdir.export.data import Paths, domain_data
from gkdir.export.table import table
from gkdir.export.workbook import workbook
from gkdir.model.county import Catalog
from gkdir.service.address import data_path, form_path, item_data_path, item_path


def tables(catalog: Catalog, dated: date) -> Iterator[tuple[str, bytes]]:
    """The files by path inside the county's folder."""
    for domain, directory in catalog.directories.items():
        yield data_path(domain, "xlsx"), workbook((directory,), catalog.overlay.name, dated)
        yield data_path(domain, "csv"), table(directory)
        data = domain_data(catalog, domain, Paths(item_path, form_path))
        yield data_path(domain, "json"), data.whole
        for entry in directory.entries:
            yield item_data_path(domain, entry.item.number or ""), data.single(entry.item.id)
