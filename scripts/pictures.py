"""The built sample and a desk → pictures: the README's, each kind of page in each reading mode, each step of the desk.

The README's are in docs/pictures; the others go to build/pictures, which git ignores. ``make pictures`` runs it; it
needs Debian's chromium and fonts-noto-cjk. The kinds of pages are those of the tests.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.kinds import KINDS, Whole
from tests.built import build_sample
from tests.places import DIRECTORIES

from gkdir.desk.front import DeskOptions, FrontDesk
from gkdir.preview.serving import LocalServer

ROOT = Path(__file__).parent.parent
README_PICTURE = ROOT / "docs" / "pictures" / "readme.png"
SHEETS = ROOT / "build" / "pictures"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars")

Scheme = Literal["light", "dark"]
Tabs = Mapping[int, Page]
SIZES = {390: 844, 768: 1024, 1280: 900}
"""Width and height of a phone, a tablet and a desktop screen."""
MODES: Sequence[tuple[str, str, Scheme]] = (
    ("plain", "?mode=&size=", "light"),
    ("elder", "?mode=elder&size=", "light"),
    ("contrast", "?mode=contrast&size=", "light"),
    ("elder-contrast", "?mode=elder,contrast&size=", "light"),
    ("larger", "?mode=&size=larger", "light"),
    ("dark", "?mode=&size=", "dark"),
)
README = (("qingyuan/index.html", 1280), ("qingyuan/employment/index.html", 1280))
README_PHONE = "qingyuan/social_insurance/7-1/index.html"
QUALITY = 62
"""The quality of JPEG: small letters are still readable, and a sheet has about a megabyte."""


def main() -> None:
    """Build the sample, photograph it, and compose the pictures."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        whole = Whole.of(*build_sample(Path(scratch) / "sample"))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        _readme(browser, whole)
        with _open_desk(Path(scratch) / "我县") as address:
            _desk(browser, address)
        for name, query, scheme in MODES:
            _contact_sheet(browser, whole, name, query, scheme)
        browser.close()


def _readme(browser: Browser, whole: Whole) -> None:
    tabs = _tabs(browser, "light")
    shots = [_shot(tabs[width], whole.folder / page, "") for page, width in README]
    shots.append(_shot(tabs[390], whole.folder / README_PHONE, ""))
    images = "".join(f'<img src="{shot}">' for shot in shots)
    style = "body{margin:0;padding:24px;display:flex;gap:20px;background:#d9d4cb}img{height:420px;background:#fff}"
    _compose(browser, f"<style>{style}</style>{images}", 1480, README_PICTURE)


@contextmanager
def _open_desk(project: Path) -> Iterator[str]:
    """The address of a desk on an empty folder."""
    project.mkdir()
    server, day = LocalServer(0), date(2026, 3, 20)
    app = FrontDesk(DeskOptions(project, project / "site", project / "存档", lambda: day)).starlette()
    thread = threading.Thread(target=server.run, args=(app, "pictures"))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/pictures/"
    finally:
        server.stop()
        thread.join()


def _desk(browser: Browser, address: str) -> None:
    """The steps of docs/quickstart.md, as a clerk sees them."""
    tab = browser.new_page(viewport={"width": 1366, "height": 768})
    shots = (SHEETS / f"desk-{number}.png" for number in range(1, 5))
    tab.goto(address)
    tab.get_by_label("县名").fill("清源县")
    tab.get_by_label("六位行政区划代码").fill("990101")
    tab.get_by_label("网址里叫什么").fill("qingyuan")
    tab.get_by_label("现有的目录表").set_input_files(DIRECTORIES / "national" / "employment.xlsx")
    tab.screenshot(path=next(shots))
    tab.get_by_role("button", name="读一读").click()
    tab.screenshot(path=next(shots))
    tab.get_by_role("button", name="写进去").click()
    tab.screenshot(path=next(shots))
    tab.get_by_role("link", name="看看网页").click()
    tab.wait_for_load_state("networkidle")
    tab.screenshot(path=next(shots))
    tab.close()


def _contact_sheet(browser: Browser, whole: Whole, name: str, query: str, scheme: Scheme) -> None:
    style = (
        "body{margin:0;padding:24px;background:#d9d4cb;font:17px 'Noto Sans CJK SC';"
        "display:grid;grid-template-columns:auto auto;justify-content:start;gap:20px 32px}"
        "h2{font-size:17px;margin:0 0 6px}div{display:flex;gap:10px}img{height:290px}"
    )
    cells = "".join(_cells(_tabs(browser, scheme), whole, query, name == "plain"))
    _compose(browser, f"<style>{style}</style>{cells}", 1660, SHEETS / f"pages-{name}.jpg")


def _cells(tabs: Tabs, whole: Whole, query: str, screens: bool) -> Iterator[str]:
    """A page of each kind in all widths; those for screens, which have no reading modes, only with ``screens``."""
    for kind in KINDS:
        if screens or "/screen/" not in kind:
            shots = [_shot(tab, whole.fullest(kind), query) for tab in tabs.values()]
            title = tabs[1280].title().partition(" - ")[0]
            yield f"<section><h2>{title}</h2><div>{''.join(f'<img src={shot!r}>' for shot in shots)}</div></section>"


def _tabs(browser: Browser, scheme: Scheme) -> Tabs:
    """A tab for each width, without animations."""
    return {
        width: browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        ).new_page()
        for width, height in SIZES.items()
    }


def _shot(tab: Page, page: Path, query: str) -> str:
    """The first screen of the page, as a data address."""
    tab.goto(page.as_uri() + query)
    return f"data:image/png;base64,{base64.b64encode(tab.screenshot()).decode()}"


def _compose(browser: Browser, body: str, width: int, target: Path) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 400})
    tab.set_content(f"<!doctype html><meta charset=utf-8>{body}")
    quality = QUALITY if target.suffix == ".jpg" else None
    tab.screenshot(path=str(target), full_page=True, quality=quality)
    tab.close()


if __name__ == "__main__":
    main()
