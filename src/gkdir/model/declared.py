"""How the keys of a YAML file are declared: name and purpose of each, and constraints on its value.

A shape is a ``Struct`` whose fields are ``Annotated[TYPE, Key(…), …]``; ``read/schema/validate.py`` fills it from a
file, and ``read/schema/document.py`` makes its JSON Schema. The column of the Excel form, a
difference and a part of the page are derived from the same declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

M = TypeVar("M")


class Key(Struct, frozen=True):
    """One key: how it is written, what it is for (in Chinese, for editors), and an example."""

    name: str
    about: str
    example: object = None


INTERNAL = (Key("责任人", "内部使用，不公开。"), Key("审核人", "内部使用，不公开。"))
"""Keys that are allowed but not published: who is responsible inside the office (R5.1)."""


class Required(Struct, frozen=True):
    """On a field with a default: the file must have the key all the same."""


class OneOf(Struct, frozen=True):
    """On a text: it must be one of ``choices``."""

    choices: tuple[str, ...]


class Matching(Struct, frozen=True):
    """On a text: it must match ``pattern``; ``hint``: how to write it, in words."""

    pattern: str
    hint: str


class Positive(Struct, frozen=True):
    """On an integer: greater than 0."""


class Yuan(Struct, frozen=True):
    """On an integer: money in 分, written in yuan with at most two decimals; greater than 0."""


class OneLine(Struct, frozen=True):
    """On a text: short and on one line, because titles, headers and file names are made of it."""


class AsSpelled(Struct, frozen=True):
    """On a text: true and false are read as texts, so that a rule can report them."""


class WebAddress(Struct, frozen=True):
    """On a text: the address of a website; ``folder``: that of a folder for pages."""

    folder: bool = False


class Separated(Struct, frozen=True):
    """On a list of texts: it may be written as one text, separated by 、; repeated texts count once."""


class Ending(Struct, frozen=True):
    """On a text: an ending that is removed if it was written."""

    ending: str


class Short(Struct, frozen=True):
    """On a mapping: a plain text is short for ``{key: text}``."""

    key: str


class OrWord(Struct, frozen=True):
    """On a list: one of ``words`` means an empty list; ``hint``: how to write it."""

    words: tuple[str, ...]
    hint: str


class ByName(Struct, frozen=True):
    """On a list of structs of name, text and place: written as a mapping of names to texts.

    The place is that of the text, with ``at_name`` that of the name.
    """

    at_name: bool = False


class ByMonths(Struct, frozen=True):
    """On a list of pairs of months: written as a mapping of the first to the second."""


class ByKind(Struct, frozen=True):
    """Like ``ByName``, written as a list of mappings: the names are ``kinds``, each with one or several texts."""

    kinds: tuple[Key, ...]
    hint: str


class OwnKey(Struct, frozen=True):
    """On a field without a key: it gets the key under which the mapping itself was written."""


class PlaceOf(Struct, frozen=True):
    """On a field without a key: it gets the place of ``key``, or of the mapping if the key is missing."""

    key: str


class PlacesUnder(Struct, frozen=True):
    """On a field without a key: it gets name → place for the mappings under ``keys``; later ones take precedence."""

    keys: tuple[str, ...]


class Clash(Struct, frozen=True):
    """Values that contradict each other, returned by ``clash()`` of a shape: message and remedy.

    ``at``: the path of keys to the value to report.
    """

    at: tuple[str, ...]
    message: str
    hint: str


class Asked(Struct, frozen=True):
    """On an element of a guide: its names in 公开内容, ours first; ``expected``: every guide needs it."""

    names: tuple[str, ...]
    expected: bool = False


class InForm(Struct, frozen=True):
    """On a value that is a column of the Excel form: its width, and what differs from its ``Key``.

    ``takes``: the type of column, if the type of the value does not imply it. ``of``: the source of its choices, the
    county's ``offices`` or ``forms``.
    """

    width: int
    prompt: str = ""
    label: str = ""
    group: str = ""
    takes: str = ""
    key: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""


class DeclaredKey(Struct, frozen=True):
    """A key of a shape: its field, and the type of its value with marks (``hint``)."""

    field: str
    key: Key
    hint: Any
    default: Any
    required: bool
    """Whether the file must have it."""

    @property
    def kind(self) -> Any:
        """The type of its value, without its marks and without ``None``."""
        return bare(self.hint)

    def marks(self, kind: type[M]) -> tuple[M, ...]:
        """Its marks of that kind, including those of inner types."""
        return tuple(mark for mark in marks_of(self.hint) if isinstance(mark, kind))


def bare(hint: Any) -> Any:
    """A type without its marks and without ``None``."""
    if get_origin(hint) is Annotated:
        return bare(hint.__origin__)
    inner = [one for one in get_args(hint) if one is not NoneType]
    return bare(inner[0]) if get_origin(hint) in (Union, UnionType) else hint


def marks_of(hint: Any) -> Iterator[Any]:
    """The marks of a type, the outer ones first."""
    if get_origin(hint) is Annotated:
        yield from hint.__metadata__
        yield from marks_of(hint.__origin__)
    elif get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from marks_of(one)


_fields = cache(struct_fields)
"""The fields of a shape, cached because resolving their types is slow."""


@cache
def declared(shape: type[Struct]) -> tuple[DeclaredKey, ...]:
    """The keys that a mapping of that shape may have."""
    found = []
    for field in _fields(shape):
        hint = field.type
        marks = getattr(hint, "__metadata__", ())
        key = next((mark for mark in marks if isinstance(mark, Key)), None)
        if key is not None:
            rest = tuple(mark for mark in marks if mark is not key)
            default = field.default if field.default_factory is NODEFAULT else field.default_factory()
            inner = Annotated[(hint.__origin__, *rest)] if rest else hint.__origin__
            required = default is NODEFAULT or any(isinstance(mark, Required) for mark in marks_of(inner))
            found.append(DeclaredKey(field.name, key, inner, default, required))
    return tuple(found)


@cache
def keyless_marks(shape: type[Struct]) -> tuple[tuple[str, OwnKey | PlaceOf | PlacesUnder], ...]:
    """The fields of a shape without a key, each with the mark that fills it."""
    marked = ((one.name, mark) for one in _fields(shape) for mark in getattr(one.type, "__metadata__", ()))
    return tuple((name, mark) for name, mark in marked if isinstance(mark, OwnKey | PlaceOf | PlacesUnder))


@cache
def keys(shape: type[Struct]) -> tuple[str, ...]:
    """The names of the keys that a mapping of that shape may have."""
    return (*(one.key.name for one in declared(shape)), *(key.name for key in internal(shape)))


@cache
def key_names(shape: type[Struct]) -> Mapping[str, str]:
    """Field of a shape → name of its key, in the order of the declaration."""
    return {one.field: one.key.name for one in declared(shape)}


def internal(shape: type[Struct]) -> tuple[Key, ...]:
    """The keys that are allowed but not read."""
    found: tuple[Key, ...] = getattr(shape, "internal", ())
    return found
