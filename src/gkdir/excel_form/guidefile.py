"""A guide's Markdown file and the changed rows of its item → the text of the file after these changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gkdir.excel_form.formcell import BETWEEN
from gkdir.excel_form.guides import (
    CELLS,
    FIRST,
    GUIDES,
    INNER,
    LISTS,
    MATERIALS,
    PATHS,
    SHORT,
    WAYS_TABLE,
    elements,
    identified,
)
from gkdir.excel_form.prose import OTHERS, PROSE, with_prose
from gkdir.excel_form.table import RowChange, Takes, listed
from gkdir.model.declared import keys
from gkdir.model.guide import NO_MATERIALS, WAYS, Guide
from gkdir.yaml.edit import append, at, put, put_or_remove, rank, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.front_matter import split_front_matter
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar, Step
from gkdir.yaml.spans import tree

Path = tuple[Step, ...]

_KEYS = keys(Guide)


def guide_text(text: str, guide: Guide | None, changes: Sequence[RowChange]) -> str:
    """The text after ``changes``, which all concern ``guide``: the guide as laid, with what it inherits.

    A list that is inherited until now is first written out whole, then changed.
    """
    start, head, rest = split_front_matter(text)
    for change in changes:
        if change.table.key == GUIDES:
            for key, value in change.texts.items():
                if key == OTHERS or key in PROSE:
                    rest = with_prose(rest, PROSE.get(key, ""), value)
                    continue
                if CELLS[key].by_name:
                    head = _by_name(head, PATHS[key], value)
                    continue
                head = _single(head, key, value, change.table.column(key).takes is Takes.LINES)
    for table in LISTS:
        head = _listed(head, table, guide, [change for change in changes if change.table.key == table])
    return start + head + rest


def order(path: Path, key: str) -> tuple[int, ...]:
    """Where a new key goes: in the order of the declaration of ``Guide``, or of the list's elements."""
    keys: Sequence[str] = _KEYS if not path else ()
    for table, label in LISTS.items():
        if path[:1] == (label,):
            keys = tuple(INNER[table].values())
    return rank(keys, key)


def _single(head: str, key: str, text: str, several: bool) -> str:
    path = PATHS[key]
    root = tree(head)
    if len(path) == 1:
        texts = listed(text)
        alone = len(texts) == 1 and isinstance(at(root, path), Scalar)
        return put_or_remove(head, path, text if alone or not several else list(texts), order)
    outer, inner = path
    there = at(root, (outer,))
    if not isinstance(there, Scalar):
        short = text and outer == "收费" and inner == SHORT[outer] and there is None
        return put_or_remove(head, (outer,) if short else path, text, order)
    if inner == SHORT[outer]:
        return put_or_remove(head, (outer,), text, order)
    return put(head, (outer,), {inner: text, SHORT[outer]: there.text.strip()}, order) if text else head


def _by_name(head: str, path: Path, wording: str) -> str:
    """The head after a change to a mapping of names to texts: only the entries that changed are written."""
    wanted = dict(line.split(BETWEEN, 1) for line in listed(wording))
    there = at(tree(head), path)
    for key, node in there.entries if isinstance(there, Branch) else ():
        if key.text not in wanted:
            head = remove(head, (*path, key.text))
        elif isinstance(node, Scalar) and " ".join(node.text.split()) == wanted[key.text]:
            del wanted[key.text]
    for name, text in wanted.items():
        head = put(head, (*path, name), text, order)
    return head


def _listed(head: str, table: str, guide: Guide | None, changes: Sequence[RowChange]) -> str:
    if not changes:
        return head
    label = LISTS[table]
    if guide is not None and at(tree(head), (label,)) is None:
        whole = [_labelled(table, texts) for texts in elements(guide, table)]
        head = put(head, (label,), whole, order) if whole else head
    names = [name for name, _ in identified(elements(guide, table))] if guide else []
    places = {f"{guide.id}/{name}" if guide else "": place for place, name in enumerate(names)}
    for change in changes:
        if not change.new and not change.removed:
            path = _path(head, table, places, change.row.id)
            for key, text in change.texts.items():
                head = put(head, path, text, order) if table == WAYS_TABLE else _element(head, path, (table, key), text)
    removed = [change.row.id for change in changes if change.removed]
    for id_ in sorted(removed, key=lambda id_: places.get(id_, 0), reverse=True):
        path = _path(head, table, places, id_)
        if table == MATERIALS and len(_paths(head, table)) == 1 and not any(change.new for change in changes):
            head = put(head, (label,), NO_MATERIALS, order)
        else:
            head = remove(head, path)
    for change in changes:
        if change.new:
            head = _append(head, label, _labelled(table, change.texts))
    return head


def _path(head: str, table: str, places: Mapping[str, int], id_: str) -> Path:
    """The path of the list element with that row id."""
    paths = _paths(head, table)
    if places.get(id_, len(paths)) >= len(paths):
        raise CannotEdit(f"{id_} is not where it was read")
    return paths[places[id_]]


def _paths(head: str, table: str) -> list[Path]:
    """The path of each element of a list, in the order in which it is read."""
    label = LISTS[table]
    node = at(tree(head), (label,))
    if isinstance(node, Listing):
        several: list[tuple[Path, Node]] = [((label, place), each) for place, each in enumerate(node.items)]
    else:
        several = [((label,), node)] if node is not None else []
    if table != WAYS_TABLE:
        return [path for path, _ in several]
    return [inner for path, each in several for inner in _ways(path, each)]


def _ways(path: Path, node: Node) -> list[Path]:
    if not isinstance(node, Branch):
        raise CannotEdit("a way that says no kind")
    found: list[Path] = []
    for kind in (way.name for way in WAYS):
        entry = node.get(kind)
        if entry is None or (isinstance(entry, Scalar) and not entry.text.strip()):
            continue
        if isinstance(entry, Listing):
            found += [(*path, kind, place) for place in range(len(entry.items))]
        else:
            found.append((*path, kind))
    return found


def _element(head: str, path: Path, column: tuple[str, str], text: str) -> str:
    """The head after ``text`` was written to the list element at ``path``; ``column``: keys of its table and column."""
    table, key = column
    node = at(tree(head), path)
    first = INNER[table][FIRST[table]]
    if isinstance(node, Scalar):  # only a name
        if key == FIRST[table]:
            return put(head, path, text, order)
        return put(head, path, {first: node.text.strip(), INNER[table][key]: text}, order) if text else head
    return put_or_remove(head, (*path, INNER[table][key]), text, order)


def _labelled(table: str, texts: Mapping[str, str | None]) -> dict[str, Value]:
    """A new list element: key in the file → value."""
    if table == WAYS_TABLE:
        return {texts["kind"] or "": texts["target"] or ""}
    return {label: text for key, label in INNER[table].items() if (text := texts.get(key))}


def _append(head: str, label: str, value: dict[str, Value]) -> str:
    node = at(tree(head), (label,))
    if isinstance(node, Branch):  # a single element instead of a list
        return put(head, (label,), [_data(node), value], order)
    if isinstance(node, Scalar) and label != LISTS[MATERIALS]:
        return put(head, (label,), [node.text.strip(), value], order)
    return append(head, (label,), value, order)


def _data(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Listing):
        return [_data(each) for each in node.items]
    return {key.text: _data(value) for key, value in node.entries}
