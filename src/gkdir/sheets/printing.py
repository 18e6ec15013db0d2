"""Catalog → the bytes of its sheets and of pictures of them, by their path inside the county's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gkdir.model.county import Catalog
from gkdir.pages.address import preview_path
from gkdir.pages.page import Site
from gkdir.sheets import county_sheets
from gkdir.sheets.press import Press

PREVIEW_PPI = 48


@dataclass(frozen=True, slots=True)
class Printing:
    """How sheets are set: the template folders, the first going before, and folders of an office's own fonts."""

    templates: Sequence[Path]
    fonts: Sequence[Path] = ()


def printed(
    printing: Printing,
    catalog: Catalog,
    site: Site,
    *,
    pictures: bool = True,
    tell_lacking: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """Every sheet of the county as PDF, each followed by a picture of its first page if it is to have one.

    ``tell_lacking`` hears at the end of the characters that no font has, if there were any.
    """
    with Press(printing.templates, site.date, printing.fonts) as press:
        for sheet in county_sheets(catalog, site):
            yield sheet.path, press.pdf(sheet)
            if pictures and sheet.pictured:
                yield preview_path(sheet.path), press.pages(sheet, PREVIEW_PPI)[0]
        if press.lacking:
            tell_lacking(press.lacking)
