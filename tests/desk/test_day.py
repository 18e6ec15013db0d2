"""A clerk's day at the desk, in a browser: from the office's own table to a packed site, without YAML or a terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from playwright.sync_api import Browser, Download, Page
from tests.browser import axe
from tests.browser.tabs import TIMEOUT_MILLISECONDS
from tests.desk.clerk import ANSWERS, NEW, PICTURE, TABLE, add, fill, own_table
from tests.desk.conftest import DAY, Nation
from tests.desk.opened import Open, everything
from tests.excel_form.exchanges import national
from tests.nation import only
from tests.rules.test_attached import png

from gkdir.cli import group
from gkdir.overlay import lay
from gkdir.read.project import read_county

pytestmark = pytest.mark.browser
SEEN = png()
MENDED = ["GK119", "GK202", "GK301", "GK406", "GK626", "GK627", "GK627", "GK703", "GK703", "GK711", "GK805", "GK806"]
"""The findings that the clerk corrects: a row in doubt, no reason, too late, no address of the website, no confirmed
guides, blanks in two domains, two review dates, empty columns of articles, the website's footer, nowhere to complain.
"""
LEFT = ["GK607", "GK608", "GK723", "GK726", "GK967"]
"""Hints that remain: about the new form and articles, and that there is no record of changes."""


@pytest.fixture
def nation() -> Nation:
    """The national items that the clerk edits: what works for these works for all."""
    return only({"employment": ("1.1", "1.3", "4.1", "9.1"), "social_insurance": ("7.1",)})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "项目"
    folder.mkdir()
    return folder


@pytest.fixture
def table(tmp_path: Path, nation: Nation) -> Path:
    """The office's own table."""
    county = tmp_path / "national" / "counties" / "x"
    county.mkdir(parents=True)
    (county / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n', encoding="utf-8")
    path = tmp_path / TABLE
    few = replace(nation(national()), folder=tmp_path / "national", counties=("x",))
    own_table(lay(few, read_county(few, "x")), path)
    return path


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A window of an office's size; errors of scripts and of the pages' policies fail the test."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def test_from_a_table_to_a_packed_site(desk: Open, tab: Page, table: Path, tmp_path: Path) -> None:
    tab.goto(desk.address)
    tab.get_by_label("县名").fill("清源县")
    tab.get_by_label("六位行政区划代码").fill("990101")
    tab.get_by_label("网址里叫什么").fill("qingyuan")
    tab.get_by_label("现有的目录表").set_input_files(table)
    looked_at(tab)
    tab.get_by_role("button", name="读一读").click()
    assert tab.get_by_role("row", name="拿不准").get_by_role("cell").first.inner_text() == "1"
    looked_at(tab)
    tab.get_by_role("button", name="写进去").click()
    before = faults(desk.project)
    assert "先改好标着“错误”的 3 件" in tab.locator(".state").inner_text()
    assert tab.get_by_text("填写表：就业目录 9.1 外国人来华工作许可 不列入的原因").count() == 1
    looked_at(tab)

    tab.get_by_role("link", name="有 1 行拿不准").click()
    assert tab.get_by_role("columnheader").all_inner_texts() == ["栏目", "您表里写的", "4.1 失业登记"]
    looked_at(tab)
    tab.get_by_role("button", name="就是这一项").click()
    assert "定下来了" in tab.get_by_role("status").inner_text()

    form = tmp_path / "form.xlsx"
    with tab.expect_download() as given:
        tab.get_by_role("link", name="领填写表").first.click()
    given.value.save_as(form)
    assert given.value.suggested_filename == "清源县填写表.xlsx"
    fill(form, ANSWERS)
    add(form, NEW)
    tab.get_by_label("交填好的表").set_input_files(form)  # which submits it
    tab.wait_for_selector("table.changes")
    shown = tab.locator("main").inner_text()
    for text in (*(text for _, _, _, text in ANSWERS), "窗口搬到二楼", "白石镇便民服务中心", "灵活就业登记表"):
        assert text in shown
    looked_at(tab)
    with tab.expect_navigation():  # whose script submits the chosen file
        tab.get_by_role("button", name="写进去").press("Enter")
    tab.get_by_label("交图片和文件").set_input_files({"name": PICTURE, "mimeType": "image/png", "buffer": SEEN})
    tab.wait_for_selector(f"text=pages/notices/{PICTURE}")
    looked_at(tab)
    tab.get_by_role("button", name="写进去").click()
    tab.wait_for_selector("text=可以发布")
    after = faults(desk.project)
    assert [each[0] for each in before if each not in after] == MENDED
    assert [rule for rule, _ in after] == LEFT

    look_around(tab)
    tab.get_by_role("button", name="发布").click(no_wait_after=True)
    tab.wait_for_selector("text=发布好了")
    looked_at(tab)
    with tab.expect_download() as packed:
        tab.get_by_role("link", name="下载压缩包").click()
    compared(desk.project, table, form, packed.value)


def faults(project: Path) -> Sequence[tuple[str, str]]:
    """Rule and message of all findings in the county, including those that wait for the first review."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gkdir.rules.checking.for_first_day", lambda found: found)
        done = CliRunner().invoke(group, ["check", str(project), "--format", "json", "--date", f"{DAY}"])
    return sorted((each["rule"], each["message"]) for each in json.loads(done.output)["findings"])


def look_around(tab: Page) -> None:
    """Open the county's pages in their frame, with the findings on each."""
    tab.get_by_role("link", name="看看网页").click()
    tab.wait_for_selector("#found >> text=这一页上")
    pages = tab.frame_locator("#frame")
    assert "清源县" in pages.locator("h1").first.inner_text()
    looked_at(tab)
    tab.get_by_role("button", name="手机那么宽").click()
    assert tab.locator("#frame").bounding_box()["width"] == 390  # type: ignore[index]
    tab.get_by_role("link", name="清源县").click()


def looked_at(tab: Page) -> None:
    """Nothing is wider than the screen, and axe finds nothing; test_everybody.py checks how pages look."""
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab.url
    if axe.FOLDER.is_dir():
        axe.load(tab)
        assert axe.found(tab) == []


def compared(project: Path, table: Path, form: Path, packed: Download) -> None:
    """Commands that do the same give the same files, the same site and the same archive."""
    twin = table.parent / "twin"
    twin.mkdir()

    def run(*words: str | Path) -> None:
        done = CliRunner().invoke(group, [str(word) for word in words])
        assert done.exit_code == 0, done.output

    folder, first = twin / "counties" / "qingyuan", table.parent / "first.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(table.parent)
        run("import", TABLE, "--into", folder, "--name", "清源县", "--code", "990101")
    run("form", "export", twin, "--county", "qingyuan", "-o", first)
    fill(first, [("存疑", "失业人员登记", "怎么处理", "就是 4.1 失业登记")])
    run("form", "import", first, twin, "--write")
    run("form", "import", form, twin, "--write")
    (folder / "pages" / "notices" / PICTURE).write_bytes(SEEN)
    run("build", twin, "-o", twin / "site")
    mine, theirs = everything(project / "counties"), everything(twin / "counties")
    assert mine == theirs
    assert everything(project / "site" / "qingyuan") == everything(twin / "site" / "qingyuan")
    run("pack", twin, "--county", "qingyuan", "-o", table.parent / "site.zip")
    assert Path(packed.path()).read_bytes() == (table.parent / "site.zip").read_bytes()
    shutil.rmtree(twin)
