"""Finished pages → their Traditional copies: texts are converted, addresses are not, and every link works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

import pytest
from tests.pages.document import Document
from tests.pages.sample import FILES, catalog, site_of, web

pytest.importorskip("opencc")

from gkdir.model.traditional import NO_TRADITIONAL
from gkdir.publish.converter import Converter, county_converter
from gkdir.publish.hant import HantPages, scripts_with_texts


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    county = catalog()
    return web(site_of(county), script=county_converter(NO_TRADITIONAL, county))


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Document]:
    return {path: Document(data.decode()) for path, data in files.items() if path.endswith(".html")}


def twins(pages: Mapping[str, Document]) -> list[tuple[str, str]]:
    return [(path, f"hant/{path}") for path in pages if not path.startswith(("hant/", "en/"))]


def turned(page: str, **others: str) -> str:
    files = {"a/index.html": page.encode(), **{path: text.encode() for path, text in others.items()}}
    return dict(HantPages(Converter({}), tuple(others)).of(files.items()))["hant/a/index.html"].decode()


def test_every_page_has_its_twin_and_no_twin_is_alone(pages: Mapping[str, Document]) -> None:
    found = twins(pages)
    assert found
    assert {twin for _, twin in found} == {path for path in pages if path.startswith("hant/")}


def test_a_twin_says_its_script_and_is_otherwise_the_same(pages: Mapping[str, Document]) -> None:
    for path, twin in twins(pages):
        one, other = pages[path], pages[twin]
        assert [element.tag for element in one.elements] == [element.tag for element in other.elements], path
        assert one.ids == other.ids, path
        assert one.all("html")[0].attributes["lang"] == "zh-CN"
        assert other.all("html")[0].attributes["lang"] == "zh-Hant"
        carried = [element.attributes.get("data-item") for element in one.elements]
        assert carried == [element.attributes.get("data-item") for element in other.elements]
        assert [code.text for code in one.all("code")] == [code.text for code in other.all("code")]


def test_words_are_turned_in_texts_and_in_what_is_read_out(pages: Mapping[str, Document]) -> None:
    item = pages["hant/employment/4-1/index.html"]
    assert item.all("h1")[0].text == "沒工作了來登記"
    assert item.meta()["description"] == "沒有工作的人在這裡登記"
    assert item.all("nav", class_="frame crumbs")[0].attributes["aria-label"] == "所在位置"
    assert "政務服務中心" in item.all("main")[0].text
    table = pages["hant/employment/index.html"]
    cells = [cell.attributes["data-label"] for cell in table.all("td") if "data-label" in cell.attributes]
    assert "公開內容" in cells
    levels = [row.attributes["data-levels"] for row in table.all("tr") if row.attributes.get("data-levels")]
    assert levels[0] == "縣級 鄉級"  # as the words that the filter compares with


def test_every_link_leads_somewhere_from_either_version(
    files: Mapping[str, bytes], pages: Mapping[str, Document]
) -> None:
    there = {*files, *FILES}
    for path, page in pages.items():
        for element in page.elements:
            for name in ("href", "src"):
                address = element.attributes.get(name, "")
                if not address or re.match(r"[a-z]+:", address):
                    continue
                target, _, anchor = (
                    unquote(urljoin(f"//county/{path}", address)).removeprefix("//county/").partition("#")
                )
                assert target in there, (path, address)
                if anchor and target in pages:
                    assert anchor in pages[target].ids, (path, address)


def test_the_versions_lead_to_each_other(pages: Mapping[str, Document]) -> None:
    for path, twin in twins(pages):
        for here in (path, twin):
            heads = {e.attributes["hreflang"]: e.attributes["href"] for e in pages[here].all("link", rel="alternate")
                     if "hreflang" in e.attributes}  # fmt: skip
            assert heads["zh-Hans"] == f"https://www.qingyuan.gov.cn/zwgk/{path}" or "%" in heads["zh-Hans"]
            assert unquote(heads["zh-Hant"]).endswith(f"/hant/{path}")
            if path.startswith("screen/"):
                continue  # public screens have no choice of script
            links = {e.attributes["hreflang"]: e.attributes["href"] for e in pages[here].all("a")
                     if "hreflang" in e.attributes}  # fmt: skip
            assert unquote(urljoin(f"/{here}", links["zh-Hans"])) == f"/{path}"
            assert unquote(urljoin(f"/{here}", links["zh-Hant"])) == f"/{twin}"
            said = [link.text for link in pages[here].all("a", hreflang="zh-Hans")]
            assert said in (["简体"], ["简体", "简体"])  # once in the header, once folded for older people


def test_what_is_not_a_page_is_there_once(files: Mapping[str, bytes]) -> None:
    extra = {path for path in files if path.startswith("hant/") and not path.endswith(".html")}
    assert all(path.startswith("hant/assets/") and path.endswith(".js") for path in extra)
    assert "hant/assets/search-index.js" in extra
    assert "hant/assets/search-tables.js" not in extra  # it has both kinds of characters
    assert not [path for path in extra if path.endswith(".css")]


def test_both_versions_are_on_the_map_for_robots(files: Mapping[str, bytes], pages: Mapping[str, Document]) -> None:
    addresses = re.findall(r"<loc>https://www.qingyuan.gov.cn/zwgk/(.*?)</loc>", files["sitemap.xml"].decode())
    said = {unquote(address) for address in addresses}
    assert said == {path for path in pages if "screen/" not in path}


def test_without_a_script_nobody_is_led_to_what_is_not_there() -> None:
    files = web(site_of(catalog()))
    assert not [path for path in files if path.startswith("hant/")]
    assert not [path for path, data in files.items() if b"zh-Hant" in data and path.endswith((".html", ".xml"))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="../b/index.html">县</a>', '<a href="../b/index.html">縣</a>'),
        ('<a href="../b/index.html#c1">县</a>', '<a href="../b/index.html#c1">縣</a>'),
        ('<a href="../b/index.html?mode=elder">县</a>', '<a href="../b/index.html?mode=elder">縣</a>'),
        ('<a href="../data/x.xlsx">县</a>', '<a href="../../data/x.xlsx">縣</a>'),
        ('<a href="../b/index.html#s1-县">县</a>', '<a href="../b/index.html#s1-县">縣</a>'),
        ('<a href="#s1-县">县</a>', '<a href="#s1-县">縣</a>'),
        ('<h2 id="s1-县">县</h2>', '<h2 id="s1-县">縣</h2>'),
        ('<a href="https://a.gov.cn/县">县</a>', '<a href="https://a.gov.cn/县">縣</a>'),
        ('<a href="mailto:a@b.cn">县</a>', '<a href="mailto:a@b.cn">縣</a>'),
        ('<a href="tel:12333">县</a>', '<a href="tel:12333">縣</a>'),
        ("<code>县-1</code>县", "<code>县-1</code>縣"),
        ('<img src="../print/a.png" alt="县">', '<img src="../../print/a.png" alt="縣">'),
        ('<script type="application/ld+json">{"name":"县","url":"https://a.gov.cn/"}</script>',
         '<script type="application/ld+json">{"name":"縣","url":"https://a.gov.cn/"}</script>'),
        ('<a lang="zh-Hans" hreflang="zh-Hans" href="index.html">简体</a>简体字',
         '<a lang="zh-Hans" hreflang="zh-Hans" href="../index.html">简体</a>簡體字'),
        ('<html lang="zh-CN">', '<html lang="zh-Hant">'),
    ],
)  # fmt: skip
def test_one_thing_at_a_time(before: str, after: str) -> None:
    assert turned(before) == after


def test_only_scripts_with_words_of_their_own_are_turned() -> None:
    page = '<script src="../assets/a.js"></script><script src="../assets/b.js"></script>'
    files = {
        "a/index.html": page.encode(),
        "assets/a.js": "say('县')".encode(),
        "assets/b.js": b"say()",
        "assets/search-index.js": '["县","a/index.html#s1-县"]'.encode(),
        "assets/search-tables.js": "var tables = '县縣'".encode(),
    }
    scripts = scripts_with_texts(files.items(), "assets/search-index.js")
    assert scripts == {"assets/a.js", "assets/search-index.js"}
    made = dict(HantPages(Converter({}), scripts).of(files.items()))
    assert made["hant/assets/a.js"].decode() == "say('縣')"
    assert made["hant/assets/search-index.js"].decode() == '["縣","a/index.html#s1-县"]'
    assert set(made) == {"hant/a/index.html", "hant/assets/a.js", "hant/assets/search-index.js"}
    assert b'src="../assets/a.js"' in made["hant/a/index.html"]
    assert b'src="../../assets/b.js"' in made["hant/a/index.html"]
