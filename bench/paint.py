"""Built samples → seconds until their pages are first painted on a slow network and an old phone.

``python -m bench.paint SITE...`` prints them; a SITE is what ``gkdir build directories -o SITE`` wrote, one for each
version to compare. Chromium's own tools slow it down (Slow 3G: 400 ms and 400 kbit/s; the processor six times), and
files are sent compressed. Each page is opened several times, in turns, by a browser with an empty cache. Once site.css
has arrived, only the processor matters: on a busy machine only the first of the two numbers says something about the
page.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import shutil
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "qingyuan/index.html": 1.5,
    "qingyuan/social_insurance/9-6/index.html": 1.5,
    "qingyuan/social_insurance/6-4/index.html": 1.5,
    "qingyuan/social_insurance/index.html": 2.5,
}
"""Pages, and the most seconds that they may take."""
ROUNDS = 7
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PROCESSOR = 6
PAINTED = """() => new Promise((done) => {
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  const styled = () => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/site.css'))[0];
  const look = () => painted() ? done([styled().responseEnd / 1000, painted().startTime / 1000]) : setTimeout(look, 50);
  look();
})"""


class Packed(SimpleHTTPRequestHandler):
    """Serves the files of a folder, compressed as a web server would."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send one file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_told: object) -> None:
        """Log nothing."""


def main() -> None:
    """Open each page of each site in turns, so that a busy moment affects all alike, and print the table."""
    sites = {site: _served(site) for site in sys.argv[1:]}
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {(page, site): [] for page in PAGES for site in sites}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(ROUNDS):
            for (page, site), seconds in taken.items():
                seconds.append(_painted(browser, f"{sites[site]}/{page}"))
        browser.close()
    print(f"{ROUNDS} 次，平均负载 {os.getloadavg()[0]:.1f}\n")
    print("| 网页 | 站点 | 标准 | 样式到齐，中位数 | 画出来，中位数 | 画出来，最快 |\n|---|---|---|---|---|---|")
    for (page, site), seconds in taken.items():
        styled, painted = zip(*seconds, strict=True)
        told = f"{statistics.median(styled):.2f} s | {statistics.median(painted):.2f} s | {min(painted):.2f} s"
        print(f"| {page} | {site} | {PAGES[page]} s | {told} |")


def _served(site: str) -> str:
    """The address of a server for the site's folder, which runs until the program ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def _painted(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the stylesheet has arrived, and until the first text is painted, in a new slowed-down browser."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_3G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    page.goto(address, wait_until="commit")
    styled, painted = page.evaluate(PAINTED)
    context.close()
    return styled, painted


if __name__ == "__main__":
    main()
