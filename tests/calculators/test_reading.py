"""待遇标准 in county.yaml and the national reckoning.yaml: read exactly, laid over each other, mistakes reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gkdir.model.benefits import Standards, Tier, laid
from gkdir.model.county import County
from gkdir.read.county import read_county_folder
from gkdir.read.folder import Root
from gkdir.read.reference import read_reference
from gkdir.resources import national_folder

Read = Callable[..., County]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a county with the given 待遇标准, in a province with the other ones."""
    monkeypatch.chdir(tmp_path)

    def write_and_read(text: str, province: str = "") -> County:
        folder = Path("project/counties/qingyuan")
        folder.mkdir(parents=True)
        above = "上级: ../../province.yaml\n" if province else ""
        (folder / "county.yaml").write_text(f'名称: 清源县\n代码: "990101"\n{above}{text}', encoding="utf-8")
        Path("project/province.yaml").write_text(f'名称: 某省\n代码: "990000"\n{province}', encoding="utf-8")
        return read_county_folder(Root.of(Path("project")), folder)

    return write_and_read


def test_everything_that_can_be_said_is_read(read: Read) -> None:
    county = read(
        """待遇标准:
  失业保险金:
    每月: 1530.5
    第13个月起: 1360
    来源: 《某通知》
    日期: 2026年1月1日
    核对: 2026-03-01
    领取月数: {12: 3, 24: 6}
  最低工资: 1850
  基础养老金: {每月: 185, 每多缴一年加发: 2, 来源: 《某通知》, 日期: 2026-01-01}
"""
    )
    assert county.troubles == ()
    benefit, wage, basic = (
        county.overlay.standards.benefit,
        county.overlay.standards.minimum_wage,
        county.overlay.standards.basic_pension,
    )
    assert benefit
    assert wage
    assert basic
    assert (benefit.monthly, benefit.later) == (153050, 136000)
    assert (benefit.source, benefit.since, benefit.checked) == ("《某通知》", date(2026, 1, 1), date(2026, 3, 1))
    assert benefit.tiers == (Tier(12, 3), Tier(24, 6))
    assert str(benefit.place).endswith("county.yaml:4:3")
    assert (wage.monthly, wage.sound) == (185000, False)
    assert (basic.extra, basic.sound) == (200, True)


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("待遇标准: {失业金: 1530}", "3:8", "没有“失业金”这个键。", "您是不是想写“失业保险金”？"),
        ("待遇标准: {失业保险金: {每年: 1530}}", "3:16", "没有“每年”这个键。", "您是不是想写“每月”？"),
        ("待遇标准: {最低工资: {每月: 约1850元}}", "3:19", "“约1850元”不是金额", "只写数字"),
        ("待遇标准: {最低工资: {每月: 1850.555}}", "3:19", "不是金额", "最多两位小数"),
        ("待遇标准: {最低工资: 0}", "3:14", "金额不能是 0", "请删去这一项"),
        ("待遇标准: {最低工资: {来源: 《某通知》}}", "3:8", "缺少“每月”", "请写上"),
        (
            "待遇标准: {失业保险金: {每月: 1530, 领取月数: {0: 3}}}",
            "3:36",
            "“0: 3”不对",
            "单位是月",
        ),
        ("待遇标准: {最低工资: {每月: 1850, 领取月数: {12: 3}}}", "3:31", "“领取月数”只在“失业保险金”里写", "请删去"),
        ("待遇标准: 1530", "3:7", "键: 值", "缩进"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_rest_still_counts(
    read: Read, text: str, place: str, message: str, hint: str
) -> None:
    county = read(text + "\n")
    told = [each for each in county.troubles if message in each.message]
    assert told, [str(each) for each in county.troubles]
    assert hint in told[0].hint
    assert str(told[0].place).endswith(f"county.yaml:{place}"), str(told[0].place)
    assert county.overlay.name == "清源县"


def test_a_county_lays_its_amounts_over_those_of_its_province(read: Read) -> None:
    county = read(
        "待遇标准: {失业保险金: {每月: 1600, 来源: 《县》, 日期: 2026-01-01}}\n",
        "待遇标准:\n"
        "  失业保险金: {每月: 1500, 来源: 《省》, 日期: 2026-01-01}\n"
        "  最低工资: {每月: 1800, 来源: 《省》, 日期: 2026-01-01}\n",
    )
    here = laid(layer.standards for layer in (*county.above, county.overlay))
    assert here.benefit
    assert here.minimum_wage
    assert (here.benefit.monthly, here.benefit.source) == (160000, "《县》")
    assert (here.minimum_wage.monthly, here.minimum_wage.source) == (180000, "《省》")


def test_what_has_no_source_is_left_out_of_what_is_sound(read: Read) -> None:
    county = read("待遇标准: {最低工资: 1850, 城市低保: {每月: 700, 来源: 《县》}}\n")
    assert county.overlay.standards.sound() == Standards()


def test_the_countrys_parameters_all_say_whence_since_when_and_how_sure() -> None:
    national = read_reference((national_folder(),))[0].benefit_rules
    assert national
    sources = [
        national.retirement.source,
        national.minimum.source,
        national.unemployment.source,
        national.injury.source,
        national.pension.source,
        *(income.source for income in national.incomes),
        *(floor.source for floor in national.pension.floors),
    ]
    assert all(source.text and source.since.year > 2000 for source in sources)
    assert len(national.injury.lump) == 10
    assert [income.year for income in national.incomes] == sorted(income.year for income in national.incomes)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("起点: 1965-01", "起点: 六五年", "“六五年”不是年月"),
        ("计发月数: 139", "计发月数: 0", "“0”不是大于零的整数"),
        ("把握: 高", "把握: 很高", "“很高”不在可选的词里。请改成其中之一：高、中、低"),
        ("日期: 2025-01-01", "日期: 去年", "“去年”不是日期"),
        ("失业保险金:", "失业金:", "失业保险金"),
    ],
)
def test_a_project_that_spoils_them_is_told_so(tmp_path: Path, before: str, after: str, says: str) -> None:
    text = (national_folder() / "reckoning.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "reckoning.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    (trouble,) = read_reference((tmp_path, national_folder()))[1]
    assert says in trouble.message + trouble.hint
    assert trouble.place.file == (tmp_path / "reckoning.yaml").as_posix()
    assert trouble.place.line
