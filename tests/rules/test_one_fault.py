"""One fault in a county gives one finding: of the right rule, on the right line."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from gkdir.finding import Severity
from gkdir.model.project import Project

from .examples import findings_of

COUNTY = """\
名称: 清源县
代码: "990101"
网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 标识码: "9901010001", 网址: "https://www.qingyuan.gov.cn/zwgk/"}
机构:
  人社局:
    名称: 清源县人力资源和社会保障局
    地址: 清源县城关镇清源路18号
    电话: "0600-5550101"
    监督电话: "0600-5550102"
    办公时间: 周一至周五9:00—17:00
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    事项:
      "1.1":
        公开时限: 信息形成或变更之日起10个工作日内公开
        公开渠道和载体: {增加: [两微一端, 12333咨询电话]}
        公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}
        公开内容: {增加: [线上办理入口]}
      "9.1": {不列入: 本县未开展此项业务}
    增加:
      - {编号: "4.1.1", 三级事项: 线上失业登记}
      - 编号: "1.6"
        一级事项: 就业信息服务
        二级事项: 零工市场信息发布
        公开内容: [市场地址]
        公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]
        公开时限: 信息形成或变更之日起10个工作日内公开
        公开主体: [人社局]
        公开渠道和载体: [政府网站]
        公开对象: [全社会]
        公开方式: [主动]
        公开层级: [县级]
允许: []
"""

GUIDE = """\
---
简述: 失业了，可以登记。
服务对象: [失业人员]
办理条件: [处于无业状态]
办理材料:
  - {名称: 居民身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
办理流程: [{环节: 申请, 说明: 带材料到窗口}, {环节: 审核, 时限: 3个工作日}]
办理方式: [{窗口: 人社局}]
网上办理深度: 原件核验
办理时限: {法定: 10个工作日, 承诺: 3个工作日}
结果送达: 当场告知
其他要素: {申请人权利和义务: 不花钱得到服务，如实填写}
收费: 不收费
办理机构: [人社局]
核对: {日期: 2026-03-01}
---
## 这是什么
登记。
## 对我有什么用
可以申领失业保险金。
## 我要做什么
带身份证。
"""

TOWN = """\
名称: 白石镇
代码: "990101101"
目录:
  employment:
    审核日期: 2026-03-01
    事项:
      "1.1": {公开时限: 信息形成或变更之日起5个工作日内公开}
"""

LIMIT = "公开时限: 信息形成或变更之日起10个工作日内公开\n        公开渠道和载体: {增"
LIMIT_OF_ADDITION = "        公开时限: 信息形成或变更之日起10个工作日内公开\n        公开主体: [人社局]\n"
FILES = {"county.yaml": COUNTY, "guides/employment/4.1.md": GUIDE, "towns/baishi.yaml": TOWN}


class Fault(NamedTuple):
    """``was`` becomes ``now`` in ``file``; the finding of ``rule`` is on the line that contains ``at``."""

    rule: str
    requirement: str | None
    file: str
    was: str
    now: str
    at: str


def county(rule: str, requirement: str | None, was: str, now: str, at: str) -> Fault:
    return Fault(rule, requirement, "county.yaml", was, now, at)


def guide(rule: str, requirement: str | None, was: str, now: str, at: str) -> Fault:
    return Fault(rule, requirement, "guides/employment/4.1.md", was, now, at)


FAULTS = (
    county("GK001", None, "名称: 清源县\n", "名称: [清源县\n", "代码"),
    county("GK101", None, "    审核日期:", "    审合日期:", "审合日期"),
    county("GK101", None, "        公开依据: {增加", "        公开依剧: {增加", "公开依剧"),
    county("GK101", None, "        公开依据: [", "        公开依剧: [", "公开依剧"),
    county("GK101", None, "        公开主体: [人社局]\n", "        公开主题: [人社局]\n", "公开主题"),
    county("GK101", None, "机构:\n", "机购:\n", "机购"),
    county("GK103", None, "    名称: 清源县人力资源和社会保障局\n", "", "人社局:"),
    county(
        "GK102", None, "        公开内容: {增加", "        公开时限: 3个工作日\n        公开内容: {增加", "3个工作日"
    ),
    county("GK104", None, "2026-03-01", "三月一日", "三月一日"),
    county("GK104", None, "        公开方式: [主动]", "        公开方式: [随便]", "随便"),
    county("GK111", None, "允许: []", "允许:\n  - {规则: GK203, 事项: employment/4.1}", "GK203"),
    county("GK111", None, "允许: []", "允许:\n  - {规则: GK301, 理由: 改造, 截止: }", "GK301"),
    county("GK112", None, "允许: []", "允许:\n  - {规则: GK301, 理由: 改造, 截止: 2020-01-01}", "GK301"),
    county("GK113", None, "允许: []", "允许:\n  - {规则: GK301, 理由: 改造, 截止: 2027-01-01}", "GK301"),
    county("GK114", None, "允许: []", "允许:\n  - {规则: GK999, 理由: 改造, 截止: 2027-01-01}", "GK999"),
    county("GK115", None, "允许: []", "允许:\n  - {规则: GK901, 理由: 改造, 截止: 2027-01-01}", "GK901"),
    county("GK201", "R3.1f", '"1.1":', '"1.9":', '"1.9":'),
    county("GK202", "R3.1e", "不列入: 本县未开展此项业务", '不列入: ""', "不列入"),
    county("GK202", "R3.1e", "不列入: 本县未开展此项业务", "不列入: 无", "不列入"),
    county("GK202", "R3.1e", "{不列入: 本县未开展此项业务}", "{不列入: }", "不列入"),
    county("GK203", "R3.1d", "三级事项: 线上失业登记", "三级事项: 线上就业登记", "线上就业登记"),
    county("GK203", "R3.1d", "二级事项: 零工市场信息发布", "二级事项: 职业培训信息发布栏", "信息发布栏"),
    county("GK204", "R3.1d", "三级事项: 线上失业登记", "三级事项: 失业登记", "三级事项: 失业登记"),
    county("GK204", "R3.1d", "二级事项: 零工市场信息发布", "二级事项: 岗位信息发布", "二级事项: 岗位信息发布"),
    county("GK204", "R3.1d", "二级事项: 零工市场信息发布", "二级事项: 失业保险金申请", "失业保险金申请"),
    county("GK206", "R3.1c", '编号: "1.6"', '编号: "1.5"', '编号: "1.5"'),
    county("GK207", "R3.1c", '"4.1.1"', '"4.9.1"', '"4.9.1"'),
    county("GK208", "R3.1f", "  employment:", "  employmant:", "employmant"),
    county("GK211", "R3.0a", LIMIT_OF_ADDITION, "", '"1.6"'),
    county("GK211", "R3.0a", "        公开内容: [市场地址]\n", "", '"1.6"'),
    county("GK211", "R3.0a", "公开内容: {增加: [线上办理入口]}", "公开内容: []", "公开内容: []"),
    county("GK212", "R2.1", "        公开主体: [人社局]\n", "        公开主体: [就业中心]\n", "就业中心"),
    county("GK207", "R3.1c", '"4.1.1"', '"4.1.1.1"', '"4.1.1.1"'),
    county("GK301", "R3.4b", LIMIT, LIMIT.replace("10", "30"), "30个工作日"),
    county("GK301", "R3.4b", LIMIT, LIMIT.replace("10个工作日", "45日"), "45日"),
    county("GK301", "R3.4b", "公开主体: [人社局]}", "公开主体: [人社局], 公开时限: 25个工作日内公开}", "25个工作日"),
    county("GK302", "R3.4b", LIMIT, LIMIT.replace("10个工作日", "30日"), "30日"),
    county("GK301", "R3.4b", LIMIT, LIMIT.replace("信息形成或变更之日起10个工作日内公开", "及时公开"), "及时公开"),
    county("GK401", "R3.5a", "{增加: [两微一端, 12333咨询电话]}", "[政府网站, 两微一端]", "政府网站, 两"),
    county("GK402", "R3.6c", LIMIT, f"公开方式: [依申请]\n        {LIMIT}", "依申请"),
    county("GK403", "R3.6a", LIMIT, f"公开对象: [特定群体]\n        {LIMIT}", "特定群体"),
    county("GK411", "R3.6a", "        公开对象: [全社会]\n", "", '"1.6"'),
    county("GK412", "R3.6d", "        公开方式: [主动]\n", "", '"1.6"'),
    county("GK412", "R3.6d", LIMIT, f"公开方式: []\n        {LIMIT}", "公开方式: []"),
    county("GK501", "R3.3a", "        公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]\n", "", '"1.6"'),
    county("GK502", "R3.3b", "公开依据: {增加: [", "公开依据: {增加: [《失业保险条例》第十六条, ", "第十六条"),
    county(
        "GK503", "R3.3c", "公开依据: {增加: [", "公开依据: {增加: [《政府信息公开条例》（国务院令第492号）, ", "492"
    ),
    county("GK610", "R3.2b", '"0600-5550102"', '"0600-5550101"', "监督电话"),
    county("GK611", "R3.2b", '电话: "0600-5550101"', '电话: "5550101"', '"5550101"'),
    county("GK702", "R3.0b", "2026-03-01", "2023-01-01", "2023-01-01"),
    county("GK801", None, '"9901010001"', '"9902010001"', "9902010001"),
    county("GK804", None, "域名: www.qingyuan.gov.cn", "域名: www.qingyuan.com", "qingyuan.com"),
    guide("GK101", None, "办理流程:", "办理流乘:", "办理流乘"),
    guide("GK304", "R3.4c", "承诺: 3个工作日", "承诺: 30个工作日", "承诺: 30"),
    county("GK308", "R3.4b", "工作日内公开\n        公开渠道", "工作日内公开？\n        公开渠道", "公开？"),
    county("GK309", "R3.4b", "公开时限: 信息形成或变更", "公开时限: 原则上信息形成或变更", "原则上"),
    guide("GK310", "R3.4a", "承诺: 3个工作日", "承诺: 3个工作日（不含公示时间）", "不含公示"),
    guide("GK310", "R3.4a", "{环节: 审核, 时限: 3个工作日}", "{环节: 审核, 时限: 3个工作日张三办}", "张三"),
    guide("GK311", "R3.4c", "承诺: 3个工作日", "承诺: 一般3个工作日", "一般"),
    guide("GK311", "R3.4c", "承诺: 3个工作日", "承诺: 3个工作日内答复（特殊情况可延长）", "特殊情况"),
    guide("GK311", "R3.4c", "法定: 10个工作日", "法定: 10个工作日左右", "左右"),
    county("GK312", "R3.4b", LIMIT_OF_ADDITION, LIMIT_OF_ADDITION.replace("10个工作日", "30日"), "30日"),
    county("GK413", "R3.5a", "{增加: [两微一端, ", "{增加: [两微一端（张三负责）, ", "张三"),
    county("GK414", "R3.6a", "公开对象: [全社会]", "公开对象: [全社会（登录后可见）]", "登录"),
    county("GK415", "R3.5d", "{增加: [两微一端, ", "{增加: [待定, 两微一端, ", "待定"),
    county("GK512", "R3.3a", "公开依据: {增加: [", "公开依据: {增加: [《》, ", "《》"),
    county("GK202", "R3.1e", "不列入: 本县未开展此项业务", "不列入: 暂不列入", "暂不"),
    county("GK217", "R3.1e", "不列入: 本县未开展此项业务", "不列入: 来办的人很少", "很少"),
    guide("GK602", "R3.2b", "结果送达: 当场告知\n", "", "---"),
    guide("GK603", "R3.2c", "形式: 原件, ", "", "居民身份证"),
    guide("GK604", "R3.2g", "名称: 居民身份证", "名称: 其他相关材料", "其他相关材料"),
    guide("GK605", "R5.2b", "当场告知", "视情况告知", "视情况"),
    guide("GK606", "R3.2d", "名称: 居民身份证", "名称: 申请表, 表格: 申请表", "申请表"),
    guide("GK612", "R5.2b", "当场告知", "待补充", "待补充"),
    guide("GK613", "R2.1", "办理机构: [人社局]", "办理机构: [就业中心]", "就业中心"),
    guide("GK615", "R4.1b", "原件核验", "可以办", "可以办"),
    guide("GK901", None, "当场告知", "告知990101199003078893", "990101199003078893"),
    guide("GK902", None, "当场告知", "打13800138000", "13800138000"),
    guide("GK903", None, "当场告知", "打入6222020000000000000", "6222020000000000000"),
    Fault("GK301", "R3.4b", "towns/baishi.yaml", "5个工作日", "15个工作日", "15个工作日"),
    Fault("GK101", None, "towns/baishi.yaml", "公开时限", "公开时间长", "公开时间长"),
)


@pytest.mark.parametrize(
    ("number", "fault"), list(enumerate(FAULTS)), ids=[f"{fault.rule}-{fault.at}" for fault in FAULTS]
)
def test_a_fault_gives_one_finding_on_its_line(number: int, fault: Fault, project: Project) -> None:
    slug = f"one-fault-{number}"
    _write(project, slug, {**FILES, fault.file: FILES[fault.file].replace(fault.was, fault.now, 1)})
    changed = FILES[fault.file].replace(fault.was, fault.now, 1)
    assert changed != FILES[fault.file], "the fault must be there"
    found = [one for one in findings_of(project, slug) if one.severity is not Severity.INFO]
    assert [one.rule for one in found] == [fault.rule], [f"{one.place} {one.rule} {one.message}" for one in found]
    line = next(n for n, text in enumerate(changed.splitlines(), 1) if fault.at in text)
    assert (found[0].place.line, found[0].requirement) == (line, fault.requirement)
    assert found[0].place.file.endswith(f"{slug}/{fault.file}")


def test_a_county_without_fault_gives_none(project: Project) -> None:
    _write(project, "no-fault", FILES)
    assert [one for one in findings_of(project, "no-fault") if one.severity is not Severity.INFO] == []


def _write(project: Project, slug: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = project.folder / "counties" / slug / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
