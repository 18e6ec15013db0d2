"""The built sample → pictures in docs/pictures: one for the README, and a contact sheet of each reading mode.

``make pictures`` runs it; it needs Debian's chromium and fonts-noto-cjk.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from gkdir.build import Outcome, Request, build

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

PAGES = (
    ("所有的县", "index.html"),
    ("县首页", "qingyuan/index.html"),
    ("目录表", "qingyuan/employment/index.html"),
    ("事项", "qingyuan/social_insurance/7-1/index.html"),
    ("乡镇", "qingyuan/towns/baishi/index.html"),
    ("表格", "qingyuan/forms/失业登记表/index.html"),
    ("下载", "qingyuan/data/index.html"),
    ("说明", "qingyuan/about/index.html"),
)
SIZES = ((390, 844), (768, 1024), (1280, 900))
MODES = (("plain", ""), ("elder", "?mode=elder"), ("contrast", "?mode=contrast"))


def main() -> None:
    """Build the sample, photograph it, lay the pictures out."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        out = Path(scratch)
        build(Request(ROOT / "directories", out), list[Outcome]().append)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        _readme(browser, out)
        for name, query in MODES:
            _contact_sheet(browser, out, name, query)
        browser.close()


def _readme(browser: Browser, out: Path) -> None:
    shots = [
        _shot(browser, out / PAGES[1][1], "", 1280, 900),
        _shot(browser, out / PAGES[2][1], "", 1280, 900),
        _shot(browser, out / PAGES[3][1], "", 390, 844),
    ]
    images = "".join(f'<img src="{shot}">' for shot in shots)
    style = "body{margin:0;padding:24px;display:flex;gap:20px;background:#d9d4cb}img{height:420px;background:#fff}"
    _compose(browser, f"<style>{style}</style>{images}", 1480, PICTURES / "readme.png")


def _contact_sheet(browser: Browser, out: Path, name: str, query: str) -> None:
    rows = []
    for title, path in PAGES:
        shots = [_shot(browser, out / path, query, width, height) for width, height in SIZES]
        rows.append(f"<h2>{title}</h2><div>{''.join(f'<img src={shot!r}>' for shot in shots)}</div>")
    style = (
        "body{margin:0;padding:24px;background:#d9d4cb;font:20px 'Noto Sans CJK SC'}h2{margin:20px 0 8px}"
        "div{display:flex;gap:16px}img{height:420px}"
    )
    _compose(browser, f"<style>{style}</style>{''.join(rows)}", 1240, PICTURES / f"pages-{name}.png")


def _shot(browser: Browser, page: Path, query: str, width: int, height: int) -> str:
    """The page as it first shows, as a data address."""
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.goto(page.as_uri() + query)
    data = base64.b64encode(tab.screenshot()).decode()
    tab.close()
    return f"data:image/png;base64,{data}"


def _compose(browser: Browser, body: str, width: int, target: Path) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 400})
    tab.set_content(f"<!doctype html><meta charset=utf-8>{body}")
    tab.screenshot(path=str(target), full_page=True)
    tab.close()


if __name__ == "__main__":
    main()
