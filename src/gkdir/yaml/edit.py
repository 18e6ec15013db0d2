"""YAML text and one change → the text with that change; all other bytes, comments and the order of keys stay."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Several
from difflib import SequenceMatcher
from functools import partial

from gkdir.yaml.emit import Value, below, entry, fits, flow, item, key_word, word
from gkdir.yaml.spans import CannotEdit, Leaf, Mapping, Sequence, Step, Tree, comments, line_end, line_start, tree

Order = Callable[[tuple[Step, ...], str], tuple[int, ...]]
"""Path of a mapping and a key → its sort key: a new key goes after the last one that does not sort later."""


def anywhere(_path: tuple[Step, ...], _key: str) -> tuple[int, ...]:
    """New keys go last."""
    return ()


def at(root: Tree, path: Several[Step]) -> Tree | None:
    """The node at ``path``; a blank value counts as none."""
    node: Tree | None = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            found = node.get(step)
            node = found.value if found else None
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return None if isinstance(node, Leaf) and node.blank else node


def put(text: str, path: Several[Step], value: Value, order: Order = anywhere) -> str:
    """Write ``value`` at ``path``, creating missing mappings.

    :raises CannotEdit: something other than a mapping or list is in the way
    """
    node = tree(text)
    for depth, step in enumerate(path):
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            if depth == len(path) - 1:
                return _replace_item(text, node, step, value)
            node = node.items[step]
            continue
        nested = _nested(path[depth + 1 :], value)
        if isinstance(node, Leaf) and node.blank and depth == 0:
            return _lines_at(text, len(text), entry(str(step), nested, 0))
        if not isinstance(node, Mapping) or not isinstance(step, str):
            raise CannotEdit(f"nothing can be put at {path}")
        found = node.get(step)
        if found is None:
            return _insert(text, node, (step, nested), partial(order, tuple(path[:depth])))
        if depth == len(path) - 1 or (isinstance(found.value, Leaf) and found.value.blank):
            return _replace(text, node, step, nested)
        node = found.value
    raise CannotEdit("a path has at least one step")


def remove(text: str, path: Several[Step]) -> str:
    """Remove the node at ``path``, and mappings and lists that become empty.

    :raises CannotEdit: nothing is there
    """
    node = at(tree(text), path[:-1])
    step = path[-1]
    if not isinstance(node, Mapping | Sequence) or at(node, (step,)) is None:
        raise CannotEdit(f"nothing stands at {path}")
    if len(node.entries if isinstance(node, Mapping) else node.items) == 1 and len(path) > 1:
        return remove(text, path[:-1])
    if isinstance(node, Sequence):
        step = int(step)
        spans = [(each.start, each.end) for each in node.items]
        taken: Tree = node.items[step]
    else:
        spans = [(each.key.start, each.value.end) for each in node.entries]
        step, taken = next((n, each.value) for n, each in enumerate(node.entries) if each.key.text == step)
    start, end = spans[step]
    if node.flow:
        if step + 1 < len(spans):
            return text[:start] + text[spans[step + 1][0] :]
        return text[: spans[step - 1][1]] + text[end:]
    if isinstance(node, Sequence):
        start = _dash(text, node, start)
    elif text[line_start(text, start) : start].strip():  # the first key after a dash
        return text[:start] + text[spans[1][0] :]
    return _without_lines(text, (start, end), node.column, taken)


def append(text: str, path: Several[Step], value: Value, order: Order = anywhere) -> str:
    """Append an element to the list at ``path``, creating it if missing."""
    node = at(tree(text), path)
    if not isinstance(node, Sequence) or not node.items:
        return put(text, path, [value], order)
    last = node.items[-1]
    if node.flow:
        return text[: last.end] + ", " + flow(value) + text[last.end :]
    return _lines_at(text, line_end(text, last.end), item(value, node.column))


def _nested(path: Several[Step], value: Value) -> Value:
    for step in reversed(path):
        value = {str(step): value}
    return value


def _insert(text: str, node: Mapping, new: tuple[str, Value], order: Callable[[str], tuple[int, ...]]) -> str:
    key, value = new
    before = [each for each in node.entries if order(each.key.text) <= order(key)]
    if node.flow:
        said = f"{key_word(key)}: {flow(value)}"
        if before:
            return text[: before[-1].value.end] + ", " + said + text[before[-1].value.end :]
        start = node.start + 1
        return text[:start] + said + (", " if node.entries else "") + text[start:]
    lines = entry(key, value, node.column)
    if before:
        return _lines_at(text, line_end(text, before[-1].value.end), lines)
    first = node.entries[0].key.start
    if text[line_start(text, first) : first].strip():
        return text[:first] + _broken(text).join([*lines, " " * node.column]).lstrip(" ") + text[first:]
    return _lines_at(text, line_start(text, first), lines)


def _replace(text: str, node: Mapping, key: str, value: Value) -> str:
    """Replace the value of an existing key."""
    found = node.get(key)
    if found is None:
        raise CannotEdit(f"no key {key}")
    old = found.value
    if isinstance(old, Sequence) and not old.flow and value and _all_texts(value) and _all_leaves(old):
        return _amend(text, old, [str(each) for each in value])
    if isinstance(old, Leaf) and isinstance(value, str) and not old.blank:
        return text[: old.start] + word(value, not old.style) + text[old.end :]
    if node.flow:
        return text[: old.start] + _gap(text, old.start) + flow(value) + text[old.end :]
    said = comments(text, found.key.end, old.end, (old,))
    start = line_start(text, found.key.start)
    head, rest = text[: text.index(":", found.key.end) + 1], text[old.end :]
    short = f"{head[start:]} {flow(value)}"
    if isinstance(value, str) or not value or fits(value, short):
        changed = head + " " + flow(value) + rest
    else:
        end = line_end(rest, 0)
        changed = _lines_at(head + rest[:end], len(head) + end, below(value, node.column + 2)) + rest[end:]
    if said and not text[start : found.key.start].strip():
        return _lines_at(changed, start, [" " * node.column + each for each in said])
    return changed


def _replace_item(text: str, node: Sequence, step: int, value: Value) -> str:
    old = node.items[step]
    said = word(value, isinstance(old, Leaf) and not old.style) if isinstance(value, str) else flow(value)
    return text[: old.start] + said + text[old.end :]


def _amend(text: str, old: Sequence, wanted: list[str]) -> str:
    """Turn a list, one element a line, into another; lines of unchanged elements are not touched."""
    items = [each for each in old.items if isinstance(each, Leaf)]
    moves = SequenceMatcher(None, [each.text for each in items], wanted, autojunk=False).get_opcodes()
    for move, a, b, c, d in reversed(moves):
        if move == "replace" and b - a == d - c:
            for leaf, new in reversed(list(zip(items[a:b], wanted[c:d], strict=True))):
                text = text[: leaf.start] + word(new, not leaf.style) + text[leaf.end :]
            continue
        place = line_end(text, items[b - 1].end) if b else line_start(text, _dash(text, old, items[0].start))
        if move in ("replace", "insert"):
            text = _lines_at(text, place, [line for new in wanted[c:d] for line in item(new, old.column)])
        if move in ("replace", "delete"):
            for leaf in reversed(items[a:b]):
                text = _without_lines(text, (_dash(text, old, leaf.start), leaf.end), old.column, leaf)
    return text


def _without_lines(text: str, span: tuple[int, int], column: int, taken: Tree) -> str:
    """The text without the lines of the span; their comments stay, on lines of their own."""
    first, last = line_start(text, span[0]), line_end(text, span[1])
    said = comments(text, span[0], last, (taken,))
    return _lines_at(text[:first] + text[last:], first, [" " * column + each for each in said])


def _dash(text: str, node: Sequence, start: int) -> int:
    """The position of the dash of the element that begins at ``start``."""
    first = line_start(text, start)
    while text[first + node.column : first + node.column + 1] != "-":
        if not first:
            raise CannotEdit("an element of a list without a dash")
        first = line_start(text, first - 1)
    return first + node.column


def _lines_at(text: str, place: int, lines: list[str]) -> str:
    if not lines:
        return text
    broken = _broken(text)
    before = text[:place]
    if before and not before.endswith(("\n", "\r")):
        before += broken
    return before + "".join(line + broken for line in lines) + text[place:]


def _broken(text: str) -> str:
    """The line end of this text."""
    return "\r\n" if "\r\n" in text else "\n"


def _gap(text: str, start: int) -> str:
    return " " if text[start - 1 : start] == ":" else ""


def _all_texts(value: Value) -> bool:
    return not isinstance(value, str | dict) and all(isinstance(each, str) for each in value)


def _all_leaves(node: Sequence) -> bool:
    return all(isinstance(each, Leaf) for each in node.items)
