"""The options of a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct


class BuildOptions(Struct, frozen=True):
    """The options of one build.

    ``counties``: empty means all of the project. ``jobs``: processes; 0 means as many as are useful. ``today``: the
    date of the pages, from which ages are counted; by default the newest date in each county's data. ``national``:
    a folder of national workbooks instead of the bundled ones. ``sheets``: make PDFs, with the fonts in ``fonts``
    preferred to the bundled ones. ``hant``: make pages in Traditional script, if the extra is installed and neither
    project nor county opts out. ``fragments``: also cut the main parts of pages, to paste into a content system.
    ``require_review``: hold back counties that have not passed this many of the three stages of 审核. ``scheduler``:
    the address of a Dask scheduler, whose workers do the counties instead of ``jobs``.
    """

    project: Path
    out: Path
    counties: tuple[str, ...] = ()
    jobs: int = 0
    base_url: str | None = None
    today: date | None = None
    strict: bool = False
    national: Path | None = None
    sheets: bool = False
    fonts: tuple[Path, ...] = ()
    hant: bool = True
    fragments: bool = False
    require_review: int = 0
    scheduler: str | None = None
