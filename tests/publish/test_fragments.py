"""Finished pages → fragments, their list and their stylesheet."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

import pytest
from tests.pages.document import Document
from tests.pages.sample import FILES, catalog, site_of, web

from gkdir.finding import Unreadable
from gkdir.publish.fragments import fragments, scoped
from gkdir.service.address import STYLESHEETS
from gkdir.site.fragment import Fragment
from gkdir.site.page import Page

BASE = "https://www.qingyuan.gov.cn/a/qingyuan/"


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    made = web(site_of(catalog(), base_url="https://www.qingyuan.gov.cn/a"), fragments=True)
    return {path: content.decode() for path, content in made.items()}


@pytest.fixture(scope="module")
def cut(files: Mapping[str, str]) -> Mapping[str, str]:
    return {path.removeprefix("fragments/pages/"): text for path, text in files.items() if "fragments/pages/" in path}


def one(html: str, path: str = "a/index.html", base: str | None = None) -> str:
    page = Page("a/index.html", {}, None, "题目")
    body = f'<html lang="zh-CN"><body class="item"><main id="main" class="frame">{html}</main></body></html>'
    made = {path: body.encode()} | dict.fromkeys(STYLESHEETS, b"")
    cut = dict(fragments((Fragment(page, "f.html", path),), made, base))["f.html"].decode()
    return cut.partition('<div class="gkdir-main">')[2].partition("</div>\n</div>\n</div>")[0]


def test_every_page_has_one_but_the_screens(files: Mapping[str, str], cut: Mapping[str, str]) -> None:
    pages = {path for path in files if path.endswith(".html") and not path.startswith(("screen/", "fragments/"))}
    assert set(cut) == pages


def test_it_is_a_piece_of_a_page_in_one_element(cut: Mapping[str, str]) -> None:
    for path, text in cut.items():
        piece = Document(text)
        assert not [e for e in piece.elements if e.tag in ("html", "head", "body", "main", "script", "meta")]
        assert [e.attributes.get("id") for e in piece.elements if not e.around and e.tag in ("link", "div")] == [
            None,
            "gkdir",
        ], path
        assert all(name == "gkdir" or name.startswith("gkdir-") for name in piece.ids), path
        assert len(piece.ids) == len(set(piece.ids)), path
        assert len(piece.all("link")) == 1, "the page's own stylesheets stay behind"
        assert "示例" in text
        assert not piece.all("input", type="search")


def test_what_belongs_together_still_does(cut: Mapping[str, str]) -> None:
    for path, text in cut.items():
        piece = Document(text)
        for element in piece.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                for target in element.attributes.get(name, "").split():
                    assert target in piece.ids, (path, name, target)


def test_every_link_is_a_full_address_of_something_there(files: Mapping[str, str], cut: Mapping[str, str]) -> None:
    there = {*files, *FILES}
    for path, text in cut.items():
        for element in Document(text).elements:
            for name in ("href", "src"):
                address = element.attributes.get(name, "")
                if re.match(r"(?!https:)[a-z]+:", address) or not address:
                    continue
                target, _, anchor = unquote(urljoin(BASE + path, address)).partition("#")
                if not target.startswith(BASE):
                    continue
                assert address.startswith((BASE, "#")), (path, address)
                inner = target.removeprefix(BASE)
                assert inner in there, (path, address)
                if anchor and inner in cut:
                    assert anchor in Document(cut[inner]).ids, (path, address)


def test_the_list_tells_what_goes_into_which_field(files: Mapping[str, str], cut: Mapping[str, str]) -> None:
    listed = json.loads(files["fragments/list.json"])
    assert listed["style"] == f"{BASE}fragments/gkdir.css"
    assert {page["fragment"].removeprefix("fragments/pages/") for page in listed["pages"]} == set(cut)
    for page in listed["pages"]:
        assert hashlib.sha256(files[page["fragment"]].encode()).hexdigest() == page["sha256"]
        whole = Document(files[page["fragment"].removeprefix("fragments/pages/")])
        assert page["meta"] == {name: text for name, text in whole.meta().items() if name[0].isupper()}
    item = next(page for page in listed["pages"] if page["item"] == "employment/4.1")
    assert item["address"] == f"{BASE}employment/4-1/index.html"
    assert item["meta"]["ArticleTitle"] == "失业登记"
    clerk = Document(files["fragments/index.html"])
    assert "2026-02-28 00:00" in clerk.all("main")[0].text


def test_nobody_is_led_to_fragments_that_were_not_asked_for() -> None:
    made = web(site_of(catalog()))
    assert not [path for path in made if "fragments" in path]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<h2 id="s1">节</h2><a href="#s1">节</a>', '<h2 id="gkdir-s1">节</h2><a href="#gkdir-s1">节</a>'),
        ('<a href="../b/index.html#c1">乙</a>', '<a href="../b/index.html#gkdir-c1">乙</a>'),
        ('<a href="../data/a.xlsx">表</a>', '<a href="../data/a.xlsx">表</a>'),
        ('<a href="https://a.gov.cn/#b">外</a>', '<a href="https://a.gov.cn/#b">外</a>'),
        ('<a href="tel:12333">话</a>', '<a href="tel:12333">话</a>'),
        ('<p aria-labelledby="a b">文</p>', '<p aria-labelledby="gkdir-a gkdir-b">文</p>'),
        ('<div class="filters" data-filters="x"><div><div></div></div></div>余', "余"),
        ('<div class="search search-large"><div></div></div>余<div>下</div>', "余<div>下</div>"),
        ("<noscript><p>没有脚本</p></noscript>余", "余"),
    ],
)
def test_one_thing_at_a_time(before: str, after: str) -> None:
    assert one(before) == after


def test_a_template_without_a_main_part_is_told_of() -> None:
    page = Page("{county}/index.html", {"county": "x"}, None, "题目")
    with pytest.raises(Unreadable) as caught:
        dict(fragments((Fragment(page, "f.html", ""),), {"index.html": b"<body>"}, None))
    assert caught.value.trouble.place.file == "templates/{county}/index.html"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a { color: red }", "RRR a { color: red }"),
        (":root { --a: 1rem }", "RRR { --a: calc(1 * var(--rem)) }"),
        ("body, .a:is(b, i) { top: -.5rem }", "RRR, RRR .a:is(b, i) { top: calc(-.5 * var(--rem)) }"),
        (".home main > p { a: b }", "RRR .home .gkdir-main > p { a: b }"),
        ("#q::before { a: b }", "RRR #gkdir-q::before { a: b }"),
        ("@media (min-width: 62em) { p { a: b } }", "@container gkdir (min-width: 992px) {\nRRR p { a: b }\n}"),
        ("@container (min-width: 31rem) { p { a: b } }", "@container (min-width: 558px) {\nRRR p { a: b }\n}"),
        ("@media print { @page { margin: 0 } p { a: b } }", "@media print {\nRRR p { a: b }\n}"),
        ("@media (prefers-color-scheme: dark) { p { a: b } }", ""),
        ("/* p { a: b } */ i { a: b }", "RRR i { a: b }"),
        (".main-x, .x-main { a: b }", "RRR .main-x, RRR .x-main { a: b }"),
    ],
)  # fmt: skip
def test_a_rule_of_the_stylesheet(before: str, after: str) -> None:
    empty = scoped("")
    head = empty[: empty.index("#gkdir#gkdir#gkdir { --paper")]
    made = scoped(before)
    assert made.startswith(head)
    after = after.replace("RRR", "#gkdir" * 3)
    assert made.removeprefix(head).removesuffix(empty.removeprefix(head)).strip() == after


def test_no_rule_of_the_stylesheet_reaches_beyond_the_fragment(files: Mapping[str, str]) -> None:
    style = re.sub(r"@(?:media|container|supports)[^{]*", "", files["fragments/gkdir.css"])
    assert style.count("{") == style.count("}")
    for selectors in re.findall(r"([^{}]+)\{(?!\s*[#{])", style):
        plain = selectors
        while "(" in plain:
            plain = re.sub(r"\([^()]*\)", "", plain)
        for selector in plain.split(","):
            assert selector.strip().startswith("#gkdir#gkdir"), selector
