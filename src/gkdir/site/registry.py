"""A Site → all pages of a county. A new kind of page is a template, a module and a line in ``PAGES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from gkdir.service.site import Site
from gkdir.site.about import about_pages, data_pages, map_pages
from gkdir.site.article import article_pages
from gkdir.site.az import az_pages
from gkdir.site.calculators import calculator_pages
from gkdir.site.changes import changes_pages
from gkdir.site.english import english_kiosk_pages, english_pages
from gkdir.site.events import audience_pages, event_pages
from gkdir.site.feeds import feed_file, sitemap_file
from gkdir.site.form import form_pages
from gkdir.site.home import home_pages
from gkdir.site.item import directory_pages
from gkdir.site.page import Page
from gkdir.site.phones import phones_pages
from gkdir.site.printouts import print_pages
from gkdir.site.screen import screen_pages
from gkdir.site.survey import survey_pages
from gkdir.site.town import town_pages
from gkdir.site.wizard import wizard_pages

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    home_pages,
    event_pages,
    audience_pages,
    az_pages,
    wizard_pages,
    directory_pages,
    town_pages,
    form_pages,
    article_pages,
    changes_pages,
    calculator_pages,
    phones_pages,
    survey_pages,
    data_pages,
    print_pages,
    about_pages,
    map_pages,
    english_pages,
    screen_pages,
    english_kiosk_pages,
)
"""One builder for each kind of page, in the order of the site map."""


def county_pages(site: Site) -> Iterator[Page]:
    """All pages of a county, home first; ``sitemap.xml`` and ``feed.xml``, which list the others, last."""
    pages = tuple(
        replace(page, english=site.english.get(page.inner) if page.chinese is None else None)
        for build in PAGES
        for page in build(site)
    )
    yield from pages
    yield sitemap_file(site, pages)
    yield feed_file(site, pages)
