"""Texts, lists and mappings → YAML as a clerk would write it: short ones in one line, codes in quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from gkdir.export.cells import clean
from gkdir.read.textfile import FORBIDDEN

WIDTH = 100
"""Lists longer than this, in characters, have one element a line."""

_PLAIN = re.compile(r"[\w《“（(〔][^\x00-\x1f,\[\]{}#:?&*!|>'\"%@`\\]*")
_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_HAS_HAN = re.compile(r"[\u3400-\u9fff]")


def writable(text: str) -> str:
    """The text without forbidden characters, with unusual line breaks as plain ones."""
    return FORBIDDEN.sub("", _BREAK.sub("\n", clean(text)))


def scalar(text: str) -> str:
    """The text as one YAML scalar: plain if unambiguous, else in double quotes."""
    text = writable(text)
    plain = _PLAIN.fullmatch(text) and _HAS_HAN.search(text) and text == " ".join(text.split())
    return text if plain else json.dumps(text, ensure_ascii=False)


def comment(text: str, indent: int) -> str:
    """One line of comment; line breaks in the text become spaces."""
    return f"{' ' * indent}# {' '.join(writable(text).split())}"


def entry(key: str, value: str | Sequence[str] | Mapping[str, Sequence[str]], indent: int) -> Iterable[str]:
    """The lines of ``key: value`` at ``indent``: a text, a list, or a mapping of one word to a list."""
    space = " " * indent
    if isinstance(value, str):
        yield f"{space}{key}: {scalar(value)}"
    elif isinstance(value, Mapping):
        short = "{" + ", ".join(f"{word}: {_flow(texts)}" for word, texts in value.items()) + "}"
        if _fits(space, key, short, value.values()):
            yield f"{space}{key}: {short}"
        else:
            yield f"{space}{key}:"
            for word, texts in value.items():
                yield from entry(word, texts, indent + 2)
    elif _fits(space, key, _flow(value), (value,)):
        yield f"{space}{key}: {_flow(value)}"
    else:
        yield f"{space}{key}:"
        yield from (f"{space}  - {scalar(text)}" for text in value)


def _flow(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(scalar, texts))}]"


def _fits(space: str, key: str, text: str, lists: Iterable[Sequence[str]]) -> bool:
    return len(space) + len(key) + len(text) <= WIDTH or all(len(texts) == 1 for texts in lists)
