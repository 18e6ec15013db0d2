"""How the keys of a YAML file are declared: what each is called and for, and what its value must be like.

A shape is a ``Struct`` whose fields are ``Annotated[TYPE, Key(…), …]``; ``read/schema/validate.py`` fills it from a
file, and ``read/schema/document.py`` makes its JSON Schema. What else is told of a value by its key (the column of the
Excel form, a difference, a part of the page) is derived from the same declaration.
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


class Positive(Struct, frozen=True):
    """Of a whole number: more than nothing."""


class Short(Struct, frozen=True):
    """Of a mapping: a plain text is short for ``{key: text}``."""

    key: str


class OrWord(Struct, frozen=True):
    """Of a list: one of ``words`` may stand in its place, for an empty list; ``hint`` says how to write it."""

    words: tuple[str, ...]
    hint: str


class ByName(Struct, frozen=True):
    """Of a list whose elements are made of a name, a text and a place: written as a mapping of names to texts."""


class ByKind(Struct, frozen=True):
    """Like ``ByName``, for a list of such mappings: the names are ``kinds``, each with one text or several."""

    kinds: tuple[Key, ...]
    hint: str


class Asked(Struct, frozen=True):
    """Of an element of a guide: its names in 公开内容, ours first, and whether no guide is complete without it."""

    names: tuple[str, ...]
    expected: bool = False


class InForm(Struct, frozen=True):
    """Of a value that is a column of the Excel form: how wide it is, and what differs from what the key says.

    ``takes`` is the name of a type of column where the value's own type does not tell it; ``of`` says where its choices
    come from: the county's ``offices`` or ``forms``.
    """

    width: int
    prompt: str = ""
    label: str = ""
    group: str = ""
    takes: str = ""
    key: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""
