"""Tables as counties lay them out: a small sheet for each habit."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gkdir.finding import TroubleKind, Unreadable
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, Cells, save, written

N = None
TITLE = "清源县就业领域基层政务公开标准目录"
REST = BODY[3:]


def read(tmp_path: Path, rows: Cells, merges: tuple[str, ...] = (), sheet: str = "Sheet1") -> tuple[Directory, ...]:
    return read_directories(written(tmp_path / "目录.xlsx", rows, merges, sheet), name="目录.xlsx")


def one(tmp_path: Path, rows: Cells, merges: tuple[str, ...] = (), sheet: str = "Sheet1") -> Directory:
    (directory,) = read(tmp_path, rows, merges, sheet)
    return directory


def names(directory: Directory) -> list[tuple[str | None, str, str, str | None]]:
    return [(item.number, item.level1, item.level2, item.level3) for item in directory.items]


def test_title_columns_and_places(tmp_path: Path) -> None:
    merges = tuple(merge.replace("2", "3").replace("1", "2") for merge in HEADER_MERGES)
    directory = one(tmp_path, ([TITLE], *HEADER, BODY), ("A1:L1", *merges))
    item = directory.items[0]
    assert (directory.title, directory.domain) == (TITLE, "employment")
    assert directory.columns[:3] == ("序号", "公开事项/一级事项", "公开事项/二级事项")
    assert directory.columns[-1] == "公开方式/依申请"
    assert str(item.written["channels"].place) == "目录.xlsx#Sheet1!H4"
    assert item.written["channels"].text == "■政府网站 □政府公报"
    assert (item.rows, item.levels, item.extra) == ((4, 4), None, {})


def test_names_numbers_and_broken_lines(tmp_path: Path) -> None:
    rows = (
        ["1", "1.就业信\n息服务", "1.1岗位 信息\n发布", *REST],
        ["2", N, "1.2 求职信息登记", *REST],
        ["3", "二、职业\u3000介绍", "职业指导", *REST],
    )
    assert names(one(tmp_path, (*HEADER, *rows))) == [
        ("1.1", "就业信息服务", "岗位信息发布", None),
        ("1.2", "就业信息服务", "求职信息登记", None),
        (None, "职业介绍", "职业指导", None),
    ]


def test_the_number_column_counts_where_it_is_the_items_own(tmp_path: Path) -> None:
    rows = [[number, "就业", f"事项{index}", *REST] for index, number in enumerate((1.1, "1.2", 1.9, 1.1, 1.11), 1)]
    assert [name[0] for name in names(one(tmp_path, (*HEADER, *rows)))] == ["1.1", "1.2", "1.9", "1.10", "1.11"]


def test_the_zero_of_a_number_in_a_name_comes_back(tmp_path: Path) -> None:
    rows = [(None, BODY[1], f"{number}事项{index}", *BODY[3:]) for index, number in enumerate(("6.9", "6.1", "6.11"))]
    rows.insert(0, (None, BODY[1], "6.1事项", *BODY[3:]))
    assert [name[0] for name in names(one(tmp_path, (*HEADER, *rows)))] == ["6.1", "6.9", "6.10", "6.11"]


@pytest.mark.parametrize(
    ("written", "number", "said"),
    [
        ("'1.10", "1.10", None),
        ("2026-01-10", None, "像是编号被当成了日期"),
        ("9月10日", None, "像是编号被当成了日期"),
        ("1、2", None, "没有认作编号"),
        ("1。5", None, "没有认作编号"),
        ("1.1\n1.2", None, "像是几项合在一行"),
        ("1", None, None),
    ],
)
def test_what_stands_for_a_number(written: str, number: str | None, said: str | None, tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, (written, BODY[1], "岗位信息发布", *BODY[3:])))
    assert directory.items[0].number == number
    assert [str(said) in trouble.message for trouble in directory.troubles] == ([True] if said else [])


def test_a_first_level_in_a_row_of_its_own(tmp_path: Path) -> None:
    rows = (["一、就业信息服务"], ["1", N, "岗位信息发布", *REST], ["二", "职业介绍"], ["2", N, "职业指导", *REST])
    directory = one(tmp_path, (*HEADER, *rows), (*HEADER_MERGES, "A3:L3", "B5:L5"))
    assert names(directory) == [(None, "就业信息服务", "岗位信息发布", None), (None, "职业介绍", "职业指导", None)]
    assert directory.troubles == ()


def test_headings_and_notes_may_be_merged_over_several_rows(tmp_path: Path) -> None:
    rows = (["一、就业信息服务"], [N], ["1", N, "岗位信息发布", *REST], ["备注：试行。"], [N], ["二、职业介绍"], [N])
    merges = (*HEADER_MERGES, "A3:L4", "A6:L7", "A8:L9")
    directory = one(tmp_path, (*HEADER, *rows, ["2", N, "职业指导", *REST]), merges)
    assert names(directory) == [(None, "就业信息服务", "岗位信息发布", None), (None, "职业介绍", "职业指导", None)]
    assert directory.troubles == ()


def test_one_column_holds_both_levels(tmp_path: Path) -> None:
    header = [cell for index, cell in enumerate(HEADER[0]) if index != 2]
    rows = (["16.工伤保险服务6.1工伤认定申请", *REST], ["6.工伤保险服务\n6.2工伤预防", *REST])
    directory = one(tmp_path, (header[1:], [N, *HEADER[1][3:]], *rows))
    assert names(directory) == [
        ("6.1", "工伤保险服务", "工伤认定申请", None),
        ("6.2", "工伤保险服务", "工伤预防", None),
    ]


def test_several_items_in_a_row(tmp_path: Path) -> None:
    rows = (
        ["1", "1.就业", "1.1岗位信息发布\n1.2求职登记\n1.3用工登记", *REST],
        ["2\n3", "2.职业", "职业介绍\n职业指导", *REST],
    )
    directory = one(tmp_path, (*HEADER, *rows))
    assert names(directory) == [
        ("1.1", "就业", "岗位信息发布", None),
        ("1.2", "就业", "求职登记", None),
        ("1.3", "就业", "用工登记", None),
        (None, "职业", "职业介绍", None),
        (None, "职业", "职业指导", None),
    ]
    assert [item.rows for item in directory.items] == [(3, 3)] * 3 + [(4, 4)] * 2


def test_one_item_over_several_rows(tmp_path: Path) -> None:
    rows = (
        ["1", "就业", "岗位信息发布", "1.招聘单位", *BODY[4:]],
        [N, N, N, "2.岗位要求"],
        ["2", N, "求职登记", "1.服务对象", "《甲》", *BODY[5:]],
        [N, N, N, "2.咨询电话", "《乙》"],
    )
    directory = one(tmp_path, (*HEADER, *rows), (*HEADER_MERGES, "C5:C6", "B3:B6"))
    first, second = directory.items
    assert (first.content, first.rows) == (("招聘单位", "岗位要求"), (3, 4))
    assert (second.content, second.rows) == (("服务对象", "咨询电话"), (5, 6))
    assert [basis.name for basis in second.basis] == ["甲", "乙"]


def test_a_third_level_and_merged_seconds(tmp_path: Path) -> None:
    header = ([*HEADER[0][:3], N, *HEADER[0][3:]], [*HEADER[1][:3], "三级事项（可选）", *HEADER[1][3:]])
    rows = (
        ["1", "1.就业", "1.1登记", "失业登记", *REST],
        ["2", N, N, "就业登记", *REST],
        ["3", N, "1.2创业", N, *REST],
    )
    directory = one(tmp_path, (*header, *rows), ("B1:D1", "B3:B5", "C3:C4"))
    assert names(directory) == [
        (None, "就业", "登记", "失业登记"),
        (None, "就业", "登记", "就业登记"),
        ("1.2", "就业", "创业", None),
    ]


def test_headings_repeated_on_each_page(tmp_path: Path) -> None:
    rows = (BODY, [f"{TITLE}（续）"], *HEADER, ["2", N, "1.2求职登记", *REST], *HEADER, ["3", N, "1.3用工登记", *REST])
    directory = one(tmp_path, ([TITLE], *HEADER, *rows))
    assert [name[0] for name in names(directory)] == ["1.1", "1.2", "1.3"]
    assert {item.level1 for item in directory.items} == {"就业信息服务"}
    assert directory.troubles == ()


def test_two_domains_in_a_sheet(tmp_path: Path) -> None:
    other = ["1", "1.社会保险登记", "1.1职工参保登记", *REST]
    rows = ([TITLE], *HEADER, BODY, [N], ["清源县社会保险领域基层政务公开标准目录"], *HEADER, other)
    first, second = read(tmp_path, rows)
    assert (first.domain, second.domain) == ("employment", "social_insurance")
    assert second.items[0].domain == "social_insurance"
    assert first.troubles == second.troubles == ()


@pytest.mark.parametrize(
    ("title", "sheet", "domain"),
    [
        ("社保领域基层政务公开标准目录", "Sheet1", "social_insurance"),
        (N, "就业", "employment"),
        (N, "社会保险", "social_insurance"),
        ("养老服务领域基层政务公开标准目录", "Sheet1", N),
        ("就业和社会保险领域基层政务公开标准目录", "Sheet1", N),
    ],
)
def test_the_domain_is_told(title: str | None, sheet: str, domain: str | None, tmp_path: Path) -> None:
    rows = [["1", "甲", "乙", *REST]]
    assert one(tmp_path, ([title], *HEADER, *rows), (), sheet).domain == domain


def test_item_names_tell_the_domain_where_nothing_else_does(tmp_path: Path) -> None:
    assert one(tmp_path, (*HEADER, BODY)).domain == "employment"


def test_a_title_that_names_a_domain_is_believed_even_if_nobody_knows_it(tmp_path: Path) -> None:
    assert one(tmp_path, (["公共法律服务领域基层政务公开标准目录"], *HEADER, BODY), (), "就业").domain is None


def test_another_national_workbook_names_another_domain(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (["清源县养老服务领域基层政务公开标准目录"], *HEADER, BODY), ())
    (directory,) = read_directories(path, name="a.xlsx", labels={"employment": "就业", "elderly_care": "养老服务"})
    assert directory.domain == "elderly_care"
    (directory,) = read_directories(path, name="a.xlsx", domain="given")
    assert directory.items[0].id == "given/1.1"


def test_cover_sheets_and_notes_are_no_tables(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (["附件1"], [TITLE], *HEADER, BODY, ["备注：标√的为公开。"], ["第 1 页"]), ())
    book = openpyxl.load_workbook(path)
    cover = book.create_sheet("说明", 0)
    cover.append(["编制说明"])
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    assert len(directory.items) == 1
    assert [note.text for note in directory.notes] == ["附件1", "备注：标√的为公开。", "第 1 页", "编制说明"]
    assert directory.troubles == ()


def test_columns_the_directory_does_not_know(tmp_path: Path) -> None:
    header = ([*HEADER[0], "咨询电话", "备注"], HEADER[1])
    rows = ([*BODY, "0600-5550101", N], [*BODY[:12], "同上", "试行"], [*BODY, N, N, "没有表头的字"])
    first, second, third = one(tmp_path, (*header, *rows)).items
    assert first.extra == {"咨询电话": "0600-5550101"}
    assert second.extra == {"咨询电话": "0600-5550101", "备注": "试行"}
    assert third.extra == {"O列": "没有表头的字"}


def test_ghost_columns_and_wide_blanks_are_nothing(tmp_path: Path) -> None:
    rows = ([*BODY[:9], "\u3000", "√", "\u3000 ", "\u3000", " ", "\xa0"],)
    item = one(tmp_path, (*HEADER, *rows)).items[0]
    assert (item.audience, item.mode, item.extra) == (("全社会",), ("主动",), {})


def test_ditto_in_any_column(tmp_path: Path) -> None:
    rows = (
        [*BODY[:8], N, "失业人员", N, "√"],
        ["2", "同上", "求职登记", *["同上"] * 9],
    )
    first, second = one(tmp_path, (*HEADER, *rows)).items
    for key in (
        "level1",
        "content",
        "basis",
        "time_limit",
        "publisher",
        "channels",
        "audience",
        "audience_detail",
        "mode",
    ):
        assert getattr(first, key) == getattr(second, key), key
    assert second.level2 == "求职登记"
    assert second.written["time_limit"].text == "同上"


def test_ditto_with_nothing_above_is_a_trouble(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, [*BODY[:4], "同上", *BODY[5:]]))
    (trouble,) = directory.troubles
    assert trouble.kind is TroubleKind.WRONG_VALUE
    assert str(trouble.place).endswith("!E3")
    assert directory.items[0].basis == ()


def test_rows_that_are_no_items_are_named(tmp_path: Path) -> None:
    rows = ([N, N, N, "1.招聘单位", "《甲》"], BODY, ["2", N, N, "1.服务对象", "《乙》"], ["三、没有事项的标题"])
    directory = one(tmp_path, (*HEADER, *rows), ("A6:L6",))
    assert len(directory.items) == 1
    assert [trouble.kind for trouble in directory.troubles] == [TroubleKind.NOT_A_ROW] * 3
    assert [str(trouble.place).rpartition("!")[2] for trouble in directory.troubles] == ["D3", "A5", "A6"]


@pytest.mark.parametrize(
    ("cells", "audience", "detail", "mode"),
    [
        (["√", N, "√", N], ("全社会",), N, ("主动",)),
        (["是", "否", "主动公开", "—"], ("全社会",), N, ("主动",)),
        ([N, "√（失业人员）", N, "√"], ("特定群体",), "失业人员", ("依申请",)),
        ([N, "失业人员", "√", "√"], ("特定群体",), "失业人员", ("主动", "依申请")),
        (["□", "■", "×", "R"], ("特定群体",), N, ("依申请",)),
    ],
)
def test_ticks(
    cells: list[str | None], audience: tuple[str, ...], detail: str | None, mode: tuple[str, ...], tmp_path: Path
) -> None:
    item = one(tmp_path, (*HEADER, [*BODY[:8], *cells])).items[0]
    assert (item.audience, item.audience_detail, item.mode) == (audience, detail, mode)


def test_words_in_one_column_in_place_of_ticks(tmp_path: Path) -> None:
    header = ["序号", "一级事项", "二级事项", *HEADER[0][3:8], "公开对象", "公开方式", "公开层级"]
    rows = [*BODY[:8], "特定群体（失业人员）", "主动公开", "县级、乡级"]
    item = one(tmp_path, (header, rows)).items[0]
    assert (item.audience, item.audience_detail, item.mode) == (("特定群体",), "失业人员", ("主动",))
    assert item.levels == ("县级", "乡级")


@pytest.mark.parametrize(
    ("labels", "levels"),
    [
        (("县级", "乡、村级"), ("县级", "乡级")),
        (("区级", "镇街级"), ("县级", "乡级")),
        (("旗级", "嘎查（社区）级"), ("县级", "村级")),
    ],
)
def test_levels_by_any_name(labels: tuple[str, str], levels: tuple[str, str], tmp_path: Path) -> None:
    header = ([*HEADER[0], "公开层级", N], [*HEADER[1], *labels])
    assert one(tmp_path, (*header, [*BODY, "√", "√"])).items[0].levels == levels
    assert one(tmp_path, (*header, BODY)).items[0].levels == ()


def test_three_heading_rows_and_columns_in_another_order(tmp_path: Path) -> None:
    header = (
        ["公开事项", N, "公开要求", N, N, N, "公开渠道\n和载体", "公开\n依据"],
        ["一级\n事项", "二级\n事项", "公开内容\n（要素）", "公开\n时限", "责任\n部门", "公开对象"],
        [N, N, N, N, N, "全社\n会"],
    )
    rows = ["就业", "岗位信息发布", "招聘单位", "实时公开", "县人社局", "√", "政府网站", "《甲》"]
    directory = one(tmp_path, (*header, rows), ("A1:B1", "C1:F1"))
    item = directory.items[0]
    assert (item.level1, item.level2, item.content) == ("就业", "岗位信息发布", ("招聘单位",))
    assert (item.time_limit.kind, item.publisher, item.audience) == ("immediate", ("县人社局",), ("全社会",))
    assert (item.channels, item.basis[0].name) == (("政府网站",), "甲")


def test_a_row_that_numbers_the_columns_is_no_item(tmp_path: Path) -> None:
    counts = [str(number) for number in range(1, 13)]
    directory = one(tmp_path, (*HEADER, counts, BODY, *HEADER, counts, ["2", N, "1.2求职登记", *REST]))
    assert [name[0] for name in names(directory)] == ["1.1", "1.2"]
    assert directory.columns[3] == "公开内容（要素）"
    assert directory.troubles == ()


def test_dates_and_decimals_read_as_they_show(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY), HEADER_MERGES)
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    page["A3"] = 5.1
    page["A3"].number_format = "0.00"
    page["C3"] = "岗位信息发布"
    page["F3"] = 45_292
    page["F3"].number_format = "yyyy-mm-dd"
    book.save(path)
    item = read_directories(path, name="a.xlsx")[0].items[0]
    assert item.number == "5.10"
    assert item.time_limit.text == "2024-01-01"


UNIT = ["填报单位：清源县人社局    填报日期：2026年3月1日"]
OTHER = ["1", "1.社会保险登记", "1.1职工参保登记", *REST]
OTHER_TITLE = ["清源县社会保险领域基层政务公开标准目录"]


@pytest.mark.parametrize(
    "between",
    [
        [OTHER_TITLE, UNIT],
        [N, OTHER_TITLE, ["（2026年版）"], UNIT, ["单位：", "清源县人社局"]],
        [["填报人：张某", N, "审核人：李某"], ["附件2"], OTHER_TITLE, UNIT],
        [["社会保险领域"], UNIT],
        [["（二）社会保险领域"]],
    ],
    ids=["unit", "lines", "footer above", "domain alone", "counted"],
)
def test_two_domains_in_a_sheet_with_lines_between(between: Cells, tmp_path: Path) -> None:
    rows = ([TITLE], UNIT, *HEADER, BODY, *((line or [N]) for line in between), *HEADER, OTHER)
    first, second = read(tmp_path, rows)
    assert (first.domain, second.domain) == ("employment", "social_insurance")
    assert (names(first), names(second)) == (
        [("1.1", "就业信息服务", "岗位信息发布", None)],
        [("1.1", "社会保险登记", "职工参保登记", None)],
    )
    said = {cell for line in between for cell in line or () if cell} - {second.title}
    assert said <= {note.text for note in (*first.notes, *second.notes)}
    assert second.place.cell == f"A{len(between) + 6}"


def test_two_domains_under_one_heading(tmp_path: Path) -> None:
    rows = (["清源县基层政务公开标准目录"], *HEADER, ["一、就业领域"], BODY, ["二、社会保险领域"], OTHER)
    first, second = read(tmp_path, rows)
    assert (first.domain, second.domain) == ("employment", "social_insurance")
    assert [item.level1 for item in (*first.items, *second.items)] == ["就业信息服务", "社会保险登记"]
    assert "清源县基层政务公开标准目录" in [note.text for note in first.notes]


def test_two_domains_side_by_side(tmp_path: Path) -> None:
    heads = [[*row, N, *row] for row in HEADER]
    rows = ([TITLE, *[N] * 12, *OTHER_TITLE], *heads, [*BODY, N, *OTHER], [N] * 13 + ["备注：试行。"])
    first, second = read(tmp_path, rows)
    assert (first.domain, second.domain) == ("employment", "social_insurance")
    assert names(second) == [("1.1", "社会保险登记", "职工参保登记", None)]
    assert (first.items[0].extra, second.items[0].extra) == ({}, {})
    assert str(second.items[0].written["level2"].place).endswith("!P4")
    assert [note.text for note in second.notes] == ["备注：试行。"]


def test_a_line_above_a_repeated_heading_is_kept(tmp_path: Path) -> None:
    rows = (BODY, ["附件：1.申请表清单"], *HEADER, ["2", N, "1.2求职登记", *REST])
    directory = one(tmp_path, ([TITLE], *HEADER, *rows))
    assert [note.text for note in directory.notes] == ["附件：1.申请表清单"]
    assert len(directory.items) == 2


@pytest.mark.parametrize(
    ("mode", "property_", "found", "extra"),
    [
        ("全文发布", "主动公开", ("主动",), {"公开方式": "全文发布"}),
        ("主动", "重点公开", ("主动",), {"公开属性": "重点公开"}),
        ("依申请", "主动公开", ("依申请",), {"公开属性": "主动公开"}),
    ],
)
def test_the_cells_tell_which_column_is_meant(
    mode: str, property_: str, found: tuple[str, ...], extra: dict[str, str], tmp_path: Path
) -> None:
    header = ["序号", "一级事项", "二级事项", *HEADER[0][3:8], "公开方式", "公开属性", "公开对象"]
    item = one(tmp_path, (header, [*BODY[:8], mode, property_, "全社会"])).items[0]
    assert (item.mode, item.extra) == (found, extra)


def test_a_form_of_publication_may_be_a_channel(tmp_path: Path) -> None:
    header = ["序号", "一级事项", "二级事项", *HEADER[0][3:7], "公开形式", "公开对象", "公开类别"]
    item = one(tmp_path, (header, [*BODY[:7], "政府网站、政务服务中心", "全社会", "主动公开"])).items[0]
    assert (item.channels, item.mode) == (("政府网站", "政务服务中心"), ("主动",))


def test_a_heading_that_nobody_knows_is_named(tmp_path: Path) -> None:
    header = [
        "序号",
        "一级事项",
        "二级事项",
        *HEADER[0][3:6],
        "经手的人",
        "公开渠道",
        "公开对象",
        "公开方式",
        "咨询电话",
    ]
    directory = one(tmp_path, (header, [*BODY[:8], "全社会", "主动", "12333"]))
    (trouble,) = directory.troubles
    assert (trouble.kind, str(trouble.place).rpartition("!")[2]) == (TroubleKind.UNREAD_CELL, "G1")
    assert "经手的人" in trouble.message
    assert "公开主体" in trouble.message
    assert directory.items[0].extra["经手的人"] == "清源县人力资源和社会保障局"


def test_a_sheet_without_a_directory_is_told_of(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY), HEADER_MERGES)
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("备用")
    other.append(["办事项", "要什么", "找谁", "电话"])
    other.append(["求职登记", "身份证", "就业中心", "12333"])
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    (trouble,) = directory.troubles
    assert (trouble.kind, trouble.place.sheet) == (TroubleKind.UNREAD_CELL, "备用")
    assert "找谁" in trouble.message


def test_no_directory_at_all_names_the_row_that_is_most_like_a_heading(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (["办事项", "公开依据", "找谁"], ["求职登记", "《甲》", "就业中心"]), ())
    with pytest.raises(Unreadable) as caught:
        read_directories(path, name="a.xlsx")
    assert "第 1 行" in caught.value.trouble.hint
    assert "找谁" in caught.value.trouble.hint


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (3, "高校毕业生 就业服务", "高校毕业生 就业服务"),
        (3, "1.办理地点\u3000办理时间\n2.电话", "办理地点 办理时间"),
        (3, "√招聘单位 □岗位要求", "“岗位要求”"),
        (3, "●招聘单位\n○岗位要求", "“岗位要求”"),
        (4, "国务院令第700号 人力资源市场暂行条例", "国务院令第700号 人力资源市场暂行条例"),
        (4, "√《甲法》 □《乙法》", "“《乙法》”"),
        (6, "√县人社局 □县税务局", "“县税务局”"),
    ],
)
def test_what_cannot_be_parted_or_is_not_chosen_is_told(column: int, text: str, said: str, tmp_path: Path) -> None:
    row = [*BODY[:column], text, *BODY[column + 1 :]]
    (trouble,) = one(tmp_path, (*HEADER, row)).troubles
    assert trouble.place.cell == f"{'ABCDEFG'[column]}3"
    assert said in trouble.message


@pytest.mark.parametrize(("sequence", "number"), [("1-1", "1.1"), ("1－1", "1.1"), ("一（一）", "1.1"), ("1", None)])
def test_a_number_in_two_parts_is_one_however_it_is_written(sequence: str, number: str | None, tmp_path: Path) -> None:
    item = one(tmp_path, (*HEADER, [sequence, "就业", "职业指导", *REST])).items[0]
    assert (item.number, item.extra) == (number, {})


@pytest.mark.parametrize("gap", [[], [N]])
def test_a_list_of_phones_at_the_right_is_told(gap: list[str | None], tmp_path: Path) -> None:
    heading = [*HEADER[0], *gap, "科室", "联系人", "电话"]
    directory = one(tmp_path, (heading, HEADER[1], [*BODY, *gap, "就业科", "张某", "0600-5550001"]), HEADER_MERGES)
    (trouble,) = directory.troubles
    assert (trouble.place.cell, "“科室”、“联系人”、“电话”" in trouble.message) == (f"{'MN'[len(gap)]}1", True)


def test_columns_of_the_countys_own_are_no_other_list(tmp_path: Path) -> None:
    rows = ([*HEADER[0], "咨询电话", "监督电话", "备注"], HEADER[1], [*BODY, "0600-5550001", "0600-5550002", "无"])
    assert one(tmp_path, rows, HEADER_MERGES).troubles == ()


def test_what_stands_in_a_column_without_heading_is_told(tmp_path: Path) -> None:
    (trouble,) = one(tmp_path, (*HEADER, [*BODY, N, "另见附表"]), HEADER_MERGES).troubles
    assert trouble.place.cell == "N3"
    assert "另见附表" in trouble.message


def test_an_option_may_have_a_column_to_tick_and_one_for_words(tmp_path: Path) -> None:
    heading = (
        ["序号", "公开事项", N, "公开要求", N, N, N, "公开渠道和载体", N, "公开对象", N, N, "公开方式", N],
        [N, N, N, "公开内容", "公开依据", "公开时限", "公开主体", "网络", "线下", "全社会", "特定群体", N, N, N],
        [N, "一级事项", "二级事项", N, N, N, N, "政府网站", "公开查阅点", N, "是否", "具体群体", "主动", "依申请"],
    )
    merges = (
        "A1:A3",
        "B1:C2",
        "D1:G1",
        "H1:I1",
        "J1:L1",
        "M1:N2",
        "D2:D3",
        "E2:E3",
        "F2:F3",
        "G2:G3",
        "K2:L2",
        "J2:J3",
    )
    rows = [[*BODY[:7], "√", N, *ticks] for ticks in ((N, "√", "就业困难人员", "√", N), ("√", N, N, N, "√"))]
    rows[1][2] = "1.2求职登记"
    first, second = one(tmp_path, (*heading, *rows), merges).items
    assert (first.audience, first.audience_detail, first.mode) == (("特定群体",), "就业困难人员", ("主动",))
    assert (second.audience, second.audience_detail, second.mode) == (("全社会",), None, ("依申请",))
    assert (first.channels, first.extra) == (("政府网站",), {})


def test_a_row_that_counts_the_columns_by_stems_and_figures(tmp_path: Path) -> None:
    counts = ["甲", "乙", "丙", *map(str, range(1, 10))]
    assert [item.level2 for item in one(tmp_path, (*HEADER, counts, BODY)).items] == ["岗位信息发布"]


def test_a_column_may_name_the_domain_of_each_row(tmp_path: Path) -> None:
    heading = (["领域", *HEADER[0]], [N, *HEADER[1]])
    second = ["社会保险", "2", "1.社会保险登记", "1.1单位参保登记", *REST]
    path = save(tmp_path / "a.xlsx", (*heading, ["就业", *BODY], second), (), sheet="目录")
    found = read_directories(path, name="a.xlsx")
    assert [(each.domain, [(item.domain, item.level2) for item in each.items]) for each in found] == [
        ("employment", [("employment", "岗位信息发布")]),
        ("social_insurance", [("social_insurance", "单位参保登记")]),
    ]


def test_a_formula_that_failed_says_nothing_however_it_is_stored(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, [*BODY[:3], "#REF!", *BODY[4:]]))
    assert directory.items[0].content == ()
    assert [(trouble.kind.name, trouble.place.cell) for trouble in directory.troubles] == [("WRONG_VALUE", "D3")]


@pytest.mark.parametrize(
    ("written", "number", "name", "mark"),
    [
        ("（1.2）求职登记", "1.2", "求职登记", None), ("【1-2】求职登记", "1.2", "求职登记", None),
        ("*1.2求职登记", "1.2", "求职登记", "*"), ("求职登记★", None, "求职登记", "★"),
        ("△ 求职登记", None, "求职登记", "△"),
        ("求职登记①", None, "求职登记", "①"), ("求职登记[1]", None, "求职登记", "[1]"),
        ("求职登记（新增）", None, "求职登记（新增）", None),
    ],
)  # fmt: skip
def test_marks_beside_a_name_are_no_part_of_it(
    written: str, number: str | None, name: str, mark: str | None, tmp_path: Path
) -> None:
    item = one(tmp_path, (*HEADER, ["1", "就业", written, *REST])).items[0]
    assert (item.number, item.level2, item.extra.get("记号")) == (number, name, mark)


@pytest.mark.parametrize(
    ("text", "content", "named"),
    [
        ("招聘\ue5cf单位", ("招聘\ue5cf单位",), True),
        ("\u202e位单聘招\u202c", ("位单聘招",), True),
        ("招聘单位\U000e0041", ("招聘单位",), False),
        ("\u3164", (), False),
        ("\ue5e5招聘单位", ("招聘单位",), False),
    ],
)
def test_characters_that_are_not_what_they_seem(
    text: str, content: tuple[str, ...], named: bool, tmp_path: Path
) -> None:
    directory = one(tmp_path, (*HEADER, [*BODY[:3], text, *BODY[4:]]))
    assert directory.items[0].content == content
    assert [trouble.place.cell for trouble in directory.troubles] == ["D3"] * named


def test_what_else_stands_in_the_cell_of_the_title_is_a_note(tmp_path: Path) -> None:
    title = "清源县就业领域\n基层政务公开标准目录\n填报单位：清源县人社局"
    directory = one(tmp_path, ([title], *HEADER, BODY))
    assert directory.title == TITLE
    assert [note.text for note in directory.notes] == ["填报单位：清源县人社局"]


@pytest.mark.parametrize(
    ("at", "group", "below", "cells", "key", "said"),
    [
        (6, "公开主体", ("县级", "乡级"), ("县人社局", "各乡镇人民政府"), "publisher", ("县人社局", "各乡镇人民政府")),
        (4, "公开依据", ("法律法规", "政策文件"), ("《甲法》", "《乙办法》"), "basis", ("《甲法》", "《乙办法》")),
        (7, "公开渠道和载体", ("线上", "线下"), ("政府网站", "公开查阅点"), "channels", ("政府网站", "公开查阅点")),
    ],
)
def test_columns_that_part_their_group_are_one(
    at: int, group: str, below: tuple[str, str], cells: tuple[str, str], key: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    rows = (
        [*HEADER[0][:at], group, N, *HEADER[0][at + 1 :]],
        [*HEADER[1][:at], *below, *HEADER[1][at + 1 :]],
        [*BODY[:at], *cells, *BODY[at + 1 :]],
    )
    directory = one(tmp_path, rows)
    value = getattr(directory.items[0], key)
    assert tuple(getattr(each, "text", each) for each in value) == said
    levels = ("县级", "乡级") if key == "publisher" else None
    assert (directory.items[0].levels, directory.items[0].extra, directory.troubles) == (levels, {}, ())


def test_the_mark_of_a_note_behind_a_heading(tmp_path: Path) -> None:
    rows = ([f"{label}①" if label == "公开主体" else label for label in HEADER[0]], HEADER[1], BODY)
    assert one(tmp_path, rows, HEADER_MERGES).items[0].publisher == ("清源县人力资源和社会保障局",)


def test_the_channel_called_other_is_no_part_of_its_group(tmp_path: Path) -> None:
    rows = (
        [*HEADER[0][:7], "公开渠道和载体", N, *HEADER[0][8:]],
        [*HEADER[1][:7], "政府网站", "其他", *HEADER[1][8:]],
        [*BODY[:7], "√", "12333热线", *BODY[8:]],
    )
    assert one(tmp_path, rows).items[0].channels == ("政府网站", "12333热线")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("咨询电话：0600-555\n0101", ("咨询电话：0600-5550101",)),
        ("咨询电话：0600-\n5550101", ("咨询电话：0600-5550101",)),
        ("1.地点\n2.电话0600-555\n0101\n3.时间", ("地点", "电话0600-5550101", "时间")),
        ("400-555\n0101", ("400-5550101",)),
        ("0600-5550101\n0600-5550102", ("0600-5550101", "0600-5550102")),
        ("电话0600-555010\n1.时间", ("电话0600-555010", "1.时间")),
    ],
)
def test_a_phone_broken_over_two_lines_is_whole(text: str, content: tuple[str, ...], tmp_path: Path) -> None:
    assert one(tmp_path, (*HEADER, [*BODY[:3], text, *BODY[4:]])).items[0].content == content


def test_items_of_one_row_with_numbers_of_their_own(tmp_path: Path) -> None:
    row = ("1.1\n1.2", BODY[1], "岗位信息发布\n求职信息登记", *BODY[3:5], "20个工作日\n10个工作日", *BODY[6:])
    directory = one(tmp_path, (*HEADER, row))
    assert [(item.number, item.level2) for item in directory.items] == [
        ("1.1", "岗位信息发布"),
        ("1.2", "求职信息登记"),
    ]
    assert ["分不出各是哪一项的" in trouble.message for trouble in directory.troubles] == [True]


@pytest.mark.parametrize(("title", "sheet"), [(f"{TITLE}（征求意见稿）", "Sheet1"), (TITLE, "2023年旧表")])
def test_a_draft_or_an_old_table_is_told(title: str, sheet: str, tmp_path: Path) -> None:
    directory = one(tmp_path, ([title], *HEADER, BODY), (), sheet)
    assert ["照样读成了目录" in trouble.message for trouble in directory.troubles] == [True]
