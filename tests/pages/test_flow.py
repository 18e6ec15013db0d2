"""The drawing of the steps: lines that fit, boxes around their lines, nothing that is not in the list."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gkdir.finding import Place
from gkdir.model.guide import GuideStep
from gkdir.model.item import TimeLimit
from gkdir.service.guide import StepView
from gkdir.site.item import LETTER, WIDTH, flow, measured, wrapped

HERE = Place("guide.md")
CHINESE = st.text(st.sampled_from("申请审核发放一二三四，。（）《》：；10个工作日GB/T 36114-2018"), max_size=60)


def step(name: str, office: str | None = None, limit: str | None = None) -> StepView:
    return StepView(GuideStep(name, HERE, limit=TimeLimit(limit, "unknown") if limit else None), office)


@given(CHINESE, st.integers(4 * LETTER, 20 * LETTER))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(measured(line) <= width for line in lines)


@given(CHINESE)
def test_no_line_begins_with_a_mark_that_closes(text: str) -> None:
    lines = wrapped(re.sub(r"[，。（）《》：；]+", "，", text), 10 * LETTER)
    assert not [line for line in lines[1:] if line[0] == "，"]


def test_a_number_stays_whole() -> None:
    assert wrapped("自收到申请之日起一共120个工作日", 9 * LETTER) == ("自收到申请之日起一", "共120个工作日")


@given(st.lists(st.builds(step, CHINESE, CHINESE, CHINESE), min_size=2, max_size=8))
def test_boxes_hold_their_lines_and_do_not_touch(steps: list[StepView]) -> None:
    drawn = flow(steps)
    assert drawn
    assert [box.number for box in drawn.boxes] == list(range(1, len(steps) + 1))
    foot = 0
    for box in drawn.boxes:
        assert box.y > foot
        foot = box.foot
        assert all(box.y < text.y - LETTER / 2 and text.y < box.foot for text in box.texts)
        assert all(measured(text.words) <= WIDTH - drawn.left for text in box.texts)
    assert foot < drawn.height
    assert not drawn.boxes[-1].arrow


def test_it_says_what_it_shows() -> None:
    drawn = flow((step("申请"), step("审核", "清源县公共就业服务中心", "3个工作日")))
    assert drawn
    assert drawn.title == "办理流程图：1 申请，2 审核"
    assert [(text.kind, text.words) for text in drawn.boxes[1].texts] == [
        ("name", "审核"),
        ("limit", "3个工作日"),
        ("office", "清源县公共就业服务中心"),
    ]


def test_one_step_needs_no_drawing() -> None:
    assert flow((step("申请"),)) is None
