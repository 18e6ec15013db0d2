"""Files of a web server's log, compressed or not → requests: day, address, status. Who asked is not read.

Apache's and nginx's formats (common, combined), IIS's (W3C, with ``#Fields``), and one JSON object a line as nginx,
Caddy and Traefik write them.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from msgspec import DecodeError, Struct, json

from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown

_MONTHS = {"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * n : 3 * n + 3]: n + 1 for n in range(12)}
_LINE = re.compile(
    r'\[(\d{2})/([A-Z][a-z]{2})/(\d{4}):[^\]]{1,40}\] "(?:GET|POST) ([^\s"]{1,4000})[^"]{0,20}" (\d{3}) \S+'
    r'(?: "(?:[^"\\]|\\.){0,4000}" "((?:[^"\\]|\\.){0,2000})")?'
)
_ROBOT = re.compile("bot|spider|crawl|slurp|scan|monitor|curl|wget|python|java/|go-http", re.IGNORECASE)
_MAX_LINE_CHARS = 16_000
"""The most characters of a line that a server writes."""


class Request(Struct, frozen=True):
    """One request: ``path`` and the question ``asked`` (``?q=``), decoded.

    ``robot``: whether the user agent says that it is a program.
    """

    day: date
    path: str
    asked: str
    status: int
    robot: bool


def requests(lines: Iterable[str]) -> Iterator[Request | None]:
    """The request of each line; ``None`` for an unreadable line. Comments and other methods are skipped."""
    fields: list[str] = []
    for line in lines:
        if line.startswith("#"):
            fields = line.split()[1:] if line.startswith("#Fields:") else fields
        elif line.strip():
            found = _by_fields(line, fields) if fields else _by_names(line) if line[0] == "{" else _common(line)
            if found is not None or not re.search('"(?:HEAD|OPTIONS|PUT|DELETE|PROPFIND) ', line[:_MAX_LINE_CHARS]):
                yield found


def _common(line: str) -> Request | None:
    found = _LINE.search(line[:_MAX_LINE_CHARS])
    if not found or found[2] not in _MONTHS:
        return None
    return _request((int(found[3]), _MONTHS[found[2]], int(found[1])), found[4], int(found[5]), found[6] or "")


def _by_fields(line: str, fields: list[str]) -> Request | None:
    values = dict(zip(fields, line[:_MAX_LINE_CHARS].split(), strict=False))
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", values.get("date", ""))
    status = values.get("sc-status", "")
    if not day or not re.fullmatch(r"\d{3}", status) or "cs-uri-stem" not in values:
        return None
    query = values.get("cs-uri-query", "-")
    target = values["cs-uri-stem"] + (f"?{query}" if query != "-" else "")
    return _request((int(day[1]), int(day[2]), int(day[3])), target, int(status), values.get("cs(User-Agent)", ""))


_TARGET = ("uri", "request_uri", "url", "path", "RequestPath")
_STATUS = ("status", "status_code", "response_code", "DownstreamStatus")
_WHEN = ("time_iso8601", "@timestamp", "time_local", "timestamp", "time", "ts", "msec", "StartLocal", "StartUTC")
_AGENT = ("http_user_agent", "user_agent", "agent", "request_User-Agent")
_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<of>\d{2})/(?P<name>[A-Z][a-z]{2})/(?P<in>\d{4})"
)
_CHINA = timedelta(hours=8)


def _by_names(line: str) -> Request | None:
    try:
        entry = json.decode(line[:_MAX_LINE_CHARS].encode("utf-8", "replace"), type=dict[str, object])
    except (DecodeError, RecursionError):
        return None
    inner = entry.get("request")
    if isinstance(inner, dict):  # Caddy nests these
        headers = inner.get("headers")
        agent = headers.get("User-Agent") if isinstance(headers, dict) else None
        entry = {**entry, "uri": inner.get("uri"), "agent": agent[0] if isinstance(agent, list) and agent else ""}
    elif isinstance(inner, str) and len(words := inner.split()) > 1:
        entry = {**entry, "uri": words[1]}
    target, status, day = _named(entry, _TARGET), _named(entry, _STATUS), _day(_named(entry, _WHEN))
    if not day or not target or not re.fullmatch(r"[1-5]\d{2}", status):
        return None
    return _request(day, target, int(status), _named(entry, _AGENT))


def _named(entry: Mapping[str, object], names: Iterable[str]) -> str:
    """The first value that is a text or a number, as text."""
    return next((str(entry[name]) for name in names if isinstance(entry.get(name), (str, int, float))), "")


def _day(when: str) -> tuple[int, int, int] | None:
    """Year, month and day, in China, of a time as text or as seconds since 1970."""
    if re.fullmatch(r"\d{9,10}(?:\.\d{1,9})?", when):
        day = datetime.fromtimestamp(float(when), UTC) + _CHINA
        return day.year, day.month, day.day
    found = _DATE.match(when)
    if not found or (found["name"] and found["name"] not in _MONTHS):
        return None
    if found["name"]:
        return int(found["in"]), _MONTHS[found["name"]], int(found["of"])
    return int(found["year"]), int(found["month"]), int(found["day"])


def _request(day: tuple[int, int, int], target: str, status: int, agent: str) -> Request | None:
    try:
        when, parts = date(*day), urlsplit(_SLASHES.sub("/", target))
    except ValueError:
        return None
    asked = next((value for key, _, value in (one.partition("=") for one in parts.query.split("&")) if key == "q"), "")
    path = _SLASHES.sub("/", _decoded(parts.path))
    return Request(when, path, _decoded(asked.replace("+", " ")).strip(), status, bool(_ROBOT.search(agent)))


_SLASHES = re.compile(r"(?<!:)/{2,}")
_ESCAPE = re.compile(r"%u([0-9a-fA-F]{4})")


def _decoded(part: str) -> str:
    """A part of an address, decoded from UTF-8, from GBK as old websites send it, or from ``escape()``."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), part)
    data = unquote_to_bytes(plain.encode("utf-8", "surrogateescape" if plain == part else "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


_TITLE = re.compile(rb"<title>([^<]{1,400})</title>")
_TITLE_BYTES = 4_000
_MAX_READ_CHARS = 100_000
"""How many characters are read as one line, so that a file without line ends does not fill the memory."""


def lines_of(files: Iterable[Path]) -> Iterator[str]:
    """The lines of all files, one file after the other.

    :raises Unreadable: a damaged archive
    """
    for file in files:
        try:
            with gzip.open(file, "rb") if _packed(file) else file.open("rb") as opened:
                wide = opened.read(2) in (b"\xff\xfe", b"\xfe\xff")  # UTF-16, as PowerShell's redirection writes
                opened.seek(0)
                with io.TextIOWrapper(
                    opened, *(("utf-16", "replace") if wide else ("utf-8-sig", "surrogateescape")), "\n"
                ) as text:
                    while line := text.readline(_MAX_READ_CHARS):
                        yield line
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Unreadable(Place(str(file)), "压缩文件坏了，读不完", "请重新取一份日志。") from error


def _packed(file: Path) -> bool:
    """Whether the file is gzip-compressed, whatever its name."""
    with file.open("rb") as opened:
        return opened.read(2) == b"\x1f\x8b"


def page_title(site: Path, page: str) -> str:
    """The page's title; ``page`` must be a path from the manifest."""
    try:
        with (site / page).open("rb") as file:
            found = _TITLE.search(file.read(_TITLE_BYTES))
    except OSError:
        return ""
    return shown(unescape(found[1].decode("utf-8", "replace")).split(" - ")[0].strip()) if found else ""
