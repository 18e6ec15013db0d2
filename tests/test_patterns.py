"""Cached patterns are the ones that Python itself compiles, and the next start uses them."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.places import ROOT

from gkdir.patterns import compiled, loaded

ODD = (
    ("", 0),
    ("(?P<年>[0-9]{4})年|(?P<b>b)?(c)(?(b)d|e)", 0),
    ("[㐀-鿿\U00020000-\U0003ffff]+?(?<=县)(?!区)", 0),
    ("[\x00-\x08\ud800-\udfff]", 0),
    (r"(?:a++|b*+)(?>c) \s # remark", re.VERBOSE),
    (r"^Straße$", re.IGNORECASE | re.MULTILINE),
    (r"(?s:.)\w\d", re.ASCII),
    (rb"(?P<a>[\xb0-\xb9])\s\w", re.IGNORECASE),
)


@pytest.mark.parametrize(("pattern", "flags"), ODD)
def test_a_pattern_loaded_is_the_one_that_python_compiles(pattern: Any, flags: int) -> None:
    whole, made = re.compile(pattern, flags), loaded(pattern, compiled(pattern, int(flags)))
    assert made == whole
    assert (made.groups, made.groupindex, made.flags) == (whole.groups, whole.groupindex, whole.flags)


def test_so_are_all_of_ours() -> None:
    module = importlib.import_module("gkdir.build")
    assert module
    ours = {
        value
        for name, module_ in list(sys.modules.items())
        if name.startswith("gkdir.")
        for value in vars(module_).values()
        if isinstance(value, re.Pattern)
    }
    assert len(ours) > 300
    for whole in ours:
        made = loaded(whole.pattern, compiled(whole.pattern, whole.flags & ~re.UNICODE.value))
        assert (made.flags, made.groupindex) == (whole.flags, whole.groupindex), whole.pattern


PROGRAM = """
import re, sys
from gkdir.patterns import use_cache
patterns = use_cache()
compiled = []
parse = re._parser.parse
re._parser.parse = lambda *given: compiled.append(given[0]) or parse(*given)
re.purge()
import gkdir.service.phones
gkdir.patterns.cached_pattern("人社局|医保局")
one = gkdir.service.phones.PHONE
def later(place): return re.compile(place + "[0-9]{7}")
assert later("清源县").fullmatch("清源县5550101")
assert re.sub(b"5{3,}", b"", b"0600-5550101") == b"0600-0101"
assert one.search("电话0600-5550101")[0] == "0600-5550101"
patterns.save()
print(len(compiled), *(one in compiled for one in ("清源县[0-9]{7}", "人社局|医保局", b"5{3,}")))
"""


def test_a_start_compiles_only_what_depends_on_what_is_read(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    told = []
    for damaged in (False, False, True):
        if damaged:
            kept = tmp_path / "gkdir" / "kept" / "patterns"
            kept.write_bytes(kept.read_bytes()[:-1] + b"?")
        run = [sys.executable, "-W", "error", "-c", PROGRAM]
        told.append(subprocess.run(run, env=environment, check=True, capture_output=True, text=True).stdout.split())
    first, second, third = told
    assert second == ["1", "True", "False", "False"]
    assert first == third
    assert int(first[0]) > 1
    assert first[1:] == ["True", "True", "True"]


ALL = """
import sys
from gkdir.patterns import compiled, use_cache
import gkdir.patterns
new = []
gkdir.patterns.compiled = lambda pattern, flags: new.append(pattern) or compiled(pattern, flags)
patterns = use_cache()
new.clear()
import gkdir.cli.read, gkdir.build
patterns.save()
sys.stdout.buffer.write(repr(new).encode())
"""


def test_the_patterns_of_modules_are_the_same_at_every_start(tmp_path: Path) -> None:
    told = []
    for seed in "12":  # the order of a set would differ in another process
        environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONHASHSEED": seed,
        }
        run = [sys.executable, "-W", "error", "-c", ALL]
        told.append(subprocess.run(run, env=environment, check=True, capture_output=True).stdout.decode())
    first, second = told
    assert len(first) > len(second)
    assert second == "[]"
