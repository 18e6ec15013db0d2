"""One change to a YAML text: the value is as wanted, and every other byte is unchanged, comments too."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gkdir.yaml.edit import append, put, remove
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.parse import MAX_KEY

TEXT = """# 开头
名称: 清源县
机构:
  人社局:   # 主管
    名称: 清源县人社局   # 全称
    电话: "0600-5550101"
    # 下面是地址
    地址: |
      一行
      两行

  就业中心: {名称: 就业中心, 电话: "12333"}
目录:
  employment:
    默认:
    事项:
      "1.1":
        公开内容: [甲, 乙]  # 两项
        公开依据:
          - 《甲法》  # 第一部
          # 中间
          - 《乙法》
        公开主体: {增加: [人社局]}
      "9.1": {不列入: 没有}
    增加:
      - 编号: "1.6"
        二级事项: 零工
"""
LINES = TEXT.splitlines()


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def lost(text: str) -> list[str]:
    """Lines of the first text that are not in the changed one."""
    return [line for line in LINES if line not in text.splitlines()]


@pytest.mark.parametrize(
    ("path", "value", "gone"),
    [
        (("名称",), "和平县", ["名称: 清源县"]),
        (("机构", "人社局", "名称"), "人社局", ["    名称: 清源县人社局   # 全称"]),
        (("机构", "人社局", "地址"), "三行", ["    地址: |", "      一行", "      两行"]),
        (("机构", "就业中心", "地址"), "某路1号", ['  就业中心: {名称: 就业中心, 电话: "12333"}']),
        (("机构", "人社局", "说明"), "说明: 有冒号 # 和井号", []),
        (("机构", "社保中心"), {"名称": "社保中心", "电话": "0600-5550121"}, []),
        (("目录", "employment", "默认", "公开主体"), ["人社局"], ["    默认:"]),
        (("目录", "employment", "事项", "1.1", "公开内容"), ["甲", "丙"], ["        公开内容: [甲, 乙]  # 两项"]),
        (("目录", "employment", "事项", "1.1", "公开依据"), ["《甲法》", "《丙法》", "《乙法》"], []),
        (("目录", "employment", "事项", "1.1", "公开依据"), ["《乙法》"], ["          - 《甲法》  # 第一部"]),
        (("目录", "employment", "事项", "1.2", "公开时限"), "3个工作日", []),
        (("目录", "social_insurance", "审核日期"), "2026-03-01", []),
        (("目录", "employment", "增加", 0, "二级事项"), "零工市场", ["        二级事项: 零工"]),
    ],
)
def test_what_is_put_is_there_and_nothing_else_moves(path: tuple[Any, ...], value: Any, gone: list[str]) -> None:
    text = put(TEXT, path, value)
    assert at(read(text), path) == value
    assert {line.strip() for line in lost(text)} == {line.strip() for line in gone}
    assert _without(read(text), path) == _without(read(TEXT), path)
    assert re.findall("# .*", TEXT) == [said for said in re.findall("# .*", text) if said != '# 和井号"']


def test_a_long_list_stands_one_element_a_line_and_keeps_the_comment_behind_it() -> None:
    wanted = ["很长的要素" * 6 + str(count) for count in range(5)]
    text = put(TEXT, ("目录", "employment", "事项", "1.1", "公开内容"), wanted)
    assert "        公开内容:  # 两项\n          - 很长的要素" in text
    assert at(read(text), ("目录", "employment", "事项", "1.1", "公开内容")) == wanted


def test_what_is_taken_away_leaves_no_empty_mapping_and_keeps_the_comments() -> None:
    text = remove(TEXT, ("目录", "employment", "事项", "9.1", "不列入"))
    assert "9.1" not in text
    text = remove(text, ("机构", "人社局", "名称"))
    assert "    # 全称\n" in text
    text = remove(text, ("目录", "employment", "增加", 0))
    assert "增加:\n" not in text.partition("公开主体")[2]
    assert read(text)["机构"]["人社局"]["地址"] == "一行\n两行\n"


def test_the_first_key_behind_a_dash_and_those_in_braces_can_be_taken_away_too() -> None:
    assert remove("a:\n  - b: 1\n    c: 2\n", ("a", 0, "b")) == "a:\n  - c: 2\n"
    assert remove("a: {b: 1, c: 2, d: 3}\n", ("a", "c")) == "a: {b: 1, d: 3}\n"
    assert remove("a: {b: 1, c: 2}\n", ("a", "c")) == "a: {b: 1}\n"


def test_an_element_is_added_to_any_kind_of_list() -> None:
    assert append("a: [甲]\n", ("a",), "乙") == "a: [甲, 乙]\n"
    assert append("a: []\n", ("a",), "乙") == "a: [乙]\n"
    assert append("a:\nb: 1\n", ("a",), "乙") == "a: [乙]\nb: 1\n"
    assert append("a:\n- 甲", ("a",), {"名": "乙"}) == "a:\n- 甲\n- {名: 乙}\n"
    assert append("b: 1\n", ("a",), {"名": "乙"}) == "b: 1\na:\n  - {名: 乙}\n"


def test_lines_end_as_they_did() -> None:
    text = put(TEXT.replace("\n", "\r\n"), ("机构", "人社局", "说明"), "新的")
    assert text.replace("\r\n", "") == text.replace("\n", "").replace("\r", "")
    assert text.replace("\r\n", "\n") == put(TEXT, ("机构", "人社局", "说明"), "新的")


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _without(data: Any, path: tuple[Any, ...]) -> Any:
    """The data without the value at ``path``, and without empty values."""
    data = deepcopy(data)
    holder = data
    for step in path[:-1]:
        if isinstance(holder, dict) and not holder.get(step):
            holder[step] = {}
        holder = holder[step]
    if isinstance(holder, dict):
        holder.pop(path[-1], None)
    return _bare(data)


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: kept for key, each in data.items() if (kept := _bare(each)) not in ({}, "", [])}
    return [_bare(each) for each in data] if isinstance(data, list) else data


marks = st.sampled_from(" :#-[]{},\"'|>&*!%@`")
words = (
    st.text(st.characters(exclude_categories=("C", "Z")) | marks, min_size=1, max_size=MAX_KEY)
    .map(str.strip)
    .filter(bool)
)
values: st.SearchStrategy[Any] = st.recursive(
    words,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(words, inner, min_size=1, max_size=4),
    max_leaves=12,
)
PATHS: tuple[tuple[Any, ...], ...] = (
    ("a",),
    ("a", "b"),
    ("a", "c"),
    ("a", "d"),
    ("a", "d", 0),
    ("a", "d", 1, "x"),
    ("z",),
)


@given(
    st.fixed_dictionaries(
        {
            "a": st.fixed_dictionaries(
                {
                    "b": words,
                    "c": st.lists(words, min_size=1),
                    "d": st.tuples(words, st.fixed_dictionaries({"x": words, "y": words})).map(list),
                }
            ),
            "e": values,
        }
    ),
    st.sampled_from(PATHS),
    values,
    st.booleans(),
)
def test_whatever_the_text_and_the_change(data: Any, path: tuple[Any, ...], value: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    changed = put(text, path, value)
    wanted = deepcopy(data)
    at(wanted, path[:-1])[path[-1]] = value
    assert read(changed) == wanted
    back = remove(changed, path)
    assert _bare(read(back)) == _bare(_without(wanted, path) if not isinstance(path[-1], int) else _less(wanted, path))


def _less(data: Any, path: tuple[Any, ...]) -> Any:
    data = deepcopy(data)
    del at(data, path[:-1])[path[-1]]
    return data


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("甲: 一句话\n", ("甲", "乙")),
        ("甲: [一, 二]\n", ("甲", "乙")),
        ("甲: {乙: 丙}\n", ("甲", 3)),
        ("甲: &a 1\n乙: *a\n", ("甲",)),
    ],
)
def test_what_cannot_be_changed_piece_by_piece_says_so(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(CannotEdit):
        put(text, path, "值")


def test_what_is_not_there_cannot_be_taken_away() -> None:
    for path in (("乙",), ("甲", "乙"), ("甲", 5)):
        with pytest.raises(CannotEdit):
            remove("甲: [一, 二]\n丙: 1\n", path)
