"""Patterns that modules compile when they are loaded → compiled once, and kept in the user's cache for later starts.

Python compiles a pattern in Python, and goes through a range of Chinese characters one by one: all of ours take it a
seventh of a second at every start. ``re`` cannot keep what it compiled, so ``remember`` puts in place of its compiler
one that takes the same steps and keeps their outcome. Where a Python takes other steps, its own compiler stays.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from functools import cache as once
from typing import Any

from msgspec import Struct

from gkdir import cache
from gkdir.stamps import program

NAME = "patterns"
_PROOF = "(?P<name>[一-丁]+)|[^x]"
_WORD = "I"
"""The type of a word of code, in an array."""
_re: Any = re
_compile: Callable[..., re.Pattern[Any]] = getattr(getattr(re, "_compiler", None), "compile", re.compile)


class CompiledPattern(Struct, frozen=True):
    """What Python's own machine for patterns is given: words of code, flags, and what the groups are called."""

    code: bytes
    flags: int
    groups: int
    names: dict[str, int]


class _KeptPatterns(Struct, frozen=True):
    """The patterns by flags and text, and which program compiled them."""

    program: str
    patterns: dict[str, CompiledPattern]


class PatternMemory:
    """Compiles patterns, each once; ``keep`` keeps those of modules for the next start."""

    def __init__(self) -> None:
        self._made: dict[str, CompiledPattern] | None = None
        self._fresh = False

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """The pattern, as ``re`` compiles it: from what is kept, if a module wants it that is being loaded."""
        module = sys._getframe(3).f_code.co_name == "<module>"  # what else is compiled depends on what was read
        if not module or not isinstance(pattern, str) or flags & re.DEBUG:
            return _compile(pattern, flags)
        if self._made is None:
            kept = cache.kept_value(NAME, _KeptPatterns)
            self._made = kept.patterns if kept and kept.program == program() else {}
        key = f"{int(flags)} {pattern!a}"
        if key not in self._made:
            self._made[key] = taken_apart(pattern, flags)
            self._fresh = True
        return put_together(pattern, self._made[key])

    def keep(self) -> None:
        """Keep what was compiled, if there is anything new."""
        if self._fresh and self._made is not None:
            cache.keep_value(NAME, _KeptPatterns(program(), self._made))
        self._fresh = False


def taken_apart(pattern: str, flags: int) -> CompiledPattern:
    """What ``re`` makes of a pattern."""
    parsed = _re._parser.parse(pattern, flags)
    code = array(_WORD, _re._compiler._code(parsed, flags)).tobytes()
    return CompiledPattern(code, flags | parsed.state.flags, parsed.state.groups - 1, dict(parsed.state.groupdict))


def put_together(pattern: str, made: CompiledPattern) -> re.Pattern[str]:
    """The pattern of which that was made."""
    called: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        called[number] = name
    code = array(_WORD, made.code).tolist()
    compiled: re.Pattern[str] = _re._compiler._sre.compile(
        pattern, made.flags, code, made.groups, made.names, tuple(called)
    )
    return compiled


def _known_steps() -> bool:
    """Whether this Python takes the steps that we know."""
    try:
        return put_together(_PROOF, taken_apart(_PROOF, 0)) == _compile(_PROOF, 0)
    except Exception:  # whatever is different there
        return False


@once
def remember() -> PatternMemory:
    """From now on, compile what modules need with the help of earlier runs."""
    patterns = PatternMemory()
    if _known_steps():
        _re._compiler.compile = patterns.compile
    return patterns
