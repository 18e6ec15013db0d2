"""Real Chromium over a small built county, from disk; without Chromium the tests say so and are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page
from tests.browser.kinds import Whole
from tests.browser.tabs import Tabs
from tests.built import built_sample
from tests.pages.sample import FILES, WAYS, catalog, site_of, web

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's folder, under a name that a link must not trip over."""
    folder = tmp_path_factory.mktemp("政务 公开") / "qingyuan"
    files = web(site_of(replace(catalog(), navigation=WAYS)))
    for path, content in {**files, **dict.fromkeys(FILES, b"")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The whole sample project, built: only to be read."""
    return Whole.of(*built_sample(tmp_path_factory))


@pytest.fixture(scope="module")
def tab(measuring: Browser) -> Iterator[Page]:
    """A tab in which nothing moves: what is half faded in has no contrast to speak of."""
    page = measuring.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@pytest.fixture
def open_page(tabs: Tabs, site: Path) -> Open:
    """Opens a page of the county from disk, in one tab of each width; errors on it fail the test."""
    taken: dict[tuple[int, bool], Page] = {}

    def open_(path: str, width: int = 1280, script: bool = True, query: str = "") -> Page:
        page = taken.get((width, script)) or taken.setdefault((width, script), tabs.take(width, script=script))
        page.goto((site / path).as_uri() + query)
        return page

    return open_
