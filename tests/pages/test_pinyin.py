"""Names sorted under their initial letters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.places import DIRECTORIES

from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.service.pinyin import MARKS, by_sound, letter, sortable

SPOKEN = {"多重": ["duo", "chong"]}
"""Names that a table of words, as others use, reads wrongly."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("失业登记", "S"), ("《就业创业证》申领", "J"), ("办社保卡", "B"), ("重新申请", "C"), ("重大事项", "Z"),
        ("调解", "T"), ("参保", "C"), ("多重养老保险", "D"), ("长者", "Z"), ("会计", "K"),
        ("12333热线", "#"), ("ICP备案", "I"), ("亳州", "#"), ("", "#"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_letter(name: str, expected: str) -> None:
    assert letter(name) == expected


def test_names_are_in_the_order_of_their_sounds() -> None:
    assert by_sound(["职工退休", "12333热线", "失业登记", "社保卡", "《办法》", "创业贷款"]) == [
        "《办法》", "创业贷款", "社保卡", "失业登记", "职工退休", "12333热线",
    ]  # fmt: skip


def test_the_table_agrees_with_another() -> None:
    pypinyin = pytest.importorskip("pypinyin", reason="another table to compare with, where it is installed")
    common = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
    other = [pypinyin.lazy_pinyin(character)[0][0].upper() for character in common]
    agreeing = sum(letter(character) == sound for character, sound in zip(common, other, strict=True))
    assert agreeing / len(common) > 0.97


def names() -> list[str]:
    """Official and everyday names in the national directories and the sample county."""
    project = read_project(DIRECTORIES)
    entries = tuple(lay(project, read_county(project, "qingyuan")).entries())
    found = {item.name for directory in project.national.values() for item in directory.items}
    return sorted(found | {entry.item.name for entry in entries} | {entry.alias for entry in entries if entry.alias})


def test_every_character_of_every_item_is_taken_by_the_sound_that_it_has_there() -> None:
    pypinyin = pytest.importorskip("pypinyin", reason="the sounds to compare with, where they are installed")
    pypinyin.load_phrases_dict({word: [[sound] for sound in sounds] for word, sounds in SPOKEN.items()})
    found = names()
    assert len(found) > 103
    for name in found:
        bare = name.lstrip(MARKS)
        sounds = pypinyin.pinyin(bare, style=pypinyin.Style.NORMAL, errors=list)
        assert letter(name) == sounds[0][0][0].upper(), name
        for character, (sound, *_) in zip(sortable(name), sounds, strict=True):
            if "\u4e00" <= character <= "\u9fff":
                assert sound in pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)[0], name
                assert letter(character) == sound[0].upper(), (name, character, sound)


def test_items_are_in_the_order_of_a_dictionary() -> None:
    pypinyin = pytest.importorskip("pypinyin", reason="the sounds to compare with, where they are installed")
    pypinyin.load_phrases_dict({word: [[sound] for sound in sounds] for word, sounds in SPOKEN.items()})
    for one, next_ in pairwise(by_sound(names())):
        a, b = one.lstrip(MARKS), next_.lstrip(MARKS)
        at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
        if at is None or not ("\u4e00" <= a[at] <= "\u9fff" and "\u4e00" <= b[at] <= "\u9fff"):
            continue
        first, second = (pypinyin.pinyin(text, style=pypinyin.Style.NORMAL, errors=list)[at][0] for text in (a, b))
        assert first <= second, (one, next_)
