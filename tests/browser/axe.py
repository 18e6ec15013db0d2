"""axe-core, which ``make tools`` gets from npm, run in an open page → what it finds, as lines of words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

HERE = Path(__file__).parent
FOLDER = HERE / "node_modules" / "axe-core"
NONE = "没有 axe-core 和 html-validate：请先装 nodejs 和 npm，再运行 make tools"
needed = pytest.mark.skipif(not FOLDER.is_dir(), reason=NONE)

MODES: dict[str, dict[str, str]] = {
    "plain": {},
    "elder": {"mode": "elder"},
    "contrast": {"mode": "contrast"},
    "elder and contrast": {"mode": "elder contrast", "size": "larger"},
    "large letters": {"size": "larger"},
}
"""What the reading modes set on the page's root, by ``data-`` name."""
CONTRAST = ("color-contrast", "color-contrast-enhanced")
"""The second leaves to the first what has not even 4.5 to 1, so neither is asked without the other."""
LOOKS = (*CONTRAST, "target-size", "link-in-text-block", "scrollable-region-focusable")
"""Rules whose findings hang on how a page looks; the others are of its elements, which are the same in each mode."""

SET = """to => {
  for (const name of ['mode', 'size']) {
    if (to[name]) document.documentElement.dataset[name] = to[name];
    else delete document.documentElement.dataset[name];
  }
}"""
RUN = """options => axe.run(document, {resultTypes: ['violations'], preload: false, ...options})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}：${rule.help}。${node.target.join(' ')} ${node.failureSummary}`)))"""


def load(tab: Page) -> None:
    """Put axe into the open page."""
    tab.evaluate((FOLDER / "axe.min.js").read_text(encoding="utf-8"))
    locale = json.loads((FOLDER / "locales" / "zh_CN.json").read_text(encoding="utf-8"))
    tab.evaluate("locale => axe.configure({locale})", locale)


def found(tab: Page, mode: str, only: Sequence[str] = ()) -> list[str]:
    """What axe finds in a mode: 4.5 to 1 is enough in plain letters, 7 to 1 in the two modes that promise it."""
    tab.evaluate(SET, MODES[mode])
    promised = "mode" in MODES[mode]
    options: dict[str, Any] = {
        "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": promised}}
    }
    if only:
        options = {"runOnly": [rule for rule in only if promised or rule != "color-contrast-enhanced"]}
    lines = cast("list[str]", tab.evaluate(RUN, options))
    return [f"{mode}: {line}" for line in lines]
