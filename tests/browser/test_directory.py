"""The directory's table: laws are folded under their number, shown at a tap and on paper; short texts stay whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.browser.kinds import Whole
from tests.browser.tabs import Tabs

LAW = "#directory details.basis li"
SUMMARY = "#directory details.basis summary"


@pytest.fixture
def page(tabs: Tabs) -> Page:
    return tabs.take(height=720, still=True)


def test_a_large_directory_is_twelve_screens_with_its_laws_folded(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    assert page.locator("#directory tr[data-item]").count() > 70
    assert not page.locator(LAW).first.is_visible()
    assert page.locator(SUMMARY).first.inner_text().startswith("《社会保险法》等4项")
    assert page.evaluate("document.documentElement.scrollHeight") <= 12 * 800


def test_no_date_and_no_limit_is_broken_over_lines(whole: Whole, page: Page) -> None:
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    page.evaluate("document.querySelector('[data-whole]').click()")
    limits = page.locator("#directory td .day, .lede .day, .lede time")
    assert limits.count() > 70
    for width in (390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        lines = limits.evaluate_all(
            "every => every.map(one => new Set([...one.getClientRects()].map(box => box.top)).size)"  # a line, no box
        )
        assert set(lines) == {1}, width


def test_what_is_taken_away_is_not_green(whole: Whole, page: Page) -> None:
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    said = page.locator("#directory .tag-better").all_inner_texts()
    assert said
    assert "减少" not in said


def test_all_that_is_folded_opens_with_one_tick(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    assert page.locator("#directory details").count() > 100
    page.get_by_label("展开全部要素").check()
    assert page.locator("#directory details:not([open])").count() == 0
    page.get_by_label("展开全部要素").uncheck()
    assert page.locator("#directory details[open]").count() == 0


def test_a_card_folds_its_laws_and_opens_them_at_a_tap(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    law, summary = page.locator(LAW).first, page.locator(SUMMARY).first
    page.get_by_role("button", name="：目录要素").first.click()
    assert not law.is_visible()
    assert "等4项" in summary.inner_text()
    summary.click()
    assert law.is_visible()


def test_on_a_phone_a_row_is_its_name_until_it_is_opened(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    limits = page.locator("#directory td[data-label=公开时限]")
    assert not limits.first.is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= 12 * 844
    button = page.get_by_role("button", name="：目录要素").first
    button.click()
    assert (button.get_attribute("aria-expanded"), limits.first.is_visible(), limits.nth(1).is_visible()) == (
        "true",
        True,
        False,
    )
    button.click()
    assert not limits.first.is_visible()
    page.get_by_label("展开全部要素").check()
    assert limits.last.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert limits.first.is_visible()


def test_paper_shows_every_law(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator(LAW).first.is_visible()


def test_paper_gives_the_laws_the_widest_column(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1032, "height": 703})  # A4 on its side, less its margins
    page.goto((whole.folder / "qingyuan/social_insurance/index.html").as_uri())
    page.emulate_media(media="print")
    widths = page.locator("#directory thead th").evaluate_all(
        "all => all.map((one) => [one.getBoundingClientRect().width, one.className])"
    )
    assert max(widths)[1] == "w-basis"


def test_the_contents_of_a_long_page_stay_in_sight(whole: Whole, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((whole.folder / "qingyuan/social_insurance/7-1/index.html").as_uri())
    page.evaluate("scrollTo(0, 2500)")
    box = page.locator(".contents").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
