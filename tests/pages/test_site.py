"""Properties of every page of a county: self-contained, safe, and naming who publishes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace
from tests.pages.document import Document
from tests.pages.sample import FILES, WAYS, catalog, rendered, site_of

from gkdir.model.article import Article
from gkdir.service.address import form_file_path
from gkdir.service.headings import located
from gkdir.service.site import Site
from gkdir.site.registry import county_pages

FOOT = ("主办单位", "联系方式", "网站标识码", "ICP备案号", "公安备案号")
SITE_TAGS = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE_TAGS = {"ArticleTitle", "PubDate", "ContentSource"}


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return rendered()


@pytest.fixture(scope="module")
def documents(files: Mapping[str, str]) -> Mapping[str, Document]:
    return {path: Document(text) for path, text in files.items() if path.endswith(".html")}


def test_there_is_a_page_of_every_kind(files: Mapping[str, str]) -> None:
    assert {
        "index.html",
        "employment/index.html",
        "employment/4-1/index.html",
        "employment/4-1-1/index.html",
        "towns/baishi/index.html",
        "towns/liushu/index.html",
        "forms/djb-e9e07d/index.html",
        "forms/jyb-b76b5d/index.html",
        "forms/jyb-b76b5d/blank/index.html",
        "forms/jyb-b76b5d/sample/index.html",
        "data/index.html",
        "about/index.html",
        "print/index.html",
        "screen/index.html",
        "screen/kiosk/index.html",
        "sitemap/index.html",
        "sitemap.xml",
        "feed.xml",
        "assets/site.css",
        "assets/site.js",
        "assets/search.js",
        "assets/search-index.js",
    } <= set(files)
    assert not set(FILES) & set(files)


def test_what_is_computed_before_the_files_are_known_is_not_stale_afterwards() -> None:
    site = replace(site_of(replace(catalog(), navigation=WAYS)), files={})
    names = [name for name, value in vars(Site).items() if isinstance(value, cached_property) and name != "bundler"]
    assert len(names) > 15
    for name in (*names, "bundler"):
        getattr(site, name)
    files = {**FILES, form_file_path("就业表", "blank", "docx"): 9_000}
    later, fresh = site.with_files(files), replace(site, files=files)
    assert [name for name in names if getattr(later, name) != getattr(fresh, name)] == []
    assert later.domains != site.domains
    assert later.services != site.services
    uses = next(iter(WAYS.events.values())).uses
    assert later.bundler.services == fresh.services
    assert later.bundler.bundle(uses) == fresh.bundler.bundle(uses)


def test_every_address_is_ascii(files: Mapping[str, str]) -> None:
    assert all(map(str.isascii, files))


def test_a_page_stands_where_its_template_says() -> None:
    for page in county_pages(site_of(catalog())):
        assert page.path == page.template.format_map(page.at)
        assert page.path == f"qingyuan/{page.inner}"


def test_every_link_leads_somewhere(files: Mapping[str, str], documents: Mapping[str, Document]) -> None:
    for path, document in documents.items():
        for element in document.elements:
            target = element.attributes.get("href") or element.attributes.get("src")
            if target is None or element.tag == "use":
                continue
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in ("https", "tel"), (path, target)
                assert element.tag == "a", (path, target)
                continue
            assert not target.startswith("/"), (path, target)
            there = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            assert there in files or there in FILES, (path, target)
            if parts.fragment:
                assert unquote(parts.fragment) in documents[there].ids, (path, target)


def test_nothing_is_inline_and_nothing_is_from_elsewhere(
    files: Mapping[str, str], documents: Mapping[str, Document]
) -> None:
    for path, document in documents.items():
        policy = document.all("meta", http_equiv="Content-Security-Policy")[0].attributes["content"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for element in document.elements:
            assert element.tag not in ("style", "iframe", "object", "embed", "base"), path
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")], path
        for script in document.all("script"):
            if script.attributes.get("type") == "application/ld+json":
                continue  # data, which browsers do not run
            assert script.attributes["src"], path
            assert not script.text, path
    assert not re.search(r"url\(|@import|https?:", files["assets/site.css"])


def test_ids_are_unique(documents: Mapping[str, Document]) -> None:
    for path, document in documents.items():
        assert len(document.ids) == len(set(document.ids)), (path, document.ids)


@pytest.mark.parametrize(
    ("path", "tags"),
    [
        ("index.html", SITE_TAGS),
        ("employment/index.html", SITE_TAGS | COLUMN_TAGS),
        ("towns/baishi/index.html", SITE_TAGS | COLUMN_TAGS),
        ("data/index.html", SITE_TAGS | COLUMN_TAGS),
        ("employment/4-1/index.html", SITE_TAGS | COLUMN_TAGS | ARTICLE_TAGS),
        ("employment/4-2/index.html", SITE_TAGS | COLUMN_TAGS | ARTICLE_TAGS),
        ("forms/djb-e9e07d/index.html", SITE_TAGS | COLUMN_TAGS | ARTICLE_TAGS),
    ],
)
def test_government_tags_by_kind_of_page(documents: Mapping[str, Document], path: str, tags: set[str]) -> None:
    meta = documents[path].meta()
    assert {name for name in meta if name[0].isupper()} == tags
    assert all(meta[name] for name in tags)


def test_the_date_of_a_page_is_the_one_it_shows(documents: Mapping[str, Document]) -> None:
    document = documents["employment/4-1/index.html"]
    assert document.meta()["PubDate"] == "2026-02-28 00:00"
    assert "2026年2月28日" in [time.text for time in document.all("time", datetime="2026-02-28")]
    assert document.meta()["ColumnType"] == "办事服务"
    assert documents["employment/4-2/index.html"].meta()["ColumnType"] == "信息公开目录"


def test_every_page_says_whose_it_is_and_how_to_report_an_error(documents: Mapping[str, Document]) -> None:
    for path, document in documents.items():
        assert document.all("html")[0].attributes["lang"] == "zh-CN"
        if path.startswith("screen/"):
            continue  # screens have no input, and a kiosk no links out: tests/sheets/test_screens.py
        foot = document.all("footer")[0].text
        assert all(label in foot for label in FOOT), path
        assert "0600-5550102" in foot, path
        assert [link for link in document.all("a") if link.attributes.get("href", "").endswith("/jiucuo/")], path
        assert "示例" in document.all("p", class_="sample-note")[0].text, path
        assert len(document.all("h1")) == 1, path
        assert document.all("a", class_="skip")[0].attributes["href"] == "#main", path
        assert document.all("input", id="q", type="search"), path
        assert document.all("ol", id="results"), path


def test_rows_and_item_pages_carry_the_item(documents: Mapping[str, Document]) -> None:
    rows = [
        row.attributes["data-item"]
        for row in documents["employment/index.html"].all("tr")
        if "data-item" in row.attributes
    ]
    assert rows == ["employment/4.1", "employment/4.1.1", "employment/4.2"]
    assert documents["employment/4-1-1/index.html"].all("main", data_item="employment/4.1.1")


def test_the_same_input_gives_the_same_bytes(files: Mapping[str, str]) -> None:
    assert rendered() == files


def test_addresses_for_machines(files: Mapping[str, str]) -> None:
    assert (
        "<loc>https://www.qingyuan.gov.cn/zwgk/employment/4-1/index.html</loc><lastmod>2026-02-28</lastmod>"
        in files["sitemap.xml"]
    )
    assert "<loc>https://www.qingyuan.gov.cn/zwgk/forms/djb-e9e07d/index.html</loc>" in files["sitemap.xml"]
    assert "<updated>2026-03-01T00:00:00+08:00</updated>" in files["feed.xml"]
    assert files["feed.xml"].count("<entry>") == 2  # the directory and the one guide
    assert "没工作了来登记（失业登记）" in files["feed.xml"]


LEADING = {
    "#常见问题": "#s2",
    "#s2": "#s2",
    "#%E5%B8%B8%E8%A7%81-%E9%97%AE%E9%A2%98": "#s2",
    "#哪里 办？": "#s2-哪里-办",
    "<#哪里 办？>": "#s2-哪里-办",
    "#有什么用": "#s1-有什么用",
    "#own": "#s1-own",
    "index.html#常见问题": "index.html#s2",
    "../../faq/here/#哪个窗口": "../../faq/here/#s2",
    "https://www.gov.cn/#常见问题": "https://www.gov.cn/#常见问题",
}
"""Links in the first section of an item's page, and their targets."""


def test_links_to_headings_by_their_words_lead_to_their_ids() -> None:
    county = catalog()
    ((id_, guide),) = county.guides.items()
    first, second = guide.sections
    links = "".join(f"[到{number}]({target})、" for number, target in enumerate(LEADING))
    inner = "\n\n### 有什么用\n\n### 自己的 {#own}\n"
    sections = (
        replace(first, markdown=f"{links}`[码](#常见问题)`{inner}"),
        replace(second, markdown="好。\n\n### 哪里 办？\n"),
    )
    there = (replace(first, title="", markdown="[去](#哪个窗口)"), replace(second, title="哪个窗口", markdown="一号。"))
    made = rendered(
        located(
            replace(
                county,
                guides={id_: replace(guide, sections=sections)},
                articles=(Article("faq", "here", guide.place, "在哪里", date(2026, 5, 1), sections=there),),
            )
        )
    )
    page = made["employment/4-1/index.html"]
    found = {match[2]: unquote(match[1]) for match in re.finditer(r'<a[^>]*? href="([^"]*)"[^>]*>(到\d+)<', page)}
    assert found == {f"到{number}": target for number, target in enumerate(LEADING.values())}
    assert "[码](#常见问题)" in page
    assert {"s2", "s2-哪里-办", "s1-有什么用", "s1-own"} <= set(re.findall(r' id="([^"]*)"', page))
    assert 'href="#s2">去<' in made["faq/here/index.html"]
