"""The regular expressions of the program → compiled once, and read from the user's cache at later starts.

``re`` compiles in pure Python, and expands each range of Chinese characters one by one: for all our modules that takes
a seventh of a second at every start. Its last step hands a list of numbers, the *code*, to the engine in C; the code
can be stored, although ``re`` does not offer it. ``use_cache`` replaces ``re._compiler.compile`` by a function that

1. looks the pattern up in the cache, by its text and flags, and hands the stored code to the engine;
2. if it is not there, compiles it with the same internal steps as ``re``, and notes the code for ``save``.

Only patterns that are compiled while a module is imported are cached, those that stand in the code that asks for them,
and those that are handed to ``lasting``: others may be made of the input, without end.
These steps are internals of CPython. ``_same_internals`` tries them on one pattern first; if anything differs from
what ``re`` itself makes, nothing is replaced, and a start is only slower.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from functools import cache as once
from types import FrameType
from typing import Any, AnyStr

from msgspec import Struct

from gkdir import cache
from gkdir.stamps import program

NAME = "patterns"
_MOST = 4_000_000
"""Bytes of patterns that are kept, four times as many as there are: with more, words have changed, and all go."""
_TRIAL = "(?P<name>[一-丁]+)|[^x]"
"""A pattern with a range, a group and a branch, on which the internals are tried."""
_WORD = "I"
"""The array type of one number of the code."""
_DEBUG = int(re.DEBUG)  # flags of enums take ten times as long to compare
_re: Any = re
_compile: Callable[..., re.Pattern[Any]] = getattr(getattr(re, "_compiler", None), "compile", re.compile)


class CompiledPattern(Struct, frozen=True):
    """What the engine needs: the code, the flags, how many groups there are and the numbers of those with names."""

    code: bytes
    flags: int
    groups: int
    names: dict[str, int]


class _KeptPatterns(Struct, frozen=True):
    """What the cache holds: the patterns by flags and text, and the version of gkdir and Python that made them."""

    program: str
    patterns: dict[str, CompiledPattern]

    @property
    def size(self) -> int:
        """The bytes of their code."""
        return sum(len(pattern.code) for pattern in self.patterns.values())


class PatternCache:
    """Stands in for ``re``'s compiler; ``save`` writes what is new to the user's cache."""

    def __init__(self) -> None:
        self._known: dict[str, CompiledPattern] | None = None
        self._changed = False

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """The pattern, as ``re`` compiles it."""
        if not isinstance(pattern, str | bytes) or flags & _DEBUG or not _is_ours(pattern, sys._getframe(1)):
            return _compile(pattern, flags)
        return self.kept(pattern, flags)

    def kept(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """The pattern, from the cache if it was compiled before."""
        if self._known is None:
            kept = cache.kept_value(NAME, _KeptPatterns)
            self._known = kept.patterns if kept and kept.program == program() and kept.size <= _MOST else {}
        key = f"{int(flags)} {pattern!a}"
        if key not in self._known:
            self._known[key] = compiled(pattern, flags)
            self._changed = True
        return loaded(pattern, self._known[key])

    def save(self) -> None:
        """Write the patterns to the user's cache, if there are new ones."""
        if self._changed and self._known is not None:
            cache.keep_value(NAME, _KeptPatterns(program(), self._known))
        self._changed = False


def _is_ours(pattern: str | bytes, frame: FrameType | None) -> bool:
    """Whether the pattern stands in the code that asks ``re`` for it, or a module asks that is being imported."""
    while frame and frame.f_globals is vars(re):
        frame = frame.f_back
    if frame and pattern in frame.f_code.co_consts:
        return True
    while frame:
        if frame.f_code.co_name == "<module>":
            return getattr(frame.f_globals.get("__spec__"), "_initializing", False)
        frame = frame.f_back
    return False


def compiled(pattern: str | bytes, flags: int) -> CompiledPattern:
    """The first steps of ``re``: parse the pattern and make the code."""
    parsed = _re._parser.parse(pattern, flags)
    code = array(_WORD, _re._compiler._code(parsed, flags)).tobytes()
    return CompiledPattern(code, flags | parsed.state.flags, parsed.state.groups - 1, dict(parsed.state.groupdict))


def loaded(pattern: AnyStr, made: CompiledPattern) -> re.Pattern[AnyStr]:
    """The last step of ``re``: hand the code to the engine."""
    names: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        names[number] = name
    code = array(_WORD, made.code).tolist()
    whole: re.Pattern[AnyStr] = _re._compiler._sre.compile(
        pattern, made.flags, code, made.groups, made.names, tuple(names)
    )
    return whole


def _same_internals() -> bool:
    """Whether this Python's ``re`` works inside as described above."""
    try:
        return loaded(_TRIAL, compiled(_TRIAL, 0)) == _compile(_TRIAL, 0)
    except Exception:  # another Python may fail there in any way
        return False


@once
def use_cache() -> PatternCache:
    """From now on, take the patterns of modules from the cache."""
    patterns = PatternCache()
    if _same_internals():
        _re._compiler.compile = patterns.compile
        _in_use.append(patterns)
    return patterns


_in_use: list[PatternCache] = []


def lasting(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of words that come with gkdir or stand in the national folder, the same for every county."""
    return _in_use[-1].kept(pattern, flags) if _in_use else re.compile(pattern, flags)
