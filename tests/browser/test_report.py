"""The supervisor's report, checked as the site's own pages are; its tables sort without a library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.browser.audit import audited, in_the_dark, over_one_another
from tests.browser.test_kinds import by_axe, by_keyboard, shown, without_a_script
from tests.browser.test_tools import HERE, VALIDATE
from tests.places import DIRECTORIES

from gkdir.cli import group
from gkdir.finding import Finding, Place, Severity
from gkdir.report.worklist import worklist, worklist_page

pytestmark = pytest.mark.browser
PAGES = (
    "index.html", "items/employment.html", "items/social_insurance.html", "findings.html", "late.html", "scores.html",
    "counties/qingyuan.html", "counties/aping.html", "counties/broken.html",
)  # fmt: skip
"""The path of every page."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties and one that cannot be read, reported twice, so that there are changes to show."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copytree(DIRECTORIES, folder / "project")
    other = folder / "project" / "counties" / "aping"
    other.mkdir()
    (other / "county.yaml").write_text('名称: 安平县\n代码: "990102"\n', encoding="utf-8")
    (folder / "project" / "counties" / "broken").mkdir()
    (folder / "project" / "counties" / "broken" / "county.yaml").write_text("名称: [中断", encoding="utf-8")
    for day in ("2026-10-01", "2026-11-24"):
        arguments = ["report", str(folder / "project"), "-o", str(folder / "out"), "--date", day]
        assert CliRunner().invoke(group, arguments).exit_code == 0
    assert {path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.html")} == {*PAGES}
    return folder / "out"


@pytest.fixture(scope="module")
def tabs(measuring: Browser) -> Iterator[tuple[Page, Page]]:
    """One tab with scripts, one without."""
    contexts = [measuring.new_context(reduced_motion="reduce", java_script_enabled=with_) for with_ in (True, False)]
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_report_is_fit_for_everybody(report: Path, tabs: tuple[Page, Page], path: str) -> None:
    tab, still = tabs
    shown(tab, report / path)
    found = without_a_script(tab, still, report / path) + by_keyboard(tab, asked=path != PAGES[0])
    found += audited(tab)
    found += over_one_another(tab) + in_the_dark(tab)
    assert found + by_axe(tab, (390, 1280) if path in ("index.html", "counties/qingyuan.html") else (390,)) == []


PUSHED = """(aside) => Math.max(...[...document.querySelectorAll('.wide')].map((each) => {
  each.scrollLeft = aside;
  return each.scrollLeft;
}))"""
CUT = """[...document.querySelectorAll('caption span')].filter((each) => {
  const [words, box] = [each, each.closest('.wide')].map((one) => one.getBoundingClientRect());
  return words.left < box.left || words.right > box.right;
}).map((each) => each.textContent)"""


@pytest.mark.parametrize("path", ["index.html", "counties/qingyuan.html"])
def test_the_caption_of_a_table_that_is_pushed_aside_stays(report: Path, tabs: tuple[Page, Page], path: str) -> None:
    tab, _ = tabs
    shown(tab, report / path)
    tab.set_viewport_size({"width": 390, "height": 900})
    for aside in (0, 300):
        assert tab.evaluate(PUSHED, aside) >= aside / 2
        assert tab.evaluate(CUT) == []


def test_a_table_is_sorted_by_the_column_that_is_pressed(report: Path, tabs: tuple[Page, Page]) -> None:
    tab, _ = tabs
    shown(tab, report / "index.html")
    names = "[...document.querySelectorAll('tbody th')].map(e => e.textContent)"
    assert tab.evaluate(names) == ["清源县", "安平县", "broken"]
    points = tab.locator("thead th", has_text="名次").locator("button")
    points.press("Enter")
    assert tab.evaluate(names) == ["broken", "安平县", "清源县"]
    assert tab.locator("thead th[aria-sort=descending]").count() == 1
    points.press("Enter")
    assert tab.evaluate(names) == ["清源县", "安平县", "broken"]
    tab.locator("thead th button", has_text="县").first.press("Enter")
    assert tab.locator("thead th[aria-sort]").count() == 1
    shown(tab, report / "items" / "social_insurance.html")
    first = "[...document.querySelector('table').tBodies[0].rows].map(row => row.cells[0].textContent)"
    written = tab.evaluate(first)
    number = tab.locator("thead th", has_text="编号").first.locator("button")
    number.press("Enter")
    number.press("Enter")
    assert tab.evaluate(first) == written, "7.9 goes before 7.10"
    assert written.index("7.9") < written.index("7.10")


@pytest.mark.skipif(not VALIDATE.is_file() or not shutil.which("node"), reason=axe.NONE)
def test_html_validate_finds_nothing_in_the_report(report: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    options = ["--config", str(HERE / "htmlvalidate.config.mjs"), "--formatter", f"json={told}"]
    pages = [str(report / path) for path in PAGES]
    subprocess.run(["node", str(VALIDATE), *options, *pages], capture_output=True, check=False)
    files = json.loads(told.read_text(encoding="utf-8"))
    assert [
        f"{os.path.relpath(file['filePath'], report)}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in files
        for one in file["messages"]
    ] == []


def test_a_worklist_is_cards_on_a_phone_and_a_table_on_paper(tabs: tuple[Page, Page], tmp_path: Path) -> None:
    finding = Finding(
        "GK005", "unread-row", Severity.WARNING, "错了", "请改正。", "依据", None, Place("county.yaml", 1, 1)
    )
    (tmp_path / "list.html").write_text(worklist_page(worklist((finding,), date(2026, 3, 1))), encoding="utf-8")
    tab, _ = tabs
    shown(tab, tmp_path / "list.html")
    tab.set_viewport_size({"width": 390, "height": 800})
    media: tuple[tuple[Literal["screen", "print"], bool], ...] = (("screen", False), ("print", True))
    for medium, table in media:
        tab.emulate_media(media=medium)
        assert tab.locator("thead").is_visible() is table
        cell = tab.locator("tbody td").first
        assert cell.evaluate("(each) => getComputedStyle(each).display") == ("table-cell" if table else "block")
    tab.emulate_media(media="screen")
