"""Text below a table, or between two printed pages, is neither an item nor part of one, and is always reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.read.remarks import is_note, remark

from .books import BODY, HEADER, HEADER_MERGES
from .test_tables import REST, N, one

SECOND = ["2", N, "1.2求职登记", *REST]

FOOTERS: dict[str, Sequence[Sequence[str | None]]] = {
    "one cell": [["填报人：张某    审核人：李某    联系电话：0600-5550101"]],
    "several cells": [
        ["填报单位：清源县人社局", N, N, "填报人：张某", N, "联系电话：0600-5550101", N, "填报日期：2026年3月1日"]
    ],
    "in the middle": [[N, N, N, "填报人：张某"]],
    "in the last columns": [[N] * 8 + ["审核人：李某", N, "2026年3月1日"]],
    "label and value apart": [["填报人：", "张某", N, "审核人：", "李某", N, "联系电话：", "0600-5550101"]],
    "no colon": [["填报人", "张某", "审核人", "李某", "联系电话", "0600-5550101"]],
    "a blank for the colon": [["填报人 张某", N, N, "审核人 李某", N, "填报日期 2026年3月1日"]],
    "values below": [["填报人", "审核人", "联系电话"], ["张某", "李某", "0600-5550101"]],
    "nothing filled in": [["填报人：", N, N, "审核人（签字）：", N, N, "年 月 日"]],
    "total": [["合计", N, "2项"]],
    "total in words": [["总计：2项"]],
    "total glued": [["合计2项"]],
    "total with figures": [["合计", N, N, "2", N, N, "2", "1", "2", "2", "2", "0"]],
    "count": [[N, "共2项"]],
    "subtotal in names": [[N, "小计", "2项"]],
    "signature": [["单位负责人（签字）：", N, N, N, "（盖章）"]],
    "stamp": [[N, N, N, N, N, N, "（公章）"]],
    "office and date": [["清源县人社局（盖章）", N, N, N, "填报人：张某", N, "2026年3月1日"]],
    "note": [["注：标√的为公开。"]],
    "notes numbered": [["注1", "标√的为公开。"], ["注2", "本表一式两份。"]],
    "note beside": [["备注", "本目录由县人社局解释"]],
    "attachment": [[N, "附件：1.申请表"]],
    "attachments": [["附件1", "申请表"], ["附件2", "登记表"]],
    "hotline": [["监督电话：0600-5550102"]],
    "hotline far right": [[N, N, N, N, N, "监督电话：0600-5550102", N, "咨询电话：12333"]],
    "page": [["第 1 页  共 2 页"]],
    "page far right": [[N] * 10 + ["第 1 页"]],
    "chiefs": [["分管领导：王某", N, "股室负责人：赵某", N, N, "经办人：钱某"]],
    "counted": [["3", "填报人：张某", N, N, "联系电话：0600-5550101"]],
    "starred": [["★填报人：张某", N, N, "※审核人：李某"]],
    "person and phone": [["填报人及联系电话：张某 0600-5550101", N, N, "审核人及职务：李某"]],
    "stamp far right": [[N] * 8 + ["清源县人力资源和社会保障局（盖章）"], [N] * 8 + ["2026年3月1日"]],
    "an office and a day below it": [[N] * 6 + ["清源县人力资源和社会保障局"], [N] * 7 + ["2026年3月1日"]],
    "an office and a day in words": [[N] * 6 + ["清源县人社局"], [N] * 6 + ["二〇二六年三月一日"]],
    "signed where names stand": [[N, N, "张某（签字）"]],
    "traditional form": [["制表单位：清源县人社局", N, N, "制表时间：2026-03-01"]],
}


@pytest.mark.parametrize("place", ["below", "between"])
@pytest.mark.parametrize("rows", FOOTERS.values(), ids=FOOTERS.keys())
def test_a_footer_is_no_item(rows: Sequence[Sequence[str | None]], place: str, tmp_path: Path) -> None:
    body = [BODY, SECOND, *rows] if place == "below" else [BODY, *rows, *HEADER, SECOND]
    plain = one(tmp_path, (*HEADER, BODY, SECOND))
    directory = one(tmp_path, (*HEADER, *body))
    assert [_shown(item) for item in directory.items] == [_shown(item) for item in plain.items]
    said = [cell for row in rows for cell in row if cell]
    assert [note.text for note in directory.notes] == said
    assert {trouble.kind for trouble in directory.troubles} <= {TroubleKind.UNREAD_CELL}


def _shown(item: object) -> list[object]:
    keys = ("number", "level1", "level2", "content", "basis", "time_limit", "publisher", "channels", "audience", "mode")
    return [getattr(item, key) for key in (*keys, "extra")]


def test_a_footer_over_several_cells_is_a_finding(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, *FOOTERS["several cells"]))
    (trouble,) = directory.troubles
    assert (trouble.kind, str(trouble.place).rpartition("!")[2]) == (TroubleKind.UNREAD_CELL, "A4")
    assert "联系电话：0600-5550101" in trouble.message


@pytest.mark.parametrize(
    "name",
    [
        "咨询电话公开",
        "监督举报",
        "联系方式",
        "统计信息",
        "总工会服务",
        "附件办理",
        "审核结果公示",
        "负责人变更登记",
        "说明书备案",
    ],
)
def test_items_whose_names_sound_like_footers(name: str, tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, ["2", N, name, *REST]))
    assert [item.level2 for item in directory.items] == ["岗位信息发布", name]


def test_elements_that_sound_like_footers_go_on(tmp_path: Path) -> None:
    body = [*BODY[:3], "招聘单位", *BODY[4:]]
    rows = (body, [N, N, N, "咨询电话"], [N, N, N, "监督电话"], SECOND, [N, N, N, "联系电话：12333"])
    merges = (*HEADER_MERGES, "C6:C7")
    first, second = one(tmp_path, (*HEADER, *rows), merges).items
    assert first.content == ("招聘单位", "咨询电话", "监督电话")
    assert second.content[-1].endswith("联系电话：12333")


def test_what_cannot_be_more_of_an_item_is_not_glued_to_it(tmp_path: Path) -> None:
    table = (
        [N, N, N, "补贴项目", "补贴标准", "发放时间"],
        [N, N, N, "培训补贴", "每人1500元", "结业后"],
        [N, N, N, N, N, N, "张某"],
    )
    directory = one(tmp_path, (*HEADER, BODY, *table, SECOND))
    assert directory.items[0].content == ("招聘单位", "岗位要求")
    assert directory.items[0].publisher == ("清源县人力资源和社会保障局",)
    told = [str(trouble.place).rpartition("!")[2] for trouble in directory.troubles]
    assert told == ["D4", "D5", "G6"]
    assert all(word in directory.troubles[0].message for word in ("补贴项目", "补贴标准", "发放时间"))


def test_what_goes_on_does_so_over_a_broken_line(tmp_path: Path) -> None:
    rows = (
        [
            "1",
            "就业",
            "岗位发布",
            "1.招聘单位",
            "《人力资源市场暂行条例》（国务院令",
            "信息形成之日起",
            "清源县人力资源和",
        ],
        [N, N, N, "2.岗位要求", "第700号）", "20个工作日内", "社会保障局", "■政府网站"],
    )
    directory = one(tmp_path, (*HEADER, *rows))
    (item,) = directory.items
    assert (item.content, item.publisher) == (("招聘单位", "岗位要求"), ("清源县人力资源和社会保障局",))
    assert (item.time_limit.count, item.basis[0].number) == (20, "国务院令第700号")
    assert directory.troubles == ()


@pytest.mark.parametrize(
    "text", ["填报人", "合计", "共12项", "审核：李某", "单位（盖章）", "分管领导（签名）", "电话0600-5550101"]
)
def test_a_remark(text: str) -> None:
    assert remark(text) is not None
    assert is_note(text)


@pytest.mark.parametrize(
    "text", ["就业信息服务", "合同备案", "审核结果", "共享用工服务", "领导干部培训", "日期间隔", "注销登记", "附加险"]
)
def test_no_remark(text: str) -> None:
    assert remark(text) is None
    assert not is_note(text)


@pytest.mark.parametrize(
    "row",
    [
        ["例", "就业信息服务", "岗位信息发布", *REST],
        ["1", "（示例）就业信息服务", "（示例）岗位信息发布", *REST],
        ["填写说明", "必填", "必填", "按要素填写", "写明文号", "如20个工作日", "全称", "勾选"],
    ],
)
def test_how_to_fill_in_the_table_is_no_item(row: Sequence[str | None], tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, row, BODY))
    assert len(directory.items) == 1
    assert [(trouble.kind, trouble.place.cell) for trouble in directory.troubles] == [(TroubleKind.NOT_A_ROW, "A3")]


def test_what_introduces_items_is_no_item(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, [N, N, "以下为本县新增事项"], SECOND))
    assert len(directory.items) == 2
    assert [note.text for note in directory.notes] == ["以下为本县新增事项"]


def test_an_office_alone_goes_on_where_no_day_is_below_it(tmp_path: Path) -> None:
    directory = one(tmp_path, (*HEADER, BODY, [N] * 6 + ["清源县就业服务中心"], SECOND))
    assert directory.items[0].publisher == ("清源县人力资源和社会保障局", "清源县就业服务中心")
