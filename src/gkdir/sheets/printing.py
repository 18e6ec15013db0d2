"""A Site → its PDFs and their pictures: path inside the county's folder, and bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Unreadable
from gkdir.publish.adopt import adopt_sheets
from gkdir.publish.converter import Converter
from gkdir.publish.manifest import KIND
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.swap import locked_folder
from gkdir.service.address import preview_path
from gkdir.service.site import Site
from gkdir.sheets import county_sheets
from gkdir.sheets.renderer import TypstRenderer
from gkdir.sheets.sheet import PrintedSheet, traditional


class Printing(Struct, frozen=True):
    """The options of printing.

    ``templates``: folders, earlier ones take precedence. ``fonts``: folders of an office's own fonts. ``script``: the
    converter, if sheets in Traditional script are wanted.
    """

    templates: Sequence[Path]
    fonts: Sequence[Path] = ()
    script: Converter | None = None


def printed(
    printing: Printing,
    site: Site,
    *,
    pictures: bool = True,
    tell: Callable[[tuple[str, ...], str], None] = lambda _own, _lacking: None,
) -> Iterator[tuple[str, bytes]]:
    """Every sheet of the county as PDF, each followed by the picture of its first page if it has one.

    With a ``script`` each is also made in Traditional script. At the end ``tell`` is called with the office's font
    families that were used and the characters that no font has.
    """
    sheets = tuple(county_sheets(site))
    with TypstRenderer(printing.templates, site.date, printing.fonts) as renderer:
        yield from rendered(renderer, sheets, pictures=pictures)
        own, lacking = renderer.own, renderer.lacking
    if printing.script:
        twins = (traditional(sheet, site.base) for sheet in sheets)
        with TypstRenderer(printing.templates, site.date, printing.fonts, to_traditional(printing.script)) as renderer:
            yield from rendered(renderer, twins, pictures=pictures)
            lacking = "".join(sorted({*lacking, *renderer.lacking}))
    tell(own, lacking)


def rendered(renderer: TypstRenderer, sheets: Iterable[PrintedSheet], *, pictures: bool) -> Iterator[tuple[str, bytes]]:
    """The PDFs, each followed by its picture, in the order of the sheets, rendered by several threads."""

    def made(sheet: PrintedSheet) -> list[tuple[str, bytes]]:
        pdf = (sheet.path, renderer.pdf(sheet))
        if pictures and sheet.dots:
            return [pdf, (preview_path(sheet.path), renderer.pages(sheet, sheet.dots)[0])]
        return [pdf]

    with ThreadPoolExecutor(renderer.threads) as pool:
        for files in pool.map(made, sheets):
            yield from files


_TEXT = re.compile(r'([\u2e80-\U0003ffff][^<>"\\\0]*)')
"""A run of text that begins with a Chinese character and ends before markup or a control character."""


def to_traditional(script: Converter) -> Callable[[str], str]:
    """A converter of texts with markup. Each run of Chinese is converted alone, so that equal names stay equal."""

    def turn(text: str) -> str:
        parts = _TEXT.split(text)
        turned = script.table(parts[1::2])
        parts[1::2] = [turned[part] for part in parts[1::2]]
        return "".join(parts)

    return turn


PRINT = "print"
"""The ``kind`` in the manifest of a folder of PDFs."""


def place_sheets(out: Path, files: Mapping[str, bytes], about: Mapping[str, str]) -> None:
    """Write the sheets to ``out``; other sheets there, from earlier runs, stay.

    Raises Unreadable and writes nothing if other files are in the way, or the sheets there are another county's.
    """
    out.mkdir(parents=True, exist_ok=True)
    with locked_folder(out):
        adopt_sheets(out, files)
        try:
            publish_files(Shared(out, {KIND: PRINT, **about}, "一份也没有写", keep=True), files.items())
        except Obstacle as way:
            trouble = way.trouble
            raise Unreadable(trouble.place, trouble.message, trouble.hint) from None
