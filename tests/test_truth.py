"""The national data about law and money: right today, the same wherever it is, and marked if uncertain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.places import ROOT

from gkdir.model.navigation import Result, paths
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.read.reference import read_reference
from gkdir.resources import national_folder, template_folder
from gkdir.service.site import Site

LEVELS = ("名称和各栏都见过", "名称和公开内容见过", "名称见过", "名称部分见过", "推定")

UNTRUE = (
    "死亡前一年",
    "哪一年死亡",
    "财社〔2023〕181号",
    "到国外定居，一次",
    "出国定居退",
    "介绍了工作，问职业介绍补贴",
    "问有没有价格临时补贴",
    "申请返还",
    "settle abroad, or",
    "超期那段时间的费用",
)
"""Statements that are wrong, or no longer right."""


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(ROOT / "directories")


def texts() -> Iterator[tuple[Path, str]]:
    for folder in (ROOT / "directories", template_folder(), ROOT / "docs"):
        for path in folder.rglob("*"):
            if path.suffix in (".md", ".yaml", ".html", ".js", ".typ") and path.name != "laws.yaml":
                yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("untrue", UNTRUE)
def test_nothing_says_what_is_no_longer_so(untrue: str) -> None:
    assert [path for path, text in texts() if untrue in text] == []


def notes(project: Project, item: str) -> str:
    """The text before the offices on the item's page: the notes, and the deadlines of its guide."""
    deadlines = project.guides[item].deadlines or ()
    return "".join((*project.navigation.notes_by_item().get(item, ()), *deadlines))


@pytest.mark.parametrize(
    ("item", "must"),
    [
        ("social_insurance/5.5", "到国外定居、没有丧失中国国籍的"),
        ("social_insurance/5.5", "个人账户里的钱一直保留"),
        ("social_insurance/5.7", "不用注销"),
        ("social_insurance/5.6", "只能选一项"),
        ("social_insurance/5.6", "没有抚恤金"),
        ("social_insurance/5.8", "一次申领"),
        ("social_insurance/6.22", "按受伤那一年算，不按去世那一年"),
        ("social_insurance/6.22", "停工留薪期满以后去世的，没有一次性工亡补助金"),
        ("social_insurance/6.22", "只能选一项"),
        ("social_insurance/7.2", "只能选一项"),
        ("social_insurance/5.3", "20个工作日内"),
        ("social_insurance/6.4", "1年内申请"),
        ("social_insurance/7.1", "可以接着领上次剩下的"),
        ("social_insurance/7.6", "不用您申请"),
        ("social_insurance/7.7", "不用申请"),
    ],
)
def test_who_goes_is_told_before(project: Project, item: str, must: str) -> None:
    assert must in notes(project, item)


def test_the_notes_are_about_items_that_there_are_and_say_each_thing_once(project: Project) -> None:
    known = {item.id for directory in project.national.values() for item in directory.items}
    for sentence, items in project.navigation.notes.items():
        assert sentence.endswith("。"), sentence
        assert items, sentence
        assert {item.text for item in items} <= known, sentence
        assert len({item.text for item in items}) == len(items), sentence


def test_a_moment_of_life_says_the_notes_of_its_items_once(project: Project) -> None:
    county = read_county(project, "qingyuan")
    catalog = lay(project, county)
    bundle = Site(catalog, date(2026, 3, 1)).bundler.bundle(project.navigation.events["亲人去世"].uses)
    assert bundle
    assert len(set(bundle.notes)) == len(bundle.notes)
    assert sum("只能选一项" in note for note in bundle.notes) == 1


def results(project: Project) -> dict[str, Result]:
    assert project.navigation.wizard
    return {way[-1].slug: result for way, result in paths(project.navigation.wizard)}


def test_whoever_was_made_to_leave_is_not_sent_away(project: Project) -> None:
    found = results(project)
    for slug in ("no-work-claim", "no-work-quit", "no-work-uninsured"):
        assert "social_insurance/7.1" in {use.item for use in found[slug].uses}, slug
    assert "欠薪" in found["no-work-quit"].line
    # 7.4 is for the agency to do, not for the applicant.
    assert "social_insurance/7.4" not in {use.item for use in found["no-work-claim"].uses}


def test_a_law_says_how_sure_it_is_and_where_it_was_seen() -> None:
    raw = yaml.safe_load((national_folder() / "laws.yaml").read_text(encoding="utf-8"))
    for law in raw:
        assert law["出处"] in ("公开网页", "待查"), law["名称"]
        if "见于" in law:
            assert law["出处"] == "公开网页", law["名称"]
            assert re.search(r"，\d{4}-\d\d-\d\d 查看$", law["见于"]), law["名称"]
    laws = {law.name: law for law in read_reference((national_folder(),))[0].laws}
    assert len(laws) == len(raw)
    assert laws["社会保险登记管理暂行办法"].state == "废止"
    assert laws["就业补助资金管理办法"].number == "财社〔2026〕1号"
    assert laws["就业补助资金管理办法"].old == ("财社〔2017〕164号", "财社〔2023〕181号")
    assert laws["超龄劳动者基本权益保障暂行规定"].number == "人社部令第56号"


def test_an_unemployment_allowance_that_has_ended_is_no_other_word_for_the_benefit(project: Project) -> None:
    groups = [{word.text for word in group} for group in project.words.groups]
    assert not any({"失业保险金", "失业补助金"} <= group for group in groups)
    assert "失业补助金" in {word.text for word in project.words.words["social_insurance/7.1"]}


def test_the_counts_of_the_provenance_are_those_of_its_rows(project: Project) -> None:
    text = (national_folder() / "PROVENANCE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+\.\d+) \| [^|]+ \| ([^|]+?) \| ([^|]+?) \|$", text, re.MULTILINE)
    items = [item for directory in project.national.values() for item in directory.items]
    assert [(number, name) for number, name, _ in rows] == [(item.number, item.name) for item in items]
    first = len(project.national["employment"].items)
    counted = [Counter(level for *_, level in part) for part in (rows[:first], rows[first:])]
    assert {level for count in counted for level in count} <= set(LEVELS)
    for level in LEVELS:
        said = re.search(rf"^\| {level} \| .+? \| (\d+)项 \| (\d+)项 \|", text, re.MULTILINE)
        assert said, level
        assert [int(said[1]), int(said[2])] == [count[level] for count in counted], level
    assert "短表" in text
    assert "长表" in text
