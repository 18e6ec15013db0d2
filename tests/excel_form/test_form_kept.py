"""Sheets with files of their own: articles, towns, forms, synonyms, allowances; exported and imported."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.excel_form.exchanges import (
    CHANGES,
    NOTICE,
    PAPER,
    POLICY,
    TOWN,
    WAYS,
    WORDS,
    county,
    exchange_of,
    imported,
    returned_changes,
    texts_of,
)
from tests.excel_form.test_form_laws import CELLS, EXPORTED, Cell, of, written
from tests.laws import law

import gkdir
from gkdir.excel_form import allowances
from gkdir.excel_form.form import WRITERS
from gkdir.excel_form.tidy import BadText, tidy
from gkdir.rules import RULES

BASE = "counties/qingyuan"
TEXT_ID_TABLES = {"@allowed", *(key for writer in WRITERS for key in writer.tables)}
JOB, MARKET = "就业 4.1 失业登记", "就业 1.6 零工市场信息发布"
Row = Mapping[str, str]
NEW: Row = {"kind": "通知公告", "day": "2026-03-03"}


@pytest.mark.parametrize(
    ("cell", "said", "file", "before", "after"),
    [
        (("@articles", "notices/moved", "title"),
         "窗口又搬了", "pages/notices/moved.md", "窗口搬家的通知", "窗口又搬了"),
        (
            ("@articles", "notices/moved", "items"),
            "失业登记\n就业 1.1 就业政策法规咨询",
            "pages/notices/moved.md",
            "事项: employment/4.1\n",
            "事项: [employment/4.1, employment/1.1]\n",
        ),
        (("@articles", "policies/jobs", "withdrawn"), "2026-05-01", "pages/policies/jobs.md", "有效至: 2028-12-31\n",
         "有效至: 2028-12-31\n废止: 2026-05-01\n"),
        (("@articles", "notices/moved", "revisions"), "2026年3月1日 搬到三楼\n2026-03-09：电话改了",
         "pages/notices/moved.md", "事项: employment/4.1\n",
         "事项: employment/4.1\n"
         "修改:\n  - {日期: 2026-03-01, 内容: 搬到三楼}\n  - {日期: 2026-03-09, 内容: 电话改了}\n"),
        (("@articles", "notices/moved", "source"), "", "pages/notices/moved.md", "发布机构: 人社局\n", ""),
        (("@towns", "liushu", "code"), "990101101201", "towns/liushu.yaml", "名称: 柳树村\n",
         '名称: 柳树村\n代码: "990101101201"\n'),
        (("@towns", "liushu", "short_name"), "柳树", "towns/liushu.yaml", "级别: 村级\n", "级别: 村级\n简称: 柳树\n"),
        (("@townplaces", "baishi/镇中心", "phone"), "0600-5550299", "towns/baishi.yaml", "5550201", "5550299"),
        (("@townplaces", "baishi/文化站", "address"), "镇政府院内", "towns/baishi.yaml", "类别: 乡镇街道平台}",
         "类别: 乡镇街道平台, 地址: 镇政府院内}"),
        (("@forms", "临时登记表/个人信息/姓名", "width"), "8", "forms/临时登记表.yaml", "宽: 4}", "宽: 8}"),
        (("@forms", "临时登记表/个人信息/性别", "choices"),
         "男\n女\n不说", "forms/临时登记表.yaml", ", 女]", ", 女, 不说]"),
        (("@forms", "临时登记表/签字/本人签名", "help"), "用钢笔", "forms/临时登记表.yaml", "        类型: 签名\n",
         "        类型: 签名\n        说明: 用钢笔\n"),
        (("@words", "同义 社保卡、蓝卡", "said"), "社保卡\n蓝卡\n老年卡", "words.yaml", "、蓝卡", "、蓝卡、老年卡"),
        (("@words", f"增加 {JOB} 没活干了、待业", "said"), "没活干了", "words.yaml", "没活干了、待业", "没活干了"),
        (("@words", "不归这里管 生育津贴", "phone"), "0600-5550177", "words.yaml", "12393", "0600-5550177"),
        (("@entries", f"谁会用 {JOB}", "for"), "个人\n渔民", "ways.yaml", "个人、农民工", "个人、渔民"),
        (("@entries", f"谁会用 {MARKET}", "for"), "个人\n渔民\n农民工", "ways.yaml", "[个人, 渔民]",
         "[个人, 渔民, 农民工]"),
        (("@entries", f"一件事的事项 找工作 {MARKET}", "text"), "当天找活", "ways.yaml", "打零工的，当天", "当天"),
        (("@entries", "一件事 搬家了", "slug"), "", "ways.yaml", "    网址: moved\n", ""),
        (("@entries", "一件事 搬家了", "opening"), "别急。", "ways.yaml", "9.6: 换卡}\n",
         "9.6: 换卡}\n    开头: 别急。\n"),
        (("@entries", "提醒 不用您申请，统一办。", "item"), JOB, "ways.yaml", "employment/1.6、employment/4.1\n",
         "employment/4.1\n"),
        (("@entries", "常有人问 零工市场在哪里", "item"), JOB, "ways.yaml", ": employment/1.6 ", ": employment/4.1 "),
        (("@townguides", "baishi/employment/4.1", "hours"), "逢集日不休息", "towns/baishi.yaml",
         "{咨询: \"0600-5550201", "{办事时间: 逢集日不休息, 咨询: \"0600-5550201"),
        (("@townguides", "baishi/employment/4.1", "materials"), "居民身份证", "towns/baishi.yaml",
         "5550201\"}   # 镇里\n", "5550201\", 办理材料: [居民身份证]}   # 镇里\n"),
        (("@townguides", "baishi/employment/1.1", "materials"), "居民身份证", "towns/baishi.yaml",
         "无需材料", "[居民身份证]"),
        (("@townitems", "baishi/employment/4.1", "time_limit"), "当天公开", "towns/baishi.yaml",
         "3个工作日内公开", "当天公开"),
        (("@townitems", "baishi/employment/4.1", "levels/乡级"), "√", "towns/baishi.yaml",
         "镇里\n", "镇里\n        公开层级: [乡级]\n"),
        (("@amendments", "2026-01-15 事项 employment/1.1", "reason"), "照新办法", "changes.yaml",
         "    理由:\n", "    理由: 照新办法\n"),
        (("@amendments", "2026-02-01 事项 employment/9.1", "formed"), "2026-01-20", "changes.yaml",
         "理由: 由市里办}", "形成日期: 2026-01-20, 理由: 由市里办}"),
        (("@allowed", "GK203 employment/1.6", "until"), "2027-06-30", "county.yaml", "2026-12-31}", "2027-06-30}"),
        (("@guides", "employment/4.1", "further"),
         "贷款额度：个人最高30万元\n补贴标准：每人600元", "guides/employment/4.1.md",
         "补贴标准: 每人500元", "补贴标准: 每人600元"),
        (("@guides", "employment/4.1", "without"), "结果送达：当场办好", "guides/employment/4.1.md",
         "核对人: 某科}\n", "核对人: 某科}\n没有的要素: {结果送达: 当场办好}\n"),
    ],
)  # fmt: skip
def test_a_change_is_written_and_no_other_byte(
    tmp_path: Path, cell: Cell, said: str, file: str, before: str, after: str
) -> None:
    project = county(tmp_path / "p")
    were = texts_of(project)
    _, done = imported(project, returned_changes(EXPORTED, {cell: said}))
    assert done.troubles == ()
    now = texts_of(project)
    name = f"{BASE}/{file}"
    assert now[name].decode() == were[name].decode().replace(before, after, 1)
    assert {path for path in now if now[path] != were[path]} == {name}


@pytest.mark.parametrize(
    ("table", "row", "file", "text"),
    [
        (
            "@articles",
            {**NEW, "title": "停电一天", "items": JOB, "answer": "![海报](海报.png)\n\n周一停。"},
            "pages/notices/notices-2026-03-03.md",
            "---\n标题: 停电一天\n日期: 2026-03-03\n事项: [employment/4.1]\n---\n![海报](海报.png)\n\n周一停。\n",
        ),
        (
            "@articles",
            {**NEW, "kind": "政策解读", "title": "几条措施", "policies": "清源县稳就业若干措施", "answer": "说明"},
            "pages/interpretations/interpretations-2026-03-03.md",
            "---\n标题: 几条措施\n日期: 2026-03-03\n对应文件: [\"policies/jobs\"]\n---\n说明\n",
        ),
        (
            "@towns",
            {"slug": "heyan", "name": "河沿乡", "code": "990101201", "kind": "乡级"},
            "towns/heyan.yaml",
            '名称: 河沿乡\n代码: "990101201"\n级别: 乡级\n',
        ),
        (
            "@forms",
            {"form": "求助登记表", "section": "本人", "label": "姓名", "width": "4"},
            "forms/求助登记表.yaml",
            "名称: 求助登记表\n分节:\n  - 标题: 本人\n    栏目:\n      - {名称: 姓名, 宽: 4}\n",
        ),
        (
            "@forms",
            {"form": "临时登记表", "section": "个人信息", "label": "电话", "required": "否"},
            "forms/临时登记表.yaml",
            PAPER.replace("  # 第二节", "      - {名称: 电话, 必填: 否}\n  # 第二节"),
        ),
        (
            "@words",
            {"kind": "增加", "item": "社会保险 9.6", "said": "卡丢了"},
            "words.yaml",
            WORDS.replace("去掉:", '  "social_insurance/9.6": 卡丢了\n去掉:'),
        ),
        (
            "@words",
            {"kind": "不归这里管", "said": "看病报销", "line": "归医保局管。"},
            "words.yaml",
            WORDS + "  - {说法: 看病报销, 说明: 归医保局管。}\n",
        ),
        (
            "@entries",
            {"kind": "一件事的事项", "name": "搬家了", "item": JOB, "text": "登记"},
            "ways.yaml",
            WAYS.replace("9.6: 换卡}", "9.6: 换卡, \"employment/4.1\": 登记}"),
        ),
        (
            "@entries",
            {"kind": "一件事的事项", "name": "失业了", "item": "就业 4.1", "text": "登记"},
            "ways.yaml",
            WAYS.replace("人群:\n", '  失业了:\n    事项: {"employment/4.1": 登记}\n人群:\n'),
        ),
        (
            "@entries",
            {"kind": "人群", "name": "牧民", "slug": "herders"},
            "ways.yaml",
            WAYS.replace("谁会用:", '  牧民: {网址: "herders"}\n谁会用:'),
        ),
        (
            "@townguides",
            {"town": "白石镇", "item": MARKET, "promised": "当场办结", "materials": "无需材料"},
            "towns/baishi.yaml",
            TOWN.replace(
                '      "4.1"',
                '      "1.6":\n        办事指南: {承诺时限: 当场办结, 办理材料: 无需材料}\n      "4.1"',
            ),
        ),
        (
            "@townitems",
            {"town": "白石镇", "item": MARKET, "channels/便民服务站": "√", "note": "逢集日开"},
            "towns/baishi.yaml",
            TOWN.replace(
                '      "4.1"',
                '      "1.6": {说明: 逢集日开, 公开渠道和载体: [便民服务站]}\n      "4.1"',
            ),
        ),
        (
            "@amendments",
            {"day": "2026-03-01", "kind": "停用", "item": "employment/9.1", "name": "工作许可", "reason": "市里办"},
            "changes.yaml",
            CHANGES + "  - {日期: 2026-03-01, 类型: 停用, 事项: employment/9.1, 名称: 工作许可, 理由: 市里办}\n",
        ),
        (
            "@amendments",
            {"day": "2026-03-01", "kind": "修改", "guide": JOB, "name": "失业登记",
             "fields": "电话：12333 → 0600-5550101\n地点：二楼\n传真：5550102 → 没有写"},
            "changes.yaml",
            CHANGES + "  - 日期: 2026-03-01\n    类型: 修改\n    办事指南: employment/4.1\n    名称: 失业登记\n"
            "    改动:\n      - {栏目: 电话, 原: \"12333\", 现: \"0600-5550101\"}\n      - {栏目: 地点, 现: 二楼}\n"
            "      - {栏目: 传真, 原: \"5550102\"}\n",
        ),
        (
            "@townplaces",
            {"town": "白石镇", "key": "农技站", "name": "白石镇农技站"},
            "towns/baishi.yaml",
            TOWN.replace("目录:", "  农技站: {名称: 白石镇农技站}\n目录:"),
        ),
    ],
)  # fmt: skip
def test_a_new_row_is_written_where_it_belongs(tmp_path: Path, table: str, row: Row, file: str, text: str) -> None:
    project = county(tmp_path / "p")
    exported = returned_changes(EXPORTED, {}, {table: [row]})
    _, done = imported(project, exported)
    assert [each.message for each in done.troubles] == []
    assert (project / BASE / file).read_text(encoding="utf-8") == text
    after = texts_of(project)
    planned, _ = imported(project, exported)
    assert (planned.changes, texts_of(project)) == ((), after)


def test_a_new_town_and_its_office_in_one_form(tmp_path: Path) -> None:
    project = county(tmp_path / "p")
    new: dict[str, list[Row]] = {
        "@towns": [{"name": "河沿乡", "code": "990101201"}],
        "@townplaces": [{"town": "河沿乡", "key": "中心", "name": "河沿乡中心"}],
    }
    _, done = imported(project, returned_changes(EXPORTED, {}, new))
    assert done.troubles == ()
    text = (project / BASE / "towns" / "990101201.yaml").read_text(encoding="utf-8")
    assert text == '名称: 河沿乡\n代码: "990101201"\n机构:\n  中心: {名称: 河沿乡中心}\n'


@pytest.mark.parametrize(
    ("cell", "file", "gone"),
    [
        (("@forms", "临时登记表/个人信息/姓名"), "forms/临时登记表.yaml", "      - {名称: 姓名, 宽: 4}"),
        (("@words", "同义 社保卡、蓝卡"), "words.yaml", "  - 社保卡、蓝卡"),
        (("@words", f"去掉 {JOB} 下岗登记"), "words.yaml", "去掉: {employment/4.1: 下岗登记}\n"),
        (("@entries", "一件事 搬家了"), "ways.yaml", "    网址: moved\n    说明: 先换卡\n"),
        (
            ("@entries", "一件事的事项 搬家了 社会保险 9.6 社会保障卡挂失与解挂"),
            "ways.yaml",
            "    事项: {social_insurance/9.6: 换卡}\n",
        ),
        (("@entries", f"一句话 {MARKET}"), "ways.yaml", "一句话: {employment/1.6: 看零工市场在哪里。}\n"),
        (("@entries", "提醒 要带身份证。"), "ways.yaml", "  要带身份证。: [employment/4.1]\n"),
        (("@townguides", "baishi/employment/4.1"), "towns/baishi.yaml", '咨询: "0600-5550201"'),
        (("@townitems", "baishi/employment/4.1"), "towns/baishi.yaml", "        公开时限: 3个工作日内公开\n"),
        (("@amendments", "2026-02-01 机构 镇中心"), "changes.yaml", "    乡镇村: baishi\n    机构: 镇中心\n"),
        (("@allowed", "similar-name"), "county.yaml", "  - 规则: similar-name\n    理由: 名称照上级文件\n"),
    ],
)
def test_a_row_is_removed_and_its_remarks_stay(tmp_path: Path, cell: tuple[str, str], file: str, gone: str) -> None:
    project = county(tmp_path / "p")
    before = (project / BASE / file).read_text(encoding="utf-8")
    _, done = imported(project, returned_changes(EXPORTED, {(*cell, "delete"): "删去"}))
    assert done.troubles == ()
    after = (project / BASE / file).read_text(encoding="utf-8")
    assert gone in before
    assert gone not in after
    assert [line for line in before.split("\n") if "#" in line and gone.strip() not in line and line not in after] == []
    assert before.count("#") == after.count("#")


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("@articles", {"title": "停电", "day": "2026-03-03", "answer": "停。"}, "没有写“栏目”"),
        ("@articles", {"kind": "通知公告", "title": "停电", "day": "2026-03-03"}, "没有写“正文”"),
        ("@articles", {**NEW, "title": "停", "answer": "停。", "closes": "2026-04-01"}, "用不到“截止”"),
        ("@articles", {**NEW, "title": "停", "answer": "停。", "items": "失业等级"}, "看不出是哪一个“事项”"),
        ("@towns", {"slug": "白/石", "name": "白石镇", "code": "990101102"}, "不能用作网址里的名字"),
        ("@towns", {"slug": "baishi", "name": "新镇"}, "已经有了"),
        ("@townplaces", {"town": "黑石镇", "key": "中心", "name": "中心"}, "不在“乡镇村”表里"),
        ("@townplaces", {"town": "白石镇", "key": "文化站", "name": "中心"}, "已经有了"),
        ("@forms", {"form": "登记/表", "section": "一", "label": "姓名"}, "不能用作表格的名称"),
        ("@forms", {"form": "登记表", "label": "姓名"}, "没有写“分节”"),
        ("@forms", {"form": "登记表", "section": "一", "label": "男女", "kind": "选择"}, "却没有选项"),
        ("@words", {"kind": "增加", "said": "没活干"}, "没有写“事项”"),
        ("@words", {"kind": "同义", "said": "社保卡"}, "只写了一种叫法"),
        ("@words", {"kind": "同义", "said": "社保卡\n卡", "phone": "12333"}, "用不到“电话”"),
        ("@entries", {"kind": "一句话", "item": JOB}, "没有写“怎么说”"),
        ("@entries", {"kind": "谁会用", "item": JOB, "for": "个人"}, "已经有一行“谁会用”"),
        ("@entries", {"kind": "一句话", "item": JOB, "text": "话", "slug": "a"}, "用不到“网址里叫什么”"),
        ("@entries", {"kind": "谁会用", "item": f"{JOB}\n{MARKET}", "for": "个人"}, "只能写一个事项"),
        ("@entries", {"kind": "人群", "name": "牧民"}, "只有名称"),
        ("@entries", {"name": "牧民"}, "没有写“是什么”"),
        ("@townguides", {"town": "黑石镇", "item": JOB, "where": "一楼"}, "不在“乡镇村”表里"),
        ("@townguides", {"town": "白石镇", "item": JOB, "where": "一楼"}, "已经有一行"),
        ("@townguides", {"town": "白石镇", "item": MARKET}, "没有写本地怎么办"),
        ("@townguides", {"town": "白石镇", "where": "二楼"}, "没有写“事项”"),
        ("@townguides", {"town": "白石镇", "item": MARKET, "materials": "无"}, "像是不要材料"),
        ("@townitems", {"town": "黑石镇", "item": JOB, "note": "话"}, "不在“乡镇村”表里"),
        ("@townitems", {"town": "白石镇", "item": JOB, "note": "话"}, "已经有一行"),
        ("@townitems", {"town": "白石镇", "item": MARKET}, "没有写和县里有什么不同"),
        ("@townitems", {"town": "白石镇", "item": MARKET, "note": "话", "levels/乡级": "√", "omitted": "不办"},
         "别的栏目用不上"),
        ("@townitems", {"town": "白石镇", "item": MARKET, "audience_detail": "老人"}, "没有勾选“特定群体”"),
        ("@amendments", {"day": "2026-03-01", "kind": "修改", "name": "失业登记"}, "没有写改的是什么"),
        ("@amendments", {"day": "2026-03-01", "kind": "修改", "name": "甲", "item": JOB, "form": "表"}, "写了几样"),
        ("@amendments", {"day": "2026-03-01", "kind": "更正", "name": "失业登记", "item": JOB}, "不在可选的词里"),
        ("@amendments", {"day": "2026-03-01", "kind": "修改", "item": JOB}, "没有写“名称”"),
        ("@allowed", {"rule": "GK203", "item": JOB}, "没有写“理由”"),
        ("@allowed", {"rule": "GK999", "reason": "看过"}, "看不出是哪一个“规则”"),
        ("@allowed", {"rule": "GK203", "item": f"{JOB}\n就业 1.1 就业政策法规咨询", "reason": "看过"}, "只能写一个"),
    ],
)  # fmt: skip
def test_what_is_missing_or_does_not_fit_is_said_and_nothing_written(
    tmp_path: Path, table: str, row: Row, said: str
) -> None:
    project = county(tmp_path / "p")
    before = texts_of(project)
    planned, done = imported(project, returned_changes(EXPORTED, {}, {table: [row]}))
    assert any(said in each.message for each in done.troubles), [each.message for each in done.troubles]
    assert all(each.hint for each in done.troubles)
    assert texts_of(project) == before
    assert planned.changes == () or "却没有选项" in said


def test_what_was_recorded_of_an_item_stays_when_the_item_goes(tmp_path: Path) -> None:
    project = county(tmp_path / "p")
    path = project / BASE / "changes.yaml"
    path.write_text(CHANGES.replace("employment/1.1", "employment/1.6"), encoding="utf-8")
    for name in ("county.yaml", "ways.yaml"):
        (project / BASE / name).write_text(
            (project / BASE / name).read_text(encoding="utf-8").replace("employment/1.6", "employment/1.2"), "utf-8"
        )
    before = path.read_bytes()
    _, done = imported(project, returned_changes(exchange_of(project), {("employment", "1.6", "delete"): "删去"}))
    assert [each.message for each in done.troubles] == []
    assert path.read_bytes() == before


def test_a_slip_is_answered_with_the_three_nearest(tmp_path: Path) -> None:
    _, done = imported(
        county(tmp_path / "p"), returned_changes(EXPORTED, {("@articles", "notices/moved", "items"): "失业登计"})
    )
    (trouble,) = done.troubles
    assert trouble.hint.count("、") == 2
    assert JOB in trouble.hint


def test_one_list_of_items_in_every_sheet() -> None:
    """Every sheet offers and shows the same names of items."""
    wanted = None
    for table in EXPORTED.form.tables:
        for column in table.columns:
            if column.label == "事项" and column.choices:
                wanted = wanted or column.choices
                assert column.choices == wanted, table.title
    assert wanted is not None
    for key, id_ in (
        ("@articles", "notices/moved"),
        ("@words", f"去掉 {JOB} 下岗登记"),
        ("@allowed", "GK203 employment/1.6"),
    ):
        shown = EXPORTED.form.table(key)
        assert shown is not None
        assert shown.by_id[id_].texts["items" if key == "@articles" else "item"] in wanted


KEPT_CELLS = [cell for cell in CELLS if cell[0] in TEXT_ID_TABLES]


@st.composite
def kept_cell(draw: st.DrawFn) -> tuple[Cell, str]:
    cell = draw(st.sampled_from(KEPT_CELLS))
    return cell, draw(written(of(cell)[2]))


@law(8)
@given(kept_cell())
def test_any_cell_of_these_sheets_comes_back_exactly(filled: tuple[Cell, str]) -> None:
    cell, text = filled
    table, row, column = of(cell)
    with tempfile.TemporaryDirectory() as scratch:
        project = county(Path(scratch) / "p")
        before = texts_of(project)
        given_ = returned_changes(EXPORTED, {cell: text})
        _, done = imported(project, given_)
        after = texts_of(project)
        try:
            wanted = tidy(column, text, row.texts[column.key])
        except BadText:
            wanted = None
        if wanted is None or done.troubles:
            assert done.troubles
            assert after == before
        else:
            assert (after == before) is (wanted == row.texts[column.key])
            now = exchange_of(project).form.table(table.key)
            assert now is not None
            assert now.rows[table.rows.index(row)].texts[column.key] == wanted
        imported(project, given_)
        assert texts_of(project) == after


def test_the_county_has_all_of_it() -> None:
    assert {cell[0] for cell in KEPT_CELLS} == TEXT_ID_TABLES
    assert "# " in NOTICE + POLICY + PAPER + WORDS + WAYS


def test_the_names_of_the_rules_are_kept_for_the_next_form(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [(rule.id, rule.name, rule.title) for rule in RULES]
    for _ in range(2):  # the second time from the user's cache
        monkeypatch.setattr(gkdir, "rules", sys.modules["gkdir.rules"])  # restored afterwards
        monkeypatch.delitem(sys.modules, "gkdir.rules")
        assert [(rule.id, rule.name, rule.title) for rule in allowances.rule_names()] == wanted
        monkeypatch.undo()
    monkeypatch.setattr(allowances, "program", lambda: "another version")
    monkeypatch.setattr(gkdir, "rules", sys.modules["gkdir.rules"])
    monkeypatch.delitem(sys.modules, "gkdir.rules")
    assert [rule.id for rule in allowances.rule_names()] == [id_ for id_, _, _ in wanted]
    assert "gkdir.rules" in sys.modules, "names that another version kept are not used"
