"""Our own scripts and stylesheets → the same without comments and superfluous white space."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

ENGINE = "assets/search-engine.js"
"""The search engine as published: all its parts in one file, which is smaller and loads at once."""
_PARTS = tuple(f"assets/search-{part}.js" for part in ("text", "sounds", "repair", "asked"))
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT = re.compile(CSS_COMMENT.pattern.encode(), re.DOTALL)
_STYLE = re.compile(rb"""("[^"]*"|'[^']*')| ?;? ?(\}) ?| ?([{;,>]) ?|(?<=:) """)
"""Quoted texts, the last semicolon of a rule, and blanks beside signs. A blank before a colon has a meaning."""
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


def minified(file: Path) -> bytes:
    """The bytes of one of our assets; scripts and stylesheets without comments, indentation and superfluous blanks."""
    content = file.read_bytes()
    if file.suffix == ".css":
        rules = b" ".join(_COMMENT.sub(b"", content).split())
        return _STYLE.sub(lambda found: found[1] or found[2] or found[3] or b"", rules)
    if file.suffix == ".js":
        return _SCRIPT.sub(lambda found: found["kept"] or (b"\n" if found["lines"] else b""), content).lstrip()
    return content


def joined(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The assets with the parts of the search engine joined into one file, each after those that it needs."""
    parts = b"".join(assets[part] for part in (*_PARTS, ENGINE))
    return {path: content for path, content in assets.items() if path not in _PARTS} | {ENGINE: parts}
