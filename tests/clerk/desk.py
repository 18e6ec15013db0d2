"""A county on disk, its form, and a clerk who fills it in: with or without a real workbook."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from gkdir.clerk.apply import Exchange, Rewritten, applied, write
from gkdir.clerk.form import form
from gkdir.clerk.plan import Plan, plan
from gkdir.clerk.record import digest
from gkdir.clerk.returned import FormRecord, Returned
from gkdir.clerk.sheetback import ReturnedRow, ReturnedTable
from gkdir.clerk.table import Table, TableRow
from gkdir.read.project import read_county, read_project

ROOT = Path(__file__).parents[2]
Filled = Mapping[tuple[str, str, str], str]
"""Table, row and column → what the clerk writes there."""


def sample(into: Path) -> Path:
    """A copy of the sample's counties; the national files are those that come with gkdir, read once for all copies."""
    shutil.copytree(ROOT / "directories" / "counties", into / "counties")
    return into


NATIONAL = replace(read_project(ROOT / "directories"), guides={})
"""Read once: the national directories are the same for every example; its guides are in test_form_blanks.py."""

COUNTY = """# 县里的文件，注释要留着
名称: 清源县
代码: "990101"   # 六位
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


def county(project: Path) -> Path:
    """A small county full of comments and of every way of writing, in a project of its own."""
    folder = project / "counties" / "qingyuan"
    (folder / "guides" / "employment").mkdir(parents=True)
    (folder / "county.yaml").write_text(COUNTY, encoding="utf-8", newline="")
    (folder / "guides" / "employment" / "4.1.md").write_text(GUIDE, encoding="utf-8", newline="")
    (folder / "pages" / "faq").mkdir(parents=True)
    (folder / "pages" / "faq" / "card.md").write_text(QUESTION, encoding="utf-8", newline="")
    return project


def texts_of(project: Path) -> Mapping[str, bytes]:
    """Every file of the project."""
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def desk(project: Path, slug: str = "qingyuan") -> Exchange:
    """The county as its files are now."""
    found = replace(NATIONAL, folder=project, counties=(slug,))
    county = read_county(found, slug)
    return Exchange(found, county, form(found, county))


def given_back(
    exported: Exchange, filled: Filled, new: Mapping[str, list[Mapping[str, str]]] | None = None
) -> Returned:
    """The form that was exported, as a clerk fills it in: cells of rows, and rows at the ends of tables."""
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
    """What ``gkdir form import --write`` makes of it."""
    now = desk(project)
    planned = plan(now.form, given)
    done = applied(now, planned)
    write(now, done)
    return planned, done
