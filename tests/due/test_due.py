"""Due dates: the day after it a rule reports it, the day itself none does; calendars are complete and stable."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from gkdir.cli.due import command
from gkdir.due import DueSubject, deadlines
from gkdir.model.reference import Law, Reference
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.rules import check

COUNTY = """名称: 清源县
代码: "990101"
紧急通知: {内容: 因暴雨，窗口暂停办公, 截止: 2026-04-05}
待遇标准:
  最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2026〕1号）, 日期: 2026-01-01}
机构:
  人社局: {名称: 清源县人力资源和社会保障局}
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    事项:
      "1.1": {公开依据: {增加: [《某暂行办法》]}}
允许:
  - {规则: GK204, 事项: employment/4.1, 理由: 等上级答复, 截止: 2026-06-30}
"""
PAGES = {
    "responses/wages.md": "标题: 补贴什么时候发\n日期: 2026-02-01",
    "consultations/hours.md": "标题: 窗口周六是否开门\n日期: 2026-03-01\n截止: 2026-03-31",
    "notices/spring.md": "标题: 春季招聘会\n日期: 2026-02-10\n有效至: 2026-05-01",
}
GUIDE = "简述: 登记。\n核对: {日期: 2026-03-10}"
RULE = {
    "review": "GK701",
    "guide": "GK705",
    "response": "GK713",
    "urgent": "GK715",
    "allowance": "GK112",
    "amount": "GK732",
    "law": "GK505",
}
"""Kind of deadline → the rule that reports it once it is over."""
LAW = Law("某暂行办法", "有期限", "高", until=date(2026, 7, 31))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "p" / "counties" / "qingyuan"
    (folder / "guides" / "employment").mkdir(parents=True)
    (folder / "county.yaml").write_text(COUNTY, encoding="utf-8")
    (folder / "guides" / "employment" / "4.1.md").write_text(f"---\n{GUIDE}\n---\n", encoding="utf-8")
    for name, head in PAGES.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}\n---\n正文。\n", encoding="utf-8")
    return tmp_path / "p"


def subject(project: Path, today: date) -> DueSubject:
    found = read_project(project)
    county = read_county(found, "qingyuan")
    known = found.reference
    reference = Reference((LAW,), known.words, known.workdays)
    return DueSubject(county, lay(found, county), reference, today)


def test_the_rules_say_so_the_day_after_and_not_the_day_itself(project: Path) -> None:
    found = read_project(project)
    known = deadlines(subject(project, date(2026, 3, 2)), 3650)
    days = {one.kind: one for one in known if one.kind in RULE}
    assert set(days) == set(RULE)
    for kind, one in days.items():
        for after in (0, 1):
            now = subject(project, one.day + timedelta(days=after))
            findings = check(replace(found, reference=now.reference), now.county, now.catalog, now.today)
            said = [each for each in findings if each.rule == RULE[kind]]
            assert [each.place.file for each in said] == [one.place.file] * after, (kind, after)


def test_guides_from_above_are_checked_again_as_a_whole(project: Path) -> None:
    path = project / "counties" / "qingyuan" / "county.yaml"
    said = path.read_text(encoding="utf-8").replace(
        "    审核日期: 2026-03-01\n", "    审核日期: 2026-03-01\n    指南核对: 2026-03-05\n"
    )
    path.write_text(said, encoding="utf-8")
    known = deadlines(subject(project, date(2026, 3, 2)), 3650)
    (one,) = [each for each in known if each.kind == "guide" and each.place.file.endswith("county.yaml")]
    found = read_project(project)
    for after in (-400, 0, 1):  # 400 days earlier, the date of 指南核对 is in the future
        now = subject(project, one.day + timedelta(days=after))
        findings = check(found, now.county, now.catalog, now.today)
        rules = [each.rule for each in findings if each.place == one.place]
        assert rules == {-400: ["GK704"], 0: [], 1: ["GK705"]}[after]


def test_a_consultation_is_told_until_it_ends_and_its_result_from_then_on(project: Path) -> None:
    def kinds(today: date) -> list[str]:
        found = deadlines(subject(project, today), 30)
        return [one.kind for one in found if "consultations" in one.place.file]

    assert kinds(date(2026, 3, 1)) == ["consultation"]
    assert kinds(date(2026, 3, 31)) == ["consultation"]
    assert kinds(date(2026, 4, 1)) == ["result"]
    path = project / "counties" / "qingyuan" / "pages" / "consultations" / "hours.md"
    path.write_text(path.read_text(encoding="utf-8").replace("截止:", "结果: 收到12条。\n截止:"), encoding="utf-8")
    assert kinds(date(2026, 4, 1)) == []


def test_what_has_merely_passed_is_not_owed(project: Path) -> None:
    def is_due(today: date) -> bool:
        return any(one.kind == "article" for one in deadlines(subject(project, today), 30))

    assert is_due(date(2026, 5, 1))
    assert not is_due(date(2026, 5, 2))


def test_they_stand_by_day_and_only_those_that_are_near(project: Path) -> None:
    today = date(2026, 3, 2)
    near, far = deadlines(subject(project, today), 40), deadlines(subject(project, today), 400)
    assert [one.day for one in far] == sorted(one.day for one in far)
    assert near == tuple(one for one in far if one.day <= today + timedelta(days=40))
    assert {one.kind for one in near} == {"consultation", "urgent"}


def test_what_is_formed_is_due_before_the_day_that_it_bears(project: Path) -> None:
    path = project / "counties" / "qingyuan" / "pages" / "notices" / "later.md"
    path.write_text("---\n标题: 以后的\n日期: 2026-06-30\n形成日期: 2026-03-02\n---\n", encoding="utf-8")
    found = [one for one in deadlines(subject(project, date(2026, 3, 2)), 60) if one.kind == "publication"]
    assert [(one.day, one.place.line) for one in found] == [(date(2026, 3, 30), 3)]
    assert not [one for one in deadlines(subject(project, date(2026, 6, 30)), 60) if one.kind == "publication"]


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [str(project), "--date", "2026-04-06", "--within", "100", *arguments])


def test_it_is_told_in_words_with_place_and_remedy(project: Path) -> None:
    done = run(project)
    assert done.exit_code == 0
    assert "已经过了 2 件\n" in done.stdout
    assert "  2026-04-05（过了 1 天） 紧急通知：紧急通知到 2026-04-05 截止\n" in done.stdout
    assert re.search(r"\n    \S+county\.yaml:3:1\n", done.stdout)
    assert "  2026-06-30（还有 85 天） 允许到期：允许 GK204（employment/4.1）到 2026-06-30 为止\n" in done.stdout


def test_as_data(project: Path) -> None:
    data = json.loads(run(project, "--format", "json").stdout)
    assert (data["date"], data["within"]) == ("2026-04-06", 100)
    assert [each["days"] for each in data["due"]] == sorted(each["days"] for each in data["due"])
    urgent = next(each for each in data["due"] if each["kind"] == "urgent")
    assert (urgent["day"], urgent["county"], urgent["line"]) == ("2026-04-05", "qingyuan", 3)


def test_as_a_calendar(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "日程.ics"
    assert run(project, "--format", "ics", "-o", str(file)).exit_code == 0
    content = file.read_bytes()
    assert content == run(project, "--format", "ics").stdout_bytes
    lines = content.split(b"\r\n")
    assert (lines[0], lines[-2], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is split
    whole = content.decode().replace("\r\n ", "")
    names = re.findall(r"^UID:(\S+)\r$", whole, re.M)
    assert len(names) == len(set(names)) == whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT")
    assert "\r\nDTSTART;VALUE=DATE:20260630\r\nDTEND;VALUE=DATE:20260701\r\n" in whole
    assert "SUMMARY:允许到期：允许 GK204（employment/4.1）到 2026-06-30 为止\r\n" in whole


def test_a_county_that_is_not_there_is_wrong_use(project: Path) -> None:
    done = run(project, "--county", "heping")
    assert done.exit_code == 2
    assert "qingyuan" in done.stderr
