"""Catalog → the bytes of its sheets and of pictures of them, by their path inside the county's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gkdir.model.county import Catalog
from gkdir.pages.address import preview_path
from gkdir.pages.page import Site
from gkdir.sheets import county_sheets
from gkdir.sheets.press import Press
from gkdir.sheets.sheet import Sheet


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
        yield from pressed(press, county_sheets(catalog, site), pictures=pictures)
        if press.lacking:
            tell_lacking(press.lacking)


def pressed(press: Press, sheets: Iterable[Sheet], *, pictures: bool) -> Iterator[tuple[str, bytes]]:
    """The PDFs, each followed by its picture, in the order of the sheets, by all hands of the press."""

    def made(sheet: Sheet) -> list[tuple[str, bytes]]:
        pdf = (sheet.path, press.pdf(sheet))
        if pictures and sheet.dots:
            return [pdf, (preview_path(sheet.path), press.pages(sheet, sheet.dots)[0])]
        return [pdf]

    with ThreadPoolExecutor(press.hands) as pool:
        for files in pool.map(made, sheets):
            yield from files
