"""The normalised text of a cell, as all grammars get it."""

from __future__ import annotations

import unicodedata

import pytest

from gkdir.read.text import nfkc


@pytest.mark.parametrize("text", ["a" + "\u0315\u0300" * 100, "é" * 40, "བོད་སྐད" * 9, "e\u0301" * 40])
def test_accents_without_end_are_parted_and_nothing_else_is(text: str) -> None:
    """Unicode normalisation sorts a letter's accents in quadratic time, so at most thirty stay together."""
    folded = nfkc(text)
    runs = "".join("^" if unicodedata.combining(character) else " " for character in folded).split()
    assert max(map(len, runs), default=0) <= 30
    if text.startswith("a"):
        assert sorted(unicodedata.normalize("NFD", folded.replace("\u034f", ""))) == sorted(text)
    else:
        assert folded == unicodedata.normalize("NFKC", text)
