"""Slides change by CSS alone, one at a time; an unused kiosk goes back to its home page and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.kinds import Whole
from tests.browser.tabs import Tabs

Open = Callable[..., Page]

pytestmark = pytest.mark.browser

SHOWN = """() => [...document.querySelectorAll('.slide')].map(slide => {
  const style = getComputedStyle(slide);
  return style.visibility === 'visible' && Number(style.opacity) > 0.5;
})"""
SEEK = "seconds => document.getAnimations().forEach(one => { one.pause(); one.currentTime = seconds * 1000; })"
OVERFLOW = """() => [...document.querySelectorAll('.slide')].filter(slide => {
  const box = slide.getBoundingClientRect();
  return [...slide.querySelectorAll('h2, p, dd, svg')].some(one => {
    const own = one.getBoundingClientRect();
    return own.right > box.right + 1 || own.bottom > box.bottom + 1;
  });
}).length"""


@pytest.mark.parametrize("script", [True, False])
def test_one_slide_stands_at_a_time_with_and_without_script(open_page: Open, script: bool) -> None:
    page = open_page("screen/index.html", 1920, script=script)
    if not script:
        assert page.locator(".slide").first.is_visible()
        return
    count = page.locator(".slide").count()
    for number in range(count):
        page.evaluate(SEEK, number * 15 + 7)
        assert page.evaluate(SHOWN) == [other == number for other in range(count)]


@pytest.fixture
def sample(whole: Whole) -> Path:
    """The sample county's screens, with guides as long as real ones."""
    return whole.folder / "qingyuan" / "screen"


def test_a_key_or_a_touch_stops_the_slides(tabs: Tabs, sample: Path) -> None:
    page = tabs.take(1920, 1080)
    page.goto((sample / "index.html").as_uri())
    states = "() => [...new Set(document.getAnimations().map(one => one.playState))]"
    assert page.evaluate(states) == ["running"]
    expect(page.locator("#pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#pause")).to_be_checked()
    assert page.evaluate(states) == ["paused"]
    assert page.locator(".pause-all span").first.is_visible()
    page.mouse.click(700, 500)
    assert page.evaluate(states) == ["running"]


@pytest.mark.parametrize("place", ["", "baishi/", "liushu/"])
def test_nothing_is_cut_off_on_any_screen(tabs: Tabs, sample: Path, place: str) -> None:
    page = tabs.take()
    page.goto((sample / f"{place}index.html").as_uri())
    assert page.locator(".slide").count() > 5
    for width, height in ((1920, 1080), (1080, 1920), (1366, 768), (768, 1366), (1280, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(OVERFLOW) == 0, (width, height)


def test_a_kiosk_is_walked_by_large_buttons(open_page: Open) -> None:
    page = open_page("screen/kiosk/index.html", 1080)
    page.locator("#home .choices a").first.click()
    page.locator(".view:target .choices a").first.click()
    item = page.locator(".view:target")
    assert item.get_attribute("data-item") == "employment/4.1"
    assert not page.locator("#home").is_visible()
    for button in item.locator("a").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 60
    item.locator("a.home").click()
    assert page.locator("#home").is_visible()


def test_a_kiosk_works_without_script(open_page: Open) -> None:
    page = open_page("screen/kiosk/index.html", 1080, script=False)
    page.locator("#home .choices a").first.click()
    assert page.locator(".view:target").is_visible()


def test_a_kiosk_left_alone_goes_home(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1080, "height": 900})
    page.clock.install()
    page.goto((site / "screen" / "kiosk" / "index.html").as_uri())
    page.locator("#home .choices a").first.click()
    page.clock.fast_forward(60_000)
    page.mouse.wheel(0, 10)
    page.mouse.move(5, 5)
    page.locator(".view:target h2").first.click()
    page.clock.fast_forward(60_000)
    assert page.locator(".view:target").is_visible()
    page.clock.fast_forward(31_000)
    page.wait_for_url("**#home")
    assert page.locator("#home").is_visible()


@pytest.fixture
def kiosk(browser: Browser, sample: Path) -> Iterator[Page]:
    """The sample's kiosk in a window of a kiosk's size."""
    if not (sample.parent / "hant").is_dir():
        pytest.skip("needs gkdir[hant]")
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    page.clock.install()
    page.goto((sample / "kiosk" / "index.html").as_uri())
    yield page
    page.close()


def test_a_kiosk_speaks_another_language_by_one_large_button(kiosk: Page) -> None:
    kiosk.locator("#home .choices a").filter(has_text="就业失业登记").click()
    kiosk.locator(".view:target .choices a", has_text="失业登记").first.click()
    tongues = kiosk.locator(".tongues a:visible")
    assert tongues.all_inner_texts() == ["繁體", "English"]
    for button in tongues.all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 80
    tongues.filter(has_text="繁體").click()
    kiosk.wait_for_url("**/hant/screen/kiosk/index.html#i-employment-4-1")
    assert kiosk.locator(".view:target h2").inner_text() == "失業登記"
    assert kiosk.locator(".tongues").is_visible()
    kiosk.locator(".tongues a:visible", has_text="English").click()
    kiosk.wait_for_url("**/en/screen/kiosk/index.html#i-employment-4-1")
    assert kiosk.locator(".view:target h2").inner_text() == "Registering as unemployed"
    kiosk.locator(".view:target a.home").click()
    assert kiosk.locator("#home").is_visible()


def test_a_kiosk_left_alone_goes_back_to_its_own_language(kiosk: Page) -> None:
    own = kiosk.url
    kiosk.locator(".tongues a", has_text="English").click()
    kiosk.wait_for_url("**/en/screen/kiosk/index.html")
    kiosk.clock.fast_forward(91_000)
    kiosk.wait_for_url(own)


def test_a_kiosk_in_english_leads_nowhere_but_to_the_other_languages(kiosk: Page) -> None:
    kiosk.locator(".tongues a", has_text="English").click()
    kiosk.wait_for_url("**/en/screen/kiosk/index.html")
    links = kiosk.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert len([link for link in links if link.startswith("#i-")]) > 10
    elsewhere = {link for link in links if not link.startswith("#")}
    assert all(link.endswith("screen/kiosk/index.html") for link in elsewhere)
    assert len(elsewhere) == 3
