"""Headings in a county's own words: recognised, or reported if the column has too much text to be ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from gkdir.finding import Unreadable
from gkdir.read.directory import read_directories

from .books import BODY
from .test_neighbours import troubles_of
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
    "required": (*(f"*{label}【必填】" for label in NATIONAL[:8]), *NATIONAL[8:]),
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
    assert f"“{heading}”" in troubles_of(directory)


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
        ("公开时限\n单位：工作日", "20", "20个工作日"),
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


@pytest.mark.parametrize(
    ("headings", "written", "limit"),
    [
        (
            ("首次公开时限", "更新时限"),
            ("20个工作日内", "每季度更新"),
            "首次公开时限：20个工作日内；更新时限：每季度更新",
        ),
        (("公开时限", "更新频次"), ("20个工作日内", None), "20个工作日内"),
        (("公开时限", "更新频次"), ("20个工作日内", "20个工作日内"), "20个工作日内"),
        (("更新时限", "公开时限"), (None, "20个工作日内"), "公开时限：20个工作日内"),
        (("公开时限", "公开期限"), ("20个工作日内", "长期公开"), "20个工作日内"),
    ],
)
def test_limits_in_two_columns(
    headings: tuple[str, str], written: tuple[str | None, ...], limit: str, tmp_path: Path
) -> None:
    read = one(tmp_path, ((*NATIONAL[:5], *headings, *NATIONAL[6:]), (*WRITTEN[:5], *written, *WRITTEN[6:])))
    assert (read.items[0].time_limit.text, read.troubles) == (limit, ())


def test_limits_below_one_heading(tmp_path: Path) -> None:
    above = (*NATIONAL[:5], "公开时限", None, *NATIONAL[6:])
    below = (*(None,) * 5, "法定时限", "承诺时限", *(None,) * 8)
    rows = (above, below, (*WRITTEN[:5], "20个工作日", "5个工作日", *WRITTEN[6:]))
    read = one(tmp_path, rows, ("F1:G1", *(f"{column}1:{column}2" for column in "ABCDEHIJKLMNO")))
    limit = read.items[0].time_limit
    assert (limit.count, limit.statutory and limit.statutory.count, read.troubles) == (5, 20, ())


def test_the_limit_of_a_service_is_no_limit_of_publication(tmp_path: Path) -> None:
    read = one(tmp_path, ((*NATIONAL, "承诺时限"), (*WRITTEN, "5个工作日")))
    assert read.items[0].time_limit.count == 20
    assert "“承诺时限”" in troubles_of(read)
    assert "办事指南" in troubles_of(read)


@pytest.mark.parametrize(
    ("written", "publishers", "levels"),
    [
        (("√", None, "√"), (), ("县级", "村级")),
        (("县人社局", "各乡镇人民政府", "—"), ("县人社局", "各乡镇人民政府"), ("县级", "乡级")),
        (("县人社局", "√", "×"), ("县人社局",), ("县级", "乡级")),
    ],
)
def test_levels_below_the_publisher(
    written: tuple[str | None, ...], publishers: tuple[str, ...], levels: tuple[str, ...], tmp_path: Path
) -> None:
    above = (*NATIONAL[:6], "公开主体", None, None, *NATIONAL[7:12])
    below = (*(None,) * 6, "县级", "乡级", "村级", *(None,) * 5)
    merges = ("G1:I1", *(f"{column}1:{column}2" for column in "ABCDEFJKLMN"))
    read = one(tmp_path, (above, below, (*WRITTEN[:6], *written, *WRITTEN[7:12])), merges)
    assert (read.items[0].publisher, read.items[0].levels, read.troubles) == (publishers, levels, ())


def test_an_item_in_each_column(tmp_path: Path) -> None:
    told = ("原则上20个工作日", *WRITTEN[6:8], "登录后可见")
    other = ("2", None, "1.2求职信息登记", *WRITTEN[3:5], *told, *WRITTEN[9:])
    across = list(zip(NATIONAL, WRITTEN, other, strict=True))
    rows = (("清源县就业领域基层政务公开标准目录", None, None), *across, ("填报人：张某", None, None))
    read = one(tmp_path, rows, ("A1:C1", "B3:C3"))
    plain = one(tmp_path, (NATIONAL, WRITTEN, other), ("B2:B3",))
    keys = ("number", "level1", "level2", "content", "basis", "time_limit", "publisher", "channels", "mode", "levels")
    assert [[getattr(item, key) for key in keys] for item in read.items] == [
        [getattr(item, key) for key in keys] for item in plain.items
    ]
    assert read.items[1].written["channels"].place.cell == "C9"
    assert sorted(trouble.place.cell or "" for trouble in read.troubles) == ["C10", "C7"]
    assert (read.title, [note.place.cell for note in read.notes]) == (rows[0][0], ["A1", "A16"])


def test_a_column_that_names_no_item_is_told_as_a_column(tmp_path: Path) -> None:
    nameless = (*WRITTEN[:1], None, None, *WRITTEN[3:])
    directory = one(tmp_path, list(zip(NATIONAL, nameless, WRITTEN, strict=True)))
    assert [trouble.place.cell for trouble in directory.troubles] == ["B1"]
    assert "B 列没有认作事项：这一列有序号" in troubles_of(directory)


def test_the_guide_of_a_matter_is_no_directory(tmp_path: Path) -> None:
    rows = [("事项名称", "失业登记"), ("设定依据", "《就业促进法》"), ("办理时限", "当场"), ("承办单位", "县人社局")]
    with pytest.raises(Unreadable):
        one(tmp_path, [*rows, ("服务对象", "失业人员"), ("受理条件", "无业")])


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("1.岗位信息发布\n2.求职信息登记", ["岗位信息发布", "求职信息登记"]),
        ("①岗位信息\n发布\n②求职信息登记", ["岗位信息发布", "求职信息登记"]),
        ("（1）岗位信息发布\n（2）求职信息登记", ["岗位信息发布", "求职信息登记"]),
        ("1.岗位信息\n发布", ["岗位信息发布"]),
        ("2.岗位信息发布\n3.求职信息登记", ["岗位信息发布3.求职信息登记"]),
    ],
)
def test_several_names_counted_in_one_cell(name: str, names: list[str], tmp_path: Path) -> None:
    read = one(tmp_path, (NATIONAL, ("1", "就业信息服务", name, *WRITTEN[3:])))
    assert [item.level2 for item in read.items] == names


def test_first_levels_counted_in_the_column_before(tmp_path: Path) -> None:
    headings = ("序号", "事项名称", *NATIONAL[3:])
    items = ((1, "岗位信息发布", *WRITTEN[3:]), (1, "失业登记", *WRITTEN[3:]))
    read = one(tmp_path, (headings, ("一", "就业信息服务"), items[0], ("二", "失业登记服务"), items[1]))
    assert [(item.level1, item.level2) for item in read.items] == [
        ("就业信息服务", "岗位信息发布"),
        ("失业登记服务", "失业登记"),
    ]


def test_the_same_limit_in_two_rows_of_an_item_counts_once(tmp_path: Path) -> None:
    more = (None, None, None, "3.联系方式", *WRITTEN[4:])
    read = one(tmp_path, (NATIONAL, WRITTEN, more), ("A2:A3", "B2:B3", "C2:C3"))
    assert (read.items[0].time_limit.text, read.troubles) == ("20个工作日", ())


SIMPLE = (*NATIONAL[:8], "公开对象", "公开方式", "公开层级")
WORDS = (
    "1", "就业信息服务", "岗位信息发布", "招聘单位", "《条例》", "信息形成或变更之日起20个工作日内公开", "人社局",
    "■政府网站 □政府公报", "全社会", "主动公开", "县级、乡级",
)  # fmt: skip
TRADITIONAL = (
    "1", "就業信息服務", "崗位信息發佈", "招聘單位", "《條例》", "信息形成或變更之日起20個工作日內公開", "人社局",
    "■政府網站 □政府公報", "全社會", "主動公開", "縣級、鄉級",
)  # fmt: skip


def test_traditional_cells_mean_the_same(tmp_path: Path) -> None:
    read, plain = (one(tmp_path, (SIMPLE, row)) for row in (TRADITIONAL, WORDS))
    keys = ("channels", "audience", "audience_detail", "mode", "levels")
    assert [getattr(read.items[0], key) for key in keys] == [getattr(plain.items[0], key) for key in keys]
    limit = read.items[0].time_limit
    assert (limit.count, limit.unit, limit.anchor, limit.left) == (20, "workday", "信息形成或变更", ())
    assert read.troubles == ()


@pytest.mark.parametrize(
    ("counts", "numbers", "words"),
    [
        (("1-3", "4"), [None, None], "1-3"),
        (("1", "2～3", "4"), [None, None, None], "2～3"),
        (("1-1", "1-2"), ["1.1", "1.2"], ""),
        (("1-1", "1-2", "2-1"), ["1.1", "1.2", "2.1"], ""),
    ],
)
def test_rows_counted_together_are_no_numbers_of_items(
    counts: tuple[str, ...], numbers: list[str | None], words: str, tmp_path: Path
) -> None:
    rows = [(count, "就业信息服务", f"岗位信息发布{count}", *WORDS[3:]) for count in counts]
    read = one(tmp_path, (SIMPLE, *rows))
    assert [item.number for item in read.items] == numbers
    assert words in troubles_of(read)
    assert bool(read.troubles) == bool(words)


def test_a_sheet_of_one_level_is_told_of(tmp_path: Path) -> None:
    directory = one(tmp_path, (("乡级就业领域目录",), SIMPLE[:10], WORDS[:10]))
    assert "“乡级”" in troubles_of(directory)
    assert one(tmp_path, (("乡级就业领域目录",), SIMPLE, WORDS)).troubles == ()


def test_a_drawn_line_and_a_name_that_was_merged_are_no_items(tmp_path: Path) -> None:
    merged = ("1", "就业信息服务\n就业信息服务", *WORDS[2:])
    directory = one(tmp_path, (SIMPLE, ("---", ":--", *["---"] * 9), merged))
    assert [(item.level1, item.level2) for item in directory.items] == [("就业信息服务", "岗位信息发布")]
    assert directory.troubles == ()


@pytest.mark.parametrize(
    "left_out", [("公开内容", "公开依据"), ("序号", "公开内容", "公开依据"), ("公开依据", "公开时限", "公开主体")]
)
def test_a_row_whose_cells_all_name_choices_is_an_item(left_out: tuple[str, ...], tmp_path: Path) -> None:
    """政府网站, 全社会, 主动 and 县级 are headings in one table and values in another."""
    says = {
        "序号": "1", "二级事项": "岗位信息发布", "公开内容": "招聘单位", "公开依据": "《就业促进法》",
        "公开时限": "20个工作日", "公开主体": "县人社局", "公开渠道和载体": "政府网站", "公开对象": "全社会",
        "公开方式": "主动", "公开层级": "县级",
    }  # fmt: skip
    shown = [label for label in says if label not in left_out]
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(shown)
    page.append([says[label] for label in shown])
    page.append(["2" if label == "序号" else says[label].replace("发布", "登记") for label in shown])
    book.save(tmp_path / "a.xlsx")
    (found,) = read_directories(tmp_path / "a.xlsx", name="a.xlsx")
    assert [(item.level2, item.mode, item.levels) for item in found.items] == [
        ("岗位信息发布", ("主动",), ("县级",)),
        ("岗位信息登记", ("主动",), ("县级",)),
    ]
