"""A guide's plain words in the form, exported and imported: only the text under one heading changes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.excel_form.exchanges import GUIDE, Filled, county, exchange_of, imported, returned_changes
from tests.laws import law

from gkdir.excel_form.prose import OTHERS, PROSE, with_prose
from gkdir.yaml.front_matter import headings

GUIDES, ITEM = "@guides", "employment/4.1"
WHAT, USE, TODO, ASKED = PROSE
START = GUIDE.index("## 这是什么")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


def guide(project: Path, item: str = ITEM) -> Path:
    return project / "counties" / "qingyuan" / "guides" / f"{item}.md"


def after(project: Path, filled: Filled, item: str = ITEM) -> str | None:
    """The guide after the workbook was imported twice."""
    given = returned_changes(exchange_of(project), filled)
    for _ in range(2):
        _, done = imported(project, given)
        assert done.troubles == ()
    path = guide(project, item)
    return path.read_bytes().decode() if path.exists() else None


def test_the_plain_words_of_a_guide_are_written_in_excel_too(project: Path) -> None:
    table = exchange_of(project).form.table(GUIDES)
    assert table is not None
    assert [table.by_id[ITEM].texts[key] for key in PROSE] == ["正文不动。---", "", "", ""]
    told = "## 这是什么\n\n没有工作了，来登记。\n\n登记了才能领钱。\n\n## 我要做什么\n\n1. 带身份证\n2. 到窗口\n"
    words = {WHAT: "没有工作了，来登记。\n\n登记了才能领钱。", TODO: "1. 带身份证\n2. 到窗口"}
    assert after(project, {(GUIDES, ITEM, key): text for key, text in words.items()}) == GUIDE[:START] + told
    told = told.replace("## 我要", "## 对我有什么用\n\n能领补贴。\n\n## 我要")
    assert after(project, {(GUIDES, ITEM, USE): "能领补贴。"}) == GUIDE[:START] + told
    assert after(project, {(GUIDES, ITEM, key): "" for key in PROSE}) == GUIDE[:START]
    other = "employment/5.1"
    written = after(project, {(GUIDES, other, WHAT): "给开店的人一笔钱。"}, other)
    assert written == "---\n---\n## 这是什么\n\n给开店的人一笔钱。\n"
    assert after(project, {(GUIDES, other, WHAT): ""}, other) is None


@pytest.mark.parametrize("body", ["## 这是什么\n\n- 一\n    - 缩进的\n", "## 这是什么\n\n甲\n\n## 这是什么\n\n乙\n"])
def test_words_that_a_cell_cannot_hold_are_changed_in_the_file(project: Path, body: str) -> None:
    guide(project).write_text(GUIDE[:START] + body, encoding="utf-8", newline="")
    table = exchange_of(project).form.table(GUIDES)
    assert table is not None
    assert WHAT in table.by_id[ITEM].locked
    assert not table.by_id[ITEM].locked & {USE, TODO, ASKED}


def test_questions_are_written_with_their_headings(project: Path) -> None:
    asked = "### 要钱吗？\n\n不要。\n\n### 能代办吗？\n\n能。"
    assert after(project, {(GUIDES, ITEM, ASKED): asked}) == f"{GUIDE}\n## 常见问题\n\n{asked}\n"


def test_headings_of_the_county_s_own_have_a_column_too(project: Path) -> None:
    more = "## 材料交给谁\n\n交给窗口。\n\n## 办好以后\n\n等电话。"
    assert after(project, {(GUIDES, ITEM, OTHERS): more}) == f"{GUIDE}\n{more}\n"
    assert after(project, {(GUIDES, ITEM, ASKED): "### 快吗？\n\n快。"}) == (
        f"{GUIDE}\n## 常见问题\n\n### 快吗？\n\n快。\n\n{more}\n"
    )
    assert after(project, {(GUIDES, ITEM, ASKED): "", (GUIDES, ITEM, OTHERS): "## 办好以后\n\n等信。"}) == (
        f"{GUIDE}\n## 办好以后\n\n等信。\n"
    )
    assert after(project, {(GUIDES, ITEM, OTHERS): ""}) == GUIDE
    for text, message in (("先说一句", "开头不是小标题"), ("## 甲\n\n话\n\n## 我要做什么\n\n话", "有自己的一栏")):
        _, done = imported(project, returned_changes(exchange_of(project), {(GUIDES, ITEM, OTHERS): text}))
        assert [message in each.message for each in done.troubles] == [True]


@pytest.mark.parametrize("body", ["## 甲\n\n一\n\n## 这是什么\n\n二\n\n## 乙\n\n三\n", "先说一句。\n\n## 甲\n\n一\n"])
def test_headings_that_stand_apart_are_changed_in_the_file(project: Path, body: str) -> None:
    guide(project).write_text(GUIDE[:START] + body, encoding="utf-8", newline="")
    table = exchange_of(project).form.table(GUIDES)
    assert table is not None
    assert table.by_id[ITEM].locked & {OTHERS, *PROSE} == {OTHERS}


LINES = st.lists(st.sampled_from(["话", "", "```", "# 大", "### 小", "- 样", "\u2028", "##没有空格"]), max_size=4)
TITLES = st.sampled_from([*PROSE.values(), "别的"])
BODIES = st.lists(st.tuples(TITLES, LINES), max_size=4, unique_by=lambda told: told[0])
SAID = st.tuples(st.sampled_from(list(PROSE.values())), st.sampled_from(["", "新的话", "一段\n\n又一段"]))


@law(40)
@given(BODIES, LINES, SAID, st.booleans())
def test_only_the_words_below_one_heading_change(
    told: list[tuple[str, list[str]]], first: list[str], said: tuple[str, str], wide: bool
) -> None:
    lines = ["---", *first, *(line for name, words in told for line in (f"## {name}", *words)), ""]
    hypothesis.assume("\n".join(lines).count("```") % 2 == 0)
    title, text = said
    rest = "\n".join(lines)
    done = with_prose(rest.replace("\n", "\r\n") if wide else rest, title, text)
    assert done.count("\r\n") == (done.count("\n") if wide else 0)
    before, now = sections(rest), sections(done.replace("\r\n", "\n"))
    wanted = {**dict(before), title: text} if text else {name: each for name, each in before if name != title}
    assert dict(now) == wanted
    assert [name for name, _ in now if name != title] == [name for name, _ in before if name != title]
    assert with_prose(done, title, text) == done


def sections(rest: str) -> list[tuple[str, str]]:
    """The headings and the text under each; text before the first has a blank heading."""
    lines = rest.split("\n")
    found = [(-1, ""), *headings(lines), (len(lines), "")]
    return [(title, "\n".join(lines[start + 1 : end]).strip("\n")) for (start, title), (end, _) in pairwise(found)]
