"""Reparsing after one change gives the same nodes as parsing the whole text, wherever the change is."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gkdir.finding import Unreadable
from gkdir.yaml.nodes import Branch, Node, Scalar, opened
from gkdir.yaml.parse import parse_yaml
from gkdir.yaml.reparse import reparsed

from .test_edit import TEXT

PIECES = (*"#\"'[}%|a ", "", "  ", "- ", ": ", "? ", "丙: 丁", "|\n", "...\n", "\r\n")
PIECES += ("\n", "\n    ", "\n  - ", "\n  丙: 丁\n", "\n- b\n", "\n---\n")


def spans(node: Node) -> Any:
    """The nodes without their places."""
    node = opened(node)
    if isinstance(node, Scalar):
        return node.text, node.value, node.start, node.end, node.style
    parts = node.entries if isinstance(node, Branch) else node.items
    inner = [tuple(map(spans, part)) if isinstance(part, tuple) else spans(part) for part in parts]
    return type(node), node.start, node.end, node.flow, node.column, inner


def same(old: str, new: str) -> bool:
    """Whether only lines of the change were parsed; checks that the result is as of the whole text."""
    found = reparsed(old, parse_yaml(old, "").root, new)
    if found is None:
        return False
    try:
        whole = parse_yaml(new, "")
    except Unreadable as error:
        raise AssertionError(new) from error
    assert not whole.troubles
    assert spans(found) == spans(whole.root)
    return True


@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
def test_any_change(start: int, length: int, piece: str) -> None:
    same(TEXT, TEXT[:start] + piece + TEXT[start + length :])


def test_each_line_changed_gone_or_twice_with_another_key() -> None:
    lines = TEXT.splitlines(keepends=True)
    found = []
    for at, line in enumerate(lines):
        key = line[: -len(line.lstrip())] + "戊: 己\n"
        news = (line.replace("县", "州").replace("》", "》丁"), "", line + key, key + line)
        found.append([same(TEXT, "".join((*lines[:at], new, *lines[at + 1 :]))) for new in news])
    assert [sum(column) for column in zip(*found, strict=True)] == [27, 19, 13, 21]
