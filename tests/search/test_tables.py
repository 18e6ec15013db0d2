"""The checked-in tables match pypinyin and OpenCC, and the index has the sounds that they lack."""

from __future__ import annotations

import pytest

from gkdir.search.sounds import rare_sounds, sounds


def test_the_tables_are_current() -> None:
    from scripts.search_tables import COMMON_SOUNDS, RARE, TABLES, rare, runs, script  # pypinyin is slow to import

    assert TABLES.read_text(encoding="utf-8") == script(), "make search-tables"
    assert COMMON_SOUNDS.read_text(encoding="utf-8") == runs(), "make search-tables"
    assert RARE.read_text(encoding="utf-8") == rare(), "make search-tables"


def test_every_character_has_a_sound() -> None:
    known = sounds()
    assert len(known) == 6763, "all of GB 2312"
    assert [known[one] for one in "啊座亍齄"] == ["a", "zuo", "chu", "zha"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["清源县社保卡", "abc，。1"], ""),
        (["亳州市", "歙县", "亳"], "bo亳,she歙"),
        (["㐀𠀀"], ""),  # in no table: found only as written
    ],
)
def test_rare_characters_bring_their_sounds(texts: list[str], told: str) -> None:
    assert rare_sounds(texts) == told
