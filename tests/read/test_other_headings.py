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
    "English": (
        "No.", "Level 1", "Level 2", "Content", "Legal basis", "Time limit", "Publisher", "Channels", "Public",
        "Specific groups", "Proactive", "On request", "县级", "Township",
    ),
    "counted": tuple(f"{count}.{label}" for count, label in enumerate(NATIONAL, 1)),
    "traditional": (
        "序號", "一級事項", "二級事項", "公開內容", "公開依據", "公開時限", "公開主體", "公開渠道和載體", "全社會",
        "特定群體", "主動", "依申請", "縣級", "鄉級",
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


@pytest.mark.parametrize(
    ("heading", "written", "limit"),
    [
        ("公开时限（工作日）", "20", "20个工作日"),
        ("公开时限（单位：日）", "5", "5日"),
        ("公开时限（个月）", "1", "1个月"),
        ("公开时限（工作日）", "即时", "即时"),
        ("公开时限（年度）", "20", "20"),
    ],
)
def test_a_heading_may_name_the_unit_of_the_figures_below(
    heading: str, written: str, limit: str, tmp_path: Path
) -> None:
    row = (*WRITTEN[:5], written, *WRITTEN[6:])
    read = one(tmp_path, ((*NATIONAL[:5], heading, *NATIONAL[6:]), row))
    assert read.items[0].time_limit.text == limit
    assert read.items[0].written["time_limit"].text == written


def test_a_sentence_about_the_directory_is_not_its_title(tmp_path: Path) -> None:
    above = [["附件1"], ["清源县就业领域基层政务公开标准目录"], ["序号为国家目录编号"]]
    read = one(tmp_path, (*above, NATIONAL, WRITTEN))
    assert read.title == "清源县就业领域基层政务公开标准目录"
