"""Eleven tasks of visitors on a phone: how many clicks they take, and what is in view.

Each begins on the county's home page, or on the page that a village displays, and must not take more clicks than
designed; the answer must be visible without scrolling far.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.kinds import Whole

pytestmark = pytest.mark.browser

SCREEN = 844
"""A phone of 390 by 844."""
BODY = re.compile(r'<body class="item">(.*)</body>', re.S)
BEGINS = """words => {
  document.body.innerHTML = words;
  const heading = [...document.querySelectorAll('main h2')].find(one => one.innerText.trim() === '我要做什么');
  return heading ? heading.getBoundingClientRect().top + scrollY : null;
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 390, "height": SCREEN}, reduced_motion="reduce").new_page()
    yield page
    page.context.close()


def start(phone: Page, whole: Whole, path: str = "index.html") -> None:
    phone.goto((whole.folder / "qingyuan" / path).as_uri())


def ask(phone: Page, words: str) -> Locator:
    """Type the words into the search box, and return the first answer."""
    phone.fill("#q", words)
    first = phone.locator("#results > li").first
    first.wait_for()
    return first


def screens(found: Locator) -> float:
    """How many screens of scrolling the element's lower edge is down; up to 1 is visible without scrolling."""
    found.page.wait_for_load_state()  # after a click the page may be shown before its stylesheet has loaded
    return float(found.evaluate("element => element.getBoundingClientRect().bottom + scrollY")) / SCREEN


def test_a_lost_card_is_answered_before_any_click(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    first = ask(phone, "社保卡丢了")
    assert "12333" in first.inner_text()
    assert screens(first.get_by_text("12333").first) <= 1
    assert "非必要" not in phone.locator("#results").inner_text()
    first.locator("a").first.click()
    now = phone.locator(".now")
    assert "现在就打12333" in now.inner_text()
    assert screens(now) <= 1


def test_a_death_in_the_family_leads_to_the_right_office_in_two_clicks(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    phone.get_by_role("link", name="亲人去世").click()
    assert "请节哀" in phone.locator(".lede").inner_text()
    assert phone.locator("main ol").count() == 0, "nobody has to do all of it, one after the other"
    heading = phone.get_by_role("heading", name="去世的人参加了养老保险的")
    assert screens(heading) <= 1
    heading.locator("xpath=../a").click()
    where = phone.locator(".card dd").filter(has_text="清源县社会保险事业服务中心").first
    assert screens(where) <= 1.2
    assert "人力资源和社会保障局" not in where.inner_text()
    assert phone.locator(".card .ask .tel").first.inner_text() == "0600-5550121"
    assert "20个工作日" in phone.locator(".card .due").inner_text()


def test_fired_without_a_contract_names_the_arbitration_and_its_phone(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    ask(phone, "老板把我开除了没签劳动合同")
    told = phone.locator("#results").inner_text()
    assert "仲裁" in told
    assert screens(phone.locator("#results").get_by_text("0600-5550151").first) <= 1
    start(phone, whole)
    phone.get_by_role("link", name="各个窗口的电话和地址").click()
    affairs = phone.locator("main dd").filter(has_text="申请仲裁")
    assert "清源县劳动人事争议仲裁院" in affairs.inner_text()
    assert affairs.locator("a.tel").get_attribute("href") == "tel:0600-5550151"


def test_an_accident_on_a_site_shows_window_and_deadlines_on_the_card(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    phone.get_by_role("link", name="受工伤").click()
    phone.locator(".cases a, .stops a").filter(has_text="申请认定工伤").first.click()
    card = phone.locator(".card").inner_text()
    assert "20号二楼12号窗口" in card
    assert "清源路18号" not in card
    due = phone.locator(".card .due").inner_text()
    assert "30日" in due
    assert "1年" in due
    assert screens(phone.locator(".card .due").first) <= 1.6
    assert "先治伤" in phone.locator(".now").inner_text()
    assert screens(phone.locator(".now")) <= 1


def test_a_farmer_turning_sixty_finds_it_among_what_is_often_asked(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    asked = phone.get_by_role("link", name="农村老人怎么领养老金")
    assert screens(asked) <= 1
    asked.click()
    assert screens(phone.locator("main").get_by_text("60周岁").first) <= 1


def test_an_intern_reads_that_the_firm_applies(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    ask(phone, "见习补贴").locator("a").first.click()
    line = phone.locator(".card dd").filter(has_text="您自己不用申请")
    assert "单位" in line.inner_text()
    assert screens(line) <= 1


def test_a_firm_that_hires_reads_which_of_the_two_it_needs(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    phone.get_by_role("link", name="单位办事").click()
    first_time = phone.locator("[data-item='social_insurance/1.4']")
    somebody = phone.locator("[data-item='social_insurance/3.1']")
    assert "招了人先办参保登记" in first_time.inner_text()
    assert "参保以后、有人来有人走的" in somebody.inner_text()
    assert "30日内" in somebody.inner_text()
    assert screens(first_time) <= 1.2
    assert screens(somebody) <= 2


def test_a_foreigner_reaches_the_lost_card_with_one_click(phone: Page, whole: Whole) -> None:
    start(phone, whole, "en/index.html")
    lost = phone.get_by_role("link", name="I lost my social security card")
    assert screens(lost) <= 1
    phone.fill("#q", "lost social security card")
    phone.locator("#results a").first.wait_for()
    assert "9-6" in str(phone.locator("#results a").first.get_attribute("href"))
    start(phone, whole, "en/index.html")
    phone.get_by_role("link", name="I lost my social security card").click()
    assert "Call 12333 now" in phone.locator(".now").inner_text()
    assert screens(phone.locator(".now")) <= 1


def test_a_village_prints_its_board_with_one_click(phone: Page, whole: Whole) -> None:
    start(phone, whole, "towns/liushu/index.html")
    button = phone.get_by_role("link", name="打印公示栏").first
    assert screens(button) <= 1
    here = phone.locator("main h2").first
    assert "在村里就能办" in here.inner_text()
    button.click()
    assert phone.locator(":target").count() == 1
    assert "打印" in phone.locator(":target").inner_text()


def test_a_villages_lists_are_folded_and_printed_whole(phone: Page, whole: Whole) -> None:
    start(phone, whole, "towns/liushu/index.html")
    assert phone.evaluate("document.documentElement.scrollHeight") <= 4 * 844
    row = phone.locator(".town-rows li").last
    assert not row.is_visible()
    phone.emulate_media(media="print")
    assert row.is_visible()
    phone.emulate_media(media="screen")
    phone.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert row.is_visible(), "browsers that print what is folded as folded"


def test_a_reporter_finds_the_changes_and_the_data_with_one_click(phone: Page, whole: Whole) -> None:
    for name, words in (("看改了什么", "更新记录"), ("下载", "下载")):
        start(phone, whole)
        phone.get_by_role("link", name=name, exact=True).last.click()
        assert words in phone.locator("h1").inner_text()
        if name == "看改了什么":
            newest = phone.locator(".changes").first
            assert "2026年3月1日" in newest.locator("h2").inner_text()
            assert screens(newest.locator("h2")) <= 1
            assert screens(newest.locator("dd").first) <= 1, "what was changed, not only that something was"
            assert newest.locator("dd small", has_text="原来").count(), "and what it said before"
        else:
            for ending in (".csv", ".json", ".xlsx"):
                files = [str(one.get_attribute("href")) for one in phone.locator(f"main a[href$='{ending}']").all()]
                assert len(files) >= 2, "of both directories"
                assert [one for one in files if not (whole.folder / "qingyuan" / "data" / one).is_file()] == []


def test_a_supervisor_sees_of_each_county_what_it_left_out_and_when_it_was_checked(phone: Page, whole: Whole) -> None:
    phone.goto((whole.folder / "index.html").as_uri())
    line = phone.get_by_role("listitem").filter(has_text="清源县").first
    about = json.loads((whole.folder / "qingyuan" / "manifest.json").read_text(encoding="utf-8"))["about"]
    omitted = about["omitted"].split()
    assert omitted
    assert line.inner_text().endswith(f"{len(omitted)}项没有列入，2026年3月1日核对")
    assert about["updated"] == "2026-03-01"
    assert screens(line) <= 1
    for domain in sorted({item.split("/")[0] for item in omitted}):
        start(phone, whole, f"{domain}/index.html")
        named = phone.locator("section").filter(has_text="没有列入").last.inner_text()
        for item in omitted:
            assert item.split("/")[0] != domain or item.split("/")[1] in named, "which they are, and why"


def test_what_to_do_begins_within_two_screens_on_every_item(phone: Page, whole: Whole) -> None:
    """The text of each page is put into one open page, where positions are the same to the pixel."""
    items = whole.pages["{county}/{domain}/{item}/index.html"]
    phone.goto((whole.folder / items[0]).as_uri())
    tops = {}
    for path in items:
        body = BODY.search((whole.folder / path).read_text(encoding="utf-8"))
        assert body
        top = phone.evaluate(BEGINS, body[1])
        if top is not None:
            tops[path] = round(top / SCREEN, 2)
    assert len(tops) > 90
    assert {path: top for path, top in tops.items() if top > 2} == {}


def test_the_first_moments_of_life_are_on_the_first_screen(phone: Page, whole: Whole) -> None:
    start(phone, whole)
    assert screens(phone.locator(".moments li").first) <= 1
    phone.goto((whole.folder / "qingyuan" / "social_insurance" / "9-6" / "index.html").as_uri() + "?mode=elder")
    box = phone.locator("h1").bounding_box()
    assert box
    assert box["y"] < 300
    assert phone.get_by_role("button", name="朗读").is_visible()
    assert not phone.get_by_label("高对比").is_visible()
    phone.get_by_text("设置").click()
    assert phone.get_by_label("高对比").is_visible()
    assert phone.get_by_role("link", name="English").is_visible()
