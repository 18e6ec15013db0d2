"""Marks in tick cells, and signs for 同上: ambiguous ones are reported, and choose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, save


def read(tmp_path: Path, *rows: Sequence[str | None]) -> Directory:
    merges = [*HEADER_MERGES]
    (found,) = read_directories(save(tmp_path / "a.xlsx", (*HEADER, *rows), merges), name="a.xlsx")
    return found


def ticked(tmp_path: Path, yes: str, no: str | None) -> Directory:
    """Two items: ``yes`` marks 全社会 and 主动 for the first, the other columns for the second; ``no`` is elsewhere."""
    first = (*BODY[:8], yes, no, yes, no)
    second = ("2", None, "1.2求职信息登记", *BODY[3:8], no, yes, no, yes)
    return read(tmp_path, first, second)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("√", "×"), ("√", "N/A"), ("√", "null"), ("√", "‐"), ("√", "−"), ("√", "ㄨ"), ("⬤", "◯"), ("ˇ", None),
        ("选", "不选"), ("是√", "否×"), ("1.0", "0.0"), ("○", "×"), ("◎", "○"),
        ("\uf0fe", "\uf0a8"), ("\uf0fc", "\uf0fb"), ("þ", "¨"),
    ],
)  # fmt: skip
def test_marks_that_everybody_knows(yes: str, no: str | None, tmp_path: Path) -> None:
    found = ticked(tmp_path, yes, no)
    assert [(item.audience, item.mode) for item in found.items] == [
        (("全社会",), ("主动",)), (("特定群体",), ("依申请",)),
    ]  # fmt: skip
    assert found.troubles == ()


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("×", None), ("X", None), ("✕", None), ("T", "F"), ("👍", "👎"), ("🔵", "⚪"), ("🟢", "🔴"), ("a", "r"),
        ("圆", "圈"), ("*", None), ("100%", "0%"),
    ],
)  # fmt: skip
def test_marks_that_nobody_knows_choose_nothing_and_are_named(yes: str, no: str | None, tmp_path: Path) -> None:
    found = ticked(tmp_path, yes, no)
    assert [(item.audience, item.mode) for item in found.items] == [((), ()), ((), ())]
    assert {trouble.place.cell for trouble in found.troubles} >= {"I3", "K3", "J4", "L4"}


@pytest.mark.parametrize("sign", [".", "。", "、", "·", "空", "一"])
def test_a_sign_that_says_nothing_is_no_tick(sign: str, tmp_path: Path) -> None:
    found = ticked(tmp_path, "√", sign)
    assert [item.audience for item in found.items] == [("全社会",), ("特定群体",)]
    assert {trouble.place.cell for trouble in found.troubles} == {"J3", "L3", "I4", "K4"}


def test_of_two_kinds_of_filled_marks_the_second_is_asked(tmp_path: Path) -> None:
    found = ticked(tmp_path, "●", "◎")
    assert [item.audience for item in found.items] == [("全社会",), ("特定群体",)]
    assert {trouble.place.cell for trouble in found.troubles} == {"J3", "L3", "I4", "K4"}


def same(tmp_path: Path, text: str) -> Directory:
    second = ("2", None, "1.2求职信息登记", *[text] * 5, *BODY[8:])
    return read(tmp_path, BODY, second)


@pytest.mark.parametrize(
    "sign",
    [
        "同上",
        "（同上）",
        "【同上】",
        "〃",
        "—〃—",
        '-"-',
        "″″",
        "〝〞",
        '" "',
        "ditto",
        "do.",
        "仝",
        "上同",
        "如上",
        "↓",
        "⇓",
        "↑",
        "|",
        "∥",
    ],
)
def test_signs_for_the_cell_above(sign: str, tmp_path: Path) -> None:
    first, second = same(tmp_path, sign).items
    for key in ("content", "basis", "time_limit", "publisher", "channels"):
        assert getattr(second, key) == getattr(first, key)


@pytest.mark.parametrize("text", ["/", "…", "、、", "》", "7", "々"])
def test_what_says_nothing_is_nobodys_content(text: str, tmp_path: Path) -> None:
    found = same(tmp_path, text)
    assert (found.items[1].content, found.items[1].basis, found.items[1].publisher) == ((), (), ())
    assert {trouble.place.cell for trouble in found.troubles} >= {"D4", "G4"}


@pytest.mark.parametrize("text", ["同1.1", "同序号1", "详见附件", "见上表", "与第3项相同"])
def test_what_only_says_where_it_stands_is_named(text: str, tmp_path: Path) -> None:
    assert {trouble.place.cell for trouble in same(tmp_path, text).troubles} >= {"D4", "G4"}
