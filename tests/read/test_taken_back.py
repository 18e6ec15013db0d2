"""A row that says it is cancelled is reported, and not published silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, save


def read(tmp_path: Path, label: str, first: str | None, name: str = "1.1岗位信息发布") -> Directory:
    rows = (
        (*HEADER[0], label),
        (*HEADER[1], None),
        (*BODY[:2], name, *BODY[3:], first),
        ("2", None, "1.2求职信息登记", *BODY[3:], None),
    )
    (found,) = read_directories(save(tmp_path / "a.xlsx", rows, HEADER_MERGES), name="a.xlsx")
    return found


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *(
            ("备注", text)
            for text in (
                "已取消",
                "此项不公开",
                "本县不涉及",
                "暂不公开",
                "删除",
                "已并入2.1",
                "与2.1合并",
                "不再公开。",
            )
        ),
        *(("变更情况", text) for text in ("建议取消", "该项已划转医保局")),
        *(("是否公开", text) for text in ("否", "×", "不公开")),
    ],
)
def test_what_takes_an_item_back_is_named(label: str, text: str, tmp_path: Path) -> None:
    found = read(tmp_path, label, text)
    assert len(found.items) == 2
    assert (TroubleKind.UNREAD_CELL, "M3") in [(each.kind, each.place.cell) for each in found.troubles]
    assert any(text in each.message for each in found.troubles)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *(
            ("备注", text)
            for text in ("取消证明材料", "无", "2026年新增", "调整表述", "咨询电话0600-5550101", "合并办理")
        ),
        ("办理结果", "已取消"),
    ],
)
def test_what_does_not_take_it_back(label: str, text: str, tmp_path: Path) -> None:
    assert read(tmp_path, label, text).troubles == ()


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("1.1岗位信息发布（已取消）", True), ("1.1岗位信息发布（暂不办理）", True), ("1.1岗位信息发布（新增）", False),
        ("1.1就业登记（含取消登记）", False), ("1.1取消社会保险登记", False),
    ],
)  # fmt: skip
def test_what_a_name_says_in_brackets(name: str, named: bool, tmp_path: Path) -> None:
    found = read(tmp_path, "备注", None, name)
    assert [each.place.cell for each in found.troubles] == ["C3"] * named
