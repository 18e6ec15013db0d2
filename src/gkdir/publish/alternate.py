"""The site's stylesheet → the rules of one reading mode, as an alternate stylesheet for browsers with a style menu."""

from __future__ import annotations

import re
from collections.abc import Iterator

MODES = ("elder", "contrast")
_BRACE = re.compile(r"/\*.*?\*/|[{}]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def alternate(css: str, mode: str) -> str:
    """The rules of ``mode``, in order and inside their ``@media``, without the selector that switches the mode on."""
    waits = f':root:is([data-mode~="{mode}"], :has(#mode-{mode}:checked))'
    return "".join(f"{rule}\n" for rule in _of(css, waits))


def _of(css: str, waits: str) -> Iterator[str]:
    for head, body in _rules(css):
        if waits in head:
            yield f"{head.replace(waits, ':root:root')} {{{body}}}"
        elif head.startswith("@") and (inner := "\n".join(_of(body, waits))):
            yield f"{head} {{\n{inner}\n}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule's head and what its braces hold."""
    depth = start = opened = 0
    for match in _BRACE.finditer(css):
        if match[0] == "{":
            depth += 1
            opened = match.start() if depth == 1 else opened
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                yield _COMMENT.sub("", css[start:opened]).strip(), css[opened + 1 : match.start()]
                start = match.end()
