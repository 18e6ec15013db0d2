"""A tree of nodes and a shape → the filled shape, and all troubles with their places, in Chinese."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.model.columns import COLUMNS
from gkdir.read.schema.part import Part
from gkdir.yaml.lookalike import INVISIBLE, ODD_BLANK, meant_as_mapping, name_of, wide_colon
from gkdir.yaml.nodes import Branch, Listing, Node, Path, Scalar, node_at, steps, without

P = TypeVar("P", bound=Part)

Absent = Mapping[str, str | tuple[()]]
"""What stands for keys of the root that must be there and are not: a text, or an empty list."""

Misfits = list[tuple[ErrorDetails, Path]]
"""What does not fit, and its path in the tree."""

_KEYS = ("missing", "extra_forbidden")
_LABELS = {alias: column.label for column in COLUMNS for alias in column.aliases}


def validate(shape: type[P], root: Node, absent: Absent) -> tuple[P, tuple[Trouble, ...]]:
    """``root`` as ``shape``. What does not fit becomes a trouble and is cut out, so that the rest still counts.

    ``absent`` has a value for each key of the root that must be there, so that there is always something to return.
    """
    troubles: list[Trouble] = []
    muddled: set[Place] = set()  # inner mappings that had an unknown key
    cut: set[tuple[Place, str | int]] = set()  # the mapping's place and the key: indexes shift, places do not
    if not isinstance(root, Branch):
        what = "文件里没有内容。" if root.blank else "这个文件要写成“键: 值”的形式。"
        odd = meant_as_mapping(root.text) if isinstance(root, Scalar) and not root.blank else None
        hint = odd.hint if odd else "请每行写一个“键: 值”，如“名称: 清源县”。"
        troubles.append(Trouble(TroubleKind.UNREADABLE, root.place, what + (odd.message if odd else ""), hint))
        root = _repaired(Branch((), root.place, root.key), [], absent, tuple(absent))
    while True:
        keys: dict[Place, tuple[str, ...]] = {}
        try:
            return shape.model_validate(root, context=keys), tuple(troubles)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
        misfits = [(detail, steps(root, detail["loc"])) for detail in details]
        misspelt = _misspelt(misfits, root)
        for detail, path in misfits:
            holder = node_at(root, path[:-1]) if path else None
            here = node_at(root, path)
            whole = here is not None and here.place in muddled  # it lacks what an unknown key was meant to be
            if path not in misspelt and not whole and (holder is None or (holder.place, path[-1]) not in cut):
                troubles.append(_trouble(detail, path, root, keys))
            if holder is not None:
                cut.add((holder.place, path[-1]))
        muddled |= {holder.place for holder in _with_unknown_keys(misfits, root)}
        root = _repaired(root, misfits, absent)


def _with_unknown_keys(misfits: Misfits, root: Node) -> Iterator[Node]:
    for detail, path in misfits:
        holder = node_at(root, path[:-1]) if len(path) > 1 else None
        if detail["type"] == "extra_forbidden" and holder is not None:
            yield holder


def _misspelt(misfits: Misfits, root: Node) -> set[Path]:
    """The missing keys that are probably misspelt as an unknown key of the same mapping: reported once."""
    found = {kind: [path for detail, path in misfits if detail["type"] == kind] for kind in _KEYS}
    absorbed: set[Path] = set()
    for unknown in found["extra_forbidden"]:
        missing = {str(path[-1]): path for path in found["missing"] if path[:-1] == unknown[:-1]}
        missing = {key: path for key, path in missing.items() if node_at(root, path) is None and path not in absorbed}
        meant = nearest(str(unknown[-1]), tuple(missing))
        if meant is None and len(unknown) > 1:  # an inner mapping is about one thing; the root may well lack two
            meant = next(iter(missing), None)
        if meant is not None:
            absorbed.add(missing[meant])
    return absorbed


def _repaired(root: Node, misfits: Misfits, absent: Absent, lacking: Iterable[str] = ()) -> Node:
    """The tree without what did not fit, and without mappings that lack a key; the root gets its keys put in."""
    lost: set[Path] = set()
    lacking = list(lacking)
    for detail, path in misfits:
        if detail["type"] != "missing":
            lost.add(path)
        elif len(path) > 1:
            lost.add(path[:-1])
        else:
            lacking.append(str(path[0]))
    kept = without(root, lost)
    if not isinstance(kept, Branch):
        kept = Branch((), root.place, root.key)
    entries = tuple(entry for entry in kept.entries if entry[0].text not in lacking)
    return replace(kept, entries=entries + tuple(_entry(key, absent[key], root.place) for key in lacking))


def _entry(key: str, value: str | tuple[()], place: Place) -> tuple[Scalar, Node]:
    node = Scalar(value, value, place, place) if isinstance(value, str) else Listing(value, place, place)
    return Scalar(key, key, place, place), node


def _trouble(detail: ErrorDetails, path: Path, root: Node, keys: Mapping[Place, tuple[str, ...]]) -> Trouble:
    node = node_at(root, path)
    if detail["type"] == "missing":
        return _missing(path, root, node)
    if detail["type"] == "extra_forbidden":
        return _unknown(path, root, keys)
    context = detail.get("ctx", {})
    place = context.get("place") or (node or root).place
    where = ".".join(str(step) for step in path if isinstance(step, str))
    message = context.get("message", "这里的写法不对。")
    return Trouble(TroubleKind.WRONG_VALUE, place, f"{where}：{message}" if where else message, context.get("hint", ""))


def _missing(path: Path, root: Node, blank: Node | None) -> Trouble:
    holder = node_at(root, path[:-1]) or root
    place = blank.key if blank is not None else holder.key
    where = "".join(f"“{step}”里" for step in path[:-1] if isinstance(step, str))
    verb = "没有填写" if blank is not None else "缺少"
    return Trouble(TroubleKind.MISSING_KEY, place, f"{where}{verb}“{path[-1]}”。", f"请写上“{path[-1]}: …”。")


def _unknown(path: Path, root: Node, keys: Mapping[Place, tuple[str, ...]]) -> Trouble:
    key = str(path[-1])
    holder = node_at(root, path[:-1])
    assert isinstance(holder, Branch)
    known = keys.get(holder.place, ())
    place = holder.place_of(key)
    message, word = f"没有“{key}”这个键。", key
    if odd_blank := ODD_BLANK.search(key):
        message += f"它里面有{name_of(odd_blank[0])}。"
        word = ODD_BLANK.sub("", key)
    elif faint := INVISIBLE.search(key):
        message += f"它里面有{name_of(faint[0])}。"
        word = INVISIBLE.sub("", key)
    elif odd := wide_colon(key):
        message += odd.message
        word = key[: odd.column]
    elif ":" in key:
        message += "冒号后面没有空格。"
        word = key.partition(":")[0]
    meant = word if word in known else nearest(word, known)
    hint = f"您是不是想写“{meant}”？" if meant else f"这里可以写：{'、'.join(known)}。"
    return Trouble(TroubleKind.UNKNOWN_KEY, place, message, hint)


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The most likely intended word of ``known``."""
    if _LABELS.get(word) in known:
        return _LABELS[word]
    part = [name for name in known if len(word) > 1 and (word in name or name in word)]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return near[0] if near else part[0] if part else None
