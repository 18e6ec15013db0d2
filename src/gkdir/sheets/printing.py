"""Catalog → the bytes of its sheets and of pictures of them, by their path inside the county's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from gkdir.publish.script import Script
from gkdir.service.address import preview_path
from gkdir.service.site import Site
from gkdir.sheets import county_sheets
from gkdir.sheets.press import Press
from gkdir.sheets.sheet import Sheet, traditional
from gkdir.sheets.turning import turning


class Printing(Struct, frozen=True):
    """How sheets are set.

    The folders of ``templates``, the first going before; folders of an office's own ``fonts``; the ``script`` of the
    Traditional ones, if these are wanted.
    """

    templates: Sequence[Path]
    fonts: Sequence[Path] = ()
    script: Script | None = None


def printed(
    printing: Printing,
    site: Site,
    *,
    pictures: bool = True,
    tell: Callable[[tuple[str, ...], str], None] = lambda _own, _lacking: None,
) -> Iterator[tuple[str, bytes]]:
    """Every sheet of the county as PDF, each followed by a picture of its first page if it is to have one.

    With a ``script`` each is there in Traditional script too, beside the pages in that. ``tell`` hears at the end
    what the fonts came to: which families of the office's own were used, which characters none has.
    """
    sheets = tuple(county_sheets(site))
    with Press(printing.templates, site.date, printing.fonts) as press:
        yield from pressed(press, sheets, pictures=pictures)
        own, lacking = press.own, press.lacking
    if printing.script:
        twins = (traditional(sheet, site.base) for sheet in sheets)
        with Press(printing.templates, site.date, printing.fonts, turning(printing.script)) as press:
            yield from pressed(press, twins, pictures=pictures)
            lacking = "".join(sorted({*lacking, *press.lacking}))
    tell(own, lacking)


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
