"""An audit finds every kind of change to a published copy, and reports nothing about an unchanged one."""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.built import built_sample
from tests.places import SMALL

from gkdir.audit import Criteria, MismatchKind, _suspicious, audit
from gkdir.audit.page import AuditedPage
from gkdir.build import build as build_site
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Unreadable
from gkdir.outcome import BuildOutcome
from gkdir.publish.write import publish_folder
from gkdir.read.reference import read_reference
from gkdir.resources import national_folder

CHANGED = Path(__file__).parent / "samples" / "hijacks.txt"
"""Changes to a page, one a line, as found in practice; none is anything that gkdir writes."""

PAGE = (
    '<!doctype html><p id="a">失业登记</p>\n<a href="https://www.12333.gov.cn/">查询</a>\n<br><a href="b/">下一页</a>\n'
)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    folder = tmp_path / "qingyuan"
    publish_folder(folder, [("index.html", PAGE.encode()), ("b/index.html", b"<p>b</p>")], {"name": "清源县"})
    return folder


def _mismatches(
    folder: Path, manifest: Path | None = None, hosts: tuple[str, ...] = ()
) -> list[tuple[str, str, int | None, str]]:
    found = audit(folder, manifest, Criteria(hosts, ("六合彩",)))
    return [(one.kind.value, one.place.file, one.place.line, one.detail) for one in found]


def test_what_was_published_passes(live: Path) -> None:
    assert _mismatches(live) == []


def test_files_changed_added_and_lost_are_told(live: Path) -> None:
    (live / "index.html").write_text(PAGE + "<p>x</p>", encoding="utf-8")
    (live / "b" / "index.html").unlink()
    (live / "x.js").write_text("alert(1)", encoding="utf-8")
    assert _mismatches(live) == [
        ("lost", "b/index.html", None, ""),
        ("changed", "index.html", None, ""),
        ("added", "x.js", None, ""),
    ]


def test_injected_links_hidden_texts_and_spam_are_told_with_their_lines(live: Path) -> None:
    dark = '<div style="position:absolute; left: -9999px"><a href="//bad.example/">六合彩</a><br>更多</div><p>照常</p>'
    (live / "index.html").write_text(PAGE + dark, encoding="utf-8")
    assert _mismatches(live) == [
        ("changed", "index.html", None, ""),
        ("foreign-code", "index.html", 4, "style=“position:absolute; left: -9999px”"),
        ("foreign-host", "index.html", 4, "bad.example"),
        ("hidden-text", "index.html", 4, "六合彩"),
        ("hidden-text", "index.html", 4, "更多"),
        ("spam-words", "index.html", 4, "六合彩"),
    ]


def test_what_browsers_follow_and_what_entities_spell_is_seen(live: Path) -> None:
    dark = (
        '<a href="///a.example/">一</a>\n<a href="http://b.example\\@www.gov.cn/">二</a>\n'
        '<meta http-equiv="refresh" content="0; url=http://c.example/">\n'
        '<img srcset="x.png 1x, //d.example/y.png 2x">\n'
        '<div style="height: 1px; overflow: hidden">藏</div>\n&#20845;&#21512;&#24425;\n'
    )
    (live / "index.html").write_text(PAGE + dark, encoding="utf-8")
    assert [(kind, detail) for kind, _, _, detail in _mismatches(live)] == [
        ("changed", ""),
        ("foreign-host", "a.example"),
        ("foreign-host", "b.example"),
        ("foreign-code", "http-equiv=refresh"),
        ("foreign-host", "c.example"),
        ("foreign-code", "x.png 不在清单里"),
        ("foreign-host", "d.example"),
        ("foreign-code", "style=“height: 1px; overflow: hidden”"),
        ("hidden-text", "藏"),
        ("spam-words", "六合彩"),
    ]


FOREIGN = [
    ('<a href="https://evil.example/x" href="index.html">x</a>', "写了两遍的属性 href"),
    ('<a href="index.html" href="https://evil.example/x">x</a>', "evil.example"),
    ('<p onclick="location=1">x</p>', "onclick=“location=1”"),
    ("<svg/onload=alert(1)>", "onload=“alert(1)”"),
    ('<script>location="//evil"</script>', "写在页面里的脚本"),
    ('<script type="module">import "x"</script>', "写在页面里的脚本"),
    ('<script src="../assets/site.js?x"></script>', "<script src=“../assets/site.js?x”>"),
    ('<script src="data:text/javascript,alert(1)"></script>', "src=“data:text/javascript,alert(1)”"),
    ('<meta http-equiv=refresh content="0, https://evil.example/">', "evil.example"),
    ('<meta http-equiv=" Refresh" content="5">', "http-equiv=Refresh"),
    ('<iframe src="x.html"></iframe>', "<iframe>"),
    ("<iframe srcdoc='<p>x'></iframe>", "srcdoc=“<p>x”"),
    ('<base href="/x/">', "<base>"),
    ('<object data="x.swf"></object>', "<object>"),
    ("<style>p{color:red}</style>", "<style>"),
    ('<link rel="stylesheet" href="https://evil.example/x.css">', "evil.example"),
    ('<a href="java\tscript:alert(1)">x</a>', "href=“java\\x09script:alert(1)”"),
    ('<a href="&#106;avascript:alert(1)">x</a>', "href=“javascript:alert(1)”"),
    ('<form action="//evil.example/"><button formaction="https://b.example">x</button></form>', "b.example"),
    ('<a href="b/" ping="https://evil.example/p">x</a>', "evil.example"),
    ('<svg><a xlink:href="https://evil.example/">x</a></svg>', "evil.example"),
    ("<p>六<b>合</b>彩</p>", "六合彩"),
    ("<p>六 合·彩</p>", "六合彩"),
    ("<p>六\u200b合\u200b彩</p>", "六合彩"),
]


@pytest.mark.parametrize(("added", "detail"), FOREIGN, ids=range(len(FOREIGN)))
def test_what_gkdir_never_writes_is_seen_though_the_manifest_was_changed_too(
    live: Path, added: str, detail: str
) -> None:
    publish_folder(live, [("index.html", (PAGE + added).encode())], {"name": "清源县"})
    found = audit(live, None, Criteria((), ("六合彩",)))
    assert detail in [one.detail for one in found], found
    assert {one.kind for one in found} <= {MismatchKind.CODE, MismatchKind.HOST, MismatchKind.HIDDEN, MismatchKind.SPAM}


_PIECES = (
    "<!doctype html>", "\n", "字&amp;字\n", "https://a.example/x", "<p>", "</p>", "</div>", "<br>", "<br/>",
    '<a href="b/">', '<a href="//b.example/&amp;"\n id="x">', '<svg viewBox="0 0 1 1"><path d="M0 0" /></svg>',
    "<title>题 &lt;</title>", '<div style="display:none">', '<script type="application/ld+json">{"a": "https://c.example"\n}</script>',
    "<script>1 < 2", "</script>", "<title><b></title>", "<!-- // -->", "<P CLASS=x>", "<textarea>",
    '<p id="a\nb" hidden>', "</a >", "<style>p{}</style>", "<![CDATA[<p>]]>", "<", "</", "&#60;p&#62;",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_what_is_read_fast_is_read_as_by_the_parser(pieces: list[str]) -> None:
    fast, slow = AuditedPage(), AuditedPage()
    fast.feed("".join(pieces))
    HTMLParser.feed(slow, "".join(pieces))
    for page in (fast, slow):
        page.close()
    assert (fast.links, fast.hidden, fast.code) == (slow.links, slow.hidden, slow.code)


CHANGES = [line.replace("\\n", "\n") for line in CHANGED.read_text(encoding="utf-8").splitlines() if line]


def test_of_many_changes_to_a_page_none_passes(tmp_path: Path) -> None:
    """Each is on a page of its own, and every digest is updated; changed text alone needs a separate manifest."""
    whole = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{}</head><body><p>失业登记</p></body></html>'
    pages = {f"a/{number}/index.html": whole.format(change).encode() for number, change in enumerate(CHANGES)}
    publish_folder(tmp_path / "qingyuan", pages.items(), {"name": "清源县"})
    told = {one.place.file for one in audit(tmp_path / "qingyuan", None, Criteria((), ("六合彩",)))}
    assert [change for page, change in zip(pages, CHANGES, strict=True) if page not in told] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *[("sitemap.xml", f"<urlset>{text}</urlset>") for text in ("<url><loc>https://evil.example/</loc></url>",)],
        ("feed.xml", '<feed><content type="html">&lt;a href="https://evil.example/"&gt;</content></feed>'),
        ("feed.xml", '<?xml-stylesheet href="x.xsl"?><feed></feed>'),
        ("feed.xml", '<!DOCTYPE x SYSTEM "x.dtd"><feed></feed>'),
        ("opensearch.xml", '<Url template="https://evil.example/?q={searchTerms}"/>'),
        ("assets/site.css", "@import 'evil.css';"),
        ("assets/site.css", "p { behavior: url(x.htc) }"),
        ("assets/site.css", "p { width: expression(alert(1)) }"),
        ("assets/site.js", "eval(atob('YWxlcnQoMSk='))"),
        ("assets/site.js", "new Function('x')()"),
        ("assets/site.js", "fetch('/x')"),
        ("data/x.csv", "\"=cmd|' /C calc'!A0\",b"),
    ],
)
def test_so_do_other_files(name: str, content: str, live: Path) -> None:
    pages = [("index.html", PAGE.encode()), ("b/index.html", b"<p>b</p>"), (name, content.encode())]
    publish_folder(live, pages, {"name": "清源县"})
    assert {(one.place.file, one.kind) for one in audit(live)} <= {(name, MismatchKind.CODE), (name, MismatchKind.HOST)}
    assert audit(live)


def test_scripts_and_tables_are_looked_through_too(live: Path) -> None:
    files = {
        "assets/site.js": 'fetch("https://evil.example/a");\nx="http:\\/\\/b.example"; // http://www.w3.org/2000/svg\n',
        "assets/site.css": "a{background:url(//c.example/x.png)}",
        "data/employment.csv": "六合彩,https://www.12333.gov.cn/\n",
    }
    publish_folder(live, [(name, text.encode()) for name, text in files.items()], {"name": "清源县"})
    assert _mismatches(live) == [
        ("foreign-host", "assets/site.css", 1, "c.example"),
        ("foreign-code", "assets/site.js", 1, "fetch("),
        ("foreign-host", "assets/site.js", 1, "evil.example"),
        ("foreign-host", "assets/site.js", 2, "b.example"),
        ("spam-words", "data/employment.csv", 1, "六合彩"),
    ]


def test_the_words_that_hijack_pages_are_known() -> None:
    spam = read_reference((national_folder(),))[0].words.spam
    page = "国产精品 中文字幕无码 午夜福利 一区二区三区 在线观看免费 开云体育 百家乐 真人荷官 北京赛车PK10 办证刻章"
    assert [word for word in page.split() if not any(known in word.lower() for known in spam)] == []
    assert all(word == word.lower() and len(word) > 1 for word in spam)


def test_characters_that_meet_by_chance_are_no_word(live: Path) -> None:
    page = "<p>一级、二级、三级。片区主任</p><td>三级</td><td>片区</td><p>新时代孕育希望</p>"
    publish_folder(live, [("index.html", page.encode())], {"name": "清源县"})
    assert audit(live, None, Criteria((), read_reference((national_folder(),))[0].words.spam)) == ()


def test_no_page_of_the_sample_is_suspected(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One in twenty of the Traditional pages, which have the same elements."""
    site, _ = built_sample(tmp_path_factory)
    some = tmp_path_factory.mktemp("some")
    for number, path in enumerate(sorted(path for path in site.rglob("*") if path.is_file())):
        inside = path.relative_to(site)
        if "hant" not in inside.parts or number % 20 == 0:
            (some / inside).parent.mkdir(parents=True, exist_ok=True)
            os.link(path, some / inside)
    found = audit(some, None, Criteria((), read_reference((national_folder(),))[0].words.spam))
    assert {str(one) for one in found if one.kind is not MismatchKind.LOST} == set()
    assert all("hant/" in one.place.file for one in found)


def test_the_whole_output_is_looked_at(tmp_path: Path) -> None:
    project, national = SMALL / "project", SMALL / "national"
    options = BuildOptions(project, tmp_path, ("heping",), national=national, fragments=True)
    build_site(options, list[BuildOutcome]().append)
    assert audit(tmp_path / "heping") == ()
    assert audit(tmp_path) == ()
    kept = tmp_path.parent / f"{tmp_path.name}-kept.json"
    kept.write_bytes((tmp_path / "manifest.json").read_bytes())
    with (tmp_path / "assets" / "site.js").open("a") as script:
        script.write("location=1")
    (tmp_path / "new.html").write_text("<p>x</p>", encoding="utf-8")
    (tmp_path / "heping" / "feed.xml").unlink()
    changed = [
        (MismatchKind.CHANGED, "assets/site.js"),
        (MismatchKind.LOST, "heping/feed.xml"),
        (MismatchKind.ADDED, "new.html"),
    ]
    assert [(one.kind, one.place.file) for one in audit(tmp_path)] == changed
    own = json.loads((tmp_path / "heping" / "manifest.json").read_bytes())
    del own["files"]["feed.xml"]
    (tmp_path / "heping" / "manifest.json").write_text(json.dumps(own), encoding="utf-8")
    forged = [(one.kind, one.place.file) for one in audit(tmp_path, kept)]
    to_lost = (MismatchKind.CODE, "heping/about/index.html")  # the first page that links to the file
    assert forged == [changed[0], to_lost, (MismatchKind.CHANGED, "heping/manifest.json"), changed[2]]


def test_a_manifest_that_names_places_outside_is_not_followed(live: Path) -> None:
    manifest = {"generator": "gkdir", "about": {}, "files": {}, "counties": {"../..": "0" * 64, "a/b": "0" * 64}}
    (live / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert {one.kind for one in audit(live)} == {MismatchKind.ADDED, MismatchKind.LOST, MismatchKind.CODE}


def test_links_pipes_and_names_that_are_no_text_are_added_too(live: Path) -> None:
    (live / "loop").symlink_to("..")
    os.mkfifo(live / "pipe.html")
    (live / os.fsdecode(b"\xff.html")).write_text("", encoding="utf-8")
    assert _mismatches(live) == [
        ("added", "\\xff.html", None, ""),
        ("added", "loop", None, ""),
        ("added", "pipe.html", None, ""),
    ]


def test_a_link_to_the_very_page_is_no_page(live: Path) -> None:
    (live / "index.html").rename(live.parent / "elsewhere.html")
    (live / "index.html").symlink_to(live.parent / "elsewhere.html")
    assert _mismatches(live)[0] == ("changed", "index.html", None, "")


def test_hosts_on_the_list_pass_and_lookalikes_do_not(live: Path) -> None:
    links = '<a href="https://map.example.com/">地图</a><a href="https://www.gov.cn.bad.example/">假</a>'
    (live / "index.html").write_text(links, encoding="utf-8")
    told = _mismatches(live, hosts=("map.example.com",))
    assert [detail for kind, _, _, detail in told if kind == "foreign-host"] == ["www.gov.cn.bad.example"]


def test_an_address_in_the_data_of_a_page_is_looked_at_like_any_other(live: Path) -> None:
    data = '{"@context": "https://schema.org", "url": "https://www.gov.cn/", "sameAs": "https:\\/\\/bad.example/"}'
    (live / "index.html").write_text(f'<script type="application/ld+json">{data}</script>', encoding="utf-8")
    assert [detail for kind, _, _, detail in _mismatches(live) if kind == "foreign-host"] == ["bad.example"]


def test_a_manifest_kept_elsewhere_sees_what_a_forged_one_hides(live: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_bytes((live / "manifest.json").read_bytes())
    publish_folder(live, [("index.html", b"<p>forged</p>"), ("b/index.html", b"<p>b</p>")], {"name": "清源县"})
    assert _mismatches(live) == []
    assert _mismatches(live, manifest=kept) == [(MismatchKind.CHANGED, "index.html", None, "")]


@pytest.mark.parametrize("content", [None, "", "[]", "{}", json.dumps({"files": []})])
def test_a_copy_without_a_manifest_is_one_clear_trouble(content: str | None, live: Path) -> None:
    (live / "manifest.json").unlink()
    if content is not None:
        (live / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable):
        audit(live)


def test_only_the_page_of_lost_addresses_may_begin_at_the_top_of_the_website() -> None:
    page = '<script src="/zwgk/assets/site.js"></script>'
    criteria = Criteria()
    assert list(_suspicious("404.html", page, criteria, {"assets/site.js"})) == []
    assert list(_suspicious("index.html", page, criteria, {"assets/site.js"}))
    assert list(_suspicious("404.html", page, criteria, {"assets/other.js"}))
