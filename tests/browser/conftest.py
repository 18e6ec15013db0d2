"""Real Chromium over a small built county, from disk; without Chromium the tests say so and are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page
from tests.browser.kinds import Whole
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


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Open]:
    """Opens a page of the county from disk; errors of its scripts or its policy fail the test."""
    errors: list[str] = []
    pages: dict[tuple[int, bool], Page] = {}

    def new(width: int, script: bool) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    def open_(path: str, width: int = 1280, script: bool = True, query: str = "") -> Page:
        page = pages.get((width, script)) or pages.setdefault((width, script), new(width, script))
        page.goto((site / path).as_uri() + query)
        return page

    yield open_
    for page in pages.values():
        page.context.close()
    assert not errors
