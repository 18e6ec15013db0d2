"""How the keys of a YAML file are declared: what each is called and for, and what its value must be like.

A shape is a ``Struct`` whose fields are ``Annotated[TYPE, Key(…), …]``; ``read/schema/validate.py`` fills it from a
file, and ``read/schema/document.py`` makes its JSON Schema.
"""

from __future__ import annotations

from msgspec import Struct


class Key(Struct, frozen=True):
    """One key: how it is written, what it is for (in Chinese, for editors), and an example."""

    name: str
    about: str
    example: object = None


class OneOf(Struct, frozen=True):
    """Of a text: it must be one of ``choices``."""

    choices: tuple[str, ...]


class Matching(Struct, frozen=True):
    """Of a text: it must match ``pattern``; ``hint`` says in words how to write it."""

    pattern: str
    hint: str


class Short(Struct, frozen=True):
    """Of a mapping: a plain text is short for ``{key: text}``."""

    key: str


class OrWord(Struct, frozen=True):
    """Of a list: one of ``words`` may stand in its place, for an empty list; ``hint`` says how to write it."""

    words: tuple[str, ...]
    hint: str
