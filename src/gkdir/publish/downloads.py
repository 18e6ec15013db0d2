"""A laid Catalog → the files that its pages offer: the directories as tables, and the ready forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gkdir.export.data import Paths, data
from gkdir.export.table import table
from gkdir.export.workbook import workbook
from gkdir.model.county import Catalog
from gkdir.pages.address import data_path, form_file_path, form_path, item_path


def downloads(project: Path, catalog: Catalog, dated: date) -> Mapping[str, bytes]:
    """The bytes of every file to download, by its path inside the county's folder; ``project`` holds the forms."""
    return dict(_downloads(project, catalog, dated))


def _downloads(project: Path, catalog: Catalog, dated: date) -> Iterator[tuple[str, bytes]]:
    for domain, directory in catalog.directories.items():
        yield data_path(domain, "xlsx"), workbook((directory,), catalog.overlay.name, dated)
        yield data_path(domain, "csv"), table(directory)
        yield data_path(domain, "json"), data(catalog, domain, Paths(item_path, form_path))
    for form in catalog.forms.values():
        for file in (form.blank, form.sample):
            if file:
                yield form_file_path(form.name, file.path), (project / file.path).read_bytes()
