"""A guide's head and body: every element, the short ways to write it, and mistakes at their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gkdir.model.county import County
from gkdir.model.guide import Fee, Guide

ReadFiles = Callable[..., County]
TroublesOf = Callable[[County], list[tuple[str, str, str]]]

PATH = "guides/employment/4.1.md"
WHOLE = """\
---
简述: 没有工作的人登记。
服务对象: [失业人员]
办理条件:
  - 年满16周岁
办理材料:
  - {名称: 身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 自备, 必要性: 必要, 要求: 当场退还}
  - 户口簿
办理流程: [申请, {环节: 审核, 时限: 3个工作日, 办理单位: 人社局, 说明: 核对}]
办理方式: [{窗口: [人社局, 就业中心]}, {网上: "https://www.12333.gov.cn/"}]
网上办理深度: 全程网办
办理时限: {法定: 10个工作日, 承诺: 3个工作日}
结果送达: 当场
收费: 不收费
办理机构: 人社局
办事时间: 工作日
咨询: 0600-5550111
监督投诉: 0600-5550102
核对: {日期: 2026-03-01, 核对人: 戊己}
示例说明: 都是示例
责任人: 丙丁
---
开头的话

## 这是什么

是登记。

```
## 不是标题
```

### 小标题

## 常见问题 ##
答。
"""


def guide(read: ReadFiles, text: str) -> Guide:
    county = read(files={PATH: text})
    assert county.troubles == ()
    return county.guides["employment/4.1"]


def head(line: str) -> str:
    return f"---\n{line}\n---\n正文\n"


def test_every_element(read: ReadFiles) -> None:
    whole = guide(read, WHOLE)
    assert whole.id == "employment/4.1"
    assert whole.served == ("失业人员",)
    assert whole.materials is not None
    assert [(each.name, each.copies) for each in whole.materials] == [("身份证", "1"), ("户口簿", None)]
    assert whole.steps is not None
    assert [(each.name, each.office) for each in whole.steps] == [("申请", None), ("审核", "人社局")]
    assert whole.steps[1].limit is not None
    assert whole.steps[1].limit.count == 3
    assert whole.ways is not None
    assert [(way.kind, way.target) for way in whole.ways] == [
        ("窗口", "人社局"),
        ("窗口", "就业中心"),
        ("网上", "https://www.12333.gov.cn/"),
    ]
    assert whole.statutory is not None
    assert whole.promised is not None
    assert (whole.statutory.count, whole.promised.count) == (10, 3)
    assert (whole.fee, whole.offices, whole.checked) == (Fee("不收费"), ("人社局",), date(2026, 3, 1))
    assert str(whole.written["办理时限.承诺"].place).endswith("4.1.md:12:24")
    assert not any(name in repr(whole) for name in ("丙丁", "戊己"))  # R5.1: the responsible person is not published


def test_the_body_is_taken_apart_at_its_headings_and_not_inside_code(read: ReadFiles) -> None:
    sections = guide(read, WHOLE).sections
    assert [(section.title, section.place.line) for section in sections] == [
        ("", 23),
        ("这是什么", 25),
        ("常见问题", 35),
    ]
    assert sections[0].markdown == "开头的话"
    assert sections[1].markdown == "是登记。\n\n```\n## 不是标题\n```\n\n### 小标题"
    assert sections[2].markdown == "答。"


def test_an_element_that_was_left_blank_is_not_given_and_an_empty_list_is(read: ReadFiles) -> None:
    empty = guide(read, head("简述:\n办理材料: 无需材料\n办理条件: []"))
    assert (empty.summary, empty.materials, empty.conditions, empty.steps) == (None, (), (), None)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("收费: {标准: 每证5元, 依据: 《某通知》}", "fee", Fee("每证5元", "《某通知》")),
        ("核对: 2026-03-01", "checked", date(2026, 3, 1)),
        ("办理机构: [甲, 乙]", "offices", ("甲", "乙")),
        ("服务对象: 失业人员", "served", ("失业人员",)),
    ],
)
def test_short_ways_to_write(read: ReadFiles, line: str, field: str, value: object) -> None:
    assert getattr(guide(read, head(line)), field) == value


def test_a_limit_alone_is_the_promise(read: ReadFiles) -> None:
    whole = guide(read, head("办理时限: 3个工作日"))
    assert whole.promised is not None
    assert whole.promised.text == "3个工作日"
    assert whole.statutory is None


def test_ways_can_be_one_mapping(read: ReadFiles) -> None:
    ways = guide(read, head("办理方式: {电话: 12333, 窗口: 人社局}")).ways
    assert ways is not None
    assert [(way.kind, way.target) for way in ways] == [("窗口", "人社局"), ("电话", "12333")]


@pytest.mark.parametrize(
    ("line", "kind", "place"),
    [
        ("办理材枓: [甲]", "unknown-key", ":2:1"),
        ("办理材料: 身份证", "wrong-value", ":2:7"),
        ("办理材料: [{形式: 原件}]", "missing-key", ":2:8"),
        ("办理材料: [{名称: 甲, 分数: 1}]", "unknown-key", ":2:16"),
        ("办理流程: [{环节: [甲]}]", "wrong-value", ":2:13"),
        ("办理方式: 窗口", "wrong-value", ":2:7"),
        ("办理方式: [{柜台: 甲}]", "unknown-key", ":2:9"),
        ("核对: {日期: 昨天}", "wrong-value", ":2:10"),
        ("核对: {核对人: 甲}", "missing-key", ":2:1"),
        ("办理时限: [3天]", "wrong-value", ":2:7"),
        ("简述: [", "unreadable", ":2:5"),
        ("简述: 甲\n简述: 乙", "duplicate-key", ":3:1"),
        ("- 甲", "unreadable", ":2:1"),
        ("简述: *甲", "unreadable", ":2:"),
    ],
)
def test_mistakes(read: ReadFiles, troubles_of: TroublesOf, line: str, kind: str, place: str) -> None:
    ((told_kind, told_place, _),) = troubles_of(read(files={PATH: head(line)}))
    assert told_kind == kind
    assert told_place.startswith(PATH + place)


def test_a_bad_element_leaves_the_others(read: ReadFiles) -> None:
    county = read(
        files={PATH: head("简述: 甲\n办理材料: [{名称: 好}, {形式: 原件}, {名称: [坏]}, {名称: 也好, 表格: [甲]}]")}
    )
    whole = county.guides["employment/4.1"]
    assert whole.summary == "甲"
    assert whole.materials is not None
    assert [material.name for material in whole.materials] == ["好", "也好"]
    assert [str(trouble.kind) for trouble in county.troubles] == ["missing-key", "wrong-value", "wrong-value"]


@pytest.mark.parametrize("text", ["", "正文", "---\n简述: 甲\n", "\n---\n简述: 甲\n---\n"])
def test_a_guide_without_a_head_keeps_its_body(read: ReadFiles, troubles_of: TroublesOf, text: str) -> None:
    county = read(files={PATH: text})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [("missing-key", PATH + ":1:1")]
    joined = "\n".join(section.markdown for section in county.guides["employment/4.1"].sections)
    assert joined == text.strip("\n")


def test_an_empty_head_is_an_empty_guide(read: ReadFiles) -> None:
    assert guide(read, "---\n---\n正文\n").summary is None


def test_other_line_ends_and_a_bom(read: ReadFiles) -> None:
    county = read(files={PATH: b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()})
    assert county.troubles == ()
    assert county.guides["employment/4.1"].sections == guide(read, WHOLE).sections


def test_a_guide_in_another_encoding_and_a_folder_called_like_one(read: ReadFiles, troubles_of: TroublesOf) -> None:
    county = read(files={PATH: WHOLE.encode("gbk"), "guides/employment/4.2.md/x.txt": ""})
    assert [(kind, place) for kind, place, _ in troubles_of(county)] == [
        ("unreadable", PATH + ":2:1"),
        ("stray-file", "guides/employment/4.2.md"),
    ]
    assert county.guides == {}
