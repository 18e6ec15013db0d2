"""YAML text and one change → the text with that change; all other bytes, comments and the order of keys stay."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Several
from difflib import SequenceMatcher
from functools import partial

from gkdir.yaml.emit import Value, below, entry, fits, flow, item, key_word, word
from gkdir.yaml.lines import CannotEdit, dash, line_end, line_start
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar, Step, opened
from gkdir.yaml.spans import comments, tree

Order = Callable[[tuple[Step, ...], str], tuple[int, ...]]
"""Path of a mapping and a key → its sort key: a new key goes after the last one that does not sort later."""


def at_end(_path: tuple[Step, ...], _key: str) -> tuple[int, ...]:
    """The ``Order`` that puts every new key last."""
    return ()


def rank(keys: Several[str], key: str) -> tuple[int, ...]:
    """The sort key of ``key`` in the order of ``keys``; others go last."""
    return (keys.index(key) if key in keys else len(keys),)


def at(root: Node, path: Several[Step]) -> Node | None:
    """The node at ``path``; ``None`` if there is none, or only a key without a value."""
    node: Node | None = opened(root)
    for step in path:
        if isinstance(node, Branch) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
        node = node and opened(node)
    return None if isinstance(node, Scalar) and node.absent else node


def put(text: str, path: Several[Step], value: Value, order: Order = at_end) -> str:
    """Write ``value`` at ``path``, creating missing mappings.

    :raises CannotEdit: something other than a mapping or list is in the way
    """
    node = tree(text)
    for depth, step in enumerate(path):
        node = opened(node)
        if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            if depth == len(path) - 1:
                return _replace_item(text, node, step, value)
            node = node.items[step]
            continue
        nested = _nested(path[depth + 1 :], value)
        if isinstance(node, Scalar) and node.absent and depth == 0:
            return _lines_at(text, len(text), entry(str(step), nested, 0))
        if not isinstance(node, Branch) or not isinstance(step, str):
            raise CannotEdit(f"nothing can be put at {path}")
        found = node.by_key.get(step)
        if found is None:
            return _insert(text, node, (step, nested), partial(order, tuple(path[:depth])))
        if depth == len(path) - 1 or (isinstance(found[1], Scalar) and found[1].absent):
            return _replace(text, node, step, nested)
        node = found[1]
    raise CannotEdit("a path has at least one step")


def remove(text: str, path: Several[Step]) -> str:
    """Remove the node at ``path``, and mappings and lists that become empty.

    :raises CannotEdit: nothing is there
    """
    node = at(tree(text), path[:-1])
    step = path[-1]
    if not isinstance(node, Branch | Listing) or at(node, (step,)) is None:
        raise CannotEdit(f"there is nothing at {path}")
    if len(node.entries if isinstance(node, Branch) else node.items) == 1 and len(path) > 1:
        return remove(text, path[:-1])
    if isinstance(node, Listing):
        step = int(step)
        spans = [(each.start, each.end) for each in node.items]
        taken: Node = node.items[step]
    else:
        spans = [(each[0].start, each[1].end) for each in node.entries]
        step, taken = next((n, each[1]) for n, each in enumerate(node.entries) if each[0].text == step)
    start, end = spans[step]
    if node.flow:
        if step + 1 < len(spans):
            return text[:start] + text[spans[step + 1][0] :]
        return text[: spans[step - 1][1]] + text[end:]
    if isinstance(node, Listing):
        start = dash(text, node.column, start)
    elif text[line_start(text, start) : start].strip():  # the first key after a dash
        return text[:start] + text[spans[1][0] :]
    return _without_lines(text, (start, end), node.column, taken)


def put_or_remove(text: str, path: Several[Step], value: Value, order: Order = at_end) -> str:
    """Write ``value`` at ``path``; an empty value removes the node there."""
    if value:
        return put(text, path, value, order)
    return text if at(tree(text), path) is None else remove(text, path)


def append(text: str, path: Several[Step], value: Value, order: Order = at_end) -> str:
    """Append an element to the list at ``path``, creating it if missing."""
    node = at(tree(text), path)
    if not isinstance(node, Listing) or not node.items:
        return put(text, path, [value], order)
    last = node.items[-1]
    if node.flow:
        return text[: last.end] + ", " + flow(value) + text[last.end :]
    return _lines_at(text, line_end(text, last.end), item(value, node.column))


def _nested(path: Several[Step], value: Value) -> Value:
    for step in reversed(path):
        value = {str(step): value}
    return value


def _insert(text: str, node: Branch, new: tuple[str, Value], order: Callable[[str], tuple[int, ...]]) -> str:
    key, value = new
    before = [each for each in node.entries if order(each[0].text) <= order(key)]
    if node.flow:
        wording = f"{key_word(key)}: {flow(value)}"
        if before:
            return text[: before[-1][1].end] + ", " + wording + text[before[-1][1].end :]
        start = node.start + 1
        return text[:start] + wording + (", " if node.entries else "") + text[start:]
    lines = entry(key, value, node.column)
    if before:
        return _lines_at(text, line_end(text, before[-1][1].end), lines)
    first = node.entries[0][0].start
    if text[line_start(text, first) : first].strip():
        return text[:first] + _line_break(text).join([*lines, " " * node.column]).lstrip(" ") + text[first:]
    return _lines_at(text, line_start(text, first), lines)


def _replace(text: str, node: Branch, key: str, value: Value) -> str:
    """Replace the value of an existing key."""
    found = node.by_key.get(key)
    if found is None:
        raise CannotEdit(f"no key {key}")
    old = opened(found[1])
    if isinstance(old, Listing) and not old.flow and value and _all_texts(value) and _all_scalars(old):
        return _edit_list(text, old, [str(each) for each in value])
    if isinstance(old, Scalar) and isinstance(value, str) and not old.absent:
        return text[: old.start] + word(value, not old.style) + text[old.end :]
    if node.flow:
        return text[: old.start] + _space_after_colon(text, old.start) + flow(value) + text[old.end :]
    kept = comments(text, found[0].end, old.end, (old,))
    start = line_start(text, found[0].start)
    head, rest = text[: text.index(":", found[0].end) + 1], text[old.end :]
    short = f"{head[start:]} {flow(value)}"
    if isinstance(value, str) or not value or fits(value, short):
        changed = head + " " + flow(value) + rest
    else:
        end = line_end(rest, 0)
        changed = _lines_at(head + rest[:end], len(head) + end, below(value, node.column + 2)) + rest[end:]
    if kept and not text[start : found[0].start].strip():
        return _lines_at(changed, start, [" " * node.column + each for each in kept])
    return changed


def _replace_item(text: str, node: Listing, step: int, value: Value) -> str:
    old = node.items[step]
    written = word(value, isinstance(old, Scalar) and not old.style) if isinstance(value, str) else flow(value)
    return text[: old.start] + written + text[old.end :]


def _edit_list(text: str, old: Listing, wanted: list[str]) -> str:
    """Change a list with one element a line to ``wanted``; lines of unchanged elements are not touched."""
    items = [each for each in old.items if isinstance(each, Scalar)]
    moves = SequenceMatcher(None, [each.text for each in items], wanted, autojunk=False).get_opcodes()
    for move, a, b, c, d in reversed(moves):
        if move == "replace" and b - a == d - c:
            for leaf, new in reversed(list(zip(items[a:b], wanted[c:d], strict=True))):
                text = text[: leaf.start] + word(new, not leaf.style) + text[leaf.end :]
            continue
        place = line_end(text, items[b - 1].end) if b else line_start(text, dash(text, old.column, items[0].start))
        if move in ("replace", "insert"):
            text = _lines_at(text, place, [line for new in wanted[c:d] for line in item(new, old.column)])
        if move in ("replace", "delete"):
            for leaf in reversed(items[a:b]):
                text = _without_lines(text, (dash(text, old.column, leaf.start), leaf.end), old.column, leaf)
    return text


def _without_lines(text: str, span: tuple[int, int], column: int, taken: Node) -> str:
    """The text without the lines of ``span`` (offsets); their comments are kept, on lines of their own."""
    first, last = line_start(text, span[0]), line_end(text, span[1])
    kept = comments(text, span[0], last, (taken,))
    return _lines_at(text[:first] + text[last:], first, [" " * column + each for each in kept])


def _lines_at(text: str, place: int, lines: list[str]) -> str:
    if not lines:
        return text
    line_break = _line_break(text)
    before = text[:place]
    if before and not before.endswith(("\n", "\r")):
        before += line_break
    return before + "".join(line + line_break for line in lines) + text[place:]


def _line_break(text: str) -> str:
    """The line break that the text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def _space_after_colon(text: str, start: int) -> str:
    return " " if text[start - 1 : start] == ":" else ""


def _all_texts(value: Value) -> bool:
    return not isinstance(value, str | dict) and all(isinstance(each, str) for each in value)


def _all_scalars(node: Listing) -> bool:
    return all(isinstance(each, Scalar) for each in node.items)
