"""The stylesheets work in Chromium 78: newer syntax is on its own, after a fallback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdir.publish.render import checkbox_stylesheet, mode_stylesheet
from gkdir.resources import template_folder

SHEETS = tuple(sorted((template_folder() / "_assets").glob("*.css")))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FORBIDDEN = {
    r":is\(|:where\(": "drops the whole rule before Chromium 88",
    r":not\([^()]*,": "drops the whole rule before Chromium 88",
    r"(?<![\w-])(?:padding|margin)-(?:block|inline)\s*:": "is not known before Chromium 87",
    r"(?<![\w-])inset(?:-block|-inline)?\s*:": "is not known before Chromium 87",
    r"(?<![\w-])border-block\s*:": "is not known before Chromium 87",
    r"(?<![\w-])(?:clamp|min|max)\([^;{}]*var\(": "with a variable takes away what stood before it, before Chromium 79",
    r"--[\w-]+:[^;{}]*(?<![\w-])(?:clamp|min|max)\(": "is no value before Chromium 79: set it inside @supports",
}
"""Syntax that the stylesheets must not use, and why."""


def faults(css: str) -> Iterator[str]:
    plain = COMMENT.sub("", css)
    guarded = re.sub(r"@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
    for words, why in FORBIDDEN.items():
        yield from (f"“{found[0]}” {why}" for found in re.finditer(words, guarded))
    for head in re.findall(r"([^{};]+)\{", guarded):
        selectors = re.split(r",(?![^(]*\))", head)
        if len(selectors) > 1 and 0 < sum(":has(" in one for one in selectors) < len(selectors):
            yield f"“{head.strip()[:60]}”: a list with :has in it is dropped whole before Chromium 105"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_stylesheet_says_nothing_that_old_browsers_drop(sheet: Path) -> None:
    assert list(faults(sheet.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "css",
    [
        ":root:is(.a, .b) { color: red; }",
        ".a:not(.b, .c) { color: red; }",
        ".a { padding-inline: 1rem; }",
        ".a { inset: 0; }",
        ".a { min-height: max(3rem, var(--touch)); }",
        ":root { --largest: clamp(1rem, 2vw, 3rem); }",
        ".a, .b:has(i) { color: red; }",
    ],
)
def test_what_they_drop_is_found(css: str) -> None:
    assert list(faults(css))


def test_what_is_guarded_or_alone_is_not() -> None:
    assert not list(faults("@supports (width: min(1px, 1px)) { :root { --u: min(1vw, 2vh); } } .a:has(i) { top: 0; }"))


def test_without_a_script_the_boxes_switch_what_the_attributes_would() -> None:
    css = ':root { x: 1; } :root[data-mode~="elder"] b, i { y: 2; }\n'
    css += '@media print { :root[data-size~="larger"] { z: 3; } }'
    boxes = ":root:has(#mode-elder:checked) b { y: 2; }\n@media print {\n:root:has(#size-larger:checked) { z: 3; }\n}\n"
    assert checkbox_stylesheet(css) == boxes
    assert mode_stylesheet(css, "elder") == ":root:root b, i { y: 2; }\n"
