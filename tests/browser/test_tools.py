"""The pages under external tools: html-validate and vnu for their HTML, axe-core for parts that open later.

test_kinds.py runs axe-core on a page of each kind. ``make tools`` installs the tools from npm; without them these tests
are skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.browser.audit import audited
from tests.browser.kinds import ASKED_FOR, AT_ANY_ADDRESS, KINDS, Whole
from tests.browser.test_kinds import TURNED, turned
from tests.pages.sample import FILES, catalog, site_of, web

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
VALIDATE = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of fragments that a clerk gets, and the county around it."""
    folder = tmp_path_factory.mktemp("listed")
    made = web(site_of(catalog()), fragments=True)
    for path, content in {**made, **dict.fromkeys(FILES, b"")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / ASKED_FOR.removeprefix("{county}/")


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that paints frames."""
    page = browser.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@axe.needed
def test_axe_finds_nothing_in_the_choice_of_letters(whole: Whole, tab: Page) -> None:
    tab.goto((whole.folder / "qingyuan" / "index.html").as_uri())
    axe.load(tab)
    tab.evaluate("document.querySelector('.reading').open = true")
    assert axe.found(tab) + audited(tab, widths=(1280,)) == []


@axe.needed
def test_axe_finds_nothing_in_the_list_of_fragments(listed: Path, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 900})
    tab.goto(listed.as_uri())
    axe.load(tab)
    wrong = axe.found(tab) + audited(tab, widths=(390, 1280))
    assert wrong + axe.found(tab) == []


@axe.needed
@pytest.mark.parametrize(("folder", "asked"), [("", "失业了"), ("", "航母"), ("hant/", "失業了")])
def test_axe_finds_nothing_in_what_was_searched(whole: Whole, drawn: Page, folder: str, asked: str) -> None:
    """Results are drawn with the first frame."""
    if folder:
        pytest.importorskip("opencc")
    drawn.set_viewport_size({"width": 390, "height": 900})
    drawn.goto((whole.folder / "qingyuan" / folder / "index.html").as_uri())
    axe.load(drawn)
    drawn.locator("#q").fill(asked)
    drawn.locator("#results > *").first.wait_for()
    assert axe.found(drawn) + audited(drawn, widths=(390,)) == []


@pytest.mark.skipif(not VALIDATE.is_file() or not shutil.which("node"), reason=axe.NONE)
def test_html_validate_finds_nothing(whole: Whole, listed: Path, tmp_path: Path) -> None:
    pages = sorted({page for kind in KINDS for page in (whole.fullest(kind), whole.barest(kind))})
    pages += [listed, *filter(Path.is_file, (turned(whole, kind) for kind in TURNED))]
    told = tmp_path / "told.json"
    options = ["--config", str(HERE / "htmlvalidate.config.mjs"), "--formatter", f"json={told}"]
    done = subprocess.run(["node", str(VALIDATE), *options, *map(str, pages)], capture_output=True, check=False)
    files = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else []
    assert [
        f"{os.path.relpath(file['filePath'], whole.folder)}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in files
        for one in file["messages"]
    ] == []
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(not VNU.is_file() or not shutil.which("java"), reason="没有 Java 或 vnu-jar：见 make tools")
def test_the_checker_of_html_finds_nothing(whole: Whole) -> None:
    """vnu of W3C. It calls roles on tables redundant; without them tables shown as cards are not announced as such."""
    pages = [whole.fullest(kind) for kind in KINDS]
    quick = ["-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # more compiling does not pay in three seconds
    command = ["java", *quick, "-jar", str(VNU), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    needless = re.compile(r"“role” attribute|“\w+” role is unnecessary|Content Security Policy")  # files have no origin
    assert [
        f"{os.path.relpath(one['url'].removeprefix('file:'), whole.folder)}:{one.get('lastLine')} {one['message']}"
        for one in json.loads(done.stderr)["messages"]
        if not needless.search(one["message"])
    ] == []


def test_no_two_pages_have_one_title(whole: Whole) -> None:
    """Tabs, bookmarks and the history of a browser show only the title (WCAG 2.4.2)."""
    titles: dict[str, list[str]] = {}
    for page in (page for pages in whole.pages.values() for page in pages):
        if page.startswith("qingyuan/") or not page.startswith("hant/"):
            file = whole.folder / page if (whole.folder / page).exists() else whole.folder / "qingyuan" / page
            found = re.search(r"<title>([^<]+)</title>", file.read_text("utf-8"))
            titles.setdefault(found[1] if found else "", []).append(page)
    assert len(titles) > 100
    assert {title: pages for title, pages in titles.items() if len(set(pages)) > 1} == {}


def test_every_template_has_a_page_in_the_sample(whole: Whole) -> None:
    assert set(whole.pages) == {*KINDS, AT_ANY_ADDRESS}


def test_the_tools_are_named_exactly_and_no_registry_is() -> None:
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert "://" not in lock
