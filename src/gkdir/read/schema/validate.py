"""A tree of nodes and a shape → the filled shape, and all troubles with their places, in Chinese.

What does not fit becomes a trouble and is left out, so that the rest still counts: a mapping without a key that it must
have is left out itself, and the root gets what stands for such a key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from gkdir.finding import Trouble, TroubleKind
from gkdir.model.declared import Key
from gkdir.read.schema.part import Misfit, Part, Unfit, not_a_mapping
from gkdir.read.schema.unknown import misspelt, unknown_key
from gkdir.read.schema.values import TYPES, Mark, SpelledOut, as_mark, listing, mapping
from gkdir.yaml.lookalike import meant_as_mapping
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

P = TypeVar("P", bound=Part)

Absent = Mapping[str, str | tuple[()]]
"""What stands for keys of the root that must be there and are not: a text, or an empty list."""

Reader = Callable[[Any, "Filling"], Any]


class Filling:
    """What was met on the way: troubles, and for each mapping in which something was left out the rest of it."""

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []
        self.path: list[str | int] = []
        self.kept: dict[int, Branch] = {}

    def child(self, step: str | int, node: Any, read: Reader) -> Any:
        """The value one step below. :raises Unfit: if there is none; a trouble says why."""
        self.path.append(step)
        try:
            return read(node, self)
        except Misfit as error:
            self.misfit(error)
            raise Unfit from None
        finally:
            self.path.pop()

    def misfit(self, error: Misfit) -> None:
        """Keep what is wrong with the value at the present path."""
        where = ".".join(step for step in self.path if isinstance(step, str))
        message = f"{where}：{error.message}" if where else error.message
        self.troubles.append(Trouble(TroubleKind.WRONG_VALUE, error.place, message, error.hint))

    def missing(self, name: str, branch: Branch) -> None:
        """Keep that a key is missing or blank in the mapping at the present path."""
        blank = branch.get(name)
        where = "".join(f"“{step}”里" for step in self.path if isinstance(step, str))
        verb, place = ("没有填写", blank.key) if blank is not None else ("缺少", branch.key)
        self.troubles.append(
            Trouble(TroubleKind.MISSING_KEY, place, f"{where}{verb}“{name}”。", f"请写上“{name}: …”。")
        )

    def without(self, branch: Branch, lost: set[str]) -> Branch:
        """The mapping without the keys in ``lost``, and without what was left out further in."""
        if not lost and not self.kept:
            return branch
        kept = ((key, self.kept.get(id(node), node)) for key, node in branch.entries if key.text not in lost)
        self.kept[id(branch)] = replace(branch, entries=tuple(kept))
        return self.kept[id(branch)]


class DeclaredKey(Struct, frozen=True):
    """A key of a shape: the field's name in Python, and the type of its value with its marks."""

    field: str
    key: Key
    hint: Any
    default: Any

    @property
    def required(self) -> bool:
        """Whether it must be there."""
        return self.default is NODEFAULT


@cache
def declared(shape: type[Struct]) -> tuple[DeclaredKey, ...]:
    """The keys that a mapping of that shape may have."""
    hints = get_type_hints(shape, include_extras=True)
    found = []
    for field in struct_fields(shape):
        hint = hints[field.name]
        marks = getattr(hint, "__metadata__", ())
        key = next((mark for mark in marks if isinstance(mark, Key)), None)
        if key is not None:
            rest = tuple(mark for mark in marks if mark is not key)
            default = field.default if field.default_factory is NODEFAULT else field.default_factory()
            inner = Annotated[(hint.__origin__, *rest)] if rest else hint.__origin__
            found.append(DeclaredKey(field.name, key, inner, default))
    return tuple(found)


@cache
def keys(shape: type[Struct]) -> tuple[str, ...]:
    """The keys that a mapping of that shape may have, as they are written."""
    return tuple(one.key.name for one in declared(shape))


def validate(shape: type[P], root: Node, absent: Absent) -> tuple[P, tuple[Trouble, ...]]:
    """``root`` as ``shape``; ``absent`` has what stands for each key that must be there."""
    met = Filling()
    if not isinstance(root, Branch):
        what = "文件里没有内容。" if root.blank else "这个文件要写成“键: 值”的形式。"
        odd = meant_as_mapping(root.text) if isinstance(root, Scalar) and not root.blank else None
        hint = odd.hint if odd else "请每行写一个“键: 值”，如“名称: 清源县”。"
        met.troubles.append(Trouble(TroubleKind.UNREADABLE, root.place, what + (odd.message if odd else ""), hint))
        root = Branch(tuple(_entry(key, value, root) for key, value in absent.items()), root.place, root.key)
    return _filled(shape, root, met, absent), tuple(met.troubles)


def _filled(shape: type[P], node: Any, met: Filling, absent: Absent | None = None) -> P:
    """The shape of one mapping; ``absent`` is given for that of the whole file."""
    if not isinstance(node, Branch):
        raise not_a_mapping(node)
    known = keys(shape)
    unknown = [key for key, _ in node.entries if key.text not in known]
    values, lost = _values(shape, node, met)
    lacking = [one for one in declared(shape) if one.required and one.field not in values]
    missing = [one.key.name for one in lacking if one.key.name not in lost]
    absorbed = misspelt(unknown, [name for name in missing if node.get(name) is None], absent is not None)
    for name in missing:
        if name not in absorbed:
            met.missing(name, node)
    met.troubles.extend(unknown_key(key, known) for key in unknown)
    if lacking and absent is None:
        raise Unfit
    branch = met.without(node, {*lost, *missing, *(key.text for key in unknown)})
    for one in lacking:
        entry = _entry(one.key.name, (absent or {})[one.key.name], node)
        branch = replace(branch, entries=(*branch.entries, entry))
        values[one.field] = reader(one.hint)(entry[1], met)
    return _verified(shape(branch=branch, **values), bool(unknown), met, absent is not None)


def _values(shape: type[Part], node: Branch, met: Filling) -> tuple[dict[str, Any], set[str]]:
    """The values by field, and the keys whose value could not be read."""
    values: dict[str, Any] = {}
    lost: set[str] = set()
    for one, read in readers_of(shape):
        name = one.key.name
        child = node.get(name)
        if child is None or (child.blank and name not in shape.blanks):
            continue
        if isinstance(node, SpelledOut):  # what is wrong with the text is wrong with the mapping
            values[one.field] = read(child, met)
            continue
        try:
            values[one.field] = met.child(name, child, read)
        except Unfit:
            lost.add(name)
    return values, lost


def _entry(key: str, value: str | tuple[()], root: Node) -> tuple[Scalar, Node]:
    place = root.place
    node = Scalar(value, value, place, place) if isinstance(value, str) else Listing(value, place, place)
    return Scalar(key, key, place, place), node


def _verified(part: P, muddled: bool, met: Filling, whole: bool) -> P:
    """The part, if its keys go together; one that had an unknown key may only lack what was meant by it."""
    try:
        part.verify()
    except Misfit as error:
        if whole:
            met.misfit(error)
        elif muddled:
            raise Unfit from None
        else:
            raise
    return part


@cache
def readers_of(shape: type[Struct]) -> tuple[tuple[DeclaredKey, Reader], ...]:
    """The keys of a shape, each with what reads its value; worked out when the first file of its kind is read."""
    return tuple((one, reader(one.hint)) for one in declared(shape))


@cache
def reader(hint: Any) -> Reader:
    """What reads a value of that type."""
    if hint in TYPES:
        return _alone(TYPES[hint].read)
    if get_origin(hint) is Annotated:
        return _marked(hint.__origin__, [as_mark(mark) for mark in hint.__metadata__])
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return _chosen([one for one in inner if one is not NoneType])
    if get_origin(hint) is tuple:
        return _listed(reader(inner[0]))
    if get_origin(hint) is Mapping:
        return _named(reader(inner[1]))
    return lambda node, met: _filled(hint, node, met)


def _chosen(hints: list[Any]) -> Reader:
    """Of two types the first is a mapping's, the second that of anything else."""
    first, other = reader(hints[0]), reader(hints[-1])
    return lambda node, met: (first if isinstance(node, Branch) else other)(node, met)


def _alone(read: Callable[[Node], Any]) -> Reader:
    return lambda node, _: read(node)


def _marked(hint: Any, meanings: list[Mark]) -> Reader:
    """Each mark works on what those before it make of the value."""
    whole = next((one.read for one in meanings if one.read), None)
    read = _alone(whole) if whole else reader(hint)
    for one in meanings:
        read = _around(read, one)
    return read


def _around(read: Reader, one: Mark) -> Reader:
    before, after = one.before, one.after
    if before is not None:
        return lambda node, met: read(before(node), met)
    if after is not None:
        return lambda node, met: after(read(node, met))
    return read


def _listed(read: Reader) -> Reader:
    def several(node: Any, met: Filling) -> tuple[Any, ...]:
        items = node if isinstance(node, tuple) else listing(node)
        found = []
        for index, item in enumerate(items):
            with suppress(Unfit):
                found.append(met.child(index, item, read))
        if items and not found:  # an empty list would say that there is nothing
            raise Unfit
        return tuple(found)

    return several


def _named(read: Reader) -> Reader:
    def several(node: Any, met: Filling) -> dict[str, Any]:
        found = {}
        lost = set()
        for name, item in mapping(node).items():
            try:
                found[name] = met.child(name, item, read)
            except Unfit:
                lost.add(name)
        met.without(node, lost)
        return found

    return several
