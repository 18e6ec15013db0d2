"""Navigation by life events in a browser: by keyboard, without scripts, and a saved checklist for several items."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

EVENT = "events/lost-job/index.html"


def follow(page: Page, name: str) -> None:
    """Press Tab until the link ``name`` has the focus, then Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(name)


def test_the_questions_are_answered_by_keyboard_without_a_script(open_page: Open) -> None:
    page = open_page("index.html", script=False)
    for name in ("不知道办哪一件？答几个问题", "自己", "没有"):
        follow(page, name)
    assert page.get_by_role("heading", level=1).text_content() == "先登记"
    assert page.get_by_role("link", name="没工作了来登记").first.is_visible()
    follow(page, "返回上一个问题")
    assert page.get_by_role("heading", level=1).text_content() == "您有工作吗？"
    follow(page, "重新开始")
    assert page.get_by_role("heading", level=1).text_content() == "您替谁办事？"


def test_an_answer_can_be_changed_from_the_result(open_page: Open) -> None:
    page = open_page("wizard/no-work/index.html", 390, script=False)
    page.get_by_role("link", name=re.compile("改.*您替谁办事")).click()
    assert page.get_by_role("heading", level=1).text_content() == "您替谁办事？"


@pytest.mark.parametrize("path", [EVENT, "wizard/no-work/index.html"])
def test_what_was_ticked_is_kept_on_this_device(open_page: Open, path: str) -> None:
    page = open_page(path, 390)
    page.get_by_label("居民身份证").check()
    page.get_by_label("就业表").check()
    page.reload()
    assert page.get_by_label("居民身份证").is_checked()
    assert not page.get_by_label("登记表", exact=True).is_checked()
    page.get_by_role("button", name="全部取消").click()
    assert not page.get_by_label("居民身份证").is_checked()
    assert page.get_by_role("button", name="打印这张单子").is_visible()


def test_without_a_script_nothing_is_promised_that_needs_one(open_page: Open) -> None:
    page = open_page(EVENT, script=False)
    page.get_by_label("居民身份证").check()
    assert page.get_by_role("button").count() == 0


def test_on_paper_the_list_has_its_boxes_and_no_chrome(open_page: Open) -> None:
    page = open_page(EVENT)
    page.emulate_media(media="print")
    assert page.get_by_label("居民身份证").is_visible()
    assert page.locator(".siblings").is_hidden()
    assert page.get_by_role("button", name="打印这张单子").is_hidden()


def test_letters_lead_to_their_names(open_page: Open) -> None:
    page = open_page("az/index.html", 320, script=False)
    page.get_by_role("navigation", name="首字母").get_by_role("link", name="S", exact=True).click()
    assert page.url.endswith("#l-s")
    expect(page.get_by_role("heading", name="S", exact=True)).to_be_in_viewport()
