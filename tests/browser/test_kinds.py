"""What holds for one page of every kind in a real browser: room, keyboard, targets, and all of it without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.kinds import KINDS, Whole

pytestmark = pytest.mark.browser

SCREENS = tuple(kind for kind in KINDS if "/screen/" in kind)
"""Nobody carries these in a hand, and nobody chooses a reading mode at them: tests/browser/test_screens.py."""
HAND = tuple(kind for kind in KINDS if kind not in SCREENS)
MODES: tuple[dict[str, str], ...] = (
    {},
    {"mode": "elder"},
    {"mode": "contrast"},
    {"size": "larger"},
    {"mode": "elder contrast", "size": "larger"},
)

SET = """to => {
  for (const name of ['mode', 'size']) {
    if (to[name]) document.documentElement.dataset[name] = to[name];
    else delete document.documentElement.dataset[name];
  }
}"""
SIDEWAYS = """() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return [];
  const right = document.documentElement.clientWidth;
  return [over, ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > right + 1)
    .map(e => e.tagName + '.' + e.className)];
}"""

BESIDE = """() => [...document.querySelectorAll('main, main :is(section, ul, ol, dl, div, nav)')]
  .filter(e => !e.closest('.sheet, .letters') && e.checkVisibility())
  .filter(e => { const s = getComputedStyle(e);
    return (s.display.includes('grid') && s.gridTemplateColumns.split(' ').length > 1) || s.columnCount > 1; })
  .map(e => e.parentElement.className + ' > ' + e.className)"""
"""What stands in columns; a form is a form in any mode, and the letters are a line."""

WATCH = """() => {
  const group = e => { const all = [...document.getElementsByName(e.name)];
    return all.find(one => one.checked) || all[0]; };
  const looks = e => { const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.top].join(); };
  const can = [...document.querySelectorAll('a[href], input, select, textarea, button, summary, [tabindex]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && !e.disabled)
    .filter(e => e.type !== 'radio' || e === group(e));
  const before = new Map(can.map(e => [e, looks(e)]));
  window.met = {wanted: can.length, reached: new Set(), plain: [], hidden: []};
  document.addEventListener('focusin', ({target}) => {
    met.reached.add(target);
    const box = target.getBoundingClientRect();
    const name = target.outerHTML.slice(0, 90);
    if (looks(target) === before.get(target)) met.plain.push(name);
    if (box.bottom < 0 || box.top > innerHeight || !box.width) met.hidden.push(name);
  });
  window.missed = () => can.filter(e => !met.reached.has(e)).map(e => e.outerHTML.slice(0, 90));
  return can.length;
}"""

SMALL = """least => [...document.querySelectorAll('a[href], button, summary, select, input, textarea')]
  .filter(e => e.checkVisibility() && !e.closest('.skip'))
  .map(e => e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') || e : e)
  .filter(e => !(getComputedStyle(e).display === 'inline' && running(e)))
  .filter(e => e.getBoundingClientRect().height < least - .5)
  .map(e => e.outerHTML.slice(0, 120) + ' ' + e.getBoundingClientRect().height);
function running(e) {
  let block = e.parentElement;
  while (getComputedStyle(block).display === 'inline') block = block.parentElement;
  return block.innerText.trim().length > e.innerText.trim().length;
}"""
"""What is tapped and lower than it may be; a link in the middle of a sentence is as high as its line."""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """A tab without scripts."""
    page = browser.new_context(java_script_enabled=False, reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@pytest.mark.parametrize("kind", HAND)
def test_no_page_scrolls_sideways_on_the_smallest_phone(whole: Whole, tab: Page, kind: str) -> None:
    for page in dict.fromkeys((whole.fullest(kind), whole.barest(kind))):
        tab.set_viewport_size({"width": 320, "height": 640})
        tab.goto(page.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        for mode in MODES:
            tab.evaluate(SET, mode)
            assert tab.evaluate(SIDEWAYS) == [], (page.relative_to(whole.folder), mode)


@pytest.mark.parametrize("kind", HAND)
def test_an_elders_page_is_one_column_without_ornament(whole: Whole, tab: Page, kind: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(whole.fullest(kind).as_uri())
    tab.evaluate(SET, {"mode": "elder"})
    assert tab.evaluate(BESIDE) == []
    assert tab.locator(".seal:visible, .dots:visible").count() == 0


@pytest.mark.parametrize("kind", HAND)
def test_the_keyboard_alone_reaches_all_there_is_and_shows_where_it_is(whole: Whole, tab: Page, kind: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(whole.barest(kind).as_uri())
    tab.wait_for_load_state()
    for _ in range(tab.evaluate(WATCH)):
        tab.keyboard.press("Tab")
    assert tab.evaluate("missed()") == []
    assert tab.evaluate("met.plain") == []
    assert tab.evaluate("met.hidden") == []


@pytest.mark.parametrize(("mode", "least"), [("", 44), ("elder", 60)])
@pytest.mark.parametrize("kind", HAND)
def test_what_is_tapped_is_as_high_as_a_finger(whole: Whole, tab: Page, kind: str, mode: str, least: int) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(whole.fullest(kind).as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    tab.evaluate(SET, {"mode": mode})
    assert tab.evaluate(SMALL, least) == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_script_a_page_says_the_same(whole: Whole, tab: Page, still: Page, kind: str) -> None:
    """But for what only a script can do: search, filters, reading aloud, reckoning, keeping ticks, printing."""
    words = """() => { document.querySelectorAll('.search, .filters, .no-script, .aloud, .reckon-form, .reckon-answer,'
      + '[data-print], [data-checklist-note], noscript').forEach(e => e.remove());
      return document.body.innerText.replace(/\\s+/g, ''); }"""
    said = []
    for page in (tab, still):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(whole.fullest(kind).as_uri())
        said.append(page.evaluate(words))
    assert said[0] == said[1]
    assert len(said[0]) > 50
