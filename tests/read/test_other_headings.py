"""Headings in words of a county's own: known for what they are, or told of where what stands below says too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from .books import BODY
from .test_neighbours import told
from .test_tables import one

NATIONAL = (
    "序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "全社会", "特定群体", "主动", "依申请", "县级", "乡级",
)  # fmt: skip
WRITTEN = (*BODY[:8], "√", None, "√", None, "√", "√")
OTHERS = {
    "translated": (
        "No.", "一级事项 Item", "二级事项 Sub-item", "公开内容 Content", "公开依据 Basis", "公开时限 Time limit",
        "公开主体 Publisher", "公开渠道 Channel", "全社会 Public", "特定群体 Group", "主动 Active", "依申请 On request",
        "县级", "乡级",
    ),
    "to whom": (*NATIONAL[:8], "全社会公开", "特定群体公开", "主动公开", "依申请公开", "县级", "乡镇（街道）"),
    "plain": (*NATIONAL[:5], "何时公开", *NATIONAL[6:8], "面向公众", "面向特定对象", "主动", "申请", "县级", "乡村"),
    "points": (*NATIONAL[:3], "公开要点", "依据", "公示时限", "承办机构", "公开载体", *NATIONAL[8:]),
}  # fmt: skip


@pytest.mark.parametrize("headings", OTHERS.values(), ids=OTHERS.keys())
def test_other_words_for_the_same_columns(headings: tuple[str, ...], tmp_path: Path) -> None:
    read = one(tmp_path, (headings, WRITTEN))
    plain = one(tmp_path, (NATIONAL, WRITTEN))
    keys = ("level2", "content", "basis", "time_limit", "publisher", "channels", "audience", "mode", "levels", "extra")
    assert [getattr(read.items[0], key) for key in keys] == [getattr(plain.items[0], key) for key in keys]
    assert read.troubles == ()


@pytest.mark.parametrize("heading", ["县", "全社会否", "是否列入", "甲"])
def test_ticks_under_a_heading_that_nobody_knows(heading: str, tmp_path: Path) -> None:
    directory = one(tmp_path, ((*NATIONAL[:12], heading), (*WRITTEN[:12], "√")))
    assert f"“{heading}”" in told(directory)


def test_words_under_such_a_heading_are_kept_and_not_told_of(tmp_path: Path) -> None:
    directory = one(tmp_path, ((*NATIONAL[:12], "备查"), (*WRITTEN[:12], "见档案")))
    assert (directory.items[0].extra, directory.troubles) == ({"备查": "见档案"}, ())
