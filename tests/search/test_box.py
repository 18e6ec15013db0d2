"""The search box in Chromium: what it loads and when, what it shows; by keyboard, from disk and below a path."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect
from tests.browser.tabs import Tabs
from tests.built import built_sample

from gkdir.model.project import Project
from gkdir.outputs import root_files
from gkdir.publish.render import Renderer
from gkdir.resources import template_folder
from gkdir.site.root import Published

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
RESULTS = "#results [data-item]"


@pytest.fixture(scope="session")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county and the page of all counties, below a path with a space in it."""
    out = tmp_path_factory.mktemp("www") / "政务 公开"
    sample, _ = built_sample(tmp_path_factory)
    shutil.copytree(sample / "qingyuan", out / "qingyuan")
    places = (Published("qingyuan", "清源县", "990101", True), Published("yunling", "云岭县", "990102", True))
    for path, content in root_files(places, project, Renderer((template_folder(),)), None):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    return out


@pytest.fixture
def open_page(tabs: Tabs, folder: Path) -> Open:
    """Opens a page of the site from disk, or from ``base``; errors of its scripts or policy fail the test."""

    def open_(path: str, base: str | None = None) -> Page:
        page = tabs.take()
        page.goto(f"{base or folder.as_uri()}/{path}")
        return page

    return open_


def until(page: Page, true: str) -> None:
    """Wait until the expression is true; Playwright's own waiting needs eval, which the page's policy forbids."""
    for _ in range(2000):
        if page.evaluate(f"Boolean({true})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(true)


def first(page: Page) -> str | None:
    expect(page.locator(RESULTS).first).to_be_visible()
    return page.locator(RESULTS).first.get_attribute("data-item")


def test_nothing_is_loaded_before_the_box_is_used(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    assert page.evaluate("typeof window.gkdirIndex") == "undefined"
    page.focus("#q")
    until(page, "window.gkdirIndex && window.gkdirTables")


def test_an_answer_stands_on_the_first_result(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "社保卡丢了")
    assert first(page) == "social_insurance/9.6"
    result = page.locator(RESULTS).first
    expect(result.locator(".answers dt")).to_have_text(["马上做", "要带", "去哪里", "电话"])
    expect(result.locator(".answers a[href='tel:0600-5550131']")).to_be_visible()
    expect(result.locator("mark").first).to_have_text("社保卡丢了")
    expect(page.locator(RESULTS).nth(1).locator(".answers")).to_have_count(0)
    expect(page.locator("#search-status")).to_contain_text("第一项：社保卡丢了先挂失")


def test_keys_walk_through_the_results_and_open_them(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "失业登记")
    assert first(page) == "employment/4.1"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('[data-item]').dataset.item") == "employment/4.1"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/employment/4-1/index.html")
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("asked", "title", "path"), [("退休", "要退休", "events/retire"), ("航母", "我能办什么", "wizard")]
)
def test_a_moment_of_life_and_the_questions_are_offered_beside_the_items(
    open_page: Open, asked: str, title: str, path: str
) -> None:
    page = open_page("qingyuan/employment/index.html")
    page.fill("#q", asked)
    way = page.locator(".results .ways").get_by_role("link", name=title)
    expect(way).to_be_visible()
    while not way.evaluate("link => link === document.activeElement"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/qingyuan/{path}/index.html")


def test_the_address_keeps_the_question(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "领失业金")
    until(page, "location.hash.length > 3")
    again = open_page(f"qingyuan/index.html{page.evaluate('location.hash')}")
    assert first(again) == "social_insurance/7.1"
    expect(open_page("qingyuan/index.html?q=gsrd").locator("#q")).to_have_value("gsrd")


def test_recent_questions_stay_on_the_device(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "失业登记")
    first(page)
    page.press("#q", "Enter")
    page.wait_for_url("**/4-1/**")
    again = open_page("qingyuan/index.html")
    again.focus("#q")
    expect(again.locator(".recent button").first).to_have_text("失业登记")
    again.locator(".recent button").last.click()
    expect(again.locator(".recent")).to_have_count(0)


def test_where_nothing_fits_it_says_so_and_keeps_the_question_for_a_clerk(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "彩票兑奖")
    expect(page.locator("#search-status a[href='tel:12333']")).to_be_visible()
    expect(page.locator("#search-status a[href='tel:12345']")).to_be_visible()
    first(page)
    until(page, "localStorage.getItem('gkdir-unanswered')")
    page.fill("#q", "炒股")
    expect(page.locator("#results textarea")).to_have_value("彩票兑奖")


def test_enter_opens_nothing_that_was_not_asked_for(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "彩票兑奖")
    first(page)
    page.press("#q", "Enter")
    assert page.evaluate("Boolean(document.activeElement.closest('#results'))")
    assert page.url.partition("#")[0].endswith("qingyuan/index.html")


def test_what_another_office_does_is_said_with_its_phone(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "生育津贴怎么领")
    told = page.locator("#results > li").first
    expect(told).to_contain_text("由医保部门管")
    expect(told).to_contain_text("清源县医疗保障局")
    expect(told.locator("a[href='tel:0600-5550181']")).to_be_visible()
    expect(page.locator("#search-status")).to_be_empty()


def test_a_year_of_birth_leads_to_the_calculator_filled_in(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "1970年出生男的哪年退休")
    page.press("#q", "Enter")
    page.wait_for_url("**/reckon/retirement/**")
    assert page.input_value("#year") == "1970"
    assert page.locator("input[name=career][value=man]").is_checked()


def test_a_wrong_character_is_asked_back(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "设保卡挂失")
    assert first(page) == "social_insurance/9.6"
    page.get_by_role("button", name="社保卡挂失", exact=True).click()
    assert page.input_value("#q") == "社保卡挂失"


def test_what_is_typed_or_kept_is_never_markup(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.evaluate("localStorage.setItem('gkdir-recent', JSON.stringify(['<img src=x onerror=boom()>', 7, null]))")
    page.focus("#q")
    expect(page.locator(".recent button").first).to_have_text("<img src=x onerror=boom()>")
    page.fill("#q", "<script>社保卡</script>")
    first(page)
    assert page.locator("#results img, #results script").count() == 0
    page.evaluate("localStorage.setItem('gkdir-recent', '{broken')")
    page.fill("#q", "")
    expect(page.locator(".recent")).to_have_count(0)


def test_questions_and_policies_stand_below_the_items(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "交了3年能领几个月失业金")
    link = page.locator(".more a", has_text="交了3年").first
    link.click()
    page.wait_for_url("**/7-1/index.html#*")
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).tagName") == "H3"
    page.fill("#q", "工伤保险条例")
    expect(page.locator(".more a", has_text="工伤保险条例").first).to_be_visible()


def test_a_township_is_heard(open_page: Open) -> None:
    page = open_page("qingyuan/index.html")
    page.fill("#q", "河沿乡失业登记")
    assert first(page) == "employment/4.1"
    expect(page.locator(RESULTS).first.locator(".category")).to_contain_text("清源县河沿乡")
    expect(page.locator(".more a[href$='towns/heyan/index.html']")).to_be_visible()


def test_the_page_of_all_counties_finds_place_and_item(open_page: Open) -> None:
    page = open_page("index.html")
    page.fill("#q", "清源社保卡丢了")
    assert first(page) == "social_insurance/9.6"
    expect(page.locator(RESULTS).first.locator("a").first).to_have_attribute(
        "href", page.evaluate("new URL('qingyuan/social_insurance/9-6/index.html', location.href).href")
    )
    # The county's own index has loaded: its own names, answers and additions.
    expect(page.locator(RESULTS).first.locator(".answers")).to_be_visible()
    page.fill("#q", "qingyuan dalinggong")
    assert first(page) == "employment/1.6"
    page.fill("#q", "失业登记")
    expect(page.locator(RESULTS).first.locator(".choices a")).to_have_text(["清源县", "云岭县"])


def test_a_county_without_an_index_is_answered_from_the_national_items(open_page: Open, tabs: Tabs) -> None:
    page = open_page("index.html")
    page.fill("#q", "云岭县工伤认定")
    assert first(page) == "social_insurance/6.4"
    page.wait_for_timeout(200)
    assert first(page) == "social_insurance/6.4"
    tabs.forgive("ERR_FILE_NOT_FOUND")  # that index


def test_it_works_over_http_below_a_path_and_asks_no_other_host(open_page: Open, folder: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    try:
        page = open_page("%E6%94%BF%E5%8A%A1%20%E5%85%AC%E5%BC%80/qingyuan/index.html", base)
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        page.on("request", note)
        page.fill("#q", "工伤认定")
        assert first(page) == "social_insurance/6.4"
        assert asked
        assert all(url.startswith(f"{base}/%E6") for url in asked)
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_for_lost_addresses_links_from_the_root_of_the_server(folder: Path, project: Project) -> None:
    lost = (folder / "404.html").read_text(encoding="utf-8")
    links = re.findall(r'<(?:a|link|script)\b[^>]* (?:href|src)="([^"]*)"', lost)
    assert "/qingyuan/index.html" in links
    assert [one for one in links if not re.match("/|#|tel:", one)] == []
    made = dict(root_files((), project, Renderer((template_folder(),)), "https://www.qingyuan.gov.cn/zwgk"))
    assert b'src="/zwgk/assets/site.js"' in made["404.html"]
