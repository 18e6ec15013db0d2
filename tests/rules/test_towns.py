"""A township may make a service easier, not harder: stricter demands than the county's are reported at their line."""

from __future__ import annotations

from zlib import crc32

import pytest

from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county
from gkdir.service.town import town_guides

from .examples import county_of, findings_of

TOWN = """\
名称: 白石镇
代码: "990101101"
目录:
  employment:
    事项:
      "%s":
        办事指南:
          办理地点: 便民服务中心
          %s
"""


@pytest.mark.parametrize(
    ("number", "said", "rule"),
    [
        ("4.1", "办理材料: 无需材料", None),
        ("4.1", "办理材料: [居民身份证, 失业登记表]", None),
        ("4.1", "办理材料: [身份证]", None),
        ("4.1", "办理材料: [居民身份证, 户口簿]", "GK618"),
        ("4.1", "办理材料: [其他材料]", "GK618"),
        ("4.1", "办理材料: [{名称: 居民身份证, 份数: 2}]", "GK618"),
        ("4.1", "办理材料: [{名称: 居民身份证, 份数: 1, 形式: 复印件}]", None),
        ("4.1", "办理条件: [处于无业状态]", None),
        ("4.1", "办理条件: [本镇户籍]", "GK618"),
        ("4.2", "办理材料: [居民身份证]", "GK618"),
        ("4.2", "咨询: '0600-5550201'", None),
        ("4.1", "承诺时限: 当场办结", None),
        ("4.1", "承诺时限: 一般当场办结", "GK311"),
        ("4.1", "承诺时限: 当场办结（材料要审批的除外）", "GK311"),
        ("4.1", "承诺时限: 3个工作日", None),
        ("4.1", "承诺时限: 4个工作日", "GK619"),
        ("4.2", "承诺时限: 40个工作日", None),
        ("4.9", "办理材料: [户口簿]", "GK201"),
        ("4.1", "办理材料清单: [户口簿]", "GK101"),
    ],
)
def test_a_township_asks_for_no_more(number: str, said: str, rule: str | None, project: Project) -> None:
    slug = f"town-{number.replace('.', '-')}-{crc32(said.encode())}"
    county_of([("towns/baishi.yaml", TOWN % (number, said))], project.folder / "counties" / slug)
    found = [one for one in findings_of(project, slug) if one.severity != "info"]
    assert [one.rule for one in found] == ([rule] if rule else []), [one.message for one in found]
    if rule in ("GK618", "GK619", "GK101"):
        assert found[0].place.line == 9
        assert found[0].place.file.endswith("towns/baishi.yaml")


def test_an_item_that_is_left_out_has_no_way_to_be_done(project: Project) -> None:
    text = '名称: 白石镇\n目录:\n  employment:\n    事项:\n      "4.1": {不列入: 归县里办, 办事指南: {代办: 有}}\n'
    county_of([("towns/baishi.yaml", text)], project.folder / "counties" / "town-omitted")
    assert "GK104" in [one.rule for one in findings_of(project, "town-omitted")]


VILLAGE = """\
名称: 柳树村
上级: baishi
目录:
  employment:
    事项:
      "4.1":
        办事指南: {%s}
"""


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("代办: 村里每周二替您送到镇里", []),
        ("承诺时限: 当场办结", []),
        ("承诺时限: 3个工作日", ["GK619"]),  # the county's limit, but the township is quicker
        ("办理材料: [居民身份证]", []),
        ("办理材料: [居民身份证, 失业登记表]", ["GK618"]),
    ],
)
def test_a_village_keeps_what_its_township_says(said: str, rules: list[str], project: Project) -> None:
    slug = f"village-{crc32(said.encode())}"
    town = TOWN % ("4.1", "承诺时限: 1个工作日\n          办理材料: [居民身份证]")
    files = [("towns/baishi.yaml", town), ("towns/liushu.yaml", VILLAGE % said)]
    county_of(files, project.folder / "counties" / slug)
    found = [one for one in findings_of(project, slug) if one.severity != "info"]
    assert [one.rule for one in found] == rules, [one.message for one in found]
    village = lay(project, read_county(project, slug)).towns[1]
    guide = town_guides(village, "employment")["4.1"]
    assert guide.where == "便民服务中心"
    assert [material.name for material in guide.materials or ()][:1] == ["居民身份证"]
