"""The English pages: every national item has a translated name; a page without a translation is Chinese and says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import DAY, GUIDE, HERE, WEBSITE, catalog, site_of, web
from tests.places import ROOT

from gkdir.model.article import Urgent
from gkdir.model.county import Catalog
from gkdir.model.english import NO_GLOSSARY, EnglishItem, Glossary
from gkdir.model.guide import Material, Review, Way
from gkdir.model.item import TimeLimit
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.publish.filters import LEAVING_ENGLISH, OUTWARD
from gkdir.read.declaredfiles import read_glossary
from gkdir.read.project import read_county, read_project
from gkdir.site.english import EnglishHomeView, EnglishWords, english_pages, hours_words, limit_words

HAN = re.compile(r"[\u2e80-\u9fff]")
OURS = Glossary(
    domains={"employment": "Employment"},
    groups={"就业失业登记": "Registration"},
    items={
        "employment/4.1": EnglishItem("失业登记", "Registering as unemployed", "For people out of work."),
        "employment/4.2": EnglishItem("就业登记", "Registering employment"),
        "employment/9.1": EnglishItem("外国人来华工作许可", "Work permits", "The permit to work."),
    },
    words={"不收费": "Free of charge", "居民身份证": "Identity card"},
    hours={"周一至周五": "Monday to Friday", "法定节假日除外": "closed on public holidays"},
)


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(ROOT / "directories")


def rendered(glossary: Glossary, county: Catalog | None = None) -> Mapping[str, str]:
    made = web(site_of(replace(county or catalog(), glossary=glossary)))
    return {path: content.decode() for path, content in made.items()}


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return rendered(OURS)


def said(document: Document) -> list[tuple[str, str]]:
    """The links in the page's main part: text and address."""
    return [(a.text, a.attributes["href"]) for a in document.all("a") if "main" in a.around]


def test_every_national_item_and_category_has_its_english_name(project: Project) -> None:
    glossary = project.glossary
    items = [item for directory in project.national.values() for item in directory.items]
    assert len(items) == 103
    for item in items:
        assert glossary.item(item), f"{item.id}: {item.name}"
    assert {item.level1 for item in items} == set(glossary.groups)
    assert set(project.national) == set(glossary.domains)
    more = set(glossary.items) - {item.id for item in items}
    assert more == {"employment/1.6", "employment/4.1.1", "social_insurance/9.6.1"}, "those that the sample county adds"


def test_english_is_english_and_names_are_told_apart(project: Project) -> None:
    glossary = project.glossary
    names = [item.name for item in glossary.items.values()]
    lines = [item.line for item in glossary.items.values() if item.line]
    others = (glossary.domains, glossary.groups, glossary.words, glossary.hours)
    assert len(names) == len(set(names))
    assert len(lines) >= 12
    assert "employment/9.1" in {id_ for id_, item in glossary.items.items() if item.line}
    for text in (*names, *lines, *(text for mapping in others for text in mapping.values())):
        assert not HAN.search(text), text
        assert text == text.strip()
        assert text, text


def test_the_home_lists_what_the_county_has_by_category(project: Project) -> None:
    county = lay(project, replace(read_county(project, "qingyuan"), troubles=()))
    home = next(page.view for page in english_pages(site_of(county)) if page.chinese == "index.html")
    assert isinstance(home, EnglishHomeView)
    words = {line.name.text for domain in home.domains for group in domain.groups for line in group.lines}
    for entry in county.entries():
        item = project.glossary.item(entry.item)
        assert (item.name if item else entry.alias or entry.item.name) in words, entry.item.id
    omitted = [one.item for directory in county.directories.values() for one in directory.omitted]
    assert omitted
    for one in omitted:
        name = project.glossary.items[one.id].name
        assert name not in words, "what the county left out is not promised in English"


def test_a_link_to_elsewhere_is_marked_here_too() -> None:
    bank, county = "https://bank.example.com/?a=1&b=2", catalog()
    guide = replace(GUIDE, ways=(Way("网上", bank, HERE),))
    website = replace(WEBSITE, report_errors=bank)
    overlay = replace(county.overlay, website=website, urgent=Urgent("停电", DAY, HERE, bank))
    files = rendered(OURS, replace(county, overlay=overlay, layers=(overlay,), guides={guide.id: guide}))
    page = files["en/employment/4-1/index.html"]
    assert page.count('href="https://bank.example.com') == page.count(OUTWARD) == page.count('class="leaving"') == 3
    assert page.count(LEAVING_ENGLISH) == 1


def test_what_only_some_people_bring_is_not_asked_of_all() -> None:
    materials = (Material("居民身份证", HERE), Material("代办人身份证", HERE, necessity="非必要"))
    county = replace(catalog(), guides={GUIDE.id: replace(GUIDE, materials=materials)})
    files = rendered(OURS, county)
    for path in ("en/employment/4-1/index.html", "en/screen/kiosk/index.html"):
        page = " ".join(element.text for element in Document(files[path]).all("dd"))
        assert "Some people also bring: 代办人身份证No Chinese identity card?" in re.sub(r"\s*\n\s*", "", page)
    bare = rendered(OURS, replace(county, guides={GUIDE.id: replace(GUIDE, materials=materials[1:])}))
    assert "Usually nothing. Some people bring: " in bare["en/employment/4-1/index.html"]


def test_what_the_county_has_not_checked_says_so_here_too() -> None:
    """As on the Chinese page: about what is inherited, not about what the county wrote."""
    for inherited, checked, told in (("国家", None, True), ("国家", DAY, False), ("", None, False)):
        guide = replace(GUIDE, inherited=inherited, review=Review(checked) if checked else None)
        files = rendered(OURS, replace(catalog(), guides={guide.id: guide}))
        for path in ("en/employment/4-1/index.html", "en/screen/kiosk/index.html"):
            assert ("has not checked this page yet" in files[path]) is told, path


def test_a_page_leads_to_its_versions_and_back(files: Mapping[str, str]) -> None:
    english, chinese = Document(files["en/employment/4-1/index.html"]), Document(files["employment/4-1/index.html"])
    assert english.all("html")[0].attributes["lang"] == "en"
    for page in (english, chinese):
        heads = {e.attributes["hreflang"]: e.attributes["href"] for e in page.all("link") if "hreflang" in e.attributes}
        assert heads == {
            "zh-Hans": "https://www.qingyuan.gov.cn/zwgk/employment/4-1/index.html",
            "en": "https://www.qingyuan.gov.cn/zwgk/en/employment/4-1/index.html",
        }
    # Once in the header, and once under 设置, where older people look.
    assert [a.attributes["href"] for a in english.all("a", lang="zh-Hans")] == [
        "../../../employment/4-1/index.html"
    ] * 2
    assert [a.attributes["href"] for a in chinese.all("a", lang="en")] == ["../../en/employment/4-1/index.html"] * 2
    # A page without an English version leads to the English home.
    table = Document(files["employment/index.html"])
    assert [a.attributes["href"] for a in table.all("a", lang="en")] == ["../en/index.html"] * 2
    assert not [e for e in table.all("link") if e.attributes.get("hreflang") == "en"]


def test_a_summary_says_what_is_known_and_that_the_chinese_applies(files: Mapping[str, str]) -> None:
    page = Document(files["en/employment/4-1/index.html"])
    main = page.all("main")[0].text
    assert page.all("h1")[0].text == "Registering as unemployed"
    assert "For people out of work." in main
    assert "Within 1 working day" in main
    assert "Free of charge" in main
    assert "Identity card" in main
    assert "The Chinese version is the official one." in main
    assert "Monday to Friday 9:00–17:00" in main
    assert page.meta()["ArticleTitle"] == "Registering as unemployed"
    chinese = [e.text for e in page.elements if e.attributes.get("lang") == "zh-CN"]
    assert {"失业登记", "清源县人社局", "登记表"} <= set(chinese)


def test_chinese_on_an_english_page_is_marked_as_such(files: Mapping[str, str]) -> None:
    for path in (path for path in files if path.startswith("en/") and path.endswith(".html")):
        html = re.sub(r"<(\w+)[^>]* lang=\"zh-\w+\"[^>]*>.*?</\1>", "", files[path], flags=re.DOTALL)
        body = re.sub(r"<[^>]*>", "", html.partition("<body")[2])
        assert not HAN.search(body), (path, HAN.search(body))


def test_only_items_with_a_line_have_a_page(files: Mapping[str, str]) -> None:
    assert sorted(path for path in files if path.startswith("en/")) == [
        "en/employment/4-1/index.html",
        "en/index.html",
        "en/screen/kiosk/index.html",
    ]
    links = dict(said(Document(files["en/index.html"])))
    assert links["Registering as unemployed"] == "../en/employment/4-1/index.html"
    assert links["Registering employment"] == "../employment/4-2/index.html"
    assert "Work permits" not in links
    assert "线上失业登记" in links


def test_they_are_on_the_map_and_not_in_the_feed(files: Mapping[str, str]) -> None:
    assert "<loc>https://www.qingyuan.gov.cn/zwgk/en/employment/4-1/index.html</loc>" in files["sitemap.xml"]
    assert "/en/" not in files["feed.xml"]


@pytest.mark.parametrize(
    "glossary",
    [
        NO_GLOSSARY,
        replace(OURS, wanted=False),
        Glossary(items={"employment/4.1": EnglishItem("求职登记", "Registering as a job seeker", "A line.")}),
    ],
    ids=["none", "not wanted", "of another directory"],
)
def test_without_english_nobody_is_led_to_it(glossary: Glossary) -> None:
    files = rendered(glossary)
    assert not [path for path in files if path.startswith("en/")]
    assert not [path for path, text in files.items() if 'hreflang="en"' in text and path.endswith(".html")]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit("自受理之日起3个工作日内", "within", 3, "workday"), EnglishWords("Within 3 working days")),
        (TimeLimit("1个月内", "within", 1, "month"), EnglishWords("Within 1 month")),
        (TimeLimit("即时办结", "immediate"), EnglishWords("At once")),
        (TimeLimit("按规定", "vague"), EnglishWords("按规定", english=False)),
    ],
)
def test_limits(limit: TimeLimit, words: EnglishWords) -> None:
    assert limit_words(limit, OURS) == words


@pytest.mark.parametrize(
    ("chinese", "words"),
    [
        ("周一至周五9:00—12:00，13:30—17:30，法定节假日除外",
         EnglishWords("Monday to Friday 9:00–12:00, 13:30–17:30, closed on public holidays")),
        ("周一至周五9:00—12:00，赶场天不休息", EnglishWords("周一至周五9:00—12:00，赶场天不休息", english=False)),
    ],
)  # fmt: skip
def test_hours_are_english_as_a_whole_or_not_at_all(chinese: str, words: EnglishWords) -> None:
    assert hours_words(chinese, OURS) == words


def test_a_broken_glossary_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("事项:\n  employment/4.1: {中文: 失业登记}\n", encoding="utf-8")
    glossary, troubles = read_glossary((tmp_path,))
    assert not glossary.items
    assert len(troubles) == 1
    assert read_glossary((tmp_path / "none",)) == (NO_GLOSSARY, ())
