"""audit.js in an open page, at several widths and in reading modes → faults of layout, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Page

PLAIN: Mapping[str, str] = {}
ELDER: Mapping[str, str] = {"mode": "elder"}
MODES: tuple[Mapping[str, str], ...] = (
    PLAIN,
    ELDER,
    {"mode": "contrast"},
    {"mode": "elder contrast", "size": "larger"},
    {"size": "larger"},
)
"""The attributes of the page's root that the reading modes set, by ``data-`` name."""
EXTREMES = (PLAIN, MODES[3])
"""The modes in which letters take the least and the most room."""
WIDTHS = (320, 390, 768, 1280)
ENDS = (WIDTHS[0], WIDTHS[-1])
COLOURS, COVERED = "does not stand out from what is behind it", "is painted over, or over another"
"""Measures of audit.js that are used on their own."""
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


def audited(
    tab: Page, modes: Iterable[Mapping[str, str]] = MODES, widths: Iterable[int] = WIDTHS, only: str | None = None
) -> list[str]:
    """The faults at each width and in each mode: room, size of targets, letters, contrast; or one measure only."""
    wrong: list[str] = []
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        wrong += _measured(tab, modes, only)
    return wrong


def _measured(tab: Page, modes: Iterable[Mapping[str, str]], only: str | None) -> list[str]:
    return list(tab.evaluate(AUDIT, [[*map(dict, modes)], only]))


def over_one_another(tab: Page) -> list[str]:
    """On a phone as high as the page: whether anything covers text, or lies between text and its background."""
    tab.set_viewport_size({"width": 390, "height": 900})
    tab.set_viewport_size({"width": 390, "height": tab.evaluate("document.documentElement.scrollHeight")})
    return _measured(tab, (PLAIN,), COVERED)


def in_the_dark(tab: Page, modes: Iterable[Mapping[str, str]] = (PLAIN, ELDER)) -> list[str]:
    """The faults on a phone in dark mode; the contrast mode has the same colours by day and night."""
    tab.emulate_media(color_scheme="dark")
    wrong = audited(tab, modes, (390,), COLOURS)
    tab.emulate_media(color_scheme="light")
    return [f"dark {line}" for line in wrong]
