"""The regular expressions of the program → compiled once, and read from the user's cache at later starts.

``re`` compiles in pure Python, and expands each range of Chinese characters one by one: for all our modules that takes
a seventh of a second at every start. Its last step hands a list of numbers, the *code*, to the engine in C; the code
can be stored, although ``re`` does not offer it. ``use_cache`` replaces ``re._compiler.compile`` by a function that

1. looks the pattern up in the cache, by its text and flags, and hands the stored code to the engine;
2. if it is not there, compiles it with the same internal steps as ``re``, and notes the code for ``save``.

Cached are only patterns that are compiled while a module is imported, constants of the calling code, and those from
``cached_pattern``: others may be built from the input, in any number.
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
"""The most bytes of patterns in the cache, four times what is needed; with more, all are discarded as outdated."""
_TEST_PATTERN = "(?P<name>[一-丁]+)|[^x]"
"""A pattern with a range, a group and a branch, to test the internals."""
_CODE_TYPE = "I"
"""The array type code of the numbers."""
_DEBUG = int(re.DEBUG)  # comparing enum flags takes ten times as long
_re: Any = re
_compile: Callable[..., re.Pattern[Any]] = getattr(getattr(re, "_compiler", None), "compile", re.compile)


class CompiledPattern(Struct, frozen=True):
    """The input of the engine: the code, the flags, the number of groups, and name → number of named groups."""

    code: bytes
    flags: int
    groups: int
    names: dict[str, int]


class _KeptPatterns(Struct, frozen=True):
    """The content of the cache: the patterns by flags and text, and the digest of the program that made them."""

    program: str
    patterns: dict[str, CompiledPattern]

    @property
    def size(self) -> int:
        """The bytes of their code."""
        return sum(len(pattern.code) for pattern in self.patterns.values())


class PatternCache:
    """Replaces the compiler of ``re``; ``save`` writes new patterns to the user's cache."""

    def __init__(self) -> None:
        self._known: dict[str, CompiledPattern] | None = None
        self._changed = False

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """The compiled pattern, as from ``re``; from the cache if the pattern is part of gkdir."""
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
        """Write all patterns to the user's cache, if there are new ones."""
        if self._changed and self._known is not None:
            cache.keep_value(NAME, _KeptPatterns(program(), self._known))
        self._changed = False


def _is_ours(pattern: str | bytes, frame: FrameType | None) -> bool:
    """Whether the pattern is a constant of the calling code, or is compiled while a module is imported."""
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
    code = array(_CODE_TYPE, _re._compiler._code(parsed, flags)).tobytes()
    return CompiledPattern(code, flags | parsed.state.flags, parsed.state.groups - 1, dict(parsed.state.groupdict))


def loaded(pattern: AnyStr, made: CompiledPattern) -> re.Pattern[AnyStr]:
    """The last step of ``re``: hand the code to the engine."""
    names: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        names[number] = name
    code = array(_CODE_TYPE, made.code).tolist()
    whole: re.Pattern[AnyStr] = _re._compiler._sre.compile(
        pattern, made.flags, code, made.groups, made.names, tuple(names)
    )
    return whole


def _same_internals() -> bool:
    """Whether the internals of this Python's ``re`` are as described above."""
    try:
        return loaded(_TEST_PATTERN, compiled(_TEST_PATTERN, 0)) == _compile(_TEST_PATTERN, 0)
    except Exception:  # other versions may fail in any way
        return False


@once
def use_cache() -> PatternCache:
    """Use the cache for patterns of modules from now on."""
    patterns = PatternCache()
    if _same_internals():
        _re._compiler.compile = patterns.compile
        _in_use.append(patterns)
    return patterns


_in_use: list[PatternCache] = []


def cached_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern built from words of gkdir or of the national data, the same for every county and therefore cached."""
    return _in_use[-1].kept(pattern, flags) if _in_use else re.compile(pattern, flags)


def uncached_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern built from one county's words, not kept: ``re`` would hold it until it has compiled 512 others."""
    return _compile(pattern, 0)
