"""docs/threats.md: every test that it names exists, and every row of its tables names one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
THREATS = (TESTS.parent / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(THREATS)
    assert named
    missing = [f"{file}::{name}" for file, name in named if name not in _tests_in(TESTS / file)]
    assert not missing, missing


def test_every_threat_is_held_by_a_test() -> None:
    rows = [line for line in THREATS.splitlines() if line.startswith("| ") and not line.startswith("| what may happen")]
    assert rows
    assert not [row for row in rows if not NAMED.search(row)]


def _tests_in(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    functions = (node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))
    return frozenset(function.name for function in functions)
