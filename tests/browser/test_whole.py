"""Every page of the built sample, from its files: no dead links, nothing loaded from elsewhere, nothing heavy."""

from __future__ import annotations

import gzip
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from tests.browser.kinds import AT_ANY_ADDRESS, Whole
from tests.browser.tabs import Tabs

WEIGHT = 60 * 1024
"""The most bytes, compressed, of a page and everything that it loads by itself."""
PAINT = {
    "{county}/index.html": 1.5,
    "{county}/{domain}/{item}/index.html": 1.5,
    "{county}/{domain}/index.html": 2.5,
}
"""The most seconds until these are first painted on a slow network, on a phone six times slower than a desktop."""
TRIP, BYTES, PROCESSOR = 0.4, 50_000, {1.5: 0.3, 2.5: 1.0}
"""Of a slow network the seconds of a round trip and the bytes a second; the phone's seconds to render."""
UNSCRIPTED = ("modes.css", "elder.css", "contrast.css")
"""Loaded only by browsers without scripts."""
QUICK = ("{county}/index.html", "{county}/{domain}/{item}/index.html")
"""Pages whose first screen is painted before their second stylesheet has loaded."""
MOVED = """([mode, size]) => {
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.size = size;
  const below = document.body.querySelector('link[rel=stylesheet]');
  const above = [...document.body.querySelectorAll('*')].filter(one =>
    below.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_PRECEDING
    && one.offsetHeight && one.checkVisibility());
  const look = () => above.map(one => { const b = one.getBoundingClientRect(), s = getComputedStyle(one);
    return [one.tagName + '.' + one.className, b.x, b.y, b.width, b.height, s.color, s.fontWeight, s.display] + ''; });
  const later = look();
  below.sheet.disabled = true;
  const first = look();
  below.sheet.disabled = false;
  return { looked: above.length, by: first.filter((one, index) => one !== later[index]) };
}"""
"""Elements visible before the second stylesheet that are elsewhere, or look different, once it has loaded."""
HIGH = "document.body.querySelector('link[rel=stylesheet]').previousElementSibling.getBoundingClientRect().bottom"
LOADS = {"link": "href", "script": "src", "img": "src", "source": "src", "video": "src", "audio": "src", "use": "href"}
"""What an element loads, or declares for the browser to use, without any action of the reader."""
LINKED = {"stylesheet", "icon", "alternate stylesheet"}
"""The kinds of ``link`` that a browser loads; others are addresses for programs."""


@dataclass
class Found(HTMLParser):
    """A page of the site: its anchors, its links, and what it loads."""

    path: str
    text: str
    ids: set[str] = field(default_factory=set)
    leads: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.ids.add(held.get("id", ""))
        if tag == "a" and "href" in held:
            self.leads.append(held["href"])
        elif tag == "link" and held["rel"] not in LINKED:
            self.names.append(held["href"])
        elif held.get(LOADS.get(tag, ""), ""):
            self.loads.append(held[LOADS[tag]])
        if tag == "script" and "src" in held and not {"async", "defer"} & held.keys():
            self.waits.append(held["src"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def at(self, target: str) -> str:
        """The path inside the site that an address on this page leads to."""
        path = unquote(urlsplit(target).path)
        return normpath(join(dirname(self.path), path)).lstrip("/") if path else self.path

    @cached_property
    def pages(self) -> tuple[str, ...]:
        return tuple({self.at(target) for target in self.leads if not urlsplit(target).scheme})


@pytest.fixture(scope="module")
def pages(whole: Whole) -> Mapping[str, Found]:
    """Every page in the folder by its path, whatever made it."""

    def read() -> Iterator[Found]:
        for file in sorted(whole.folder.rglob("*.html")):
            yield Found(file.relative_to(whole.folder).as_posix(), file.read_text(encoding="utf-8"))

    return {page.path: page for page in read()}


@pytest.fixture(scope="module")
def files(whole: Whole) -> frozenset[str]:
    return frozenset(file.relative_to(whole.folder).as_posix() for file in whole.folder.rglob("*") if file.is_file())


def test_no_link_is_dead_and_no_anchor_missing(pages: Mapping[str, Found], files: frozenset[str]) -> None:
    dead = []
    for page in pages.values():
        for target in {*page.leads, *page.loads, *page.names}:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            there = page.at(target)
            anchor = unquote(parts.fragment)
            if there not in files or (anchor and there in pages and anchor not in pages[there].ids):
                dead.append(f"{page.path}: {target}")
    assert dead == []


def test_a_link_works_without_a_script_and_says_where_it_leads(pages: Mapping[str, Found]) -> None:
    for page in pages.values():
        for target in page.leads:
            assert target not in ("", "#"), page.path
            assert urlsplit(target).scheme in ("", "http", "https", "tel", "mailto"), (page.path, target)
            assert not target.startswith("/") or page.path == AT_ANY_ADDRESS, (page.path, target)


def test_nothing_is_loaded_from_another_host(pages: Mapping[str, Found], whole: Whole) -> None:
    for page in pages.values():
        elsewhere = [target for target in page.loads if urlsplit(target).scheme not in ("", "data")]
        assert elsewhere == [], page.path
        if page.path != AT_ANY_ADDRESS:
            assert not [target for target in page.loads if target.startswith("/")], page.path
    for file in [*whole.folder.rglob("*.css"), *whole.folder.rglob("*.svg")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"//|@import|url\((?!data:)", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)), file


def test_no_script_keeps_a_page_from_being_painted(pages: Mapping[str, Found]) -> None:
    assert [(page.path, page.waits) for page in pages.values() if page.waits] == []


def test_every_page_is_reached_by_links_alone(pages: Mapping[str, Found]) -> None:
    assert set(pages) - set(steps(pages, "index.html")) == {AT_ANY_ADDRESS}


def test_every_item_is_three_steps_from_the_countys_home(pages: Mapping[str, Found], whole: Whole) -> None:
    reached = steps(pages, "qingyuan/index.html")
    items = whole.pages["{county}/{domain}/{item}/index.html"]
    assert len(items) > 100
    assert [item for item in items if reached.get(item, 9) > 3] == []


def steps(pages: Mapping[str, Found], start: str) -> Mapping[str, int]:
    """Path → number of links from ``start``."""
    reached = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in pages[here].pages:
            if there in pages and there not in reached:
                reached[there] = reached[here] + 1
                queue.append(there)
    return reached


def test_a_page_is_light_with_everything_it_loads(pages: Mapping[str, Found], whole: Whole) -> None:
    packed: dict[str, int] = {}

    def weigh(path: str) -> int:
        if path not in packed:
            packed[path] = len(gzip.compress((whole.folder / path).read_bytes(), mtime=0))
        return packed[path]

    def weight(page: Found) -> int:
        loads = {page.at(target) for target in page.loads if not target.startswith("data:")}
        return weigh(page.path) + sum(map(weigh, loads))

    heaviest = max(pages.values(), key=weight)
    assert weight(heaviest) <= WEIGHT, heaviest.path


def test_the_checker_sees_what_it_is_there_for() -> None:
    page = Found(
        "a/b/index.html",
        '<link rel="icon" href="../x.svg"><script src="s.js"></script><h2 id="t"></h2><a href="../c/index.html#u"></a>',
    )
    assert page.ids == {"", "t"}
    assert page.at(page.leads[0]) == "a/c/index.html"
    assert [page.at(target) for target in page.loads] == ["a/x.svg", "a/b/s.js"]
    assert page.waits == ["s.js"]


@pytest.mark.parametrize("kind", PAINT)
def test_little_stands_before_the_first_paint(whole: Whole, pages: Mapping[str, Found], kind: str) -> None:
    late = {}
    for path in whole.pages[kind]:
        page = pages[path]
        sheets = [page.at(one) for one in page.loads if one.endswith(".css") and not one.endswith(UNSCRIPTED)]
        sent = sum(len(gzip.compress((whole.folder / each).read_bytes(), mtime=0)) for each in (path, *sheets))
        seconds = 2 * TRIP + sent / BYTES + PROCESSOR[PAINT[kind]]
        if seconds > PAINT[kind]:
            late[path] = round(seconds, 2)
    assert late == {}


@pytest.mark.parametrize("kind", QUICK)
def test_the_first_screen_waits_for_one_stylesheet(tabs: Tabs, whole: Whole, kind: str) -> None:
    """The second is linked where the first screen ends, and changes nothing above when it loads."""
    for width in (390, 1280):
        tab = tabs.take(width)
        tab.goto(whole.fullest(kind).as_uri())
        assert tab.evaluate("[...document.head.querySelectorAll('link[rel=stylesheet]')].map(one => one.href)") == [
            (whole.folder / "qingyuan/assets/site.css").as_uri()
        ]
        for mode, size in (("", ""), ("elder", ""), ("contrast", "large"), ("elder", "larger")):
            moved = tab.evaluate(MOVED, [mode, size])
            assert moved["looked"] > 20
            assert moved["by"] == [], (kind, width, mode, size)
        tab.evaluate("document.documentElement.dataset.mode = document.documentElement.dataset.size = ''")
        assert tab.evaluate(HIGH) > 600, "the first screen ends too soon"
