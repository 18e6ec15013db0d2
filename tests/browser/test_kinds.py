"""A page of every kind in a browser: room, size of targets, letters, contrast, keyboard, and without scripts.

A page is opened once, and all its faults are reported together. Its reading modes are switched by the attributes that
the site's script sets; audit.js has what is measured at each width and in each mode. axe checks the elements once,
since no mode changes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.browser.audit import ENDS, EXTREMES, audited, in_the_dark, over_one_another
from tests.browser.kinds import KINDS, Whole

pytestmark = pytest.mark.browser

SCREENS = tuple(kind for kind in KINDS if "/screen/" in kind)
"""Pages for public screens, which have no reading modes: tests/browser/test_screens.py."""
TURNED = (
    "{county}/index.html",
    "{county}/{domain}/index.html",
    "{county}/{domain}/{item}/index.html",
    "{county}/events/{event}/index.html",
    "{county}/wizard/{step}/index.html",
    "{county}/wizard/{result}/index.html",
)
"""Kinds whose Traditional pages are checked too: the same templates with different letters."""
WALKED = (
    "{county}/index.html",
    "{county}/{domain}/{item}/index.html",
    "{county}/wizard/{step}/index.html",
    "{county}/reckon/retirement/index.html",
)
"""Kinds whose elements are all reached with the Tab key: search, ticks, answers, a form. Others have no other sorts."""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
"""Only the key's going down, which moves the focus at half the cost of a full key press."""

WATCH = """asked => {
  document.activeElement.blur();
  const group = e => { const all = [...document.getElementsByName(e.name)];
    return all.find(one => one.checked) || all[0]; };
  const looks = e => { const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.top].join(); };
  const can = [...document.querySelectorAll('a[href], input, select, textarea, button, summary, [tabindex]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && !e.disabled)
    .filter(e => e.type !== 'radio' || e === group(e));
  const before = new Map(can.map(e => [e, looks(e)]));
  const reached = new Set(), wrong = [];
  document.addEventListener('focusin', ({target}) => {
    reached.add(target);
    const box = target.getBoundingClientRect();
    const name = target.outerHTML.slice(0, 90);
    if (looks(target) === before.get(target)) wrong.push('focus does not show: ' + name);
    if (box.bottom < 0 || box.top > innerHeight || !box.width) wrong.push('focus is out of sight: ' + name);
  });
  for (const e of asked ? can : []) e.focus();
  window.walked = () => { document.activeElement.blur(); return [...wrong,
    ...can.filter(e => !reached.has(e)).map(e => 'the keyboard does not reach: ' + e.outerHTML.slice(0, 90))]; };
  return can.length;
}"""

WORDS = """() => {
  const aside = [...document.querySelectorAll('.search, .filters, .no-script, .aloud, .reckon-form, .reckon-answer, '
    + '[data-print], [data-checklist-note], noscript')];
  aside.forEach(e => e.style.setProperty('display', 'none', 'important'));
  const words = document.body.innerText.replace(/\\s+/g, '');
  aside.forEach(e => e.style.removeProperty('display'));
  return words;
}"""
"""The text of the page, without what needs a script: search, filters, reading aloud, calculators, saved ticks, print.
"""

SHOWN = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)
  .map(e => e.cloneNode(false).outerHTML)"""
KNOWN = set[str]()
"""Elements that only a further width shows, such as the note for narrow screens, if axe has checked them on a page."""


@pytest.fixture(scope="module")
def still(measuring: Browser) -> Iterator[Page]:
    """A tab without scripts."""
    page = measuring.new_context(java_script_enabled=False, reduced_motion="reduce").new_page()
    yield page
    page.context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_this_kind_is_fit_for_everybody(whole: Whole, tab: Page, still: Page, kind: str) -> None:
    fullest, barest = whole.fullest(kind), whole.barest(kind)
    wrong = []
    for page in dict.fromkeys((fullest, barest)):
        shown(tab, page)
        found = []
        if page == fullest:
            found += without_a_script(tab, still, page)
        if page == barest and kind not in SCREENS:
            found += by_keyboard(tab, asked=kind not in WALKED)
        tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        if kind not in SCREENS:
            found += audited(tab) if page == fullest else audited(tab, EXTREMES, ENDS)
            found += over_one_another(tab) + in_the_dark(tab) if page == fullest else []
        else:
            found += audited(tab, EXTREMES[:1], ENDS[1:])
        widths = [width for width, seen in ((390, barest), (1280, fullest)) if page == seen]
        found += by_axe(tab, widths)
        wrong += [f"{page.relative_to(whole.folder)} {line}" for line in found]
    assert wrong == []


@pytest.mark.parametrize("kind", TURNED)
def test_a_page_in_traditional_script_is_fit_for_everybody(whole: Whole, tab: Page, kind: str) -> None:
    pytest.importorskip("opencc")
    shown(tab, turned(whole, kind))
    assert tab.evaluate("document.documentElement.lang") == "zh-Hant"
    assert audited(tab, EXTREMES, ENDS) + by_axe(tab) == []


def turned(whole: Whole, kind: str) -> Path:
    """The Traditional page for a kind's fullest page."""
    page = whole.fullest(kind).relative_to(whole.folder)
    return whole.folder / page.parts[0] / "hant" / Path(*page.parts[1:])


def shown(tab: Page, page: Path) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(page.as_uri())
    tab.wait_for_load_state()


def without_a_script(tab: Page, still: Page, page: Path) -> list[str]:
    """Faults if the page without scripts has other text."""
    still.set_viewport_size({"width": 1280, "height": 900})
    still.goto(page.as_uri())
    with_script, without = tab.evaluate(WORDS), still.evaluate(WORDS)
    assert len(without) > 50
    return [] if with_script == without else [f"says other words without a script: {with_script!r} {without!r}"]


def by_keyboard(tab: Page, *, asked: bool = False) -> list[str]:
    """Faults if Tab does not reach every element, or does not show which one has the focus.

    A key press costs twenty milliseconds. With ``asked`` each element is focused by script instead, after one Tab
    press, so that the browser shows the focus as for keyboard users.
    """
    keys = tab.context.new_cdp_session(tab)
    if asked:
        keys.send("Input.dispatchKeyEvent", TAB)
    stops = tab.evaluate(WATCH, asked)
    for _ in range(0 if asked else stops):
        keys.send("Input.dispatchKeyEvent", TAB)
    keys.detach()
    return list(tab.evaluate("walked()"))


def by_axe(tab: Page, widths: Iterable[int] = (390,)) -> list[str]:
    """Findings of axe at the first of the widths, and at others that show elements not checked yet."""
    if not axe.FOLDER.is_dir():
        return []  # test_tools.py skips without it
    axe.load(tab)
    # The menu of reading modes covers other elements.
    tab.evaluate("document.querySelectorAll('.reading').forEach(over => { over.open = false; })")
    wrong, judged = [], set[str]()
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        shown = {*tab.evaluate(SHOWN)}
        if shown - judged - KNOWN:
            wrong += axe.found(tab)
        KNOWN.update(shown - judged if judged else ())
        judged |= shown
    return wrong
