"""Pages in Traditional script and in English, in a browser: found by the search, read, and left again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page
from tests.browser.conftest import Open
from tests.browser.tabs import Tabs
from tests.pages.sample import FILES, catalog, site_of, web

from gkdir.model.english import EnglishItem, Glossary
from gkdir.model.traditional import NO_TRADITIONAL
from gkdir.publish.converter import county_converter

pytest.importorskip("opencc")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county with its Traditional pages, in place of the one that other tests open."""
    folder = tmp_path_factory.mktemp("兩種 文字") / "qingyuan"
    county = catalog()
    script = county_converter(NO_TRADITIONAL, county)
    glossary = Glossary(items={"employment/4.1": EnglishItem("失业登记", "Registering as unemployed", "A line.")})
    files = web(site_of(replace(county, glossary=glossary)), script=script)
    for path, content in {**files, **dict.fromkeys(FILES, b"")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def open_page(tabs: Tabs, site: Path) -> Open:
    """Opens a page of that county from disk; an error on it fails the test."""
    page = tabs.take(390)

    def open_(path: str, width: int = 390, query: str = "") -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((site / path).as_uri() + query)
        return page

    return open_


@pytest.mark.parametrize("asked", ["失業登記", "失业登记", "shiyedengji"])
def test_the_search_answers_in_the_script_of_the_page(open_page: Open, asked: str) -> None:
    page = open_page("hant/index.html")
    page.focus("#q")
    page.fill("#q", asked)
    first = page.locator("#results [data-item]").first
    first.wait_for()
    assert first.get_attribute("data-item") == "employment/4.1"
    assert "沒工作了來登記" in first.inner_text()
    assert "清源縣人社局" in first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/hant/employment/4-1/index.html")
    assert page.inner_text("h1") == "沒工作了來登記"


def test_what_the_script_says_is_turned_too(open_page: Open) -> None:
    page = open_page("hant/index.html")
    page.focus("#q")
    page.fill("#q", "航母")
    page.get_by_text("沒有正好對上的事項").wait_for()
    page = open_page("hant/employment/index.html")
    page.locator("[data-filter=level]").select_option("村級") if page.locator(
        "option", has_text="村級"
    ).count() else None
    page.locator("[data-filter=text]").fill("沒有這個詞")
    page.get_by_text("沒有符合的事項").wait_for()


def test_one_taps_to_the_same_page_and_back(open_page: Open) -> None:
    page = open_page("employment/4-1/index.html")
    assert not page.get_by_role("link", name="简体").is_visible()
    page.get_by_role("link", name="繁體").click()
    page.wait_for_url("**/hant/employment/4-1/index.html")
    assert not page.get_by_role("link", name="繁體").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopStyle") == "solid"
    )  # the stylesheet
    page.get_by_role("link", name="简体").click()
    page.wait_for_url(lambda address: address.endswith("qingyuan/employment/4-1/index.html"))


def test_reading_modes_are_kept_in_english(open_page: Open) -> None:
    page = open_page("employment/4-1/index.html", 1280)
    page.get_by_label("高对比").check()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/employment/4-1/index.html")
    assert page.inner_text("h1") == "Registering as unemployed"
    page.locator("html[data-mode='contrast']").wait_for(state="attached")
    assert page.get_by_label("High contrast").is_checked()
    assert not page.get_by_label("Large print").is_checked()
    page.get_by_label("High contrast").uncheck()
    page.get_by_role("link", name="繁體").click()
    page.wait_for_url("**/hant/employment/4-1/index.html")
    assert not page.get_by_label("高對比").is_checked()
