"""The directory's table: with room for ten columns the laws stand open; as cards they are folded and open at a tap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.kinds import Whole

LAW = "#directory details.basis li"
SUMMARY = "#directory details.basis summary"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


def test_the_laws_stand_open_where_there_is_room(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    assert page.locator(LAW).first.is_visible()
    assert not page.locator(SUMMARY).first.is_visible()


def test_a_card_folds_its_laws_and_opens_them_at_a_tap(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    law, summary = page.locator(LAW).first, page.locator(SUMMARY).first
    assert not law.is_visible()
    assert summary.inner_text().endswith("等4项")
    summary.click()
    assert law.is_visible()


def test_paper_shows_every_law(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator(LAW).first.is_visible()


def test_the_contents_of_a_long_page_stay_in_sight(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/7-1/index.html").as_uri())
    page.evaluate("scrollTo(0, 2500)")
    box = page.locator(".contents").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
