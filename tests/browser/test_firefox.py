"""The sample in Firefox ESR, which government desktops on Linux have: home, item, search, directory, elder mode.

It is driven by nothing: a server hands out the pages with a script that measures, tells the server, and goes on to the
next page. One start for all of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.browser.kinds import Whole

pytestmark = pytest.mark.browser

FIREFOX = shutil.which("firefox-esr")
ROUND = {
    "home": "/index.html",
    "item": "/social_insurance/9-6/index.html",
    "elder": "/social_insurance/9-6/index.html?mode=elder",
    "directory": "/social_insurance/index.html?mode=",
    "search": "/index.html#q=%E7%A4%BE%E4%BF%9D%E5%8D%A1%E4%B8%A2%E4%BA%86",
}
PROBE = """
var wrong = [];
addEventListener('error', function (event) { wrong.push(String(event.message || event.target.src)); }, true);
addEventListener('securitypolicyviolation', function (event) { wrong.push(event.blockedURI); });
addEventListener('load', function () {
  var tries = 0, asked = /#q=/.test(location.hash);
  (function tell() {
    var found = document.querySelectorAll('#results [data-item]').length;
    if (asked && !found && (tries += 1) < 200) return setTimeout(tell, 50);
    var of = function (name) { return document.querySelector(name); };
    var root = document.documentElement, row = of('#directory td:not(.number)');
    fetch('/told', { method: 'POST', body: JSON.stringify({
      browser: navigator.userAgent, wrong: wrong, found: found,
      letters: getComputedStyle(root).fontSize, title: of('h1').getBoundingClientRect().top,
      box: getComputedStyle(of('.search')).display, over: root.scrollWidth - root.clientWidth,
      column: row ? row.getBoundingClientRect().width : 0
    }) }).then(function (answer) { return answer.text(); }).then(function (next) { if (next) location.href = next; });
  })();
});
"""


class Round(SimpleHTTPRequestHandler):
    """Hands out the county with the probe in its pages; what they tell is kept in ``told``, in their order."""

    def __init__(self, told: list[dict[str, Any]], done: threading.Event, *rest: Any, **more: Any) -> None:
        self.told, self.done = told, done
        super().__init__(*rest, **more)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/probe.js":
            self.answer(PROBE.encode(), "text/javascript")
        elif path.endswith(".html"):
            page = Path(self.translate_path(path)).read_text(encoding="utf-8")
            self.answer(page.replace("<title>", '<script src="/probe.js"></script><title>', 1).encode(), "text/html")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        left = list(ROUND.values())[len(self.told) :]
        self.answer(left[0].encode() if left else b"", "text/plain")
        if not left:
            self.done.set()

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def told(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, dict[str, Any]]:
    if FIREFOX is None:
        pytest.skip("没有 Firefox ESR：apt-get install firefox-esr")
    heard: list[dict[str, Any]] = []
    done = threading.Event()
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Round, heard, done, directory=str(whole.folder / "qingyuan"))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    profile = tmp_path_factory.mktemp("firefox")
    address = f"http://127.0.0.1:{server.server_port}{ROUND['home']}"
    command = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--window-size", "1280,900", address]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdout=nothing, stderr=nothing, env={"HOME": str(profile), "PATH": "/usr/bin:/bin"}
    ) as firefox:
        done.wait(180)
        firefox.terminate()
    server.shutdown()
    server.server_close()
    assert len(heard) == len(ROUND), heard
    return dict(zip(ROUND, heard, strict=True))


def test_every_page_stands_and_no_script_fails(told: Mapping[str, dict[str, Any]]) -> None:
    for name, page in told.items():
        assert "Firefox/" in page["browser"]
        assert (name, page["wrong"], page["over"]) == (name, [], 0)
        assert page["box"] == "block"


def test_what_people_use_works(told: Mapping[str, dict[str, Any]]) -> None:
    assert told["search"]["found"] > 0
    assert (told["item"]["letters"], told["elder"]["letters"]) == ("18px", "24px")
    assert told["elder"]["title"] < 300
    assert told["directory"]["column"] > 100
