"""The built sample → pictures: one for the README, and of each reading mode a sheet of all kinds of page.

The README's stands in docs/pictures; the sheets go to build/pictures, which git ignores.

``make pictures`` runs it; it needs Debian's chromium and fonts-noto-cjk. The kinds are those of the tests.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.kinds import KINDS, Whole
from tests.built import build_sample

ROOT = Path(__file__).parent.parent
README_PICTURE = ROOT / "docs" / "pictures" / "readme.png"
SHEETS = ROOT / "build" / "pictures"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars")

Scheme = Literal["light", "dark"]
Tabs = Mapping[int, Page]
SIZES = {390: 844, 768: 1024, 1280: 900}
"""A phone, a tablet and a desk: width and height."""
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
"""Of JPEG: small letters can still be told, and a sheet stays about a megabyte."""


def main() -> None:
    """Build the sample, photograph it, lay the pictures out."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        whole = Whole.of(*build_sample(Path(scratch) / "sample"))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        _readme(browser, whole)
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


def _contact_sheet(browser: Browser, whole: Whole, name: str, query: str, scheme: Scheme) -> None:
    style = (
        "body{margin:0;padding:24px;background:#d9d4cb;font:17px 'Noto Sans CJK SC';"
        "display:grid;grid-template-columns:auto auto;justify-content:start;gap:20px 32px}"
        "h2{font-size:17px;margin:0 0 6px}div{display:flex;gap:10px}img{height:290px}"
    )
    cells = "".join(_cells(_tabs(browser, scheme), whole, query, name == "plain"))
    _compose(browser, f"<style>{style}</style>{cells}", 1660, SHEETS / f"pages-{name}.jpg")


def _cells(tabs: Tabs, whole: Whole, query: str, screens: bool) -> Iterator[str]:
    """A page of each kind, beside itself on other widths; screens know no reading modes."""
    for kind in KINDS:
        if screens or "/screen/" not in kind:
            shots = [_shot(tab, whole.fullest(kind), query) for tab in tabs.values()]
            title = tabs[1280].title().partition(" - ")[0]
            yield f"<section><h2>{title}</h2><div>{''.join(f'<img src={shot!r}>' for shot in shots)}</div></section>"


def _tabs(browser: Browser, scheme: Scheme) -> Tabs:
    """A tab for each width, in which nothing moves."""
    return {
        width: browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        ).new_page()
        for width, height in SIZES.items()
    }


def _shot(tab: Page, page: Path, query: str) -> str:
    """The page as it first shows, as a data address."""
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
