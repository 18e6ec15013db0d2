"""axe-core, which ``make tools`` installs from npm, run in an open page → its findings, as lines of text."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page

HERE = Path(__file__).parent
FOLDER = HERE / "node_modules" / "axe-core"
NONE = "没有 axe-core 和 html-validate：请先装 nodejs 和 npm，再运行 make tools"
needed = pytest.mark.skipif(not FOLDER.is_dir(), reason=NONE)

DRAWN = ("color-contrast", "target-size", "link-in-text-block")
"""Rules for which axe analyses the whole page, longer than for all others.

audit.js checks the same in every mode and at every width.
"""

RUN = """options => axe.run(document, {resultTypes: ['violations'], preload: false, ...options})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${rule.help}. ${node.target.join(' ')} ${node.failureSummary}`)))"""


def load(tab: Page) -> None:
    """Load axe into the open page."""
    tab.evaluate((FOLDER / "axe.min.js").read_text(encoding="utf-8"))


def found(tab: Page) -> list[str]:
    """The findings of axe in the page as it is now."""
    return cast("list[str]", tab.evaluate(RUN, {"rules": {rule: {"enabled": False} for rule in DRAWN}}))
