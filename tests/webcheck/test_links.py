"""``gkdir links``: requests only on command, only to other websites; results are reported with the link's place."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from gkdir.cli.links import command
from gkdir.finding import Place
from gkdir.read.project import read_county, read_project
from gkdir.webcheck import LinkAnswer, LinkChecker, LinkState, addresses, as_json, asked, dead, plain, text

SLOW = threading.Event()


class Website(BaseHTTPRequestHandler):
    """A server that answers by path, and counts requests."""

    heard: ClassVar[Counter[tuple[str, str]]] = Counter()

    def answer(self) -> None:
        self.heard[self.command, self.path] += 1
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            SLOW.wait()
        while name == "drop-by-drop" and not SLOW.wait(0.02):
            with suppress(OSError):
                self.wfile.write(b"X")
        code, where = {
            "gone": (404, ""),
            "error": (500, ""),
            "wall": (412, ""),
            "moved": (301, "/ok"),
            "same": (301, "/same/"),
            "for-now": (302, "/ok"),
            "home": (302, "/"),
            "round": (302, "/round"),
            "file": (302, "file:///etc/passwd"),
            "get-only": (405 if self.command == "HEAD" else 200, ""),
        }.get(name, (200, ""))
        if self.path == "/same/":
            code, where = 200, ""
        self.send_response(code)
        if where:
            self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def website() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Website)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    SLOW.set()
    server.shutdown()
    server.server_close()


def asking(seconds: float) -> LinkChecker:
    return LinkChecker(seconds, lambda number: number == "127.0.0.1", 0)


def test_what_a_website_answers_is_told_apart(website: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    expected = {
        "ok": LinkState.GOOD,
        "%E4%B8%AD?a=1&b=%20": LinkState.GOOD,
        "get-only": LinkState.GOOD,
        "for-now": LinkState.GOOD,
        "same": LinkState.GOOD,
        "moved": LinkState.MOVED,
        "home": LinkState.UNSURE,
        "wall": LinkState.UNSURE,
        "slow": LinkState.UNSURE,
        "drop-by-drop": LinkState.UNSURE,
        "gone": LinkState.DEAD,
        "error": LinkState.DEAD,
        "round": LinkState.DEAD,
        "file": LinkState.DEAD,
    }
    late = ("slow", "drop-by-drop")
    quick = [f"{website}/{name}" for name in expected if name not in late]
    found = [*asking(60).all(quick), *(asking(0.4).one(f"{website}/{name}") for name in late)]
    assert {one.address.removeprefix(f"{website}/"): one.answer for one in found} == expected
    assert next(one.detail for one in found if one.answer is LinkState.MOVED) == f"{website}/ok"
    assert Website.heard["GET", "/get-only"] == 1
    assert Website.heard["GET", "/%E4%B8%AD?a=1&b=%20"] == 0


def test_nothing_in_ones_own_network_is_asked(website: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    before = Website.heard["HEAD", "/ok?inside"]
    assert LinkChecker(1).one(f"{website}/ok?inside") == LinkAnswer(
        f"{website}/ok?inside", LinkState.DEAD, "转到了内网的地址，没有问"
    )
    assert Website.heard["HEAD", "/ok?inside"] == before
    assert [asked(one) for one in ("http://192.168.1.8/oa", "file:///a", "http://localhost/", "ftp://a.gov.cn/")] == [
        None
    ] * 4


def test_an_address_is_asked_as_a_browser_would(website: str) -> None:
    assert plain("https://中国.cn/公开 1?名=a b#x") == ("https://xn--fiqs8s.cn/%E5%85%AC%E5%BC%80%201?%E5%90%8D=a%20b")
    assert asked("www.gov.cn/a?b=1&amp;c=2.") == "http://www.gov.cn/a?b=1&c=2"
    assert LinkChecker(1).one("http://a:port/").answer is LinkState.DEAD
    del website


def test_the_addresses_of_files_and_templates_are_found_with_their_places(tmp_path: Path) -> None:
    county = tmp_path / "counties" / "qingyuan"
    (county / "pages/notices").mkdir(parents=True)
    (county / "county.yaml").write_text(
        '名称: 清源县\n代码: "990101"\n网站:\n  网址: "https://www.qingyuan.gov.cn/zwgk/"\n'
        '  找错: "https://www.qingyuan.gov.cn/jiucuo/"\n# https://remark.gov.cn/\n',
        encoding="utf-8",
    )
    (county / "pages/notices/a.md").write_text(
        "---\n标题: 通知\n日期: 2026-03-01\n---\n见[网站](https://www.gov.cn/a#b)、www.gov.cn、https://www.gov.cn/a。\n"
        "本站 https://www.qingyuan.gov.cn/zwgk/faq/，内网 http://10.1.1.1/。\n",
        encoding="utf-8",
    )
    (tmp_path / "templates/_parts").mkdir(parents=True)
    (tmp_path / "templates/_parts/x.html").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n<a href="https://t.gov.cn/">'
    )
    project = read_project(tmp_path)
    found = addresses(project, [read_county(project, "qingyuan")])
    base = tmp_path.as_posix()
    article = f"{base}/counties/qingyuan/pages/notices/a.md"
    assert found == {
        "http://www.gov.cn": (Place(article, 5, 1),),
        "https://t.gov.cn/": (Place(f"{base}/templates/_parts/x.html", 2, 1),),
        "https://www.gov.cn/a": (Place(article, 5, 1),),
        "https://www.qingyuan.gov.cn/jiucuo/": (Place(f"{base}/counties/qingyuan/county.yaml", 5, 1),),
    }
    ran = CliRunner().invoke(command, [str(tmp_path), "--list"])
    assert ran.exit_code == 0
    assert "共 4 个网址。" in ran.output


def test_the_report_says_where_and_what_to_do() -> None:
    place = Place("pages/a.md", 5, 1)
    some = (
        LinkAnswer("https://a.gov.cn/", LinkState.GOOD),
        LinkAnswer("https://b.gov.cn/\x1b", LinkState.DEAD, "网站没有开"),
    )
    places = {one.address: (place,) * 7 for one in some}
    said = text(some, places)
    assert "打不开（1 个）：请换成打得开的网址" in said
    assert said.count("pages/a.md:5") == 5
    assert "另有 2 处" in said
    assert "\x1b" not in said
    assert "问了 2 个网址：打得开 1，换了网址 0，要人看 0，打不开 1。" in said
    assert dead(some)
    assert not dead(some[:1])
    told = json.loads(as_json(some, places))["links"]
    assert [one["answer"] for one in told] == ["good", "dead"]
    assert len(told[0]["places"]) == 7
