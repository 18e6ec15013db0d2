"""What others' tools say of the pages: axe-core of reaching and reading them, html-validate of their HTML.

Both come from npm by ``make tools``; where they are not, these tests say so and are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.kinds import ASKED_FOR, KINDS, Whole
from tests.pages.sample import FILES, catalog, site_of, web

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core"
VALIDATE = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
NONE = "没有 axe-core 和 html-validate：请先装 nodejs 和 npm，再运行 make tools"

MODES = {
    "plain": {},
    "elder": {"mode": "elder"},
    "contrast": {"mode": "contrast"},
    "elder and contrast": {"mode": "elder contrast"},
    "large letters": {"size": "larger"},
}
"""What the reading modes set on the page's root, by ``data-`` name."""

SET = """to => {
  for (const name of ['mode', 'size']) {
    if (to[name]) document.documentElement.dataset[name] = to[name];
    else delete document.documentElement.dataset[name];
  }
}"""
RUN = """options => axe.run(document, {resultTypes: ['violations'], ...options})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}：${rule.help}。${node.target.join(' ')} ${node.failureSummary}`)))"""
RULES = {"rules": {"target-size": {"enabled": True}}}
ENHANCED = {"rules": {**RULES["rules"], "color-contrast-enhanced": {"enabled": True}}}


TURNED = (
    "{county}/index.html",
    "{county}/{domain}/index.html",
    "{county}/{domain}/{item}/index.html",
    "{county}/events/{event}/index.html",
    "{county}/wizard/{step}/index.html",
    "{county}/wizard/{result}/index.html",
)
"""Kinds whose twins in Traditional script are looked at too: made from the same templates, they differ in letters."""


def turned(whole: Whole, kind: str) -> Path:
    """The twin of a kind's fullest page."""
    page = whole.fullest(kind).relative_to(whole.folder)
    return whole.folder / page.parts[0] / "hant" / Path(*page.parts[1:])


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of fragments that a clerk asks for, and the county around it."""
    folder = tmp_path_factory.mktemp("listed")
    made = web(site_of(catalog()), fragments=True)
    for path, content in {**made, **dict.fromkeys(FILES, b"")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / ASKED_FOR.removeprefix("{county}/")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which nothing moves: what is half faded in has no contrast to speak of."""
    page = browser.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(whole: Whole, tab: Page, kind: str) -> None:
    """On a phone and on a desk, in every mode; 4.5 to 1 in plain letters, 7 to 1 in the two modes that promise it."""
    for page in dict.fromkeys((whole.fullest(kind), whole.barest(kind))):
        ready(tab, page)
        tab.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true; })")
        for width in (390, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            for mode in MODES if page == whole.fullest(kind) else ("plain",):
                assert found(tab, mode) == [], (page.relative_to(whole.folder), width, mode)


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_the_choice_of_letters(whole: Whole, tab: Page, mode: str) -> None:
    ready(tab, whole.folder / "qingyuan" / "index.html")
    tab.evaluate("document.querySelector('.reading').open = true")
    assert found(tab, mode) == []


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize("kind", TURNED)
def test_axe_finds_nothing_in_traditional_script(whole: Whole, tab: Page, kind: str) -> None:
    pytest.importorskip("opencc")
    tab.set_viewport_size({"width": 390, "height": 900})
    ready(tab, turned(whole, kind))
    assert tab.evaluate("document.documentElement.lang") == "zh-Hant"
    assert found(tab, "plain") == []


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_list_of_fragments(listed: Path, tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    ready(tab, listed)
    for mode in ("plain", "elder and contrast"):
        assert found(tab, mode) == [], mode


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize(("folder", "asked"), [("", "失业了"), ("", "航母"), ("hant/", "失業了")])
def test_axe_finds_nothing_in_what_was_searched(whole: Whole, tab: Page, folder: str, asked: str) -> None:
    if folder:
        pytest.importorskip("opencc")
    tab.set_viewport_size({"width": 390, "height": 900})
    ready(tab, whole.folder / "qingyuan" / folder / "index.html")
    tab.locator("#q").fill(asked)
    tab.locator("#results > *").first.wait_for()
    for mode in ("plain", "elder and contrast"):
        assert found(tab, mode) == [], mode


@pytest.mark.skipif(not AXE.is_dir(), reason=NONE)
@pytest.mark.parametrize("kind", KINDS)
def test_words_stand_out_in_the_dark_too(whole: Whole, tab: Page, kind: str) -> None:
    tab.emulate_media(color_scheme="dark")
    ready(tab, whole.fullest(kind))
    dark = []
    for mode, rule in (("plain", "color-contrast"), ("elder", "color-contrast-enhanced")):
        tab.evaluate(SET, MODES[mode])
        dark += tab.evaluate(RUN, {"runOnly": [rule]})
    tab.emulate_media(color_scheme="light")
    assert dark == []


def ready(tab: Page, page: Path) -> None:
    tab.goto(page.as_uri())
    tab.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    locale = json.loads((AXE / "locales" / "zh_CN.json").read_text(encoding="utf-8"))
    tab.evaluate("locale => axe.configure({locale})", locale)


def found(tab: Page, mode: str) -> list[str]:
    tab.evaluate(SET, MODES[mode])
    return cast("list[str]", tab.evaluate(RUN, ENHANCED if "mode" in MODES[mode] else RULES))


@pytest.mark.skipif(not VALIDATE.is_file() or not shutil.which("node"), reason=NONE)
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


def test_every_template_has_a_page_in_the_sample(whole: Whole) -> None:
    assert set(whole.pages) == set(KINDS)


def test_the_tools_are_named_exactly_and_no_registry_is() -> None:
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert "://" not in lock
