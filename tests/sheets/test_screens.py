"""Slides and kiosks: the items that are assigned to them, no links out, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace
from tests.sheets.conftest import site_of

from gkdir.model.columns import BOARD
from gkdir.model.county import Catalog
from gkdir.model.guide import PAPERS
from gkdir.outputs import PageSet
from gkdir.publish.render import Renderer
from gkdir.resources import template_folder
from gkdir.service.address import attached_path, form_file_path
from gkdir.service.phones import Phone
from gkdir.site.screen import KioskView, ScreenView, screen_pages


class Page(HTMLParser):
    """Collects the attributes of a page's elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, name: str) -> Iterator[str]:
        return (attributes[name] for _, attributes in self.elements if name in attributes)


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> Mapping[str, str]:
    made = dict(PageSet.of(site_of(catalog, everything(catalog)), Renderer((template_folder(),))).all())
    return {path: content.decode() for path, content in made.items() if path.startswith("screen/")}


def everything(catalog: Catalog) -> Mapping[str, int]:
    """The files that other pages of the sample link to."""
    return {
        form_file_path(form.name, kind, file.suffix): file.size
        for form in catalog.forms.values()
        for kind in PAPERS
        if (file := form.ready(kind))
    } | {
        attached_path(file.path): file.size
        for article in catalog.articles
        for section in article.sections
        for file in section.files
    }


def test_the_screen_shows_what_claims_it(catalog: Catalog) -> None:
    views = {page.inner: page.view for page in screen_pages(site_of(catalog))}
    screen = views["screen/index.html"]
    assert isinstance(screen, ScreenView)
    claimed = [entry.item.id for entry in catalog.entries() if BOARD in entry.item.channels]
    assert claimed
    assert [slide.brief.id for slide in screen.slides] == claimed


def test_a_screen_without_claims_shows_the_guides(catalog: Catalog) -> None:
    directory = catalog.directories["employment"]
    entries = tuple(replace(entry, item=replace(entry.item, channels=("政府网站",))) for entry in directory.entries)
    bare = replace(catalog, directories={"employment": replace(directory, entries=entries)}, towns=())
    screen = next(iter(screen_pages(site_of(bare)))).view
    assert isinstance(screen, ScreenView)
    assert {slide.brief.id for slide in screen.slides} == {
        guide.id for guide in catalog.guides.values() if guide.domain == "employment"
    }


def test_a_township_shows_its_own_office_first(catalog: Catalog) -> None:
    views = {page.inner: page.view for page in screen_pages(site_of(catalog))}
    screen = views["screen/baishi/index.html"]
    assert isinstance(screen, ScreenView)
    unguided = [slide.brief for slide in screen.slides if not slide.brief.guided]
    assert unguided
    assert {told.office.name for told in unguided if told.office} == {"白石镇便民服务中心"}


def test_a_village_names_the_phone_of_its_station_and_what_it_does_itself(catalog: Catalog) -> None:
    views = {page.inner: page.view for page in screen_pages(site_of(catalog))}
    village, county = views["screen/liushu/index.html"], views["screen/index.html"]
    assert isinstance(village, ScreenView)
    assert isinstance(county, ScreenView)
    assert village.slides[0].call == Phone("白石镇柳树村党群服务站", "0600-5550211")
    own = {slide.brief.id: slide for slide in village.slides if slide.own}["employment/4.1"]
    assert own.call.text == "0600-5550201"
    assert {slide.call.name for slide in county.slides} == {""}
    assert not any(slide.own for slide in county.slides)


def test_each_slide_stands_equally_long_and_none_is_left_out(files: Mapping[str, str]) -> None:
    count = files["screen/index.html"].count('class="slide"')
    css = files[f"screen/turn-{count}.css"]
    assert f"animation: turn {count * 15}s" in css
    delays = [int(delay) for delay in re.findall(r"animation-delay: (\d+)s", css)]
    assert delays == [15 * number for number in range(1, count)]


def test_the_kiosk_has_every_item_and_leads_nowhere_else(catalog: Catalog, files: Mapping[str, str]) -> None:
    page = Page(files["screen/kiosk/index.html"])
    assert list(page.values("data-item")) == [entry.item.id for entry in catalog.entries()]
    ids = list(page.values("id"))
    assert len(ids) == len(set(ids))
    own = [attributes["href"] for tag, attributes in page.elements if tag == "a" and "hreflang" not in attributes]
    assert own
    assert {link[0] for link in own} == {"#"}
    assert {link[1:] for link in own} <= set(ids)
    other = [attributes["href"] for tag, attributes in page.elements if tag == "a" and "hreflang" in attributes]
    assert set(other) == {f"../../{script}screen/kiosk/index.html" for script in ("", "en/")}
    assert ids[-1] == "home-t"  # home comes last: a page that is the target hides it


def test_every_kiosk_item_can_be_reached_from_home(catalog: Catalog) -> None:
    kiosk = next(page.view for page in screen_pages(site_of(catalog)) if isinstance(page.view, KioskView))
    assert sum(len(shelf.cards) for shelf in kiosk.groups) == len(list(catalog.entries()))


@pytest.mark.parametrize("path", ["screen/index.html", "screen/liushu/index.html", "screen/kiosk/index.html"])
def test_a_screen_works_from_disk_and_loads_nothing_from_elsewhere(files: Mapping[str, str], path: str) -> None:
    page = Page(files[path])
    loaded = [held for _, held in page.elements if held.get("rel") not in ("alternate", "canonical")]
    addresses = [held[name] for held in loaded for name in ("href", "src") if name in held]
    assert addresses
    assert [address for address in addresses if "://" in address or address.startswith("/")] == []
    assert not list(page.values("style"))
    policy = next(iter(attributes for tag, attributes in page.elements if "http-equiv" in attributes))["content"]
    assert "default-src 'none'" in policy
    assert ("script-src" in policy) is ("kiosk" in path)
