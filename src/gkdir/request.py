"""What is asked of a build, as values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct


class Request(Struct, frozen=True):
    """What is asked of a build.

    ``counties`` empty means all of the project; ``jobs`` 0 means as many processes as help; ``today`` is the date
    that ages are counted from and pages carry, by default the newest date in each county's own data; ``national``
    is the folder of national workbooks to use in place of those that come with gkdir; ``sheets`` prints too, with the
    fonts of the folders ``fonts`` before those that come with gkdir; ``hant`` asks for pages in Traditional script,
    which are made where the extra is installed and neither project nor county says no; ``fragments`` for their main
    parts, to paste into a county's own content system.
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
