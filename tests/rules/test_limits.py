"""Comparing two time limits: clear cases are decided, unclear ones left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.model.item import TimeLimit
from gkdir.model.reference import Workdays
from gkdir.read.reference import read_reference
from gkdir.read.timelimit import time_limit
from gkdir.resources import national_folder
from gkdir.rules.limits import Verdict, compare

WORKDAYS = read_reference((national_folder(),))[0].workdays
NATIONAL = "公开事项信息形成或变更之日起20个工作日内公开"


@pytest.mark.parametrize(
    ("written", "above", "verdict"),
    [
        (NATIONAL, NATIONAL, Verdict.KEPT),
        ("信息形成或变更之日起10个工作日内公开", NATIONAL, Verdict.KEPT),
        ("自信息形成之日起20个工作日内公开", NATIONAL, Verdict.KEPT),
        ("20 个 工 作 日 内", NATIONAL, Verdict.KEPT),
        ("二十个工作日", NATIONAL, Verdict.KEPT),
        ("实时公开", NATIONAL, Verdict.KEPT),
        ("信息形成或变更之日起20日内公开", NATIONAL, Verdict.KEPT),
        ("信息形成或变更之日起25日内公开", NATIONAL, Verdict.KEPT),
        ("信息形成或变更之日起26日内公开", NATIONAL, Verdict.UNCLEAR),
        ("信息形成或变更之日起30日内公开", NATIONAL, Verdict.UNCLEAR),
        ("信息形成或变更之日起1个月内公开", NATIONAL, Verdict.UNCLEAR),
        ("信息形成或变更之日起39日内公开", NATIONAL, Verdict.LOOSER),
        ("信息形成或变更之日起2个月内公开", NATIONAL, Verdict.LOOSER),
        ("信息形成或变更之日起24小时内公开", NATIONAL, Verdict.KEPT),
        ("信息形成或变更之日起30个工作日内公开", NATIONAL, Verdict.LOOSER),
        ("自受理之日起15个工作日内办结", NATIONAL, Verdict.UNCLEAR),
        ("每年1月31日前公开", NATIONAL, Verdict.UNCLEAR),
        ("长期公开", NATIONAL, Verdict.UNCLEAR),
        ("每月10日前公开", "每季度首月10日前更新", Verdict.KEPT),
        ("每年1月31日前公开", "每季度首月10日前更新", Verdict.LOOSER),
        ("每年3月31日前公开", "每年1月31日前公开", Verdict.LOOSER),
        ("10个工作日内公开", "及时公开", Verdict.KEPT),
        ("10个工作日内公开", "实时公开", Verdict.LOOSER),
        (
            "信息形成20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
            NATIONAL,
            Verdict.KEPT,
        ),
        ("信息形成20个工作日内公开;其中行政处罚应自作出决定之日起60日内公示", NATIONAL, Verdict.LOOSER),
    ],
)
def test_a_limit_against_the_one_above(written: str, above: str, verdict: Verdict) -> None:
    assert compare(time_limit(written), time_limit(above), WORKDAYS) is verdict


@pytest.mark.parametrize(
    ("count", "span"), [(5, (5, 15)), (7, (7, 19)), (10, (11, 22)), (15, (18, 29)), (20, (25, 38)), (30, (39, 52))]
)
def test_working_days_take_as_many_calendar_days_as_they_did(count: int, span: tuple[int, int]) -> None:
    assert WORKDAYS.span(count) == span


@given(count=st.integers(1, 400))
def test_a_span_holds_in_years_that_nobody_knows(count: int) -> None:
    fewest, most = Workdays().span(count)
    assert count <= fewest <= most


@given(
    unit=st.sampled_from(["workday", "day", "month", "hour"]),
    counts=st.tuples(st.integers(1, 90), st.integers(1, 90)),
)
def test_of_the_same_unit_the_smaller_number_is_kept(unit: str, counts: tuple[int, int]) -> None:
    one, other = (TimeLimit(f"{n}{unit}", "within", n, unit, "信息形成或变更") for n in counts)  # type: ignore[arg-type]
    assert compare(one, other, WORKDAYS) is (Verdict.KEPT if counts[0] <= counts[1] else Verdict.LOOSER)


def test_a_project_may_bring_a_year_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "workdays.yaml").write_text("2027:\n  放假: [01-01—01-03]\n  上班: [01-09]\n", encoding="utf-8")
    workdays = read_reference((tmp_path, national_folder()))[0].workdays
    assert workdays.years == {2027}
    assert len(workdays.off) == 3
