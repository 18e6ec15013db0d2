"""The minimum cannot be talked around: what a value says beside what is read of it is found, and quoted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gkdir.model.project import Project

from .values import Value, found_in

HERE = Path(__file__).parent
FIELD = Path(__file__).parents[3] / "shared" / "field" / "loopholes.tsv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_value_is_judged_as_the_table_says(project: Project) -> None:
    table = rows(HERE / "loopholes.tsv")
    found = found_in([Value(row["column"], row["value"]) for row in table], project)
    told = [(row["column"], row["value"], {one.rule for one in each}) for row, each in zip(table, found, strict=True)]
    wrong = [one for one, row in zip(told, table, strict=True) if one[2] != ({row["rule"]} if row["rule"] else set())]
    assert not wrong, "\n".join(map(str, wrong))


def test_what_was_left_over_is_quoted(project: Project) -> None:
    values = [
        ("公开时限", "原则上10个工作日内公开", "“原则上”"),
        ("公开时限", "10个工作日内不予公开", "“不予公开”"),
        ("公开渠道和载体", "{增加: [有线电视（暂停）]}", "“暂停”"),
        ("公开对象", "全社会（登录后可见）", "“登录后可见”"),
        ("公开方式", "主动（经申请）", "“经申请”"),
    ]
    found = found_in([Value(column, text) for column, text, _ in values], project)
    for (_, text, words), each in zip(values, found, strict=True):
        assert [words in one.message for one in each] == [True], text


@pytest.mark.skipif(not FIELD.exists(), reason="the field's table is not on this machine")
def test_the_values_met_in_the_field_are_judged_right(project: Project) -> None:
    table = rows(FIELD)
    found = found_in([Value(row["field"], row["value"]) for row in table], project)
    judged = ["found" if each else "right" for each in found]
    assert judged == [row["right"] for row in table]
