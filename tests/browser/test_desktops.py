"""The sample in Firefox ESR and WebKitGTK, as on Linux desktops of governments: home, item, elder, directory, search.

No driver controls these browsers: a server adds a script to the pages that measures, reports to the server, and opens
the next page. Each browser starts once for all pages.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
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
WEBKIT = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
DISPLAY = shutil.which("xvfb-run")
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
    var root = document.documentElement, cells = document.querySelectorAll('#directory tbody tr > :not(.number)');
    fetch('/told', { method: 'POST', body: JSON.stringify({
      browser: navigator.userAgent, wrong: wrong, found: found,
      letters: getComputedStyle(root).fontSize, title: of('h1').getBoundingClientRect().top,
      box: getComputedStyle(of('.search')).display, over: root.scrollWidth - root.clientWidth,
      column: Math.max.apply(null, Array.from(cells, function (one) { return one.getBoundingClientRect().width; })),
      digits: getComputedStyle(document.body).textAutospace || 'no-autospace'
    }) }).then(function (answer) { return answer.text(); }).then(function (next) { if (next) location.href = next; });
  })();
});
"""


class Round(SimpleHTTPRequestHandler):
    """Serves the county with the script in its pages; the reports are in ``told``, in order."""

    def __init__(self, reports: list[dict[str, Any]], done: threading.Event, *rest: Any, **more: Any) -> None:
        self.told, self.done = reports, done
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
        """Prints nothing."""


def command(name: str, profile: Path, address: str) -> list[str]:
    """The command that starts the browser at ``address``; skips the test if Debian's package is not installed."""
    if name == "Firefox/":
        if FIREFOX is None:
            pytest.skip("没有 Firefox ESR：apt-get install firefox-esr")
        return [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--window-size", "1280,900", address]
    if WEBKIT is None or DISPLAY is None:
        pytest.skip("没有 WebKitGTK：apt-get install libwebkit2gtk-4.1-0 xvfb xauth")
    return [DISPLAY, "-a", str(WEBKIT), "--private", address]  # 1024 pixels wide: there is no window manager


@pytest.fixture(scope="module", params=["Firefox/", "Version/"])
def reports(
    request: pytest.FixtureRequest, whole: Whole, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    done = threading.Event()
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Round, heard, done, directory=str(whole.folder / "qingyuan"))
    )
    profile = tmp_path_factory.mktemp("desktop")
    asked = command(request.param, profile, f"http://127.0.0.1:{server.server_port}{ROUND['home']}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    nothing, home = subprocess.DEVNULL, {"HOME": str(profile), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(asked, stdout=nothing, stderr=nothing, env=home, start_new_session=True) as browser:
        done.wait(180)
        os.killpg(browser.pid, signal.SIGTERM)  # the display ends with the browser
    server.shutdown()
    server.server_close()
    assert len(heard) == len(ROUND), heard
    assert all(request.param in page["browser"] for page in heard)
    return dict(zip(ROUND, heard, strict=True))


def test_every_page_stands_and_no_script_fails(reports: Mapping[str, dict[str, Any]]) -> None:
    for name, page in reports.items():
        assert (name, page["wrong"], page["over"]) == (name, [], 0)
        assert page["box"] == "block"
        assert page["digits"] == "no-autospace", "WebKitGTK prints digits over each other"


def test_what_people_use_works(reports: Mapping[str, dict[str, Any]]) -> None:
    assert reports["search"]["found"] > 0
    assert (reports["item"]["letters"], reports["elder"]["letters"]) == ("18px", "24px")
    assert reports["elder"]["title"] < 300
    assert reports["directory"]["column"] > 100
