"""Allowed findings are not reported, only these, and only until the allowance ends."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import pytest

from gkdir.model.project import Project
from gkdir.rules import RULES

from .examples import county_of, findings_of

LATE = """\
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    事项:
      "1.1": {公开时限: 信息形成或变更之日起30个工作日内公开}
    增加:
      - {编号: "4.1.1", 三级事项: 线上就业登记}
"""


def _rules(project: Project, slug: str, allowances: str, today: date = date(2026, 6, 1)) -> list[str]:
    folder = project.folder / "counties" / slug
    county_of([("county.yaml", LATE + allowances)], folder)
    return [one.rule for one in findings_of(project, slug, today) if one.severity != "info"]


@pytest.mark.parametrize(
    ("allowances", "left"),
    [
        ("", ["GK301", "GK203"]),
        ("{规则: GK301, 理由: 系统改造, 截止: 2026-12-31}", ["GK203"]),
        ("{规则: late-disclosure, 理由: 系统改造, 截止: 2026-12-31}", ["GK203"]),
        ("{规则: GK301, 事项: employment/1.1, 理由: 系统改造, 截止: 2026-06-01}", ["GK203"]),
        ("{规则: GK301, 事项: employment/1.2, 理由: 系统改造, 截止: 2026-12-31}", ["GK301", "GK203", "GK113"]),
        ("{规则: GK301, 事项: employment/1, 理由: 系统改造, 截止: 2026-12-31}", ["GK203"]),
        ("{规则: GK203, 事项: employment/4.1, 理由: 不重复, 截止: 2026-12-31}", ["GK301"]),
        ("{规则: GK301, 理由: 系统改造, 截止: 2026-05-31}", ["GK301", "GK203", "GK112"]),
        ("{规则: GK301, 截止: 2026-12-31}", ["GK301", "GK203", "GK111"]),
        ("{规则: GK301, 理由: 系统改造}", ["GK301", "GK203", "GK111"]),
    ],
)
def test_an_allowance(allowances: str, left: list[str], project: Project) -> None:
    slug = f"allow-{crc32(allowances.encode())}"
    assert _rules(project, slug, f"允许:\n  - {allowances}\n" if allowances else "") == left


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.id.startswith(("GK0", "GK1", "GK901"))])
def test_what_cannot_be_read_or_must_not_be_published_is_never_allowed(rule: str, project: Project) -> None:
    allowance = f"允许:\n  - {{规则: {rule}, 理由: 系统改造, 截止: 2026-12-31}}\n"
    assert _rules(project, f"never-{rule.lower()}", allowance) == ["GK301", "GK203", "GK115"]


NUMBERS = {"one": "请打 13800138000\n又是 13800138000\n", "two": "请打 13800138000\n请打 13900139000\n"}


@pytest.mark.parametrize(
    ("text", "allowance", "left"),
    [
        ("one", "{规则: GK902, 理由: 是设备的序列号, 截止: 2026-12-31}", []),
        ("one", '{规则: GK902, 只限: "138******00", 理由: 是设备的序列号, 截止: 2026-12-31}', []),
        (
            "one",
            '{规则: GK902, 只限: "139******00", 理由: 是设备的序列号, 截止: 2026-12-31}',
            ["GK113", "GK902", "GK902"],
        ),
        ("one", "{规则: GK902, 理由: 是设备的序列号}", ["GK111", "GK902", "GK902"]),
        ("one", "{规则: GK902, 理由: 是设备的序列号, 截止: 2026-05-31}", ["GK112", "GK902", "GK902"]),
        ("two", "{规则: GK902, 理由: 是设备的序列号, 截止: 2026-12-31}", ["GK113", "GK902", "GK902"]),
        ("two", '{规则: GK902, 只限: "138******00", 理由: 是设备的序列号, 截止: 2026-12-31}', ["GK902"]),
    ],
)
def test_a_number_is_answered_for_one_at_a_time(text: str, allowance: str, left: list[str], project: Project) -> None:
    slug = f"number-{crc32((text + allowance).encode())}"
    folder = project.folder / "counties" / slug
    county_of([("county.yaml", f"允许:\n  - {allowance}\n")], folder)
    (folder / "forms" / "失业登记表").mkdir()
    (folder / "forms" / "失业登记表" / "填写说明.md").write_text(NUMBERS[text], encoding="utf-8")
    found = [one for one in findings_of(project, slug) if one.severity != "info"]
    assert sorted(one.rule for one in found) == left
    if text == "two" and left[0] == "GK113":
        told = next(one for one in found if one.rule == "GK113")
        assert "138******00、139******00" in told.message
        assert "只限" in told.hint


def test_what_a_hint_offers_is_no_error(project: Project) -> None:
    # An office may have a mobile: the hint says 允许, and 允许 settles it.
    phone = "机构:\n  人社局: {名称: 清源县人力资源和社会保障局, 地址: 清源路18号, 办公时间: 周一至周五9:00—17:00, "
    phone += '电话: "13800138000", 监督电话: "0600-5550102"}\n'
    allowed = "允许:\n  - {规则: GK904, 理由: 单位专用，不随人走, 截止: 2026-12-31}\n"
    left = {}
    for name, text in (("told", phone), ("answered", phone + allowed)):
        folder = project.folder / "counties" / f"mobile-{name}"
        county_of([("county.yaml", text)], folder)
        left[name] = [one.rule for one in findings_of(project, folder.name) if one.severity != "info"]
    assert left == {"told": ["GK904"], "answered": []}
