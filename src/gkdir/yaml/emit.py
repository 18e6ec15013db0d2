"""Texts, lists and mappings → YAML, as one line or as a block."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from gkdir.yaml.textfile import FORBIDDEN

Value = str | Sequence["Value"] | Mapping[str, "Value"]

WIDTH = 100
"""Lists longer than this, in characters, have one element a line."""

_PLAIN = re.compile(r"[\w《“（(〔][^\x00-\x1f,\[\]{}#:?&*!|>'\"%@`\\]*")
_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_HAS_HAN = re.compile(r"[\u3400-\u9fff]")
_BARE = re.compile(r"\d{4}-\d\d-\d\d|[1-9]\d?|[a-z][a-z_]*/\d+(\.\d+)*")
"""Dates, counts and item ids, which are unambiguous without quotes."""
_WITH_COLON = re.compile(r"[\w《“（(〔](?:[^\x00-\x1f,\[\]{}#:?&*!|>'\"%@`\\]|:(?=\w))*")
"""Texts that may have a colon inside, such as 周一9:00; unambiguous without quotes if one character is Chinese."""
_CODE = re.compile(r"[1-9]\d{0,14}")


def writable(text: str) -> str:
    """The text without forbidden characters; unusual line breaks become ``\\n``."""
    return FORBIDDEN.sub("", _BREAK.sub("\n", text))


def scalar(text: str) -> str:
    """The text as one YAML scalar: plain if unambiguous, else in double quotes."""
    text = writable(text)
    plain = _PLAIN.fullmatch(text) and _HAS_HAN.search(text) and text == " ".join(text.split())
    return text if plain else json.dumps(text, ensure_ascii=False)


def comment(text: str, indent: int) -> str:
    """One line of comment; line breaks in the text become spaces."""
    return f"{' ' * indent}# {' '.join(writable(text).split())}"


def word(text: str, plain: bool = False) -> str:
    """The text as one scalar; ``plain``: the value before was unquoted, so digits may be too."""
    text = writable(text)
    bare = _BARE.fullmatch(text) or (plain and _CODE.fullmatch(text)) or _is_prose(text)
    return text if bare else scalar(text)


def _is_prose(text: str) -> bool:
    flat = text == " ".join(text.split())
    return bool(flat and _WITH_COLON.fullmatch(text) and re.search(r"[\u3400-\u9fff]", text))


def flow(value: Value) -> str:
    """The value in one line."""
    if isinstance(value, str):
        return word(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_word(key)}: {flow(each)}" for key, each in value.items()) + "}"
    return f"[{', '.join(map(flow, value))}]"


def key_word(key: str) -> str:
    """The key as one scalar, in quotes unless it is plainly a text."""
    return scalar(key) if not re.fullmatch(r"[a-z_][a-z0-9_-]*", key) else key


def entry(key: str, value: Value, indent: int) -> list[str]:
    """The lines of ``key: value`` at ``indent``."""
    space = " " * indent
    short = f"{space}{key_word(key)}: {flow(value)}"
    if isinstance(value, str) or not value or fits(value, short):
        return [short]
    return [f"{space}{key_word(key)}:", *below(value, indent + 2)]


def fits(value: Value, line: str) -> bool:
    """Whether the value is short enough for one line."""
    if isinstance(value, Mapping):
        return len(line) <= WIDTH and all(_flat(each) for each in value.values())
    if any(isinstance(each, Mapping) for each in value):
        return False
    return len(line) <= WIDTH or len(value) == 1


def _flat(value: Value) -> bool:
    return isinstance(value, str) or (not isinstance(value, Mapping) and all(isinstance(each, str) for each in value))


def below(value: Value, indent: int) -> list[str]:
    """The lines of a mapping or list below its key."""
    if isinstance(value, str):
        return [" " * indent + word(value)]
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in entry(key, each, indent)]
    return [line for each in value for line in item(each, indent)]


def item(value: Value, indent: int) -> list[str]:
    """The lines of one element of a list, with its dash at ``indent``."""
    short = f"{' ' * indent}- {flow(value)}"
    if isinstance(value, str) or not value or not isinstance(value, Mapping) or fits(value, short):
        return [short]
    first, *more = below(value, indent + 2)
    return [f"{' ' * indent}- {first.lstrip()}", *more]
