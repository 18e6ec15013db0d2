"""Chromium with a small built county, from disk; tests are skipped without Chromium."""

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
    """The county's folder, with a name that breaks links which are not quoted."""
    folder = tmp_path_factory.mktemp("政务 公开") / "qingyuan"
    files = web(site_of(replace(catalog(), navigation=WAYS)))
    for path, content in {**files, **dict.fromkeys(FILES, b"")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The whole sample project, built once; read only."""
    return Whole.of(*built_sample(tmp_path_factory))


@pytest.fixture(scope="module")
def tab(measuring: Browser) -> Iterator[Page]:
    """A tab without animations: a half faded-in element has no contrast to measure."""
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
