"""The county's files after a clerk's change: only what differs is written, everything else is unchanged."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.excel_form.exchanges import (
    COUNTY,
    GUIDE,
    QUESTION,
    Filled,
    county,
    exchange_of,
    imported,
    returned_changes,
    texts_of,
)

from gkdir.excel_form.apply import Exchange, write
from gkdir.excel_form.directory import SHARED
from gkdir.excel_form.records import STANDARDS, URGENT
from gkdir.excel_form.table import RowChange
from gkdir.excel_form.verify import Unexplained
from gkdir.excel_form.website import KEYS, WEBSITE
from gkdir.finding import Unreadable

LAYER, GUIDE_FILE = "counties/qingyuan/county.yaml", "counties/qingyuan/guides/employment/4.1.md"
BASES = "《甲法》\n《乙办法》（清政发〔2024〕5号）"
New = Mapping[str, list[Mapping[str, str]]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


def after(project: Path, filled: Filled, new: New | None = None, troubles: int = 0) -> tuple[str, str]:
    """The county's file and the guide after the clerk's workbook was imported twice."""
    given = returned_changes(exchange_of(project), filled, new)
    _, done = imported(project, given)
    assert len(done.troubles) == troubles, done.troubles
    texts = texts_of(project)
    imported(project, given)
    assert texts_of(project) == texts
    return texts[LAYER].decode(), texts[GUIDE_FILE].decode()


def changed(before: str, now: str) -> tuple[list[str], list[str]]:
    """The removed lines, and the new lines."""
    old, new = before.splitlines(), now.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("cell", "text", "gone", "came"),
    [
        (
            ("employment", "1.1", "time_limit"),
            "5个工作日内公开",
            ["        公开时限: 信息形成或变更之日起10个工作日内公开   # 县里定的"],
            ["        公开时限: 5个工作日内公开   # 县里定的"],
        ),
        (("employment", "1.1", "basis"), f"{BASES}\n《丙》", [], ["          - 《丙》"]),
        (
            ("employment", "2.1", "channels/广播电视"),
            "√",
            [],
            ['      "2.1":', "        公开渠道和载体: {增加: [广播电视]}"],
        ),
        (("employment", "1.1", "alias"), "", ["        通俗名称: 就业政策"], []),
        (("employment", "4.2", "omitted"), "没有开展", [], ['      "4.2": {不列入: 没有开展}']),
        (("employment", "9.1", "omitted"), "", ['      "9.1": {不列入: 本县未开展此项业务}'], []),
        (("@organisations", "人社局", "address"), "清源路18号", ["    地址:"], ["    地址: 清源路18号"]),
        (("@reviews", "employment", "day"), "2026/11/1", ["    审核日期: 2026-03-01"], ["    审核日期: 2026-11-01"]),
    ],
)  # fmt: skip
def test_a_change_of_the_county_touches_its_own_lines(
    project: Path, cell: tuple[str, str, str], text: str, gone: list[str], came: list[str]
) -> None:
    now, guide = after(project, {cell: text})
    assert changed(COUNTY, now) == (gone, came)
    assert guide == GUIDE


def test_a_cell_set_back_to_what_is_above_takes_its_key_away(project: Path) -> None:
    national = exchange_of(project).project.national["employment"]
    item = next(item for item in national.items if item.number == "1.1")
    now, _ = after(project, {("employment", "1.1", "time_limit"): item.time_limit.text})
    assert changed(COUNTY, now) == (
        ["        公开时限: 信息形成或变更之日起10个工作日内公开   # 县里定的"],
        ["        # 县里定的"],
    )
    # 公开主体 comes from 默认: to have the national value, the item must declare it.
    now, _ = after(project, {("employment", "2.1", "publisher"): "\n".join(item.publisher)})
    assert f'"2.1": {{公开主体: [{"、".join(item.publisher)}]}}' in now


def test_an_urgent_notice_and_amounts_are_written_in_excel_too(project: Path) -> None:
    bare = COUNTY[: COUNTY.index("紧急通知:")] + COUNTY[COUNTY.index("网站:") :]
    (project / LAYER).write_text(bare, encoding="utf-8", newline="")
    urgent = {(URGENT, "紧急通知", key): text for key, text in (("text", "窗口停电，暂停办公"), ("until", "2026/7/3"))}
    wage = {"monthly": "1,850元", "source": "《清源县最低工资标准》（清政发〔2024〕1号）", "since": "2024-07-01"}
    draw = {"monthly": "1480.5", "tiers": "12：3\n24：6"}
    said = urgent | {(STANDARDS, "最低工资", key): text for key, text in wage.items()}
    said |= {(STANDARDS, "失业保险金", key): text for key, text in draw.items()}
    now, _ = after(project, said)
    assert changed(bare, now) == (
        [],
        [
            "紧急通知: {内容: 窗口停电，暂停办公, 截止: 2026-07-03}",
            "待遇标准:",
            "  失业保险金:",
            '    每月: "1480.50"',
            '    领取月数: {"12": 3, "24": 6}',
            '  最低工资: {每月: "1850", 来源: 《清源县最低工资标准》（清政发〔2024〕1号）, 日期: 2024-07-01}',
        ],
    )
    assert after(project, dict.fromkeys(said, ""))[0] == bare


@pytest.mark.parametrize(
    ("cell", "text", "gone", "came"),
    [
        ((URGENT, "紧急通知", "link"), "https://www.gov.cn/1", ", 截止: 2026-11-30}",
         ', 截止: 2026-11-30, 链接: "https://www.gov.cn/1"}'),
        ((STANDARDS, "最低工资", "monthly"), "1900元", "每月: 1850.50", "每月: 1900"),
        ((STANDARDS, "失业保险金", "since"), "2026.1.1", "失业保险金: 1500",
         '失业保险金: {每月: "1500", 日期: 2026-01-01}'),
    ],
)  # fmt: skip
def test_a_record_is_changed_where_it_stands(
    project: Path, cell: tuple[str, str, str], text: str, gone: str, came: str
) -> None:
    assert after(project, {cell: text})[0] == COUNTY.replace(gone, came, 1)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ((URGENT, "紧急通知", "until"), ""),
        ((STANDARDS, "最低工资", "monthly"), "一千八"),
        ((STANDARDS, "最低工资", "monthly"), ""),
        ((STANDARDS, "城市低保", "source"), "《通知》"),
        ((STANDARDS, "失业保险金", "tiers"), "一年：3"),
        ((STANDARDS, "失业保险金", "extra"), "2"),
        ((STANDARDS, "最低工资", "what"), "最高工资"),
    ],
)
def test_a_record_that_is_not_whole_is_told_of(project: Path, cell: tuple[str, str, str], text: str) -> None:
    assert after(project, {cell: text}, troubles=1)[0] == COUNTY


def test_the_website_is_written_in_excel_too(project: Path) -> None:
    without = COUNTY[: COUNTY.index("网站:")] + COUNTY[COUNTY.index("机构:") :]
    (project / LAYER).write_text(without, encoding="utf-8", newline="")
    assert [row.texts["value"] for row in exchange_of(project).form.table(WEBSITE).rows] == [""] * len(KEYS)  # type: ignore[union-attr]
    assert not any("引号" in row.texts["about"] for row in exchange_of(project).form.table(WEBSITE).rows)  # type: ignore[union-attr]
    said = {"标识码": "9901010001", "名称": "清源县人民政府", "网址": "https://www.qingyuan.gov.cn/mulu/"}
    said |= {"主办单位": "清源县人民政府办公室", "找错": "https://www.qingyuan.gov.cn/zhaocuo/"}
    now, _ = after(project, {(WEBSITE, name, "value"): text for name, text in said.items()})
    site = now[now.index("网站:") : now.index("紧急通知:")].splitlines()
    assert site == [
        "网站:",
        "  名称: 清源县人民政府",
        '  标识码: "9901010001"',
        '  网址: "https://www.qingyuan.gov.cn/mulu/"',
        "  主办单位: 清源县人民政府办公室",
        '  找错: "https://www.qingyuan.gov.cn/zhaocuo/"',
    ]
    rows = exchange_of(project).form.table(WEBSITE).by_id  # type: ignore[union-attr]
    assert {name: rows[name].texts["value"] for name in KEYS if rows[name].texts["value"]} == said
    now, _ = after(project, {(WEBSITE, "网址", "value"): "不知道", (WEBSITE, "名称", "value"): ""}, troubles=1)
    assert '  网址: "https://www.qingyuan.gov.cn/mulu/"\n' in now
    assert "  名称: 清源县人民政府" not in now
    assert after(project, {(WEBSITE, name, "value"): "" for name in said})[0] == without
    (project / LAYER).write_text(COUNTY, encoding="utf-8", newline="")
    now, _ = after(
        project, {(WEBSITE, "名称", "value"): "清源县政府", (WEBSITE, "域名", "value"): "www.qingyuan.gov.cn"}
    )
    assert changed(COUNTY, now) == (
        ["  名称: 清源县人民政府   # 照底部写"],
        ["  名称: 清源县政府   # 照底部写", '  域名: "www.qingyuan.gov.cn"'],
    )


def test_one_reason_for_several_items_is_written_once_in_excel_too(project: Path) -> None:
    path = project / "counties" / "qingyuan" / "county.yaml"
    one = '    不列入的理由: ""   # 一次\n    事项:\n      "4.2": {不列入: ""}\n      "5.2": {不列入: ""}\n'
    path.write_text(COUNTY.replace("    事项:\n", one), encoding="utf-8", newline="")
    rows = exchange_of(project).form.table("employment").by_id  # type: ignore[union-attr]
    assert [rows[number].texts["omitted"] for number in ("4.2", "5.2", "9.1")] == [SHARED, SHARED, "本县未开展此项业务"]
    filled = {
        ("@reviews", "employment", "omitted"): "由设区的市受理",
        ("employment", "5.2", "omitted"): "本县未开展创业担保贷款业务",
        ("employment", "9.1", "omitted"): SHARED,
    }
    now, _ = after(project, filled)
    assert "    不列入的理由: 由设区的市受理   # 一次\n" in now
    assert '"4.2": {不列入: ""}' in now
    assert '"5.2": {不列入: 本县未开展创业担保贷款业务}' in now
    assert '"9.1": {不列入: ""}' in now
    left_out = {
        each.item.number: each.omission.reason
        for each in exchange_of(project).form.catalogs.catalog.directories["employment"].omitted
    }
    assert left_out == {"4.2": "由设区的市受理", "5.2": "本县未开展创业担保贷款业务", "9.1": "由设区的市受理"}


def test_an_item_that_is_left_out_no_longer_says_anything_else(project: Path) -> None:
    now, _ = after(project, {("employment", "1.2", "omitted"): "没有开展"})
    assert '      "1.2": {说明: 试行, 不列入: 没有开展}\n' in now


IDENTITY = "  - {名称: 居民身份证, 形式: 原件, 份数: 1, 必要性: 必要}"
FLOW = "办理流程: [申请, {环节: 核对, 办理单位: 就业中心, 时限: 1个工作日}]"


@pytest.mark.parametrize(
    ("cell", "text", "gone", "came"),
    [
        ("@guides//promised", "1个工作日", "办理时限: 3个工作日", "办理时限: 1个工作日"),
        ("@guides//statutory", "9个工作日", "办理时限: 3个工作日", "办理时限: {法定: 9个工作日, 承诺: 3个工作日}"),
        ("@guides//fee_basis", "《某通知》", "收费: 不收费", "收费: {依据: 《某通知》, 标准: 不收费}"),
        (
            "@guides//checked",
            "2026-11-01",
            "核对: {日期: 2026-03-01, 核对人: 某科}",
            "核对: {日期: 2026-11-01, 核对人: 某科}",
        ),
        ("@guides//conditions", "没有工作", "  - 年满16周岁   # 周岁", "  # 周岁"),
        ("@materials/一寸照片/copies", "2", "  - 一寸照片   # 一张", "  - {名称: 一寸照片, 份数: 2}   # 一张"),
        ("@materials/居民身份证/name", "身份证", IDENTITY, IDENTITY.replace("居民", "")),
        ("@steps/申请/text", "来窗口", FLOW, FLOW.replace("申请", "{环节: 申请, 说明: 来窗口}")),
        ("@ways/窗口：人社局/target", "二楼窗口", "  - {窗口: [就业中心, 人社局]}", "  - {窗口: [就业中心, 二楼窗口]}"),
    ],
)
def test_a_change_of_a_guide_touches_its_own_line(project: Path, cell: str, text: str, gone: str, came: str) -> None:
    table, element, key = cell.split("/")
    row = f"employment/4.1/{element}" if element else "employment/4.1"
    now, guide = after(project, {(table, row, key): text})
    assert changed(GUIDE, guide) == ([gone], [came])
    assert now == COUNTY


def test_rows_are_taken_away_only_where_it_says_so(project: Path) -> None:
    now, guide = after(
        project,
        {
            ("employment", "4.1.1", "delete"): "删去",
            ("@materials", "employment/4.1/一寸照片", "delete"): "删去",
            ("@ways", "employment/4.1/网上：https://www.12333.gov.cn/", "delete"): "删去",
        },
    )
    assert changed(COUNTY, now)[0] == ['      - {编号: "4.1.1", 三级事项: 线上失业登记, 公开内容: {增加: [线上步骤]}}']
    assert changed(GUIDE, guide) == (["  - 一寸照片   # 一张", '  - 网上: "https://www.12333.gov.cn/"'], ["  # 一张"])
    _, guide = after(project, {("@materials", "employment/4.1/居民身份证", "delete"): "删去"})
    assert "办理材料: 无需材料" in guide


def test_new_rows_come_last(project: Path) -> None:
    item = "就业 4.1 失业登记"
    names = {row.texts["item"] for row in exchange_of(project).form.tables[3].rows}
    other = next(name for name in names if name.startswith("就业 4.3"))
    now, guide = after(
        project,
        {},
        {
            "@organisations": [{"key": "社保中心", "name": "清源县社会保险中心", "phone": "0600-5550121"}],
            "employment": [{"number": "1.7", "level2": "夜校", "content": "1.地址\n2.时间", "time_limit": "3个工作日"}],
            "@materials": [{"item": item, "name": "户口簿", "copies": "1"}, {"item": other, "name": "居民身份证"}],
            "@steps": [{"item": item, "name": "告知"}],
            "@ways": [{"item": item, "kind": "电话", "target": "12333"}],
        },
    )  # fmt: skip
    assert changed(COUNTY, now) == (
        [],
        [
            '  社保中心: {名称: 清源县社会保险中心, 电话: "0600-5550121"}',
            '      - {编号: "1.7", 二级事项: 夜校, 公开内容: [地址, 时间], 公开时限: 3个工作日}',
        ],
    )
    assert now.endswith("# 末尾的注释\n")
    assert "  - {名称: 户口簿, 份数: 1}\n" in guide
    assert "时限: 1个工作日}, {环节: 告知}]\n" in guide
    assert '  - {电话: "12333"}\n' in guide
    assert texts_of(project)["counties/qingyuan/guides/employment/4.3.md"].decode() == (
        "---\n办理材料:\n  - {名称: 居民身份证}\n---\n"
    )


def test_a_guide_begins_when_its_row_is_filled_and_ends_when_it_is_emptied(project: Path) -> None:
    cell = ("@guides", "social_insurance/1.1", "summary")
    before = texts_of(project)
    after(project, {cell: "参保登记。"})
    name = "counties/qingyuan/guides/social_insurance/1.1.md"
    assert texts_of(project)[name].decode() == "---\n简述: 参保登记。\n---\n"
    after(project, {cell: ""})
    assert texts_of(project) == before


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_windows_line_ends_and_the_mark_at_the_start_stay(project: Path, mark: str) -> None:
    path, guide = project / LAYER, project / GUIDE_FILE
    path.write_bytes((mark + COUNTY.replace("\n", "\r\n")).encode())
    guide.write_bytes((mark + GUIDE.replace("\n", "\r\n")).encode())
    after(project, {("employment", "1.1", "alias"): "政策", ("@guides", "employment/4.1", "hours"): "全天"})
    for file in (path, guide):
        text = file.read_bytes().decode()
        assert text.startswith(mark)
        assert text.count("\n") == text.count("\r\n")
    assert path.read_bytes().decode() == mark + COUNTY.replace(": 就业政策", ": 政策").replace("\n", "\r\n")


def test_a_file_that_changes_while_it_is_looked_at_is_not_overwritten(project: Path) -> None:
    from gkdir.excel_form.apply import applied
    from gkdir.excel_form.plan import plan

    now = exchange_of(project)
    done = applied(now, plan(now.form, returned_changes(now, {("employment", "1.1", "alias"): "政策"})))
    (project / LAYER).write_text(COUNTY + "# 又改了\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="又被改过"):
        write(now, done)
    assert (project / LAYER).read_text(encoding="utf-8") == COUNTY + "# 又改了\n"


def test_what_cannot_be_written_is_copied_as_what_can(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows cannot delete read-only files, such as those copied from a disc."""
    removed = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(path)
        removed(path, missing_ok)

    (project / LAYER).chmod(0o444)
    monkeypatch.setattr(Path, "unlink", unlink)
    now, _ = after(project, {("employment", "1.1", "alias"): "政策"})
    assert "政策" in now


def test_a_change_that_would_break_the_file_is_kept_out_and_the_others_are_made(project: Path) -> None:
    fee = {("@guides", "employment/4.1", "standard"): "", ("@guides", "employment/4.1", "fee_basis"): ""}
    _, guide = after(project, {**fee, ("employment", "1.1", "alias"): "政策"})
    assert "收费" not in guide
    now, guide = after(
        project,
        {("@guides", "employment/4.1", "fee_basis"): "《某通知》", ("employment", "1.1", "alias"): "就业的政策"},
        troubles=1,
    )
    assert "依据" not in guide
    assert "就业的政策" in now


def test_a_question_is_changed_in_its_head_and_in_its_answer(project: Path) -> None:
    name = "counties/qingyuan/pages/faq/card.md"
    after(project, {("@faq", "card", "title"): "社保卡丢了先做什么", ("@faq", "card", "items"): ""})
    now = texts_of(project)[name].decode()
    lines = (
        ["标题: 社保卡丢了怎么办   # 照原话", "事项: [social_insurance/9.6]"],
        ["标题: 社保卡丢了先做什么   # 照原话"],
    )
    assert changed(QUESTION, now) == lines
    after(project, {("@faq", "card", "answer"): "先打12333。\n\n再补卡。"})
    assert texts_of(project)[name].decode() == now[: now.rindex("---")] + "---\n先打12333。\n\n再补卡。\n"


def test_a_new_question_gets_a_file_of_its_own(project: Path) -> None:
    new = {"title": "补卡要多久", "day": "2026-03-01", "answer": "当场办好。", "items": "social_insurance/9.6"}
    after(project, {}, {"@faq": [new, {**new, "title": "补卡收费吗"}]})
    files = {name: text.decode() for name, text in texts_of(project).items() if "/faq/faq-" in name}
    assert files == {
        f"counties/qingyuan/pages/faq/{slug}.md": (
            f"---\n标题: {title}\n日期: 2026-03-01\n事项: [social_insurance/9.6]\n---\n当场办好。\n"
        )
        for slug, title in (("faq-2026-03-01", "补卡要多久"), ("faq-2026-03-01-2", "补卡收费吗"))
    }
    after(project, {}, {"@faq": [{"title": "没有回答"}]}, troubles=2)


def test_a_row_at_fault_that_nobody_knows_is_found_by_halves(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gkdir.excel_form import apply

    trials: list[int] = []
    tried = apply._verified

    def unread(
        desk_: Exchange, changes: Sequence[RowChange]
    ) -> tuple[Mapping[str, apply.Versions], tuple[Unexplained, ...]]:
        trials.append(len(changes))
        return (
            ({}, (Unexplained("文件读不通"),))
            if any(each.row.id == "2.1" for each in changes)
            else tried(desk_, changes)
        )

    monkeypatch.setattr(apply, "_verified", unread)
    table = exchange_of(project).form.table("employment")
    assert table is not None
    filled = {("employment", row.id, "note"): f"说明{row.id}" for row in table.rows}
    _, done = imported(project, returned_changes(exchange_of(project), filled))
    assert [trouble.message for trouble in done.troubles] == ["2.1 职业介绍没有改动：文件读不通"]
    assert len(done.changes) == len(filled) - 1
    assert len(trials) <= 12


def test_what_is_at_fault_is_left_out_at_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gkdir.excel_form import apply

    trials: list[int] = []
    tried = apply._verified

    def spoilt(
        desk_: Exchange, changes: Sequence[RowChange]
    ) -> tuple[Mapping[str, apply.Versions], tuple[Unexplained, ...]]:
        trials.append(len(changes))
        odd = tuple(Unexplained("读回不一样", each) for each in changes if each.row.id.startswith("1."))
        return (tried(desk_, changes)[0], odd) if odd else tried(desk_, changes)

    monkeypatch.setattr(apply, "_verified", spoilt)
    table = exchange_of(project).form.table("employment")
    assert table is not None
    filled = {("employment", row.id, "note"): f"说明{row.id}" for row in table.rows}
    _, done = imported(project, returned_changes(exchange_of(project), filled))
    own = [row.id for row in table.rows if row.id.startswith("1.")]
    assert len(done.troubles) == len(own) > 3
    assert len(done.changes) == len(filled) - len(own)
    assert trials == [len(filled), len(filled) - len(own)]
    assert "说明2.1" in texts_of(project)[LAYER].decode()


def test_where_nothing_can_be_written_the_trials_end(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gkdir.excel_form import apply

    trials: list[int] = []

    def hopeless(
        _: Exchange, changes: Sequence[RowChange]
    ) -> tuple[Mapping[str, apply.Versions], tuple[Unexplained, ...]]:
        trials.append(len(changes))
        return {}, (Unexplained("文件读不通"),)

    monkeypatch.setattr(apply, "_verified", hopeless)
    monkeypatch.setattr(apply, "MAX_TRIALS", 10)
    table = exchange_of(project).form.table("employment")
    assert table is not None
    before = texts_of(project)
    filled = {("employment", row.id, "note"): f"说明{row.id}" for row in table.rows}
    _, done = imported(project, returned_changes(exchange_of(project), filled))
    assert len(done.troubles) == len(filled)
    assert len(trials) == apply.MAX_TRIALS
    assert texts_of(project) == before
