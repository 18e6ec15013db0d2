"""The site's stylesheet → its rules of the reading modes, for browsers that run no script: by box and by style menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MODES = ("elder", "contrast")
_BRACE = re.compile(r"/\*.*?\*/|[{}]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CHOSEN = re.compile(r':root\[data-(mode|size)~="(\w+)"\]')


def alternate(css: str, mode: str) -> str:
    """The rules of ``mode``, in order and inside their ``@media``, without the selector that switches the mode on."""
    waits = f':root[data-mode~="{mode}"]'
    return "".join(f"{rule}\n" for rule in _of(css, lambda head: _freed(head, waits)))


def ticked(css: str) -> str:
    """The rules of all modes and sizes, switched on by their boxes instead of the attributes that a script sets."""
    return "".join(f"{rule}\n" for rule in _of(css, _by_box))


def _freed(head: str, waits: str) -> str:
    return head.replace(waits, ":root:root") if waits in head else ""


def _by_box(head: str) -> str:
    chosen = (one.strip() for one in head.split(",") if _CHOSEN.search(one))
    return ", ".join(_CHOSEN.sub(r":root:has(#\1-\2:checked)", one) for one in chosen)


def _of(css: str, made: Callable[[str], str]) -> Iterator[str]:
    """The rules with the heads made of theirs; without those of which nothing is made."""
    for head, body in _rules(css):
        if head.startswith("@"):
            if inner := "\n".join(_of(body, made)):
                yield f"{head} {{\n{inner}\n}}"
        elif new := made(head):
            yield f"{new} {{{body}}}"


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
