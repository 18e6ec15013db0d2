"""The site's stylesheet → the same rules limited to fragments, strong enough to win against the surrounding page.

Every selector begins with the fragment's id three times, which outweighs a content system's rules for its article
(``#zoom p``); a reset before them undoes inherited styles. Sizes do not depend on the page's root element, widths are
those of the fragment, and there is no dark mode on a page that stays white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ID = "gkdir"
PREFIX = f"{ID}-"
"""The prefix of every id inside a fragment."""
MAIN = f"{ID}-main"
"""The class that replaces ``main``, since the surrounding page has its own."""

REM, EM = 18, 16
"""Pixels of one rem in our pages, and of one em in their media queries."""

_ROOT = f"#{ID}" * 3
_RESET = f"#{ID}#{ID}"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WIDTH = re.compile(r"\((min|max)-width: ([\d.]+)em\)")
_SIZE = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")
_NAME = re.compile(r"#([a-z][\w-]*)")
_WHOLE = re.compile(r"^(?::root|html|body)(?![\w-])")
_MAIN = re.compile(r"(?<![\w.#-])main(?![\w-])")
_DROPPED = ("prefers-color-scheme: dark", "@page")
_HEAD = f"""{_ROOT} {{ all: initial; display: block; position: relative; container: {ID} / inline-size; }}
{_ROOT} {{ --rem: {REM}px; }}
{_RESET} *:not(svg *), {_RESET} *::before, {_RESET} *::after {{ all: revert; }}
"""
_FOOT = f"""{_ROOT} {{ --paper: #fff; background: none; font-size: calc(1 * var(--rem)); }}
{_ROOT} .{MAIN} {{ width: auto; padding: 0; margin-top: calc(.75 * var(--rem)); }}
@media print {{ {_ROOT} {{ --rem: 10.5pt; }} }}
"""


def scoped(css: str) -> str:
    """The stylesheet for fragments. ``css`` is ours: rules, and media and container queries around rules."""
    return _HEAD + "".join(_rules(_COMMENT.sub("", css))) + _FOOT


def _rules(css: str) -> Iterator[str]:
    for head, body in _blocks(css):
        if any(word in head for word in _DROPPED):
            continue
        if head.startswith("@"):
            inner = "".join(_rules(body))
            yield f"{_query(head)} {{\n{inner}}}\n" if inner else ""
        else:
            yield f"{', '.join(_selector(each) for each in _split(head))} {{ {_sizes(body)} }}\n"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """The head and the content of each outermost pair of braces."""
    start = depth = opened = 0
    for match in re.finditer("[{}]", css):
        if match[0] == "{":
            opened = match.end() if depth == 0 else opened
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield " ".join(css[start : opened - 1].split()), css[opened : match.start()].strip()
                start = match.end()


def _split(selectors: str) -> Iterator[str]:
    """The selectors of a list; commas inside brackets do not separate."""
    depth = start = 0
    for at, character in enumerate(selectors):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield selectors[start:at].strip()
            start = at + 1
    yield selectors[start:].strip()


def _selector(selector: str) -> str:
    named = _MAIN.sub(f".{MAIN}", _NAME.sub(rf"#{PREFIX}\1", selector))
    whole = _WHOLE.sub(_ROOT, named) if _WHOLE.match(named) else f"{_ROOT} {named}"
    return whole.replace(":root", f"#{ID}")


def _query(head: str) -> str:
    """A media query by window width → a container query by fragment width, in pixels."""
    if head.startswith("@container"):
        return _SIZE.sub(lambda size: f"{float(size[1]) * REM:g}px", head)
    if _WIDTH.search(head) and "print" not in head:
        pixels = _WIDTH.sub(lambda width: f"({width[1]}-width: {float(width[2]) * EM:g}px)", head)
        return pixels.replace("@media", f"@container {ID}")
    return head


def _sizes(body: str) -> str:
    return _SIZE.sub(r"calc(\1 * var(--rem))", " ".join(body.split()))
