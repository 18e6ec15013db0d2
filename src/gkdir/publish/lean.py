"""Our own scripts and stylesheets → the same without comments and needless blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

ENGINE = "assets/search-engine.js"
"""The search engine as it is published: its parts in one file, smaller than apart and loaded at once."""
_PARTS = tuple(f"assets/search-{part}.js" for part in ("text", "sounds", "repair", "asked"))
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT = re.compile(CSS_COMMENT.pattern.encode(), re.DOTALL)
_STYLE = re.compile(rb"""("[^"]*"|'[^']*')| ?;? ?(\}) ?| ?([{;,>]) ?|(?<=:) """)
"""What is quoted, the last semicolon of a rule, and the blanks beside signs; before a colon a blank has a meaning."""
_SCRIPT = re.compile(
    rb"""
    (?P<kept> '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*" | `[^`]*`
        | (?: (?<=[(,=:\[!&|?]) | (?<=[(,=:\[!&|?][ ]) | (?<=return[ ]) )  # else it divides
          /(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/ )
    | (?P<lines> (?:[ \t]*(?://[^\n]*)?\n[ \t]*)+ )
    | [ ]+(?=[-=+*/<>&|?:,;(){}\[\]!%]) | (?<=[-=+*/<>&|?:,;(){}\[\]!%])[ ]+
    """,
    re.VERBOSE,
)


def lean(file: Path) -> bytes:
    """The bytes of one of our assets; of scripts and stylesheets, without remarks, indentation and needless blanks."""
    content = file.read_bytes()
    if file.suffix == ".css":
        rules = b" ".join(_COMMENT.sub(b"", content).split())
        return _STYLE.sub(lambda found: found[1] or found[2] or found[3] or b"", rules)
    if file.suffix == ".js":
        return _SCRIPT.sub(lambda found: found["kept"] or (b"\n" if found["lines"] else b""), content).lstrip()
    return content


def joined(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The assets with the parts of the search engine in its one file, in the order they build on one another."""
    parts = b"".join(assets[part] for part in (*_PARTS, ENGINE))
    return {path: content for path, content in assets.items() if path not in _PARTS} | {ENGINE: parts}
