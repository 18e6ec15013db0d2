"""The meaning of cells: odd characters, other headings, marks, channels in several columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.columns import CHANNELS
from gkdir.read.characters import ordinary
from gkdir.read.headings import find
from gkdir.read.labels import known
from gkdir.read.sheet import Cell, Row
from gkdir.read.ticks import Ticks, after_mark, tick, ticks

from .books import BODY, HEADER, HEADER_MERGES
from .test_tables import REST, N, one


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("⼈⼒资源和社会保障局", "人力资源和社会保障局"),  # Kangxi radicals
        ("⺠政⻓⻋⻔⻅⻛", "民政长车门见风"),  # radicals that NFKC leaves alone
        ("\uf9ba\U0002f804", "了你"),  # compatibility ideographs
        ("２０个工作日ＡＢ", "20个工作日AB"),
        ("ofﬁce", "office"),
        ("❶服务➁材料⓬电话", "①服务②材料⑫电话"),
        ("㈠服务㊁材料", "（一）服务（二）材料"),
        ("甲﹑乙﹙丙﹚︰丁｡", "甲、乙（丙）：丁。"),
        ("☑\ufe0f政府网站", "☑政府网站"),
        ("①⒈⑴Ⅲ㎡，（：）“”〔〕　", "①⒈⑴Ⅲ㎡，（：）“”〔〕　"),  # unchanged
    ],
)
def test_characters_that_only_look_ordinary(odd: str, plain: str) -> None:
    assert ordinary(odd) == plain


def test_a_table_pasted_from_a_pdf_is_known_again(tmp_path: Path) -> None:
    row = [
        "1",
        "7.⾼校毕业⽣就业服务",
        "7.1⾼等学校等毕业⽣接收⼿续办理",
        *BODY[3:5],
        "20个⼯作⽇",
        "清源县⼈⼒资源局",
        *BODY[7:],
    ]
    item = one(tmp_path, (*HEADER, row)).items[0]
    assert (item.level1, item.level2) == ("高校毕业生就业服务", "高等学校等毕业生接收手续办理")
    assert (item.publisher, item.time_limit.count) == (("清源县人力资源局",), 20)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("事项小类", "level2"), ("事项大类", "level1"), ("信息公开内容", "content"), ("责任科室", "publisher"),
        ("公开平台", "channels"), ("法律法规及政策依据", "basis"), ("公开时间要求", "time_limit"),
        ("责任（科）股室", "publisher"), ("公开主体 | Publisher", "publisher"), ("序号 No.", "number"),
        ("牵头单位", "publisher"), ("公开责任主体", "publisher"), ("发布渠道", "channels"), ("公开途径", "channels"),
        ("主要内容", "content"), ("公开性质", "mode"), ("适用层级", "levels"), ("二级类目", "level2"),
        ("1级目录", "level1"), ("6.公开时限", "time_limit"), ("（6）公开时限", "time_limit"),
        ("公開時限", "time_limit"),
        ("Time limit", "time_limit"), ("Legal basis", "basis"),
        ("子项名称", "level2"), ("事项编码", "number"), ("公开受众", "audience"), ("更新频次", "time_limit"),
        ("咨询电话", None), ("备注", None), ("办理时限", None), ("收费依据及标准", None), ("服务对象", None),
        ("监督渠道", None),
    ],
)  # fmt: skip
def test_headings_by_other_names(label: str, key: str | None) -> None:
    meaning = known(label)
    assert (meaning.key if meaning else None) == key


def _keys(*labels: str) -> list[str]:
    row = Row(1, {column: Cell(text, 1, column) for column, text in enumerate(labels, 1)})
    headings = find([row], 0)
    assert headings is not None
    return [heading.key for heading in headings.columns]


def test_the_exact_name_wins_wherever_it_stands() -> None:
    assert _keys("一级事项", "二级事项", "公开的主要内容", "公开内容", "责任部门名称", "公开主体") == [
        "level1", "level2", "extra", "content", "extra", "publisher",
    ]  # fmt: skip
    assert _keys("一级事项", "二级事项", "公开内容", "公开的主要内容", "公开依据") == [
        "level1", "level2", "content", "extra", "basis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "marks", "yes"),
    [
        ("●○", "●○", (True, False)),
        ("○", "○", (True,)),
        ("○", "○×", (True,)),
        ("○", "○√", (False,)),
        ("◆◇", "◆◇", (True, False)),
        ("△", "▲△", (False,)),
        ("■□", "■□", (True, False)),
        ("☑☐", "☑☐", (True, False)),
        ("✔✘", "✔✘", (True, False)),
        ("☒", "☒☐", (True,)),
        ("☒", "☑☒", (False,)),
        ("是否有无10对错", "", (True, False, True, False, True, False, True, False)),
        ("YN", "YN", (True, False)),
        ("no", "no", (True, False)),  # Wingdings
        ("oO", "yo", (False, False)),
        ("N", "N", (None,)),
    ],
)
def test_a_mark_says_yes_beside_the_others(cells: str, marks: str, yes: tuple[bool | None, ...]) -> None:
    assert tuple(ticks(marks).ticked(cell) for cell in cells) == yes


def test_words_behind_a_mark() -> None:
    assert [after_mark(text) for text in ("√（失业人员）", "(√) 失业人员", "[ ]", "√", "失业人员", "否（涉密）")] == [
        "（失业人员）", "失业人员", "", "", "失业人员", "（涉密）",
    ]  # fmt: skip
    assert (tick("○（就业困难人员）"), Ticks(frozenset("●")).ticked("○（就业困难人员）")) == (True, False)


def test_hollow_is_no_where_filled_is_yes(tmp_path: Path) -> None:
    rows = ([*BODY[:8], "●", "○", "●", "○"], ["2", N, "1.2甲", *BODY[3:8], "○", "●（就业困难人员）", "○", "●"])
    first, second = one(tmp_path, (*HEADER, *rows)).items
    assert (first.audience, first.mode) == (("全社会",), ("主动",))
    assert (second.audience, second.audience_detail, second.mode) == (("特定群体",), "就业困难人员", ("依申请",))


def test_words_that_say_nothing_known_are_told_of(tmp_path: Path) -> None:
    rows = (
        [*BODY[:7], "■政府网站（仅内网）□政府公报", "√", N, "全文发布", N],
        ["2", N, "1.2甲", *BODY[3:8], "暂不公开", "□（失业人员）", "√", "×"],
    )
    directory = one(tmp_path, (*HEADER, *rows))
    told = [(str(trouble.place).rpartition("!")[2], trouble.kind) for trouble in directory.troubles]
    assert told == [(cell, TroubleKind.UNREAD_CELL) for cell in ("H3", "K3", "I4", "J4")]
    assert directory.items[1].audience == ()
    assert "仅内网" in directory.troubles[0].message


def test_words_that_loosen_a_limit_or_a_basis_are_told_of(tmp_path: Path) -> None:
    row = [*BODY]
    row[4], row[5] = "《失业保险条例》（国务院令第258号）酌情执行", "原则上20个工作日内公开"
    directory = one(tmp_path, (*HEADER, row))
    told = {str(trouble.place).rpartition("!")[2]: trouble.message for trouble in directory.troubles}
    assert told.keys() == {"E3", "F3"}
    assert "“酌情执行”" in told["E3"]
    assert "“原则上”" in told["F3"]
    assert directory.items[0].time_limit.text == "原则上20个工作日内公开"  # an import keeps the original text


def test_channels_in_columns_of_their_own(tmp_path: Path) -> None:
    channels = ("政府公报", "政府网站", "发布会听证会", "其它", "抖音号")
    header = ([*HEADER[0][:8], N, N, N, N, *HEADER[0][8:]], [*HEADER[1][:7], *channels, *HEADER[1][8:]])
    rows = (
        [*BODY[:7], N, "√", "√", "12333热线、村务公开栏", N, *BODY[8:]],
        ["2", N, "1.2甲", *BODY[3:7], "×", "√（县府网）", N, "√", "√", *BODY[8:]],
    )
    merges = ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2", "G1:G2", "H1:L1", "M1:N1", "O1:P1")
    directory = one(tmp_path, (*header, *rows), merges)
    assert [item.channels for item in directory.items] == [
        ("政府网站", "发布会/听证会", "12333热线", "村务公开栏"),
        ("政府网站", "其他", "抖音号"),
    ]
    assert [str(trouble.place).rpartition("!")[2] for trouble in directory.troubles] == ["I4"]


def test_channels_in_columns_without_a_heading_above(tmp_path: Path) -> None:
    header = ["序号", "一级事项", "二级事项", *HEADER[0][3:7], *CHANNELS[:4], "公开对象", "公开方式"]
    row = [*BODY[:7], "√", N, "√", N, "全社会", "主动"]
    assert one(tmp_path, (header, row)).items[0].channels == ("政府网站", "两微一端")


def test_a_column_merged_over_two_counts_once(tmp_path: Path) -> None:
    header = ["序号", "一级事项", "二级事项", *HEADER[0][3:6], N, "公开主体", N, "公开渠道", "公开对象"]
    row = [*BODY[:6], N, BODY[6], N, "■政府网站", "全社会"]
    item = one(tmp_path, (header, row), ("F1:G1", "F2:G2", "H1:I1", "H2:I2")).items[0]
    assert (item.time_limit.text, item.publisher) == ("20个工作日", ("清源县人力资源和社会保障局",))


def test_marks_that_are_merged_over_rows_hold_for_each(tmp_path: Path) -> None:
    rows = ([*BODY[:8], "√", N, "√", N], ["2", N, "1.2甲", *REST[:5], N, N, N, N])
    first, second = one(tmp_path, (*HEADER, *rows), (*HEADER_MERGES, "I3:I4", "K3:K4")).items
    assert first.audience == second.audience == ("全社会",)
    assert (first.mode, second.mode) == (("主动",), ("主动",))


@pytest.mark.parametrize(
    ("marks", "merge", "chosen", "cell"),
    [
        (("√", N, "√", N), "I4:J4", ((), ("主动",)), "I4"),  # one mark across both columns
        (("√", N, "√", N), "K4:L4", (("全社会",), ()), "K4"),
        (("全社会", N, "√", N), "I4:J4", (("全社会",), ("主动",)), None),  # words across both columns say which
        (("○", "×", "√", "×"), None, ((), ("主动",)), "I4"),  # √ and × mean yes and no; ○ is ambiguous
        (("☑", "□", "☒", "□"), None, (("全社会",), ()), "K4"),
        (("○", "√", "√", "○"), None, (("特定群体",), ("主动",)), None),
    ],
)
def test_a_mark_that_may_mean_either_is_told(
    marks: tuple[str | None, ...],
    merge: str | None,
    chosen: tuple[tuple[str, ...], tuple[str, ...]],
    cell: str | None,
    tmp_path: Path,
) -> None:
    other = ["2", "一", "求职登记", *BODY[3:8], "√", N, "√", N]
    directory = one(
        tmp_path, (*HEADER, other, [*BODY[:8], *marks]), (*HEADER_MERGES, merge) if merge else HEADER_MERGES
    )
    item = directory.items[1]
    assert (item.audience, item.mode) == chosen
    assert [trouble.place.cell for trouble in directory.troubles] == ([cell] if cell else [])


@pytest.mark.parametrize(
    "labels",
    [("县", "乡", "村"), ("县级 County", "乡级 Town", "村级 Village"), ("县级\nCounty level", "镇/街道", "村/社区")],
)
@pytest.mark.parametrize("group", ["公开层级", None])
def test_levels_with_bare_and_bilingual_headings(labels: tuple[str, ...], group: str | None, tmp_path: Path) -> None:
    first, second = ([group, N, N], labels) if group else (labels, [N, N, N])
    rows = ([*HEADER[0], *first], [*HEADER[1], *second], [*BODY, "√", N, "√"])
    directory = one(tmp_path, rows, HEADER_MERGES)
    assert directory.items[0].levels == ("县级", "村级")
    assert directory.troubles == ()
