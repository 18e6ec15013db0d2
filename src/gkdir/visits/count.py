"""Requests and a published county's folder → counts of pages, files, dead addresses, questions; and lines to print."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.publish.manifest import MANIFEST
from gkdir.search.data import PATH as SEARCH
from gkdir.visits.log import Request

_HAN = re.compile("[一-鿿]+")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９Xx -]{4,}[0-9０-９Xx]")
_MAX_QUESTION_CHARS = 60
"""The most characters of a question that are kept."""
ASSETS = (".css", ".js", ".png", ".svg", ".ico", ".txt", ".json", ".xml", ".woff2", ".jpg")


class PublishedCounty(Struct, frozen=True):
    """A county's files, its items (page → name), and the pairs of characters that its search index has."""

    files: frozenset[str]
    items: Mapping[str, str]
    pairs: frozenset[str]


class Visits(Struct, frozen=True):
    """The counts. ``unread`` is the number of unreadable lines; ``robots`` that of requests by programs."""

    first: date | None
    last: date | None
    pages: Counter[str]
    files: Counter[str]
    missing: Counter[str]
    asked: Counter[str]
    unanswered: Counter[str]
    robots: int
    unread: int


def published(folder: Path) -> PublishedCounty:
    """The county in ``folder``.

    :raises Unreadable: the folder is not a county's
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        index = json.loads((folder / SEARCH).read_bytes())
        files = frozenset(manifest["files"])
        items = {item["url"]: item["title"] for item in index["items"] if not item["omitted"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        place = Place(str(folder))
        raise Unreadable(
            place, "不是一个县发布的文件夹", "请写 gkdir build 生成的、有 manifest.json 的县文件夹。"
        ) from error
    return PublishedCounty(files, items, frozenset(_pairs(json.dumps(index, ensure_ascii=False))))


def counted(requests: Iterable[Request | None], county: PublishedCounty, at: str) -> Visits:
    """The counts of requests below the path ``at`` (``/zwgk/qingyuan/``)."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("pages", "files", "missing", "asked", "unanswered")}
    days: set[date] = set()
    robots = unread = 0
    for request in requests:
        if request is None:
            unread += 1
            continue
        before, here, path = request.path.partition(at)
        if not here or (before and not at.startswith("/")):
            continue
        if request.robot:
            robots += 1
            continue
        days.add(request.day)
        kind, name = _kind(path, request.status, county)
        if kind:
            counts[kind][name] += 1
        if request.asked:
            question = asked(request.asked)
            counts["asked"][question] += 1
            if not _known(question, county.pairs):
                counts["unanswered"][question] += 1
    return Visits(min(days, default=None), max(days, default=None), **counts, robots=robots, unread=unread)


def _kind(path: str, status: int, county: PublishedCounty) -> tuple[str, str]:
    """The count that a request belongs to, and its name; blank for what a page loads, and for redirects and errors."""
    page = f"{path}index.html" if path == "" or path.endswith("/") else path
    if status in (404, 410):
        return "missing", asked(path)
    if (status >= 300 and status != 304) or page not in county.files or page.endswith(ASSETS):
        return "", ""
    return ("pages" if page.endswith(".html") else "files"), page


def asked(question: str) -> str:
    """A question as it can be shown: on one line, without numbers that could be a person's."""
    plain = "".join(one if one.isprintable() else " " for one in question)
    return _NUMBER.sub("……", plain)[:_MAX_QUESTION_CHARS]


def _known(question: str, pairs: frozenset[str]) -> bool:
    """Whether the search index has at least half of the question's pairs of characters.

    Always true of questions without Chinese characters (pinyin, English).
    """
    wanted = _pairs(question)
    return not wanted or 2 * len(wanted & pairs) >= len(wanted)


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


NOBODY = "只数网页和问题，不看是谁：日志里的来源地址、设备不读、不存，问题里的长号码不显示。"


def text_report(visits: Visits, county: PublishedCounty, title: Callable[[str], str], most: int) -> str:
    """The report. ``title`` gives the name of a page, ``most`` is the most lines of a list."""
    if visits.first is None:
        return (
            f"日志里没有这个县的记录，读不懂的有{visits.unread}行。\n"
            "县的文件夹在网址里不叫这个名字的，请用 --at 写它的路径，如 --at /zwgk/；"
            "日志要是服务器的访问日志：Apache、nginx、IIS 的格式，或者一行一个 JSON。\n"
        )
    named = {page: f"{title(page)}　{page}" for page, _ in visits.pages.most_common(most)}
    unvisited = [name for page, name in county.items.items() if not visits.pages[page]]
    lines = [
        f"{visits.first} 到 {visits.last}，打开网页 {visits.pages.total()} 次，下载文件 {visits.files.total()} 次。",
        f"程序（爬虫、监测）来的 {visits.robots} 次不算，读不懂的 {visits.unread} 行。",
        NOBODY,
        *_list("看得最多的网页", visits.pages, most, named.__getitem__),
        *_list("下载得最多的文件", visits.files, most),
        *_unvisited(unvisited, most),
        *_list("打不开的地址（404）：哪里还链接着它，就改那里", visits.missing, most),
        *_list("网址里带来的搜索", visits.asked, most),
        *_list("多半没有答上的：大半的字词目录和说法里都没有，可以补进 words.yaml", visits.unanswered, most),
    ]
    return "\n".join(lines) + "\n"


def _list(heading: str, counts: Counter[str], most: int, name: Callable[[str], str] = str) -> Iterator[str]:
    if counts:
        yield f"\n{heading}，共{len(counts)}个"
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        yield from (f"{times:>8}  {name(one)}" for one, times in ranked[:most])


def _unvisited(unvisited: list[str], most: int) -> Iterator[str]:
    if unvisited:
        yield f"\n一次也没有打开的事项，共{len(unvisited)}个"
        yield from (f"{'':>8}  {name}" for name in unvisited[:most])
