"""An item's page in a real browser: ticks that stay on this device, a drawing that fits, data that no policy blocks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf  # comes with pdfua
import pytest
from tests.browser.conftest import Open
from tests.browser.kinds import Whole
from tests.browser.tabs import Tabs

pytestmark = pytest.mark.browser

ITEM = "employment/4-1/index.html"


def test_ticks_are_kept_on_this_device_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page(ITEM)
    note = page.locator("[data-checklist-note]")
    assert not note.is_visible()
    page.get_by_label("居民身份证").check()
    page.get_by_label("就业表").check()
    assert note.is_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('gkdir-checklist'))") == [
        "gkdir-checklist:qingyuan/employment/4.1"
    ]
    page.reload()
    assert page.get_by_label("居民身份证").is_checked()
    assert not page.get_by_label("登记表", exact=True).is_checked()
    page.get_by_role("button", name="全部取消").click()
    assert not page.get_by_label("居民身份证").is_checked()
    assert page.evaluate("localStorage.getItem('gkdir-checklist:qingyuan/employment/4.1')") is None
    assert not note.is_visible()


def test_what_somebody_else_put_there_does_no_harm(open_page: Open) -> None:
    page = open_page(ITEM)
    for odd in ("{", '"居民身份证"', "null", '[1,"没有这样材料"]'):
        page.evaluate("text => localStorage.setItem('gkdir-checklist:qingyuan/employment/4.1', text)", odd)
        page.reload()
        assert not page.get_by_label("居民身份证").is_checked()
    page.evaluate("localStorage.clear()")


def test_without_script_it_can_be_ticked_and_promises_nothing(open_page: Open) -> None:
    page = open_page(ITEM, script=False)
    page.get_by_label("居民身份证").check()
    assert page.get_by_label("居民身份证").is_checked()
    assert not page.get_by_text("打的勾只记在这台设备上").is_visible()
    assert not page.get_by_role("button", name="打印本页").is_visible()


def test_the_data_for_machines_breaks_no_policy(open_page: Open) -> None:
    page = open_page(ITEM)  # whose policy complains to the console
    kind = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@type']"
    assert page.evaluate(kind) == "GovernmentService"


@pytest.mark.parametrize("mode", ["", "elder", "contrast"])
@pytest.mark.parametrize("width", [390, 641, 1280])
def test_the_drawing_fits_and_its_words_stay_in_their_boxes(open_page: Open, width: int, mode: str) -> None:
    page = open_page(ITEM, width, query=f"?mode={mode}")
    box = page.locator("svg.flow").bounding_box()
    if width < 640:
        assert box is None, "the list alone says all of it"
        assert page.locator(".steps > li").first.is_visible()
        return
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    over = page.evaluate(
        "[...document.querySelectorAll('svg.flow text:not(.number)')].map(text => {"
        "  const box = text.getBBox(); const width = text.ownerSVGElement.viewBox.baseVal.width;"
        "  return box.x + box.width - width; }).filter(over => over > -4)"
    )
    assert over == []
    size = "document.querySelector('svg.flow').getBoundingClientRect().width / 256 * 16"
    assert page.evaluate(size) >= (24 if mode == "elder" else 16)


def test_ticks_and_code_are_printed(open_page: Open, tmp_path: Path) -> None:
    page = open_page(ITEM)
    page.get_by_label("居民身份证").check()
    page.emulate_media(media="print")
    for shown in (".checklist input:checked", ".code svg", ".checked"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".search", ".modes", ".checklist-note", ".take-links", ".contents", ".siblings", "svg.flow"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.pdf(path=tmp_path / "item.pdf")


@pytest.mark.parametrize("path", [ITEM, "employment/4-2/index.html"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_code_of_every_item_can_be_read_from_screen_and_paper(
    open_page: Open, path: str, media: Literal["screen", "print"]
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="needs zxing-cpp")
    from PIL import Image  # comes with pdfua

    page = open_page(path)
    page.emulate_media(media=media)
    with Image.open(BytesIO(page.locator("figure.code").screenshot())) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"https://www.qingyuan.gov.cn/zwgk/{path}"]


def test_each_picture_of_the_printed_page_says_what_it_shows(tabs: Tabs, whole: Whole, tmp_path: Path) -> None:
    page = tabs.take()
    page.goto((whole.folder / "qingyuan" / "social_insurance/9-6/index.html").as_uri())
    page.pdf(path=tmp_path / "item.pdf", tagged=True)
    with pikepdf.open(tmp_path / "item.pdf") as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert len(figures) > 1
        assert [str(one.get("/Alt", "")) for one in figures if not one.get("/Alt")] == []
