"""The desk's pages are accessible: at any width, by keyboard, in dark mode; tools find nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.browser.audit import PLAIN, audited, in_the_dark, over_one_another
from tests.browser.tabs import TIMEOUT_MILLISECONDS
from tests.browser.test_kinds import by_keyboard
from tests.browser.test_tools import HERE, VALIDATE
from tests.desk.clerk import fill
from tests.desk.opened import Open

pytestmark = pytest.mark.browser

DOUBT = """存疑:
  - {出处: 表.xlsx#一!C6, 领域: social_assistance, 可能是: [1.1 政策法规文件], 编号: "9", 二级事项: 文件}
  - {出处: 表.xlsx#一!C9}
"""
NEW = {"县名": "新开县", "六位行政区划代码": "990209"}
WIDTHS = (320, 390, 768, 1366)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A window of an office's size, without animations."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    yield context.new_page()
    context.close()


def test_every_page_of_the_desk(desk: Open, tab: Page, tmp_path: Path) -> None:
    county = desk.project / "counties" / "heping" / "county.yaml"
    county.write_text(county.read_text(encoding="utf-8") + DOUBT, encoding="utf-8")

    form, table = tmp_path / "form.xlsx", desk.project / "national" / "social_assistance.xlsx"
    form.write_bytes(desk.get("c/heping/form").content)
    fill(form, [("机构", "和平县", "地址", "和平县人民路9号"), ("机构", "和平县", "电话", "5")])

    def hand_in() -> None:
        tab.goto(f"{desk.address}c/heping/")
        tab.get_by_label("交填好的表").set_input_files(form)
        tab.wait_for_selector("text=有 1 处没有采用")

    def hand_in_a_table() -> None:
        tab.goto(f"{desk.address}?all")
        for label, text in NEW.items():
            tab.get_by_label(label).fill(text)
        tab.get_by_label("现有的目录表").set_input_files(table)
        tab.get_by_role("button", name="读一读").click()
        tab.wait_for_selector("text=每一行怎么样了")

    def hand_in_a_town() -> None:
        tab.goto(f"{desk.address}c/heping/")
        tab.get_by_label("交乡镇、村的目录表").set_input_files(table)
        tab.get_by_text("是哪个乡镇、村").click()
        tab.get_by_label("名称", exact=True).fill("白石镇")
        tab.get_by_label("代码，九位或十二位").fill("990201101")
        tab.get_by_role("button", name="读一读，先不写").click()
        tab.wait_for_selector("text=每一行怎么样了")

    wrong, told = [], {}
    for path in ("?all", "c/kuansong/", "c/heping/doubts", "c/heping/look", "c/heping/print", "c/nowhere/"):
        tab.goto(desk.address + path)
        told[path] = desk.get(path)
        wrong += [f"{path} {line}" for line in looked_at(tab, framed="look" in path)]
    for go in (hand_in, hand_in_a_table, hand_in_a_town):
        go()
        wrong += [f"{go.__name__} {line}" for line in looked_at(tab)]
    assert wrong == []
    told["form"] = desk.post("c/heping/form", files=[("file", "a.xlsx", form.read_bytes())])
    told["table"] = desk.post("new", {"name": "新开县", "code": "990209"}, [("table", "a.xlsx", table.read_bytes())])
    told["published"] = desk.post("c/heping/publish", {"id": "x"})
    validated({re.sub(r"\W", "-", path): answer.text for path, answer in told.items()}, tmp_path / "pages")


def looked_at(tab: Page, *, framed: bool = False) -> list[str]:
    """What is wrong with the open page; a ``framed`` one is checked by keyboard separately."""
    tab.wait_for_load_state()  # the text may be shown before its stylesheet has loaded
    found = [] if framed else by_keyboard(tab)
    tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    found += audited(tab, (PLAIN,), WIDTHS) + over_one_another(tab) + in_the_dark(tab, (PLAIN,))
    if axe.FOLDER.is_dir():
        axe.load(tab)
        found += axe.found(tab)
    return found


def validated(pages: Mapping[str, str], folder: Path) -> None:
    """html-validate finds nothing."""
    if not VALIDATE.is_file() or not shutil.which("node"):
        return  # tests/browser/test_tools.py skips without it
    folder.mkdir()
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    told = folder / "told.json"
    options = ["--config", str(HERE / "htmlvalidate.config.mjs"), "--formatter", f"json={told}"]
    names = map(str, folder.glob("*.html"))
    subprocess.run(["node", str(VALIDATE), *options, *names], capture_output=True, check=False)
    wrong = [
        f"{Path(file['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in json.loads(told.read_text(encoding="utf-8"))
        for one in file["messages"]
    ]
    assert wrong == []
