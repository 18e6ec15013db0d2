"""What one county leaves in a process for the next is bounded: the thousandth needs no more memory than the tenth."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdir.kepttexts import KeptTexts
from gkdir.publish import hant
from gkdir.publish.converter import Converter
from gkdir.publish.hant import HantPages
from gkdir.rules import linesearch
from gkdir.rules.linesearch import LineSearch

COMMON = tuple(f"全国都有的第{number}行" for number in range(5))


def _county(number: int, lines: int = 8) -> str:
    return "\n".join((*COMMON, *(f"第{number}县的第{line}行，有错" for line in range(lines))))


def test_lines_that_only_one_county_has_are_forgotten_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(text: str) -> Iterator[tuple[int, str]]:
        looked.extend(text.split("\n"))
        return ((match.start(), match[0]) for match in re.finditer("有错", text))

    monkeypatch.setattr(linesearch, "_MOST", 10)
    lines = LineSearch(look)
    for number in range(50):
        text = _county(number)
        lines.prepare([text])
        assert [at for at, _ in lines.found(text)] == [match.start() for match in re.finditer("有错", text)]
    assert len(lines._seen) <= 10 + 8
    assert len(lines._found) <= 10 + 8
    assert all(looked.count(line) == 1 for line in COMMON)


def test_texts_of_an_earlier_run_count_among_those_that_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = KeptTexts("some", 6, str)
    first.add({f"从前的{number}": "made" for number in range(6)})
    first.keep()
    again = KeptTexts("some", 6, str)
    assert again.lacking(["从前的0", "新的0"]) == ["新的0"]
    again.add({f"新的{number}": "made" for number in range(3)})
    again.forget()
    assert len(again.made) + len(again._earlier) <= 6
    assert set(again.made) == {"从前的0", "新的0", "新的1", "新的2"}
    assert again.lacking(["从前的1"]) == []


def test_texts_that_were_kept_for_the_next_run_need_no_more_memory_than_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text, made = "".join(("就业", "失业登记")), "".join(("就業", "失業登記"))
    before = sys.getsizeof(text), sys.getsizeof(made)
    texts = KeptTexts("some", 6, str)
    texts.add({text: made})
    texts.keep()
    assert (sys.getsizeof(text), sys.getsizeof(made)) == before
    assert KeptTexts("some", 6, str).lacking([text]) == []


def test_the_pattern_of_a_countys_names_goes_with_it() -> None:
    re.purge()
    for number in range(20):
        Converter({f"第{number}县": f"第{number}縣"})
    assert not re._cache  # type: ignore[attr-defined]


def test_a_line_is_held_as_long_as_each_page_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[bytes] = []
    of = HantPages._turned

    def noted(pages: HantPages, lines: list[bytes], pattern: re.Pattern[str]) -> object:
        turned.extend(lines)
        return of(pages, lines, pattern)

    monkeypatch.setattr(HantPages, "_turned", noted)
    monkeypatch.setattr(hant, "_AT_ONCE", 1)
    files = [(f"{number}.html", f"首页\n第{number % 4}页".encode()) for number in range(8)]
    made = list(HantPages(Converter({}), ()).of(files))
    assert [path for path, _ in made] == [f"hant/{path}" for path, _ in files]
    assert turned.count("首页".encode()) == 1
    assert turned.count("第1页".encode()) == 2
