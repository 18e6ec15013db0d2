"""The sample in Chromium 78, as county offices and phones of those years still have it: complete, in all modes,
searched.

npm's chrome-aws-lambda has such a browser; ``make tools`` installs it. It is controlled by its command line alone: a
script at the end of a copied page writes its measurements into the page, and the page is read from the browser's
output.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.browser.kinds import Whole
from tests.built import once, shared_folder

pytestmark = pytest.mark.browser

PACKAGE = Path(__file__).parent / "node_modules" / "chrome-aws-lambda" / "bin"
UNPACK = """
const fs = require('fs'), zlib = require('zlib'), [, source, target] = process.argv;
const files = {'chromium.br': 'chromium', 'swiftshader.tar.br': 'light.tar', 'aws.tar.br': 'libraries.tar'};
for (const [from, to] of Object.entries(files))
  fs.writeFileSync(`${target}/${to}`, zlib.brotliDecompressSync(fs.readFileSync(`${source}/${from}`)));
"""
FLAGS = "--headless --no-sandbox --disable-gpu --single-process --no-zygote --virtual-time-budget=9000 --dump-dom"
PROBE = """
window.addEventListener('load', function () { var asked = setInterval(function () {
  var of = function (name) { return document.querySelector(name); };
  var style = function (name) { return of(name) ? getComputedStyle(of(name)) : {}; };
  if (of('#results') && style('.search').display !== 'block') { return; }  // its words are still on their way
  clearInterval(asked);
  var wide = Array.from(document.querySelectorAll('body *')).filter(function (one) {
    return one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  });
  var labels = Array.from(document.querySelectorAll('.modes > label')).map(function (one) {
    return one.getBoundingClientRect();
  });
  told = {
    version: navigator.userAgent, letters: getComputedStyle(document.documentElement).fontSize,
    ground: getComputedStyle(document.body).backgroundColor, margin: style('main.frame').paddingLeft,
    out: wide.slice(0, 3).map(function (one) { return one.outerHTML.slice(0, 80); }),
    found: document.querySelectorAll('#results [data-item]').length,
    modes: style('.modes').display, apart: labels[1] ? labels[1].left - labels[0].right : 0,
    title: of('h1') ? of('h1').getBoundingClientRect().top : 0,
    column: of('#directory td') ? of('#directory td + th').getBoundingClientRect().width : 0,
    slide: of('.slide') ? of('.slide').getBoundingClientRect().width : 0
  };
  document.body.setAttribute('data-told', JSON.stringify(told));
}, 3000); });
"""


def unpacked(folder: Path) -> None:
    """Extract the browser from its package, with its libraries."""
    folder.mkdir()
    subprocess.run(["node", "-e", UNPACK, PACKAGE, folder], check=True)
    for archive in ("light.tar", "libraries.tar"):
        shutil.unpack_archive(folder / archive, folder)
    (folder / "chromium").chmod(0o755)


@pytest.fixture(scope="module")
def browser_of_then(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not PACKAGE.is_dir() or not shutil.which("node"):
        pytest.skip("没有 npm 的 chrome-aws-lambda（Chromium 78）：请先装 nodejs 和 npm，再运行 make tools")
    folder = once(shared_folder(tmp_path_factory) / "chromium-78", unpacked)
    try:
        run(folder, "about:blank", folder / "first")
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"Chromium 78 does not start here: {error}")
    return folder


def run(browser: Path, address: str, profile: Path, window: str = "390,844", wanted: str = "<") -> str:
    """The page's HTML after nine seconds of its own time, which should contain ``wanted``.

    On a busy machine this browser sometimes exits before the page's scripts have run: then it is started again. A page
    whose search never starts fails after the last attempt.
    """
    command = [str(browser / "chromium"), *FLAGS.split(), f"--window-size={window}"]
    libraries = {"LD_LIBRARY_PATH": str(browser / "lib"), "HOME": str(profile.parent), "PATH": "/usr/bin:/bin"}
    for turn in range(5):
        asked = [*command, f"--user-data-dir={profile}-{turn}", address]
        done = subprocess.run(asked, capture_output=True, encoding="utf-8", timeout=120, check=False, env=libraries)
        if done.returncode == 0 and wanted in done.stdout:
            return done.stdout
    raise subprocess.CalledProcessError(done.returncode, asked, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def pages(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the county, whose pages can be changed."""
    folder = tmp_path_factory.mktemp("then") / "county"
    source = whole.folder / "qingyuan"
    for part in ("assets", "screen", "social_insurance"):
        shutil.copytree(source / part, folder / part)
    shutil.copy(source / "index.html", folder)
    (folder / "probe.js").write_text(PROBE, encoding="utf-8")
    return folder


def measured(browser: Path, pages: Path, path: str, query: str = "", window: str = "390,844") -> dict[str, Any]:
    page = pages / path
    up = "../" * (len(Path(path).parts) - 1)
    text = page.read_text(encoding="utf-8")
    if "probe.js" not in text:
        # The policy of pages for screens allows no scripts.
        text = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text)
        page.write_text(text.replace("</body>", f'<script src="{up}probe.js"></script></body>'), encoding="utf-8")
    profile = pages.parent / f"profile-{len(list(pages.parent.iterdir()))}"
    found = re.search(r'data-told="([^"]*)"', run(browser, page.as_uri() + query, profile, window, "data-told="))
    assert found
    told: dict[str, Any] = json.loads(unescape(found[1]))
    assert "Chrome/78." in told["version"]
    assert told["out"] == []
    return told


def test_the_home_is_whole_and_searched(browser_of_then: Path, pages: Path) -> None:
    told = measured(browser_of_then, pages, "index.html", "#q=%E7%A4%BE%E4%BF%9D%E5%8D%A1%E4%B8%A2%E4%BA%86")
    assert told["found"] > 0
    assert float(told["margin"].removesuffix("px")) >= 12
    assert told["modes"] == "flex"
    assert told["apart"] >= 8


def test_the_modes_work(browser_of_then: Path, pages: Path) -> None:
    item = "social_insurance/9-6/index.html"
    plain = measured(browser_of_then, pages, item)
    elder = measured(browser_of_then, pages, item, "?mode=elder")
    contrast = measured(browser_of_then, pages, item, "?mode=contrast")
    assert (plain["letters"], elder["letters"]) == ("18px", "24px")
    assert elder["title"] < 340
    assert (plain["ground"], contrast["ground"]) == ("rgb(251, 250, 247)", "rgb(0, 0, 0)")


def test_tables_and_screens_have_their_room(browser_of_then: Path, pages: Path) -> None:
    assert measured(browser_of_then, pages, "social_insurance/index.html")["column"] > 200
    wide = measured(browser_of_then, pages, "social_insurance/index.html", window="1280,900")
    assert wide["column"] > 100
    assert measured(browser_of_then, pages, "screen/index.html", window="1920,1080")["slide"] > 1800
