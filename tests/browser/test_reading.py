"""What readers use in a browser: room to read, keyboard, search, reading modes, and no scripts at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_letters_are_as_large_as_promised(open_page: Open) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.card dd')).fontSize)"
    page = open_page("employment/4-1/index.html")
    assert page.evaluate(size) == 18
    assert open_page("employment/4-1/index.html", query="?mode=elder").evaluate(size) == 24


def test_modes_are_kept_from_page_to_page_and_can_be_left(open_page: Open) -> None:
    page = open_page("index.html")
    page.get_by_label("长者模式").check()
    assert page.get_by_label("长者模式").is_visible(), "what was just ticked can be taken back"
    page.get_by_text("设置", exact=True).click()
    assert page.locator(".modes details[open]").count() == 1, "nothing moves away under the click"
    page.get_by_label("高对比").check()
    assert page.evaluate("document.documentElement.dataset.mode") == "elder contrast"
    page.get_by_role("link", name="就业", exact=True).first.click()
    # Not wait_for_function: it evaluates a string, which the page's own policy forbids.
    page.locator("html[data-mode='elder contrast']").wait_for(state="attached")
    assert page.get_by_label("长者模式").is_checked()
    page.get_by_text("设置", exact=True).click()
    page.get_by_label("长者模式").uncheck()
    page.get_by_label("高对比").uncheck()
    assert page.evaluate("document.documentElement.hasAttribute('data-mode')") is False
    page.reload()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.hasAttribute('data-mode')") is False


def test_modes_work_on_the_page_without_script(open_page: Open) -> None:
    page = open_page("index.html", script=False)
    page.get_by_label("长者模式").check()
    page.screenshot()  # a frame with the changed rules
    box = page.locator("h2").first.bounding_box()
    page.get_by_label("长者模式").uncheck()
    plain = page.locator("h2").first.bounding_box()
    assert box
    assert plain
    assert box["height"] > plain["height"]


@pytest.mark.parametrize("path", ["index.html", "employment/4-2/index.html"])
def test_the_search_finds_items_from_disk(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.focus("#q")
    page.fill("#q", "线上失业登记")
    first = page.locator("#results [data-item]").first
    first.wait_for()
    assert first.get_attribute("data-item") == "employment/4.1.1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/employment/4-1-1/index.html")


def test_the_search_says_when_nothing_fits(open_page: Open) -> None:
    page = open_page("index.html")
    page.focus("#q")
    page.fill("#q", "航母")
    page.get_by_text("没有正好对上的事项").wait_for()
    assert "12345" in page.inner_text("#search-status")


def test_results_are_walked_with_arrows(open_page: Open) -> None:
    page = open_page("index.html")
    page.focus("#q")
    page.fill("#q", "登记")
    page.locator("#results [data-item]").nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement === document.querySelector('#results a')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#results li").count() == 0


def test_filters_leave_what_fits(open_page: Open) -> None:
    page = open_page("employment/index.html")
    shown = page.locator("tr[data-item]:visible")
    assert shown.count() == 3
    page.get_by_label("有办事指南").check()
    assert shown.count() == 1
    assert page.inner_text("[data-filter-count]") == "找到1项"
    page.get_by_label("有办事指南").uncheck()
    page.get_by_label("查找").fill("没有这个词")
    assert shown.count() == 0
    assert page.locator("tbody:visible").count() == 0


def test_the_heading_of_the_table_stays_in_sight(open_page: Open) -> None:
    page = open_page("employment/index.html", 1400)
    page.set_viewport_size({"width": 1400, "height": 400})
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    page.evaluate("document.querySelectorAll('tr[data-item]')[2].scrollIntoView()")
    table, heading = page.locator("#directory").bounding_box(), page.locator("#directory thead").bounding_box()
    assert table
    assert heading
    assert table["y"] < 0
    assert heading["y"] >= 0


def test_on_a_phone_a_row_is_a_card_headed_by_number_and_name_with_labels_below(open_page: Open) -> None:
    page = open_page("employment/index.html", 390)
    labels = page.eval_on_selector_all(
        "tr[data-item] [data-label]", "all => all.map(e => getComputedStyle(e, '::before').content)"
    )
    assert labels[:4] == ["none", "none", '"公开内容"', '"公开依据"']
    row = page.locator("tr[data-item]").first
    row.get_by_role("button", name="：目录要素").click()
    number, name, content = (row.locator(one).bounding_box() for one in (".number", "th", "[data-label=公开内容]"))
    assert number
    assert name
    assert content
    assert number["x"] < name["x"]
    assert name["y"] + name["height"] <= content["y"]
    assert content["x"] == number["x"]


def test_without_script_every_item_is_two_steps_from_home(open_page: Open) -> None:
    page = open_page("index.html", script=False)
    assert page.locator(".search").is_hidden()
    assert page.locator(".no-script").is_visible()
    page.get_by_role("link", name="就业", exact=True).first.click()
    assert page.locator(".filters").is_hidden()
    page.get_by_role("link", name="线上失业登记").click()
    page.wait_for_url("**/employment/4-1-1/index.html")


def test_on_paper_only_the_content_is_left(open_page: Open) -> None:
    page = open_page("employment/4-1/index.html")
    page.emulate_media(media="print")
    assert page.locator(".search").is_hidden()
    assert page.locator(".contents").is_hidden()
    assert page.locator(".card").is_visible()
    assert page.pdf(prefer_css_page_size=True)[:4] == b"%PDF"


def test_in_wechat_a_line_tells_how_to_open_a_file(browser: Browser, site: Path) -> None:
    words = "在微信里打不开文件的"
    context = browser.new_context(user_agent="Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0.2")
    page = context.new_page()
    page.goto((site / "data" / "index.html").as_uri())
    page.get_by_text(words).wait_for()
    page.goto((site / "az" / "index.html").as_uri())
    assert not page.get_by_text(words).count()
    context.close()
