"""What is next to an item (another table below, a cell merged from beside it, a shared number) is not part of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdir.model.item import Directory

from .books import BODY, HEADER, HEADER_MERGES
from .test_footers import SECOND
from .test_tables import N, names, one

OTHER_TABLES: dict[str, Sequence[Sequence[object]]] = {
    "phones": [["科室", "联系人", N, "电话"], ["就业科", "张某", N, "0600-5550101"]],
    "phones, counted": [["序号", "姓名", "职务", "手机"], ["1", "张某", "科长", "0600-5550101"]],
    "phones, titled": [["科室通讯录"], ["科室", "联系人", N, "电话"], ["就业科", "张某", N, "0600-5550101"]],
    "offices": [["序号", "单位名称", "联系人", N, N, N, "联系电话"], ["1", "清源县人社局", "张某", N, N, N, "x"]],
    "services": [["序号", "事项名称", "办理科室", "咨询电话"], ["1", "失业登记", "就业科", "0600-5550101"]],
    "changes": [["日期", "变更内容", "经办人"], ["2026-03-01", "新增1.3项", "张某"]],
    "towns": [["乡镇", "地址", "电话"], ["城关镇", "人民路1号", "0600-5550101"]],
    "sums": [["单位", "事项数", N, N, N, N, "责任人"], ["人社局", "2", N, N, N, N, "张某"]],
    "notes": [["注：", N, "1.2项改为10个工作日内公开"], [N, N, "1.3项由乡镇公开"]],
    "signing": [["审核意见", N, N, "同意。"], ["领导签批", "同意公开"]],
    "count": [["总计", "2"], ["公开事项数", "2"]],
}


def troubles_of(directory: Directory) -> str:
    return "\n".join((*(trouble.message for trouble in directory.troubles), *(note.text for note in directory.notes)))


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("rows", OTHER_TABLES.values(), ids=OTHER_TABLES.keys())
def test_another_table_below_has_no_items(rows: Sequence[Sequence[object]], gap: int, tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, SECOND, *[[N]] * gap, *rows))
    plain = one(tmp_path, (*HEADER, BODY, SECOND))
    assert [(item.level2, item.content) for item in directory.items] == [
        (item.level2, item.content) for item in plain.items
    ]
    assert all(str(cell) in troubles_of(directory) for row in rows for cell in row if cell)


def test_items_go_on_below_the_sum_of_a_page(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, ["本页小计", N, "1"], SECOND))
    assert [item.level2 for item in directory.items] == ["岗位信息发布", "求职登记"]


def test_an_item_that_nobody_has_filled_in_is_one(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, ["1.4", N, "用工信息登记"]))
    assert directory.items[-1].level2 == "用工信息登记"


@pytest.mark.parametrize(("merge", "key"), [("F3:G3", "publisher"), ("C3:D3", "content"), ("D3:E3", "basis")])
def test_a_cell_merged_over_two_kinds_of_columns_is_of_its_own_only(merge: str, key: str, tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY), (*HEADER_MERGES, merge))
    assert getattr(directory.items[0], key) == ()
    assert [str(trouble.place).rpartition("!")[2] for trouble in directory.troubles] == [merge[:2]]


def test_a_tick_over_audience_and_mode_chooses_no_mode(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY), (*HEADER_MERGES, "I3:L3"))
    assert directory.items[0].mode == ()
    assert "I3" in troubles_of(directory)


def test_a_number_over_two_items_counts_neither_twice(tmp_path: Path) -> None:
    rows = (["1.1", "就业", "甲事项", *BODY[3:]], [N, N, "乙事项", *BODY[3:]])
    numbers = [number for number, *_ in names(one(tmp_path, (*HEADER, *rows), (*HEADER_MERGES, "A3:A4")))]
    assert numbers == ["1.1", None]


def test_a_number_written_twice_stays_as_it_is_written(tmp_path: Path) -> None:
    rows = [["1.1", "就业", f"{name}事项", *BODY[3:]] for name in "甲乙"]
    assert [number for number, *_ in names(one(tmp_path, (*HEADER, *rows)))] == ["1.1", "1.1"]
