"""The tables that are checked in are what pypinyin and OpenCC give today, and the index brings what they lack."""

from __future__ import annotations

import pytest
from scripts.search_tables import RARE, TABLES, rare, script

from gkdir.search.sounds import rare_sounds


def test_the_tables_are_current() -> None:
    assert TABLES.read_text(encoding="utf-8") == script(), "make search-tables"
    assert RARE.read_text(encoding="utf-8") == rare(), "make search-tables"


@pytest.mark.parametrize(
    ("texts", "sounds"),
    [
        (["清源县社保卡", "abc，。1"], ""),
        (["亳州市", "歙县", "亳"], "bo亳,she歙"),
        (["㐀𠀀"], ""),  # no table has these: they are found as they are written
    ],
)
def test_rare_characters_bring_their_sounds(texts: list[str], sounds: str) -> None:
    assert rare_sounds(texts) == sounds
