"""Extra words cannot evade the minimum: whatever a value has besides what was read is found and quoted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gkdir.finding import Finding, Severity
from gkdir.model.project import Project
from gkdir.read import commonwords
from gkdir.read.timelimit import time_limit

from .values import Value, found_in, found_in_promises, found_in_steps

HERE = Path(__file__).parent
STEP, PROMISE = "环节时限", "承诺"
FIELD = Path(__file__).parents[3] / "shared" / "field" / "loopholes.tsv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_value_is_judged_as_the_table_says(project: Project) -> None:
    table = rows(HERE / "evasions.tsv")
    found = found_in([Value(row["column"], row["value"]) for row in table], project)
    told = [(row["column"], row["value"], {one.rule for one in each}) for row, each in zip(table, found, strict=True)]
    wrong = [one for one, row in zip(told, table, strict=True) if one[2] != ({row["rule"]} if row["rule"] else set())]
    assert not wrong, "\n".join(map(str, wrong))


def test_further_values_are_found_or_right(project: Project) -> None:
    table = rows(HERE / "judged.tsv")
    steps = [row for row in table if row["column"] == STEP]
    own = [row for row in table if row["column"] == "公开内容"]
    promises = [row for row in table if row["column"] == PROMISE]
    rest = [row for row in table if row["column"] not in ("公开内容", STEP, PROMISE)]
    found = found_in([Value(row["column"], row["value"]) for row in rest], project)
    found += found_in([Value(row["column"], row["value"]) for row in own], alike(project))
    found += found_in_steps([row["value"] for row in steps], project)
    for start in range(0, len(promises), 100):
        found += found_in_promises([row["value"] for row in promises[start : start + 100]], project)
    pairs = [(row, judgements(each)) for row, each in zip(rest + own + steps + promises, found, strict=True)]
    wrong = [f"{row['column']}: {row['value']} is {said}" for row, said in pairs if row["right"] not in said]
    assert not wrong, "\n".join(wrong)


def alike(project: Project) -> Project:
    """A nation whose items all have the 公开内容 of the first."""
    first = next(iter(project.national.values())).items[0]
    national = {
        domain: replace(each, items=tuple(replace(item, content=first.content) for item in each.items))
        for domain, each in project.national.items()
    }
    return replace(project, national=national)


def judgements(found: list[Finding]) -> tuple[str, ...]:
    """The verdicts that the table may have for the findings: an error holds the county back, and is also found."""
    return ("right",) if not found else ("found", *{"error" for one in found if one.severity is Severity.ERROR})


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


LOOSENING = (HERE / "loosening_words.txt").read_text(encoding="utf-8").split()
"""Phrases by which officials withdraw, extend or condition a statement, written without looking at the rules."""
HARMLESS = rows(HERE / "harmless_words.tsv")
LIMIT = (("A", "信息形成或变更之日起"), ("B", "20个工作日"), ("C", "内"), ("D", "公开"), ("E", ""))
"""A right limit in pieces; a harmless word says before which of them it may be."""
RIGHT = {
    "公开时限": (
        "{}信息形成或变更之日起20个工作日内公开",
        "信息形成或变更{}之日起20个工作日内公开",
        "信息形成或变更之日起{}20个工作日内公开",
        "信息形成或变更之日起20个工作日{}内公开",
        "信息形成或变更之日起20个工作日内{}公开",
        "信息形成或变更之日起20个工作日内（{}）公开",
        "信息形成或变更之日起20个工作日内公开{}",
        "信息形成或变更之日起20个工作日内公开，{}",
        "{}，信息形成或变更之日起20个工作日内公开",
    ),
    "公开渠道和载体": ("两微一端（{}）", "两微一端{}", "{}两微一端", "清源县{}"),
    "公开对象": ("全社会（{}）", "全社会{}", "{}全社会", "特定群体（登记失业人员，{}）"),
    "公开方式": ("主动（{}）", "主动公开{}", "{}主动公开"),
    "公开层级": ("县级、乡级、村级（{}）", "县级、乡级、村级{}", "{}县级、乡级、村级"),
    "公开依据": (
        "《清源县就业办法》（清政发〔2024〕5号）{}",
        "《清源县就业办法》（清政发〔2024〕5号，{}）",
        "{}《清源县就业办法》（清政发〔2024〕5号）",
    ),
    "依申请依据": (
        "《中华人民共和国政府信息公开条例》{}",
        "{}《中华人民共和国政府信息公开条例》",
        "涉及商业秘密（{}）",
    ),
    "不列入": ("本县未开展此项业务{}", "本县未开展此项业务（{}）", "{}本县未开展此项业务", "本县未开展此项业务，{}"),
}
"""Right values of each grammar, with a place for a word."""
SAYS_SO = {("公开依据", "暂行"), ("依申请依据", "暂行"), ("依申请依据", "依申请")}
"""Words that loosen nothing there: an 办法（暂行） is in force, and 依申请 needs its ground."""


def quote(text: str) -> str:
    return '"' + text + '"'


def as_yaml(column: str, text: str) -> str:
    return f"{{增加: [{quote(text)}]}}" if column in ("公开渠道和载体", "公开依据") else quote(text)


def test_there_are_words_enough() -> None:
    assert len(set(LOOSENING)) >= 200
    assert len({(row["word"], row["where"]) for row in HARMLESS}) >= 100


@pytest.mark.parametrize("column", RIGHT)
def test_no_loosening_word_is_silently_right(column: str, project: Project) -> None:
    tried = [(column, form.format(word), word) for form in RIGHT[column] for word in LOOSENING]
    found = found_in([Value(column, as_yaml(column, text)) for _, text, _ in tried], project)
    silent = [
        text for (_, text, word), each in zip(tried, found, strict=True) if not each and (column, word) not in SAYS_SO
    ]
    assert not silent, "\n".join(silent)


def test_no_harmless_word_raises_an_alarm(project: Project) -> None:
    texts = ["".join((row["word"] if row["where"] == at else "") + piece for at, piece in LIMIT) for row in HARMLESS]
    found = found_in([Value("公开时限", quote(text)) for text in texts], project)
    alarms = [f"{text}: {each[0].message}" for text, each in zip(texts, found, strict=True) if each]
    assert not alarms, "\n".join(alarms)


@given(st.sampled_from(LOOSENING), st.sampled_from(LOOSENING), st.data())
def test_words_anywhere_in_a_limit_are_left_over_or_leave_no_limit(one: str, other: str, data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from(("信息形成或变更之日起20个工作日内公开", "自受理之日起10个工作日内办结", "每年1月31日前公开"))
    )
    for word in (one, other):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + word + text[at:]
    limit = time_limit(text)
    assert limit.left or limit.kind in ("vague", "unknown") or limit.anchor not in (None, "信息形成或变更", "受理"), (
        limit
    )


@given(
    st.lists(
        st.sampled_from([row for row in HARMLESS if row["where"] in "BD"]),
        max_size=2,
        unique_by=lambda row: row["where"],
    )
)
def test_harmless_words_together_change_nothing(chosen: list[dict[str, str]]) -> None:
    words = {row["where"]: row["word"] for row in chosen}
    limit = time_limit("".join(words.get(at, "") + piece for at, piece in LIMIT))
    assert (limit.count, limit.unit, limit.left) == (20, "workday", ())


def test_each_word_is_declared_once() -> None:
    loosening = [word for kind in commonwords.LOOSENING for word in kind.words.split()]
    assert sorted(loosening) == sorted(set(loosening))
    for column in {column for group in commonwords.HARMLESS for column in group.columns}:
        words = [word for group in commonwords.HARMLESS if column in group.columns for word in group.words.split()]
        assert sorted(words) == sorted(set(words)), column
