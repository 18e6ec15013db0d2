"""A tree of nodes and a shape → a value of the shape, and all troubles with their places, in Chinese.

A wrong value becomes a trouble and is left out, so that the rest is still used. A mapping without a required key is
left out too; the root gets a substitute for such a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Struct, defstruct
from msgspec.structs import replace

from gkdir.finding import Trouble, TroubleKind, wrong_value
from gkdir.model.declared import (
    ByKind,
    ByMonths,
    ByName,
    Clash,
    DeclaredKey,
    OneOf,
    OwnKey,
    PlaceOf,
    PlacesUnder,
    Separated,
    Short,
    bare,
    declared,
    internal,
    keyless_marks,
    keys,
    marks_of,
)
from gkdir.model.item import Written
from gkdir.read.schema.part import Misfit, Unfit, not_a_mapping, wrong
from gkdir.read.schema.unknown import misspelt, unknown_keys
from gkdir.read.schema.values import TYPES, Mark, SpelledOut, as_mark, listing, mapping, text, texts
from gkdir.yaml.lookalike import meant_as_mapping
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

P = TypeVar("P", bound=Struct)

Absent = Mapping[str, str | tuple[()]]
"""Substitutes for required keys that the root lacks: a text, or an empty list."""

Reader = Callable[[Any, "Filling"], Any]

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Filling:
    """The state of filling a shape: troubles, and for each mapping in which something was left out the rest of it.

    ``written`` has every value by its path of keys, such as ``办理时限.承诺``, if the shape needs them (``asking``).
    """

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []
        self.path: list[str | int] = []
        self.kept: dict[int, Branch] = {}
        self.written: dict[str, Written] = {}
        self.asking = False

    def child(self, step: str | int, node: Any, read: Reader) -> Any:
        """The value under the key or index ``step``. :raises Unfit: it is wrong, which was added to the troubles"""
        self.path.append(step)
        try:
            return read(node, self)
        except Misfit as error:
            self.misfit(error)
            raise Unfit from None
        finally:
            self.path.pop()

    def note(self, step: str | int, node: Node) -> None:
        """Keep what was written under ``step``: a text with its place, others and blanks with the place of the key."""
        if self.asking:
            written = Written("", node.key)
            if isinstance(node, Scalar) and not node.blank:
                written = Written(node.text.strip(), node.place)
            self.written[".".join(map(str, (*self.path, step)))] = written

    def misfit(self, error: Misfit) -> None:
        """Add the error as a trouble at the current path."""
        where = ".".join(step for step in self.path if isinstance(step, str))
        message = f"{where}：{error.message}" if where else error.message
        self.troubles.append(wrong_value(error.place, message, error.hint))

    def missing(self, name: str, branch: Branch) -> None:
        """Add the trouble of a key that is missing or blank in the mapping at the current path."""
        blank = branch.get(name)
        where = "".join(f"“{step}”里" for step in self.path if isinstance(step, str))
        verb, place = ("没有填写", blank.key) if blank is not None else ("缺少", branch.key)
        self.troubles.append(
            Trouble(TroubleKind.MISSING_KEY, place, f"{where}{verb}“{name}”。", f"请写上“{name}: …”。")
        )

    def without(self, branch: Branch, lost: set[str]) -> Branch:
        """The mapping without the keys in ``lost``, and without what was left out in nested mappings."""
        if not lost and not self.kept:
            return branch
        kept = ((key, self.kept.get(id(node), node)) for key, node in branch.entries if key.text not in lost)
        self.kept[id(branch)] = replace(branch, entries=tuple(kept))
        return self.kept[id(branch)]


def validate(
    shape: type[P], root: Node, absent: Absent, given: Mapping[str, Any] = NOTHING
) -> tuple[P, tuple[Trouble, ...]]:
    """``root`` as ``shape``, and troubles; ``absent`` has a substitute for each required key.

    ``given`` has the values of fields that are not in the file.
    """
    filling = Filling()
    if not isinstance(root, Branch):
        what = "文件里没有内容。" if root.blank else "这个文件要写成“键: 值”的形式。"
        odd = meant_as_mapping(root.text) if isinstance(root, Scalar) and not root.blank else None
        hint = odd.hint if odd else "请每行写一个“键: 值”，如“名称: 清源县”。"
        filling.troubles.append(Trouble(TroubleKind.UNREADABLE, root.place, what + (odd.message if odd else ""), hint))
        root = Branch(tuple(_entry(key, value, root) for key, value in absent.items()), root.place, root.key)
    filling.asking = "written" in shape.__struct_fields__
    values, branch = _filled(shape, root, filling, absent)
    made = shape(**{**_extra_fields(shape, branch, filling, given), **values, **given})
    clash = _contradiction(made, branch)
    if clash is not None:
        filling.misfit(clash)
    return made, tuple(filling.troubles)


def filled(hint: Any, root: Node) -> tuple[Any, tuple[Trouble, ...]]:
    """``root`` as a value of the type ``hint``, ``None`` if wrong, and troubles; for files that are not layered."""
    filling = Filling()
    value = None
    try:
        value = reader(hint)(root, filling)
    except Misfit as error:
        filling.misfit(error)
    except Unfit:
        pass
    return value, tuple(filling.troubles)


def _extra_fields(shape: type[Struct], branch: Branch, filling: Filling, given: Container[str] = ()) -> dict[str, Any]:
    """The fields for the place of the mapping and for what was written in it, unless they are ``given``."""
    fields: dict[str, Any] = {"branch": branch, "place": branch.key}
    if "written" in shape.__struct_fields__:
        before = "".join(f"{step}." for step in filling.path)
        inner = {key: written for key, written in filling.written.items() if key.startswith(before)}
        fields["written"] = {key.removeprefix(before): written for key, written in inner.items()}
    fields = {name: value for name, value in fields.items() if name in shape.__struct_fields__}
    for name, mark in keyless_marks(shape):
        if isinstance(mark, OwnKey) and name not in given:
            fields[name] = filling.path[-1]
        elif isinstance(mark, PlaceOf):
            fields[name] = (branch.get(mark.key) or branch).key
        elif isinstance(mark, PlacesUnder):
            nodes = [branch.get(key) for key in mark.keys]
            entries = [entry for node in nodes if isinstance(node, Branch) for entry in node.entries]
            fields[name] = {key.text: key.place for key, _ in entries}
    return fields


def _inner(shape: type[P], node: Any, filling: Filling) -> P:
    """A nested mapping as ``shape``. :raises Unfit: not a mapping, a key is missing, or values contradict"""
    asked, filling.asking = filling.asking, filling.asking or "written" in shape.__struct_fields__
    try:
        values, branch = _filled(shape, node, filling, None)
    finally:
        filling.asking = asked
    made = shape(**_extra_fields(shape, branch, filling), **values)
    clash = _contradiction(made, branch)
    if clash is not None:
        if all(key.text in keys(shape) for key, _ in node.entries):
            raise clash
        raise Unfit  # probably because of an unknown key, which is reported
    return made


def _contradiction(made: Struct, branch: Branch) -> Misfit | None:
    """The error of a mapping whose values contradict each other; ``None`` if they do not."""
    find: Callable[[], Clash | None] | None = getattr(made, "clash", None)
    clash = find() if find is not None else None
    if clash is None:
        return None
    node: Node = branch
    for key in clash.at:
        node = (node.get(key) if isinstance(node, Branch) else None) or node
    return wrong(node, clash.message, clash.hint)


def _filled(shape: type[Struct], node: Any, filling: Filling, absent: Absent | None) -> tuple[dict[str, Any], Branch]:
    """The values of one mapping by field, and the mapping without what was left out; ``absent`` only for the root."""
    if not isinstance(node, Branch):
        raise not_a_mapping(node)
    known = keys(shape)
    unknown = [key for key, _ in node.entries if key.text not in known]
    values, lost = _values(shape, node, filling)
    lacking = [one for one in declared(shape) if one.required and one.field not in values]
    missing = [one.key.name for one in lacking if one.key.name not in lost]
    absorbed = misspelt(unknown, [name for name in missing if node.get(name) is None], absent is not None)
    for name in missing:
        if name not in absorbed:
            filling.missing(name, node)
    filling.troubles.extend(unknown_keys(unknown, known))
    if lacking and absent is None:
        raise Unfit
    branch = filling.without(node, {*lost, *missing, *(key.text for key in unknown)})
    for one in lacking:
        entry = _entry(one.key.name, (absent or {})[one.key.name], node)
        branch = replace(branch, entries=(*branch.entries, entry))
        values[one.field] = reader(one.hint)(entry[1], filling)
    return values, branch


def _values(shape: type[Struct], node: Branch, filling: Filling) -> tuple[dict[str, Any], set[str]]:
    """The values by field, and the keys whose value could not be read."""
    values: dict[str, Any] = {}
    lost: set[str] = set()
    blanks: frozenset[str] = getattr(shape, "blanks", frozenset())
    for one, read in readers_of(shape):
        name = one.key.name
        child = node.get(name)
        if child is None:
            continue
        if child.blank and name not in blanks:
            filling.note(name, child)
            continue
        if isinstance(node, SpelledOut):  # an error in the text is an error of the mapping
            values[one.field] = read(child, filling)
            filling.note(name, child)
            continue
        try:
            values[one.field] = filling.child(name, child, read)
            filling.note(name, child)
        except Unfit:
            lost.add(name)
    for key in internal(shape):  # internal: allowed, but not used
        child = node.get(key.name)
        if child is not None and not child.blank:
            with suppress(Unfit):
                filling.child(key.name, child, reader(str))
    return values, lost


def _entry(key: str, value: str | tuple[()], root: Node) -> tuple[Scalar, Node]:
    place = root.place
    node = Scalar(value, value, place, place) if isinstance(value, str) else Listing(value, place, place)
    return Scalar(key, key, place, place), node


@cache
def readers_of(shape: type[Struct]) -> tuple[tuple[DeclaredKey, Reader], ...]:
    """The keys of a shape, each with the reader of its value; cached on first use."""
    return tuple((one, reader(one.hint)) for one in declared(shape))


@cache
def reader(hint: Any) -> Reader:
    """The reader of values of that type."""
    if hint in TYPES:
        return _alone(TYPES[hint].read)
    if get_origin(hint) is Annotated:
        by = next((mark for mark in hint.__metadata__ if isinstance(mark, ByName | ByKind | ByMonths)), None)
        if by is not None:
            return _pairs(get_args(hint.__origin__)[0], by)
        return _marked(hint.__origin__, [as_mark(each) for each in hint.__metadata__])
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return _chosen([one for one in inner if one is not NoneType])
    if get_origin(hint) is tuple:
        return _listed(reader(inner[0]), texts if _may_be_text(inner[0]) else listing)
    if get_origin(hint) is Literal:
        return _marked(str, [as_mark(OneOf(inner))])
    if get_origin(hint) is Mapping:
        return _named(reader(inner[1]))
    return lambda node, filling: _inner(hint, node, filling)


def _chosen(hints: list[Any]) -> Reader:
    """The reader of a union: the first type for mappings, the second for anything else."""
    first, other = reader(hints[0]), reader(hints[-1])
    return lambda node, filling: (first if isinstance(node, Branch) else other)(node, filling)


def _alone(read: Callable[[Node], Any]) -> Reader:
    return lambda node, _: read(node)


def _marked(hint: Any, marks: list[Mark]) -> Reader:
    """The reader of an annotated type, with the steps of each mark around those of the marks before it."""
    whole = next((one.read for one in marks if one.read), None)
    read = _alone(whole) if whole else reader(hint)
    for one in marks:
        read = _around(read, one)
    return read


def _around(read: Reader, one: Mark) -> Reader:
    before, after = one.before, one.after
    if before is not None:
        return lambda node, filling: read(before(node), filling)
    if after is not None:
        return lambda node, filling: after(read(node, filling))
    return read


def _may_be_text(hint: Any) -> bool:
    """Whether a value of that type may be written as a plain text."""
    return bare(hint) in TYPES or any(isinstance(mark, Short | Separated) for mark in marks_of(hint))


def _pairs(made: type[Struct], by: ByName | ByKind | ByMonths) -> Reader:
    """The reader of a list of ``made`` that is written as a mapping of names, kinds or months to texts."""
    if isinstance(by, ByName):
        return _by_name(made, by)
    if isinstance(by, ByMonths):
        return _by_months(made)
    inner = _listed(reader(by_kind(made, by)), listing)

    def several(node: Any, filling: Filling) -> tuple[Any, ...]:
        if isinstance(node, Scalar):
            kinds = "、".join(kind.name for kind in by.kinds)
            raise wrong(node, "这里要写一个列表。", f"{by.hint}；可以写：{kinds}。")
        parts = inner(node.items if isinstance(node, Listing) else (node,), filling)
        named = [(kind.name, getattr(part, f"kind{index}")) for part in parts for index, kind in enumerate(by.kinds)]
        return tuple(made(kind, one.text, one.place) for kind, texts in named for one in texts)

    return several


def _by_name(made: type[Struct], by: ByName) -> Reader:
    read = _named(reader(Written))

    def several(node: Any, filling: Filling) -> tuple[Any, ...]:
        found: Mapping[str, Written] = read(node, filling)
        places = {key.text: key.place for key, _ in node.entries} if by.at_name else {}
        return tuple(made(name, one.text, places.get(name, one.place)) for name, one in found.items())

    return several


_MONTHS = re.compile(r"[1-9]\d{0,2}", re.ASCII)


def _by_months(made: type[Struct]) -> Reader:
    def several(node: Any, _: Filling) -> tuple[Any, ...]:
        found = [(first, text(second)) for first, second in mapping(node).items()]
        for first, second in found:
            if not (_MONTHS.fullmatch(first) and _MONTHS.fullmatch(second.text)):
                hint = "写成“缴满几个月: 最多领几个月”，如 12: 3，单位是月。"
                raise wrong(second, f"“{first}: {second.text}”不对。", hint)
        return tuple(made(int(first), int(second.text)) for first, second in found)

    return several


@cache
def by_kind(made: type[Struct], by: ByKind) -> type[Struct]:
    """A shape for the mapping of kinds to texts."""
    hints = [(f"kind{index}", Annotated[tuple[Written, ...], kind], ()) for index, kind in enumerate(by.kinds)]
    return defstruct(f"{made.__name__}ByKind", hints, namespace={"called": getattr(made, "called", "")})


def _listed(read: Reader, opened: Callable[[Any], tuple[Node, ...]]) -> Reader:
    def several(node: Any, filling: Filling) -> tuple[Any, ...]:
        items = node if isinstance(node, tuple) else opened(node)
        found = []
        for index, item in enumerate(items):
            with suppress(Unfit):
                found.append(filling.child(index, item, read))
                filling.note(index, item)
        if items and not found:  # an empty list would mean that there is nothing
            raise Unfit
        return tuple(found)

    return several


def _named(read: Reader) -> Reader:
    def several(node: Any, filling: Filling) -> dict[str, Any]:
        found = {}
        lost = set()
        for name, item in mapping(node).items():
            try:
                found[name] = filling.child(name, item, read)
            except Unfit:
                lost.add(name)
        filling.without(node, lost)
        return found

    return several
