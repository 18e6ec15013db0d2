"""Files → their lines, however large and however packed; a page of a published folder → its title."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown

_TITLE = re.compile(rb"<title>([^<]{1,400})</title>")
_HEAD = 4_000
_LINE = 100_000
"""Bytes read as one line: a file without line ends must not fill the memory."""


def lines_of(files: Iterable[Path]) -> Iterator[str]:
    """The lines of all files in turn. Raises Unreadable for a damaged archive."""
    for file in files:
        try:
            with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as opened:
                while line := opened.readline(_LINE):
                    yield line.decode("utf-8", "replace")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Unreadable(Place(str(file)), "压缩文件坏了，读不完", "请重新取一份日志。") from error


def page_title(site: Path, page: str) -> str:
    """What the page is called; its path is one of the manifest's."""
    try:
        with (site / page).open("rb") as file:
            found = _TITLE.search(file.read(_HEAD))
    except OSError:
        return ""
    return shown(unescape(found[1].decode("utf-8", "replace")).split(" - ")[0].strip()) if found else ""
