"""How the keys of a YAML file are declared: what each is called and for, and what its value must be like.

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
"""Keys that may be written and go no further: who answers for it inside the office (R5.1)."""


class Required(Struct, frozen=True):
    """Of a key whose field has a default for values that come from elsewhere: the file must have it."""


class OneOf(Struct, frozen=True):
    """Of a text: it must be one of ``choices``."""

    choices: tuple[str, ...]


class Matching(Struct, frozen=True):
    """Of a text: it must match ``pattern``; ``hint`` says in words how to write it."""

    pattern: str
    hint: str


class Positive(Struct, frozen=True):
    """Of a whole number: more than nothing."""


class Yuan(Struct, frozen=True):
    """Of a whole number: an amount of money in 分, written in yuan with two decimals at most; never nothing."""


class OneLine(Struct, frozen=True):
    """Of a text: short and on one line, because it is a name: titles, headers and file names are made of it."""


class AsSpelled(Struct, frozen=True):
    """Of a text: true and false are read as words, so that a rule can say that they are no answer."""


class WebAddress(Struct, frozen=True):
    """Of a text: the address of a website; of a ``folder``, below which pages can lie."""

    folder: bool = False


class Separated(Struct, frozen=True):
    """Of a list of texts: several may stand in one text with 、 between them; each counts once."""


class Ending(Struct, frozen=True):
    """Of a text: an ending that may be written and is left out."""

    ending: str


class Short(Struct, frozen=True):
    """Of a mapping: a plain text is short for ``{key: text}``."""

    key: str


class OrWord(Struct, frozen=True):
    """Of a list: one of ``words`` may stand in its place, for an empty list; ``hint`` says how to write it."""

    words: tuple[str, ...]
    hint: str


class ByName(Struct, frozen=True):
    """Of a list whose elements are made of a name, a text and a place: written as a mapping of names to texts.

    The place is that of the text, or ``at_name`` that of the name.
    """

    at_name: bool = False


class ByMonths(Struct, frozen=True):
    """Of a list whose elements are made of two numbers of months: written as a mapping of the first to the second."""


class ByKind(Struct, frozen=True):
    """Like ``ByName``, for a list of such mappings: the names are ``kinds``, each with one text or several."""

    kinds: tuple[Key, ...]
    hint: str


class OwnKey(Struct, frozen=True):
    """Of a field without a key: it gets the key under which the mapping itself is written."""


class PlaceOf(Struct, frozen=True):
    """Of a field without a key: it gets the place of ``key``, or that of the mapping if the key is not there."""

    key: str


class PlacesUnder(Struct, frozen=True):
    """Of a field without a key: it gets the place of each name in the mappings under these keys, the last one's."""

    keys: tuple[str, ...]


class Clash(Struct, frozen=True):
    """What ``clash()`` of a shape returns where its values do not go together: what is wrong and what to do.

    ``at`` are the keys that lead to the value that is in the way.
    """

    at: tuple[str, ...]
    message: str
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


class DeclaredKey(Struct, frozen=True):
    """A key of a shape: the field's name in Python, and the type of its value with its marks."""

    field: str
    key: Key
    hint: Any
    default: Any
    required: bool
    """Whether it must be there."""

    @property
    def kind(self) -> Any:
        """The type of its value, without its marks and without ``None``."""
        return bare(self.hint)

    def marks(self, kind: type[M]) -> tuple[M, ...]:
        """Its marks of that kind, the inner ones included."""
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
"""The fields of a shape: to work out their types takes longest."""


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
def apart_marks(shape: type[Struct]) -> tuple[tuple[str, OwnKey | PlaceOf | PlacesUnder], ...]:
    """The fields of a shape that have no key, each with the mark that says how they are filled."""
    marked = ((one.name, mark) for one in _fields(shape) for mark in getattr(one.type, "__metadata__", ()))
    return tuple((name, mark) for name, mark in marked if isinstance(mark, OwnKey | PlaceOf | PlacesUnder))


@cache
def keys(shape: type[Struct]) -> tuple[str, ...]:
    """The keys that a mapping of that shape may have, as they are written."""
    return (*(one.key.name for one in declared(shape)), *(key.name for key in internal(shape)))


@cache
def key_names(shape: type[Struct]) -> Mapping[str, str]:
    """Field of a shape → its key as it is written, in the order of the declaration."""
    return {one.field: one.key.name for one in declared(shape)}


def internal(shape: type[Struct]) -> tuple[Key, ...]:
    """The keys that may be written and are not kept."""
    found: tuple[Key, ...] = getattr(shape, "internal", ())
    return found
