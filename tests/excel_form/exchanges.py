"""A county on disk, its form, and a clerk's changes to it, with or without a real workbook."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from tests.nation import INSURANCE, only, without_guides
from tests.places import ROOT

from gkdir.excel_form.apply import Exchange, Rewritten, applied, write
from gkdir.excel_form.form import form
from gkdir.excel_form.plan import Plan, plan
from gkdir.excel_form.record import digest
from gkdir.excel_form.returned import FormRecord, Returned
from gkdir.excel_form.sheetback import ReturnedRow, ReturnedTable
from gkdir.excel_form.table import Table, TableRow
from gkdir.model.project import Project
from gkdir.read.project import read_county, read_project

Filled = Mapping[tuple[str, str, str], str]
"""Table, row and column → what the clerk writes there."""


def sample(into: Path) -> Path:
    """A copy of the sample's counties; the national files are gkdir's, read once for all copies."""
    shutil.copytree(ROOT / "directories" / "counties", into / "counties")
    return into


EMPLOYMENT = ("1.1", "1.2", "1.3", "1.4", "2.1", "4.1", "4.2", "4.3", "5.1", "5.2", "9.1")
"""The items of 就业 that the county below and the tests use, and a few others."""


@cache
def national() -> Project:
    """A project read once for all examples: the national directories do not change. test_form_blanks.py has guides."""
    return only({"employment": EMPLOYMENT, "social_insurance": INSURANCE})(
        without_guides(read_project(ROOT / "directories"))
    )


COUNTY = """# 县里的文件，注释要留着
名称: 清源县
代码: "990101"   # 六位
紧急通知: {内容: 周六停电, 截止: 2026-11-30}   # 临时
待遇标准:
  失业保险金: 1500   # 还没有写来源
  最低工资: {每月: 1850.50, 日期: 2024-07-01, 来源: 《清源县最低工资标准》}   # 照省里
网站:
  名称: 清源县人民政府   # 照底部写
  # 还没有域名
  网站地图: https://www.qingyuan.gov.cn/map.html
机构:
  人社局:   # 主管部门
    名称: 清源县人力资源和社会保障局
    电话: "0600-5550101"   # 总机
    # 下面一行还没有写
    地址:
  就业中心: {名称: 清源县公共就业服务中心, 类别: 公共服务机构, 电话: "0600-5550111"}
目录:
  employment:
    审核日期: 2026-03-01
    默认:
      公开主体: [人社局]
    事项:
      "1.1":  # 就业政策法规咨询
        通俗名称: 就业政策
        公开时限: 信息形成或变更之日起10个工作日内公开   # 县里定的
        公开渠道和载体: {增加: [两微一端, 12333咨询电话]}
        公开依据:
          - 《甲法》   # 第一部
          # 中间一句
          - 《乙办法》（清政发〔2024〕5号）
        公开内容: {增加: [线上咨询入口]}
      "1.2": {公开主体: [人社局, 就业中心], 公开层级: [县级, 乡级, 村级], 说明: 试行}
      "5.1": {公开对象: [全社会, {特定群体: 登记失业人员}]}
      "9.1": {不列入: 本县未开展此项业务}
    增加:
      - 编号: "1.6"   # 新设
        二级事项: 零工市场信息发布
        公开内容: [地址, 开放时间]
        公开依据: [《甲法》]
        公开时限: 3个工作日内公开
        公开渠道和载体: [政府网站, 两微一端]
        公开对象: [全社会]
        公开方式: [主动]
        公开层级: [县级]
      - {编号: "4.1.1", 三级事项: 线上失业登记, 公开内容: {增加: [线上步骤]}}
允许:
  # 看过的
  - {规则: GK203, 事项: employment/1.6, 理由: 和别的不是一件事, 截止: 2026-12-31}   # 某科
  - 规则: similar-name
    理由: 名称照上级文件
# 末尾的注释
"""
GUIDE = """---
# 指南的注释
简述: 没有工作的人来登记。   # 一句话
服务对象: [想找工作的人]
办理条件:
  - 年满16周岁   # 周岁
  - 没有工作
办理材料:
  - {名称: 居民身份证, 形式: 原件, 份数: 1, 必要性: 必要}
  - 一寸照片   # 一张
办理流程: [申请, {环节: 核对, 办理单位: 就业中心, 时限: 1个工作日}]
办理方式:
  - {窗口: [就业中心, 人社局]}
  - 网上: "https://www.12333.gov.cn/"
办理时限: 3个工作日
收费: 不收费
办理机构: 就业中心
其他要素:
  贷款额度: 个人最高30万元   # 照目录的名称
  补贴标准: 每人500元
核对: {日期: 2026-03-01, 核对人: 某科}
---
## 这是什么

正文不动。---
"""

QUESTION = """---
标题: 社保卡丢了怎么办   # 照原话
日期: 2026-01-10
答复单位: 人社局
事项: [social_insurance/9.6]
---
先打12333挂失。

再带身份证到窗口补卡。
"""
NOTICE = """---
标题: 窗口搬家的通知   # 照发文
日期: 2026-02-01
发布机构: 人社局
事项: employment/4.1
---

二月起在二楼办。

## 怎么去

坐3路车。

![新窗口](窗口.png)
"""
POLICY = """---
标题: 清源县稳就业若干措施
日期: 2026-01-05
文号: 清政发〔2026〕1号
原文: https://www.qingyuan.gov.cn/1.html
有效至: 2028-12-31
---
"""
TOWN = """# 白石镇
名称: 白石镇
代码: "990101101"   # 九位
机构:
  镇中心:
    名称: 白石镇便民服务中心   # 全称
    电话: "0600-5550201"
  文化站: {名称: 白石镇文化站, 类别: 乡镇街道平台}
目录:
  employment:
    审核日期: 2026-03-01   # 镇里审的
    事项:
      "1.1":
        办事指南:
          办理地点: 一楼
          办理材料: 无需材料   # 什么也不要
      "4.1":
        公开时限: 3个工作日内公开
        办事指南: {咨询: "0600-5550201"}   # 镇里
"""
VILLAGE = """名称: 柳树村
级别: 村级
上级: baishi
"""
PAPER = """名称: 临时登记表   # 名称
说明: 一式一份
分节:
  - 标题: 个人信息
    栏目:
      - {名称: 姓名, 宽: 4}   # 照身份证
      - {名称: 性别, 类型: 选择, 选项: [男, 女], 必填: 否}
  # 第二节
  - 标题: 签字
    栏目:
      - 名称: 本人签名
        类型: 签名
        示例: 张三
"""
WORDS = """# 本县的说法
同义:
  - 社保卡、蓝卡   # 老人这么说
  - 人社局、劳动局
增加:
  employment/4.1: 没活干了、待业   # 就业中心收集的
去掉: {employment/4.1: 下岗登记}
不归这里管:
  - {说法: 生育津贴, 说明: 归医保局管。, 机构: 医保局, 电话: "12393"}   # 常有人问
"""
WAYS = """# 入口
常有人问:
  零工市场在哪里: employment/1.6   # 窗口常问
  "《甲法》: 讲什么": "employment/5.1"
一件事:
  找工作:   # 全国已有的
    事项:
      employment/1.6: 打零工的，当天找活   # 新设
      "employment/1.1": 先问政策
  搬家了:
    网址: moved
    说明: 先换卡
    事项: {social_insurance/9.6: 换卡}
人群:
  渔民: {网址: fishers, 说明: 出海打鱼的人}   # 本县才有
谁会用:
  employment/1.6: [个人, 渔民]
  employment/4.1: 个人、农民工
一句话: {employment/1.6: 看零工市场在哪里。}
提醒:
  不用您申请，统一办。: employment/1.6、employment/4.1
  # 下一句
  要带身份证。: [employment/4.1]
"""
CHANGES = """# 更新记录
记录:
  - 日期: 2026-01-15
    类型: 修改
    事项: employment/1.1
    名称: 就业政策法规咨询
    改动:
      - {栏目: 公开时限, 原: 20个工作日内公开, 现: 10个工作日内公开}
      - 栏目: 公开渠道和载体   # 多了一种
        增加: [两微一端]
    理由:
  - {日期: 2026-02-01, 类型: 停用, 事项: employment/9.1, 名称: 外国人来华工作许可, 理由: 由市里办}   # 市里收走了
  - 日期: 2026-02-01
    类型: 新增
    乡镇村: baishi
    机构: 镇中心
    名称: 白石镇便民服务中心
    依据: 《甲法》
"""


def county(project: Path) -> Path:
    """A small county full of comments and of every way to write each value, in a project of its own."""
    folder = project / "counties" / "qingyuan"
    (folder / "guides" / "employment").mkdir(parents=True)
    (folder / "county.yaml").write_text(COUNTY, encoding="utf-8", newline="")
    (folder / "guides" / "employment" / "4.1.md").write_text(GUIDE, encoding="utf-8", newline="")
    files = {
        "pages/faq/card.md": QUESTION,
        "pages/notices/moved.md": NOTICE,
        "pages/policies/jobs.md": POLICY,
        "towns/baishi.yaml": TOWN,
        "towns/liushu.yaml": VILLAGE,
        "forms/临时登记表.yaml": PAPER,
        "words.yaml": WORDS,
        "ways.yaml": WAYS,
        "changes.yaml": CHANGES,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return project


def texts_of(project: Path) -> Mapping[str, bytes]:
    """Path → content of every file of the project."""
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def exchange_of(project: Path, slug: str = "qingyuan") -> Exchange:
    """The county as its files are now."""
    found = replace(national(), folder=project, counties=(slug,))
    county = read_county(found, slug)
    return Exchange(found, county, form(found, county))


def returned_changes(
    exported: Exchange, filled: Filled, new: Mapping[str, list[Mapping[str, str]]] | None = None
) -> Returned:
    """The exported form with a clerk's changes: cells of rows, and new rows at the ends of tables."""
    said, tables = {}, {}
    for table in exported.form.tables:
        said[table.key] = {row.id: {key: digest(text) for key, text in row.texts.items()} for row in table.rows}
        columns = {column.key: place for place, column in enumerate(table.columns, 2)}
        rows = [_returned(table, row, number, filled) for number, row in enumerate(table.rows, 5)]
        for texts in (new or {}).get(table.key, ()):
            rows.append(ReturnedRow("", len(rows) + 5, texts, frozenset()))
        tables[table.key] = ReturnedTable(table.title, "a.xlsx", tuple(rows), columns)
    titles = {table.key: table.title for table in exported.form.tables}
    record = FormRecord(exported.form.slug, exported.form.code, exported.form.name, titles, said)
    return Returned(record, tables, ())


def _returned(table: Table, row: TableRow, number: int, filled: Filled) -> ReturnedRow:
    own = {key: text for (of, id_, key), text in filled.items() if (of, id_) == (table.key, row.id)}
    return ReturnedRow(row.id, number, {**row.texts, **own}, frozenset())


def imported(project: Path, given: Returned) -> tuple[Plan, Rewritten]:
    """What ``gkdir form import --write`` makes of the form."""
    return written(exchange_of(project), given)


def written(now: Exchange, given: Returned) -> tuple[Plan, Rewritten]:
    """The same for a county that was already read."""
    planned = plan(now.form, given)
    done = applied(now, planned)
    write(now, done)
    return planned, done
