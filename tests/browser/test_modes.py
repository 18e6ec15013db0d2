"""Reading modes, the size of letters and reading aloud: chosen, saved, kept from page to page, and usable without
scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Open
from tests.browser.kinds import Whole
from tests.browser.tabs import Tabs

from gkdir.publish.render import mode_stylesheet

pytestmark = pytest.mark.browser

ITEM = "employment/4-1/index.html"
SIZE = "parseFloat(getComputedStyle(document.querySelector('.card dd')).fontSize)"
KEEPS_NOTHING = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('kept nothing'); }})"

SPEAKS = """
window.said = [];
window.turns = [];
class Utterance { constructor(text) { this.text = text; } }
Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: Utterance});
Object.defineProperty(window, 'speechSynthesis', {value: {
  speak(one) { said.push(one); },
  cancel() { const last = said.at(-1); if (last && last.onerror && !last.over) { last.over = true; last.onerror(); } },
}});
window.end = () => { const last = said.at(-1); last.over = true; last.onend({}); };
"""
"""A silent voice that ends when the test tells it to; like real ones it reports a cancelled utterance as an error."""


LAID_OUT = """() => { const all = new CSSStyleSheet(); all.replaceSync('* { content-visibility: visible !important }');
  document.adoptedStyleSheets = [all]; }"""
"""Lays out everything at once, where the page leaves out what is far below the screen."""
CHOOSE = """mode => new Promise(done => {
  const site = document.querySelector('link[rel=stylesheet]'), link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = site.href.replace('site.css', `${mode}.css`);
  link.onload = done;
  document.head.append(link);
})"""
"""Chooses a stylesheet, as a browser's menu does."""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    yield page
    page.context.close()


def root(page: Page, name: str) -> str | None:
    return page.locator("html").get_attribute(f"data-{name}")


def test_letters_come_in_three_sizes_and_the_choice_is_kept(open_page: Open) -> None:
    page = open_page(ITEM)
    sizes = [page.evaluate(SIZE)]
    page.get_by_text("字号", exact=True).click()
    for name in ("大", "特大"):
        page.get_by_label(name, exact=True).check()
        sizes.append(page.evaluate(SIZE))
    assert sizes == [18, pytest.approx(21.6), pytest.approx(25.2)]
    page.reload()
    page.locator("html[data-size=larger]").wait_for(state="attached")
    assert page.locator("#size-larger").is_checked()
    page.get_by_text("字号", exact=True).click()
    page.get_by_label("标准", exact=True).check()
    assert root(page, "size") is None
    assert page.evaluate(SIZE) == 18


def test_an_address_asks_for_a_mode_and_a_size(open_page: Open) -> None:
    page = open_page(ITEM, query="?mode=elder&size=large")
    page.locator("html[data-size=large]").wait_for(state="attached")
    assert root(page, "mode") == "elder"
    page = open_page("index.html")
    page.locator("html[data-size=large]").wait_for(state="attached")
    assert root(page, "mode") == "elder"
    page = open_page("index.html", query="?mode=&size=")
    page.wait_for_load_state()
    assert root(page, "mode") is None
    assert root(page, "size") is None


def test_what_is_asked_for_and_unknown_is_left_aside(open_page: Open) -> None:
    page = open_page("index.html", query="?mode=elder,loud&size=9")
    page.locator("html[data-mode=elder]").wait_for(state="attached")
    assert root(page, "size") is None


def test_a_browser_that_keeps_nothing_carries_the_choice_in_the_address(tab: Page, whole: Whole) -> None:
    tab.add_init_script(KEEPS_NOTHING)
    tab.goto((whole.folder / "qingyuan" / "index.html").as_uri() + "?mode=elder&size=large")
    for name in ("就业", "目录说明"):
        tab.get_by_role("link", name=name, exact=True).first.click()
        tab.wait_for_load_state()
        tab.locator("html[data-mode=elder][data-size=large]").wait_for(state="attached")


def test_modes_and_sizes_work_on_the_page_without_script(open_page: Open) -> None:
    page = open_page(ITEM, script=False)
    page.get_by_text("字号", exact=True).click()
    page.get_by_label("特大", exact=True).check()
    assert page.locator("[data-aloud]").is_hidden()
    assert page.locator(".card dd").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == pytest.approx(
        25.2
    )


@pytest.mark.parametrize("mode", ["elder", "contrast"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_second_stylesheet_shows_what_the_mode_shows(tabs: Tabs, whole: Whole, mode: str, scheme: str) -> None:
    """A browser with a menu of stylesheets can show the mode without a script."""
    look = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.modes'))
      .map(e => { const s = getComputedStyle(e), b = e.getBoundingClientRect(); return [e.tagName,
        s.color, s.backgroundColor, s.fontSize, s.fontWeight, s.display, b.width, b.height] + ''; })"""
    tab = tabs.take()
    tab.emulate_media(color_scheme=cast("None", scheme))
    for path in ("qingyuan/index.html", "qingyuan/social_insurance/7-1/index.html", "qingyuan/employment/index.html"):
        tab.goto((whole.folder / path).as_uri())
        tab.evaluate(LAID_OUT)
        plain = tab.evaluate(look)
        tab.evaluate("mode => document.documentElement.dataset.mode = mode", mode)
        by_script = tab.evaluate(look)
        tab.evaluate("delete document.documentElement.dataset.mode")
        tab.evaluate(CHOOSE, mode)
        assert tab.evaluate(look) == by_script
        assert by_script != plain


def test_an_alternate_stylesheet_holds_its_modes_rules_alone() -> None:
    elder = ':root[data-mode~="elder"]'
    css = "a { x: 1; }\n/* } */\nMODE { y: 2; }\n@media print { b { x: 1; } MODE b { z: 3; } }\n@media x {}".replace(
        "MODE", elder
    )
    assert mode_stylesheet(css, "elder") == ":root:root { y: 2; }\n@media print {\n:root:root b { z: 3; }\n}\n"
    assert mode_stylesheet(css, "contrast") == ""


def test_in_contrast_mode_paper_is_white(open_page: Open) -> None:
    page = open_page(ITEM, query="?mode=contrast&size=larger")
    page.locator("html[data-mode=contrast]").wait_for(state="attached")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(14)


def aloud(tab: Page, whole: Whole, path: str = "qingyuan/social_insurance/7-1/index.html") -> Page:
    tab.add_init_script(SPEAKS)
    tab.goto((whole.folder / path).as_uri())
    tab.get_by_text("字号", exact=True).click()
    tab.get_by_role("button", name="朗读", exact=True).click()
    tab.get_by_role("button", name="暂停").wait_for()
    return tab


def test_a_page_is_read_aloud_section_by_section(tab: Page, whole: Whole) -> None:
    page = aloud(tab, whole)
    for _ in range(400):
        if page.get_by_role("button", name="朗读", exact=True).count():
            break
        page.evaluate("end()")
    assert "读完了" in page.inner_text("[data-aloud]")
    said = page.evaluate("said.map(one => one.text)")
    text = "".join(said)
    assert page.inner_text("h1") in said[0]
    assert max(map(len, said)) < 400
    headings = [f"。{heading}。" for heading in page.locator("main h2:visible").all_inner_texts()]
    headings = [heading for heading in headings if heading in text]
    assert len(headings) >= 5
    assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
    assert page.evaluate("said.every(one => one.lang === 'zh-CN')")
    assert "0 6 0 0" in text  # a number is read digit by digit
    assert "0600-" not in text


def test_reading_aloud_pauses_goes_on_skips_and_stops(tab: Page, whole: Whole) -> None:
    page = aloud(tab, whole)
    page.evaluate("end()")
    page.get_by_role("button", name="暂停").click()
    assert "停在：" in page.inner_text("[data-aloud]")
    page.get_by_role("button", name="继续").click()
    last = page.evaluate("said.map(one => one.text)")
    assert last[-1] == last[-2]  # it resumes where it stopped
    before = page.inner_text("[data-aloud-told]")
    page.get_by_role("button", name="下一节").click()
    assert page.inner_text("[data-aloud-told]") not in ("", before)
    page.get_by_role("button", name="停止").click()
    assert page.get_by_role("button", name="朗读", exact=True).is_visible()
    assert page.get_by_role("button", name="下一节").is_hidden()
    count = page.evaluate("said.length")
    page.get_by_role("button", name="朗读", exact=True).click()
    assert page.evaluate("said.length") == count + 1
    assert page.evaluate("said.at(-1).text === said[0].text")


def test_what_is_pointed_at_is_read_from_there(tab: Page, whole: Whole) -> None:
    page = aloud(tab, whole)
    row = page.locator(".card dd").nth(2)
    row.click(position={"x": 4, "y": 4})
    last = "said.at(-1).text"
    assert page.evaluate(last).startswith(
        page.evaluate("document.querySelectorAll('.card dd')[2].innerText").split()[0][:6]
    )
    page.evaluate("end()")
    assert page.evaluate("said.at(-2).text !== said.at(-1).text")
    count = page.evaluate("said.length")
    page.get_by_role("button", name="停止").click()
    row.click(position={"x": 4, "y": 4})
    assert page.evaluate("said.length") == count, "nothing is read to who did not ask"


def test_a_device_without_a_voice_says_so(tab: Page, whole: Whole) -> None:
    page = aloud(tab, whole)
    page.evaluate("said.at(-1).onerror()")
    assert "读不出声音" in page.inner_text("[data-aloud]")


def test_a_browser_that_cannot_speak_does_not_offer_to(tab: Page, whole: Whole) -> None:
    tab.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    tab.goto((whole.folder / "qingyuan" / "index.html").as_uri())
    tab.wait_for_load_state()
    tab.get_by_text("字号", exact=True).click()
    assert tab.locator(".sizes").is_visible()
    assert tab.locator("[data-aloud]").is_hidden()
