"""What a county answers for is not said again, for as long as it answers for it, and only that."""

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
