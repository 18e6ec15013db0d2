"""A date decades ahead: reported at its line, never taken for today, never published."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.finding import Severity
from gkdir.model.columns import EARLIEST, LATEST, NOTICE_DATE
from gkdir.model.dated import KNOWN, is_far_ahead, newest
from gkdir.outcome import BuildOutcome, State
from gkdir.read.reference import read_reference
from gkdir.resources import national_folder
from gkdir.rules.currency import not_in_force

from .faults import Fault, Sample

days = st.dates(EARLIEST, LATEST)


def test_what_is_known_goes_as_far_as_the_holidays_that_come_with_us() -> None:
    assert date(max(read_reference((national_folder(),))[0].workdays.years), 12, 31) == KNOWN


@given(st.lists(st.dates(EARLIEST, KNOWN), min_size=1), st.lists(st.dates(date(2036, 1, 1), LATEST)))
def test_slips_of_the_pen_are_never_today(right: list[date], slips: list[date]) -> None:
    assert newest([*right, *slips]) == max(*right, NOTICE_DATE)


@given(st.lists(days, max_size=6))
def test_what_counts_is_never_far_ahead_of_the_day_that_comes_out(some: list[date]) -> None:
    last = newest(some)
    assert last in (*some, NOTICE_DATE)
    assert all(day <= last or is_far_ahead(day, last) for day in some)


@pytest.mark.parametrize("year", [2030, 2036])
def test_later_years_are_believed_where_nothing_contradicts_them(year: int) -> None:
    some = [date(year, 3, 1), date(year, 9, 1), date(year + 1, 8, 1)]
    assert newest(some) == some[-1]
    assert newest([date(year, 3, 1)]) == date(year, 3, 1)


FAULTS = (
    Fault("GK122", "county.yaml", "审核日期: 2026", "审核日期: 2062", "2062"),
    Fault("GK122", "towns/baishi.yaml", "审核日期: 2026", "审核日期: 2062", "2062"),
    Fault("GK122", "guides/employment/4.1.md", "日期: 2026", "日期: 2062", "2062"),
    Fault("GK122", "pages/notices/{notice}", "日期: 2026", "日期: 2062", "2062"),
    Fault("GK122", "changes.yaml", "日期: 2026", "日期: 2062", "2062"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.file)
def test_the_one_wrong_date_is_named_and_no_right_one(sample: Sample, fault: Fault, tmp_path: Path) -> None:
    notices = sorted(path.name for path in (sample.county / "pages" / "notices").glob("*.md"))
    fault = fault._replace(file=fault.file.format(notice=notices[0]))
    copy = Path(shutil.copytree(sample.project.folder, tmp_path / "project"))
    path = copy / "counties" / "qingyuan" / fault.file
    text = path.read_text("utf-8").replace(fault.was, fault.now, 1)
    path.write_text(text, "utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "2062" in line)
    found, _ = sample.with_fault(fault)
    assert [(one.rule, one.place.line) for one in found] == [("GK122", line)]
    request = BuildOptions(copy, tmp_path / "site", hant=False)
    _, outcomes = build(request, list[BuildOutcome]().append)
    weighty = [one for one in outcomes[0].findings if one.severity is not Severity.INFO]
    assert [(one.rule, one.place.line) for one in weighty] == [("GK122", line)]
    assert outcomes[0].state is State.HELD


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-01-01"])
@pytest.mark.parametrize("key", ["日期", "形成日期", "有效至"])
def test_no_day_leaves_the_calendar(sample: Sample, day: str, key: str) -> None:
    head = {"标题": "甲", "日期": "2026-01-01", key: day}
    text = "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items()) + "---\n正文。\n"
    found, _ = sample.with_fault(Fault("GK104", "pages/notices/far.md", "", text, day))
    assert [(one.rule, one.place.line) for one in found] == [("GK104", list(head).index(key) + 2)]


@pytest.mark.parametrize("command", ["check", "due", "build"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_nor_does_the_one_that_is_asked_for(command: str, day: str) -> None:
    done = CliRunner().invoke(group, [command, str(national_folder().parent), "--date", day])
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("文号: 国务院令第258号, 查阅: 2062-03-01", "GK122"),
        ("文号: 国务院令第258号, 查阅: 2027-11-30", "GK704"),
        ("文号: 人社部发〔2024〕8号, 查阅: 2023-03-01", "GK704"),
        ("文号: 人社部发〔2024〕8号, 查阅: 2024-03-01", None),
    ],
)
def test_a_source_was_looked_at_when_it_was_there(sample: Sample, source: str, rule: str | None) -> None:
    line = f"来源: [{{名称: 《甲》, {source}}}]\n核对:"
    found, _ = sample.with_fault(Fault("", "guides/employment/4.1.md", "核对:", line, "来源"))
    assert [one.rule for one in found] == [rule] * (rule is not None)


@pytest.mark.parametrize(
    ("basis", "today", "found"),
    [
        ("《甲办法》（清政发〔2024〕5号）", NOTICE_DATE, False),  # no date in the data to compare with
        ("《甲办法》（清政发〔2024〕5号，自2025年1月1日起施行）", NOTICE_DATE, False),
        ("《甲办法》（清政发〔2024〕5号）", date(2022, 1, 1), False),  # only the review is out of date
        ("《甲办法》（清政发〔2062〕5号）", NOTICE_DATE, True),
        ("《甲办法》（清政发〔2062〕5号）", date(2026, 3, 20), True),
        ("《甲办法》（清政发〔2026〕5号，自2026年7月1日起施行）", date(2026, 3, 20), True),
    ],
)
def test_a_basis_is_yet_to_come_only_after_a_day_that_is_known(basis: str, today: date, found: bool) -> None:
    assert bool(list(not_in_force(basis, today))) is found
