"""Files of a web server's log, packed or not → requests: day, address, answer. Who asked is not read.

Apache's and nginx's formats (common, combined) and IIS's (W3C, with ``#Fields``).
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown

_MONTHS = {"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * n : 3 * n + 3]: n + 1 for n in range(12)}
_LINE = re.compile(
    r'\[(\d{2})/([A-Z][a-z]{2})/(\d{4}):[^\]]{1,40}\] "(?:GET|POST) ([^\s"]{1,4000})[^"]{0,20}" (\d{3}) \S+'
    r'(?: "(?:[^"\\]|\\.){0,4000}" "((?:[^"\\]|\\.){0,2000})")?'
)
_ROBOT = re.compile("bot|spider|crawl|slurp|scan|monitor|curl|wget|python|java/|go-http", re.IGNORECASE)
_LONGEST = 16_000
"""The most characters of a line that a server writes."""


class Request(Struct, frozen=True):
    """One request: ``path`` and what was ``asked`` (``?q=``), decoded. ``robot``: a program's, by its own account."""

    day: date
    path: str
    asked: str
    status: int
    robot: bool


def requests(lines: Iterable[str]) -> Iterator[Request | None]:
    """What each line says; ``None`` for one that cannot be read. Comments and other methods are skipped."""
    fields: list[str] = []
    for line in lines:
        if line.startswith("#"):
            fields = line.split()[1:] if line.startswith("#Fields:") else fields
        elif line.strip():
            found = _by_fields(line, fields) if fields else _common(line)
            if found is not None or not re.search('"(?:HEAD|OPTIONS|PUT|DELETE|PROPFIND) ', line[:_LONGEST]):
                yield found


def _common(line: str) -> Request | None:
    found = _LINE.search(line[:_LONGEST])
    if not found or found[2] not in _MONTHS:
        return None
    return _request((int(found[3]), _MONTHS[found[2]], int(found[1])), found[4], int(found[5]), found[6] or "")


def _by_fields(line: str, fields: list[str]) -> Request | None:
    values = dict(zip(fields, line[:_LONGEST].split(), strict=False))
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", values.get("date", ""))
    status = values.get("sc-status", "")
    if not day or not re.fullmatch(r"\d{3}", status) or "cs-uri-stem" not in values:
        return None
    query = values.get("cs-uri-query", "-")
    target = values["cs-uri-stem"] + (f"?{query}" if query != "-" else "")
    return _request((int(day[1]), int(day[2]), int(day[3])), target, int(status), values.get("cs(User-Agent)", ""))


def _request(day: tuple[int, int, int], target: str, status: int, agent: str) -> Request | None:
    try:
        when, parts = date(*day), urlsplit(target)
    except ValueError:
        return None
    asked = next((value for key, value in parse_qsl(parts.query, max_num_fields=None) if key == "q"), "")
    return Request(when, unquote(parts.path), asked.strip(), status, bool(_ROBOT.search(agent)))


_TITLE = re.compile(rb"<title>([^<]{1,400})</title>")
_HEAD = 4_000
_LONGEST_LINE = 100_000
"""Bytes read as one line: a file without line ends must not fill the memory."""


def lines_of(files: Iterable[Path]) -> Iterator[str]:
    """The lines of all files in turn. Raises Unreadable for a damaged archive."""
    for file in files:
        try:
            with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as opened:
                while line := opened.readline(_LONGEST_LINE):
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
