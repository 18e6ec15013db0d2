"""Names under their letters."""

from __future__ import annotations

import pytest

from gkdir.sheets.pinyin import by_sound, letter


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("失业登记", "S"), ("《就业创业证》申领", "J"), ("办社保卡", "B"), ("重新申请", "C"), ("重大事项", "Z"),
        ("调解", "T"), ("参保", "C"), ("12333热线", "#"), ("ICP备案", "I"), ("亳州", "#"), ("", "#"),
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
