"""A published copy that was tampered with is told apart from one that was not, and nothing hides in it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gkdir.audit import Kind, audit
from gkdir.finding import Unreadable
from gkdir.publish.write import publish_folder

PAGE = (
    '<!doctype html><p id="a">失业登记</p>\n<a href="https://www.12333.gov.cn/">查询</a>\n<br><a href="b/">下一页</a>\n'
)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    folder = tmp_path / "qingyuan"
    publish_folder(folder, [("index.html", PAGE.encode()), ("b/index.html", b"<p>b</p>")], {"name": "清源县"})
    return folder


def _told(folder: Path, **options: object) -> list[tuple[str, str, int | None, str]]:
    found = audit(folder, spam=("六合彩",), **options)  # type: ignore[arg-type]
    return [(one.kind.value, one.place.file, one.place.line, one.detail) for one in found]


def test_what_was_published_passes(live: Path) -> None:
    assert _told(live) == []


def test_files_changed_added_and_lost_are_told(live: Path) -> None:
    (live / "index.html").write_text(PAGE + "<p>x</p>", encoding="utf-8")
    (live / "b" / "index.html").unlink()
    (live / "x.js").write_text("alert(1)", encoding="utf-8")
    assert _told(live) == [
        ("lost", "b/index.html", None, ""),
        ("changed", "index.html", None, ""),
        ("added", "x.js", None, ""),
    ]


def test_injected_links_hidden_texts_and_spam_are_told_with_their_lines(live: Path) -> None:
    dark = '<div style="position:absolute; left: -9999px"><a href="//bad.example/">六合彩</a><br>更多</div><p>照常</p>'
    (live / "index.html").write_text(PAGE + dark, encoding="utf-8")
    assert _told(live) == [
        ("changed", "index.html", None, ""),
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
    assert [(kind, detail) for kind, _, _, detail in _told(live)] == [
        ("changed", ""),
        ("foreign-host", "a.example"),
        ("foreign-host", "b.example"),
        ("foreign-host", "c.example"),
        ("foreign-host", "d.example"),
        ("hidden-text", "藏"),
        ("spam-words", "六合彩"),
    ]


def test_links_pipes_and_names_that_are_no_text_are_added_too(live: Path) -> None:
    (live / "loop").symlink_to("..")
    os.mkfifo(live / "pipe.html")
    (live / os.fsdecode(b"\xff.html")).write_text("", encoding="utf-8")
    assert _told(live) == [
        ("added", "\\xff.html", None, ""),
        ("added", "loop", None, ""),
        ("added", "pipe.html", None, ""),
    ]


def test_hosts_on_the_list_pass_and_lookalikes_do_not(live: Path) -> None:
    links = '<a href="https://map.example.com/">地图</a><a href="https://www.gov.cn.bad.example/">假</a>'
    (live / "index.html").write_text(links, encoding="utf-8")
    told = _told(live, hosts=("map.example.com",))
    assert [detail for kind, _, _, detail in told if kind == "foreign-host"] == ["www.gov.cn.bad.example"]


def test_a_manifest_kept_elsewhere_sees_what_a_forged_one_hides(live: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_bytes((live / "manifest.json").read_bytes())
    publish_folder(live, [("index.html", b"<p>forged</p>"), ("b/index.html", b"<p>b</p>")], {"name": "清源县"})
    assert _told(live) == []
    assert _told(live, manifest=kept) == [(Kind.CHANGED, "index.html", None, "")]


@pytest.mark.parametrize("content", [None, "", "[]", "{}", json.dumps({"files": []})])
def test_a_copy_without_a_manifest_is_one_clear_trouble(content: str | None, live: Path) -> None:
    (live / "manifest.json").unlink()
    if content is not None:
        (live / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable):
        audit(live)
