"""A fragment in another website's page: that page's styles do not affect it, and it does not affect the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page
from tests.browser.tabs import Tabs
from tests.pages.sample import catalog, site_of, web

pytestmark = pytest.mark.browser

PAGES = [
    "index.html", "employment/index.html", "employment/4-1/index.html", "employment/4-2/index.html",
    "towns/baishi/index.html", "forms/jyb-b76b5d/sample/index.html", "data/index.html", "survey/index.html",
]  # fmt: skip

HOSTILE = """
html { font-size: 10px; } body { font: 12px/1.2 serif; color: #777; text-align: center; }
body { letter-spacing: 3px; word-spacing: 9px; }
* { margin: 0; padding: 0; border: 0; box-sizing: content-box; font-size: 13px; line-height: 3; float: none; }
a, a:visited { color: red; text-decoration: none; font-weight: 900; } a:hover { color: lime; }
h1, h2, h3 { font: italic 9px fantasy; color: purple; text-transform: uppercase; border-bottom: 9px solid; }
ul li, ol li { float: left; list-style: square inside; background: yellow; width: 33%; }
table { border-collapse: separate; border-spacing: 7px; }
td, th { border: 3px dotted; text-align: center; background: pink; }
input, button, select { display: none; } img, svg { max-width: 5px; opacity: .2; } dl, dt, dd { display: inline; }
.article p { text-indent: 2em; } #zoom p, #zoom div, #zoom span { text-indent: 2em; line-height: 4; color: green; }
#page #zoom li, #page #zoom section { padding-left: 88px; position: relative; left: 30px; }
.card, .columns, .files, .note, .frame, .footer, .home, .item, .table { background: lime; display: none; }
#guide, #materials, #directory, #q, #steps { display: none; } p::before, li::after { content: "→"; color: red; }
section, header, nav { display: none; } small { display: none; } b, strong { font-weight: 100; }
"""
HOST = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>主站</title><style>{style}</style></head>
<body><div id="page"><h2 class="host">主站的标题</h2><ul class="host"><li class="host">栏目</li></ul>
<p class="host" id="guide">主站的文字，<a class="host" href="#">链接</a></p><main class="host" id="main">
<table class="host"><tr class="host"><td class="host">格子</td></tr></table></main>
<div id="zoom" class="article" style="width: {width}px; margin: 0; padding: 0">{fragment}</div></div></body></html>"""

STYLES = """(selector) => [...document.querySelectorAll(selector)].map(element => {
  const all = (pseudo) => { const style = getComputedStyle(element, pseudo);
    return [...style].filter(name => !name.startsWith('--')).map(name => name + ':' + style.getPropertyValue(name)); };
  return [element.tagName + '.' + element.getAttribute('class') + '#' + element.id,
    all(null).concat(all('::before'), all('::after'))]; })"""
CHANGED = """() => {
  const elements = [...document.querySelectorAll('#gkdir, #gkdir :not(svg *)')];
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--'));
  const look = () => elements.map(element => [null, '::before', '::after'].map(pseudo => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && style.content === 'none') return 'none';
    return names.map(name => name + ':' + style.getPropertyValue(name)).join('\\n'); }));
  const hostile = document.querySelector('style').sheet;
  hostile.disabled = true;
  const before = look();
  hostile.disabled = false;
  const after = look();
  return [elements.length, elements.flatMap((element, at) => before[at].flatMap((was, which) => {
    const is = after[at][which];
    if (is === was) return [];
    const lines = new Set(was.split('\\n'));
    return [element.outerHTML.slice(0, 90) + ' ' + is.split('\\n').filter(line => !lines.has(line)).join(', ')];
  }))];
}"""
"""How many elements the fragment has, and which of them the other page's styles change."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county with its fragments, which have relative links because no base address is known."""
    out = tmp_path_factory.mktemp("fragments")
    county = catalog()
    county = replace(county, overlay=replace(county.overlay, website=replace(county.overlay.website, address=None)))
    made = web(site_of(county), fragments=True)
    for path, content in made.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    return out


@pytest.fixture
def page(tabs: Tabs) -> Page:
    return tabs.take(still=True)


def pasted(page: Page, folder: Path, path: str, style: str, width: int = 800) -> None:
    """Opens another website's page with the fragment in it, at the place of the county's own page."""
    fragment = (folder / "fragments" / "pages" / path).read_text(encoding="utf-8")
    host = folder / path
    host.write_text(HOST.format(style=style, width=width, fragment=fragment), encoding="utf-8")
    page.goto(host.as_uri())


def styles(page: Page, selector: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = page.evaluate(STYLES, selector)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_it_fits_and_looks_the_same_in_a_hostile_page(page: Page, folder: Path, path: str) -> None:
    pasted(page, folder, path, HOSTILE)
    assert page.evaluate("getComputedStyle(document.querySelector('h2.host')).color") == "rgb(128, 0, 128)"
    count, changed = page.evaluate(CHANGED)
    assert count > 10
    assert changed == []
    page.evaluate("document.querySelector('style').sheet.disabled = true")
    over = page.evaluate(
        """widths => widths.map(width => {
          document.querySelector('#zoom').style.width = width + 'px';
          const fragment = document.querySelector('#gkdir');
          return [width, fragment.scrollWidth - fragment.clientWidth];
        }).filter(([, over]) => over > 0)""",
        [300, 360, 720, 1000],
    )
    assert over == [], "it fits the room that it is given"


def test_the_page_around_it_stays_as_it_was(page: Page, folder: Path) -> None:
    for style in ("", HOSTILE):
        host = folder / "alone.html"
        host.write_text(HOST.format(style=style, width=800, fragment=""), encoding="utf-8")
        page.goto(host.as_uri())
        alone = styles(page, "html, body, .host")
        pasted(page, folder, "employment/4-1/index.html", style)
        sized = ("height", "block-size", "perspective-origin", "transform-origin")  # the page has become longer
        for (name, before), (_, after) in zip(alone, styles(page, "html, body, .host"), strict=True):
            assert {line for line in set(before) ^ set(after) if line.partition(":")[0] not in sized} == set(), name


def test_it_looks_like_the_site(page: Page, folder: Path) -> None:
    pasted(page, folder, "employment/4-1/index.html", HOSTILE)
    look = "(s, n) => getComputedStyle(document.querySelector(s)).getPropertyValue(n)"
    assert page.evaluate(f"({look})('#gkdir .card', 'border-top-color')") == "rgb(166, 35, 27)"
    assert page.evaluate(f"({look})('#gkdir .card dd', 'font-size')") == "18px"
    assert page.evaluate(f"({look})('#gkdir h1', 'font-size')") == "36px"
    assert page.evaluate(f"({look})('#gkdir a', 'text-decoration-line')") == "underline"


def test_its_links_lead_on_from_where_it_was_pasted(page: Page, folder: Path) -> None:
    pasted(page, folder, "employment/4-2/index.html", "")
    pasted(page, folder, "employment/index.html", "")
    page.locator("#gkdir").get_by_role("link", name="就业登记", exact=True).first.click()
    page.wait_for_url("**/employment/4-2/index.html")
    page.locator("#gkdir .category a").click()
    page.wait_for_url("**/employment/index.html#gkdir-c1")
    assert page.evaluate("document.querySelector(location.hash).tagName") == "TBODY"
