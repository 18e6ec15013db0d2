"""The twenty working days: counted by the holidays of known years; no finding in years that are not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.model.project import Project
from gkdir.model.reference import Workdays
from gkdir.rules.publication import due

from .examples import county_of, findings_of

FORMED = st.dates(date(2019, 1, 1), date(2026, 11, 30))


def found(project: Project, slug: str, *files: tuple[str, str]) -> list[tuple[str, int | None]]:
    county_of(list(files), project.folder / "counties" / slug)
    told = findings_of(project, slug, date(2026, 6, 1))
    return [(one.rule, one.place.line) for one in told if one.rule in ("GK719", "GK720", "GK724")]


@pytest.mark.parametrize(
    ("formed", "day"),
    [
        ("2026-02-10", "2026-03-16"),  # over the spring festival, two Saturdays worked
        ("2026-09-20", "2026-10-23"),  # the first day, a working Sunday, does not count
        ("2026-04-30", "2026-06-01"),
        ("2024-01-31", "2024-03-04"),
    ],
)
def test_the_due_day_is_counted_as_the_offices_work(formed: str, day: str, project: Project) -> None:
    workdays = project.reference.workdays
    counted = due(date.fromisoformat(formed), workdays)
    assert counted.certain
    assert counted.last.isoformat() == day


@given(FORMED)
def test_the_due_day_is_a_working_day_with_twenty_behind_it(formed: date) -> None:
    weekends = Workdays(frozenset(range(2019, 2028)))
    last = due(formed, weekends).last
    days = [formed + timedelta(days=n) for n in range(1, (last - formed).days + 1)]
    assert weekends.works(last)
    assert sum(weekends.works(day) for day in days) == 20


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("日期: 2026-03-16\n形成日期: 2026-02-10\n", []),
        ("日期: 2026-03-17\n形成日期: 2026-02-10\n", [("GK719", 3)]),
        ("日期: 2026-02-10\n形成日期: 2026-02-10\n", []),
        ("日期: 2026-02-09\n形成日期: 2026-02-10\n", [("GK724", 4)]),
        ("日期: 2018-03-06\n形成日期: 2018-02-10\n", []),  # 24 days: in time whatever the holidays
        ("日期: 2018-03-15\n形成日期: 2018-02-10\n", [("GK720", 3)]),
        ("日期: 2018-03-26\n形成日期: 2018-02-10\n", [("GK719", 3)]),  # 44 days: too late whatever the holidays
    ],
)
def test_an_article_is_judged_by_the_day_it_was_formed(
    head: str, told: list[tuple[str, int]], project: Project
) -> None:
    slug = f"clock-{head[4:14]}-{head[-11:-1]}"
    assert found(project, slug, ("pages/notices/a.md", f"标题: 甲\n{head}")) == told


def test_a_change_is_judged_too(project: Project) -> None:
    days = "日期: 2026-03-30, 形成日期: 2026-02-10"
    text = f"记录:\n  - {{{days}, 类型: 修改, 事项: employment/4.1, 名称: 甲}}\n"
    assert found(project, "clock-change", ("changes.yaml", text)) == [("GK719", 2)]


def test_information_that_does_not_say_when_it_was_formed_is_not_judged(project: Project) -> None:
    assert found(project, "clock-none", ("pages/notices/a.md", "标题: 甲\n日期: 2026-03-30\n")) == []
