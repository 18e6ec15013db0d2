"""The calculators' forms in Chromium: the answers of vectors.tsv, error messages, no network.

test_script.py compares the script with Python for any input; tests/browser checks widths and modes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, Request
from pypdf import PdfReader
from tests.browser import axe
from tests.browser.audit import audited
from tests.browser.tabs import Tabs

from .vectors import MONEY, STANDARDS, Said, fen, vectors, yuan

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
FORMS = ("retirement", "unemployment", "injury", "pension")
ALL = next(iter(STANDARDS))

ASK = """(cases) => cases.map(said => {
  const form = document.querySelector('form[data-reckon]');
  form.reset();
  for (const [name, value] of Object.entries(said)) {
    const inputs = [...form.querySelectorAll(`[name="${name}"]`)];
    inputs.forEach(input => input.type === 'radio' ? input.checked = input.value === value : input.value = value);
  }
  form.dispatchEvent(new Event('submit', {cancelable: true}));
  const found = {};
  document.querySelectorAll('[data-slot]').forEach(slot => { found[slot.dataset.slot] = slot.value || '-'; });
  document.querySelectorAll('[data-when]').forEach(line => {
    const name = line.dataset.when;
    if (!(name in found)) found[name] = line.hidden ? '-' : '是';
    else if (line.hidden !== ['-', '0'].includes(found[name])) found[name] += ' but hidden: ' + line.hidden;
  });
  return found;
})"""
"""Fills in the form with each case and returns the answers, and whether result lines appeared as they should."""


@pytest.fixture
def open_page(tabs: Tabs, built: Mapping[str, Path]) -> Iterator[Open]:
    """Opens a page of a county from disk; errors of its script or policy, and any request to the network, fail the
    test.
    """
    outside: list[str] = []

    def hear(asked: Request) -> None:
        outside.extend([] if asked.url.startswith("file:") else [asked.url])

    taken: list[Page] = []

    def open_(path: str, said: str = ALL, *, script: bool = True, width: int = 390, query: str = "") -> Page:
        page = tabs.take(width, 844, script=script)
        taken.append(page)
        page.on("request", hear)
        page.goto((built[said] / path).as_uri() + query)
        return page

    yield open_
    for page in taken:
        page.remove_listener("request", hear)
    assert not outside


def asked(page: Page, cases: list[Said]) -> list[dict[str, str]]:
    """The page's answers to each case, worded as in the table."""
    said = [{name: value for name, value in case.items() if page.locator(f"[name={name}]").count()} for case in cases]
    return [_in_words(found) for found in page.evaluate(ASK, said)]


def _in_words(found: Mapping[str, str]) -> dict[str, str]:
    return {name: yuan(int(value)) if name in MONEY and value.isdecimal() else value for name, value in found.items()}


@pytest.mark.parametrize("calculator", FORMS)
def test_the_browser_says_what_the_table_says(open_page: Open, calculator: str) -> None:
    for standards in STANDARDS:
        lines = [one for one in vectors() if (one.calculator, one.standards) == (calculator, standards)]
        page = open_page(f"reckon/{calculator}/index.html", standards)
        for line, found in zip(lines, asked(page, [one.said for one in lines]), strict=True):
            seen = {name: found.get(name, "-") for name in line.expected}
            assert seen == dict(line.expected), (line.said, standards)


def test_the_printed_table_of_deaths_says_what_the_table_says(open_page: Open) -> None:
    page = open_page("reckon/injury/index.html")
    for line in (one for one in vectors() if one.calculator == "death"):
        value = page.get_attribute(f'[data-injured="{line.said["injured"]}"]', "value")
        assert value == str(fen(line.expected["grant"]))


@pytest.mark.parametrize("calculator", FORMS)
def test_what_is_missing_is_told_in_words_at_its_place_and_nothing_is_answered(
    open_page: Open, calculator: str
) -> None:
    page = open_page(f"reckon/{calculator}/index.html")
    page.get_by_role("button", name="算一算").click()
    assert page.locator("[data-answer]").is_hidden()
    first = page.locator(".mistake-words:visible").first
    assert "请" in first.inner_text()
    listed = page.locator("[data-mistakes] a")
    if listed.count() > 1:  # errors are listed first, with links to the fields
        assert page.evaluate("document.activeElement.hasAttribute('data-mistakes')")
        listed.first.click()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    told = page.evaluate(
        "(document.activeElement.getAttribute('aria-describedby')"
        " || document.activeElement.closest('fieldset').getAttribute('aria-describedby')).split(' ')"
    )
    assert first.get_attribute("id") in told


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("１２０００", "86.33"),  # full-width digits
        ("12,000元", "86.33"),
        (" 12000.5 ", "86.33"),
        ("12000.505", None),
        ("一万二", None),
        ("-5", None),
        ("99999999", None),
    ],
)
def test_amounts_are_taken_as_people_type_them_and_no_other(open_page: Open, typed: str, answered: str | None) -> None:
    page = open_page("reckon/pension/index.html")
    page.fill("#balance", typed)
    page.fill("#years", "15")
    page.keyboard.press("Enter")
    if answered is None:
        assert page.locator("#balance-error").is_visible()
        assert page.locator("[data-answer]").is_hidden()
    else:
        assert page.locator("[data-slot=account]").inner_text() == answered


def test_an_answer_does_not_stay_beside_other_numbers(open_page: Open) -> None:
    page = open_page("reckon/pension/index.html")
    page.fill("#balance", "12000")
    page.fill("#years", "18")
    page.get_by_role("button", name="算一算").click()
    assert page.locator("[data-answer]").is_visible()
    assert "每月255.33元" in page.inner_text("[data-answer]").replace(" ", "")
    page.fill("#balance", "13000")
    assert page.locator("[data-answer]").is_hidden()


def test_the_answer_is_announced_in_a_region_that_was_there_before(open_page: Open) -> None:
    page = open_page("reckon/retirement/index.html")
    region = page.locator("[role=status][aria-live=polite]:has([data-answer])")
    assert region.count() == 1
    page.get_by_role("radio", name="男职工 原来60岁退休").check()
    page.get_by_label("哪一年出生").fill("1965")
    page.get_by_label("哪个月出生").select_option("8")
    page.get_by_role("button", name="算一算").click()
    assert "2025年10月退休" in region.inner_text()
    assert "仅供参考" in region.inner_text()


@pytest.mark.parametrize("calculator", FORMS)
def test_without_script_the_tables_answer_and_no_form_is_shown(open_page: Open, calculator: str) -> None:
    page = open_page(f"reckon/{calculator}/index.html", script=False)
    assert page.locator("form[data-reckon]").is_hidden()
    assert page.locator("[data-answer]").is_hidden()
    assert page.locator(".reckon-table").first.is_visible()
    assert page.locator("main noscript").inner_text()


def test_without_script_a_year_of_birth_opens(open_page: Open) -> None:
    page = open_page("reckon/retirement/index.html", script=False)
    page.get_by_text("1965年出生", exact=True).click()
    assert page.get_by_text("2025年10月").first.is_visible()


def test_on_paper_every_year_is_open_the_form_is_gone_and_few_sheets_are_used(open_page: Open) -> None:
    page = open_page("reckon/retirement/index.html")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(sheet.extract_text() for sheet in paper.pages).replace(" ", "")
    text = normalize("NFKC", text)
    assert text.count("年出生") >= 12 + 12 + 10
    assert "2039年9月" in text
    assert "哪一年出生" not in text
    assert len(paper.pages) <= 8


@axe.needed
@pytest.mark.parametrize("calculator", FORMS)
def test_axe_finds_nothing_in_an_answer_nor_in_what_is_told_to_be_wrong(open_page: Open, calculator: str) -> None:
    page = open_page(f"reckon/{calculator}/index.html")
    axe.load(page)
    wrong = []
    for said in ({}, next(one.said for one in vectors() if one.calculator == calculator)):
        asked(page, [said])
        assert page.locator(".mistake-words:visible" if not said else "[data-answer]").first.is_visible()
        wrong += axe.found(page) + audited(page, widths=(390,))
    assert wrong == []


def test_several_mistakes_are_listed_and_the_title_says_so(open_page: Open) -> None:
    page = open_page("reckon/retirement/index.html")
    title = page.title()
    page.locator("form[data-reckon] button").click()
    assert page.title() == f"要改：{title}"
    links = page.locator("[data-mistakes] a")
    assert links.all_inner_texts() == ["您是", "哪一年出生", "哪个月出生"]
    assert page.evaluate("document.activeElement.hasAttribute('data-mistakes')")
    links.nth(1).click()
    assert page.evaluate("document.activeElement.id") == "year"
    page.locator("#career").check()
    page.locator("#year").fill("1968")
    page.locator("form[data-reckon] button").click()
    assert page.evaluate("document.activeElement.id") == "month"  # a single field gets the focus
    assert not page.locator("[data-mistakes]").is_visible()
    page.locator("#month").select_option("5")
    page.locator("form[data-reckon] button").click()
    assert page.title() == title
    assert page.locator("[data-answer]").is_visible()
