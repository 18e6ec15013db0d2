"""An export of the service platform: read in any layout, compared in words, and only blanks are filled in."""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.excel_form.exchanges import county, exchange_of, texts_of
from tests.laws import law
from tests.places import ROOT

from gkdir.cli.importguides import command
from gkdir.excel_form.apply import Rewritten, write
from gkdir.excel_form.plan import Plan
from gkdir.excel_form.platform import PlatformComparison, compared
from gkdir.excel_form.platformmatch import paired
from gkdir.excel_form.rulecheck import passing_rules
from gkdir.finding import Place, Unreadable
from gkdir.importing.platform import PlatformExport, PlatformItem, read_platform
from gkdir.model.item import Written
from gkdir.overlay import lay
from gkdir.read.known import known_project
from gkdir.read.project import read_county

NAMES = Path(__file__).with_name("platform_names.tsv")
Rows = Sequence[Sequence[str]]
PAIRS: Rows = (
    ("失业登记办事指南",),
    ("事项名称", "失业登记", "实施编码", "X0001"),
    ("行使层级", "县级", "办件类型", "承诺件"),
    ("法定办结时限", "10", "法定办结时限单位", "工作日"),
    ("承诺办结时限", "3（工作日）", "是否收费", "否"),
    ("受理条件", "1.年满16周岁；\n2.没有工作；"),
    ("申请材料",),
    ("序号", "材料名称", "材料形式", "份数", "必要性"),
    ("1", "居民身份证", "原件", "1", "必要"),
    ("2", "一寸照片", "原件", "2", "非必要"),
    ("办理流程", "1.申请：到窗口。\n2.核对：联网查。"),
    ("办理地点", "清源路18号"),
    ("办理时间", "周一至周五9:00—12:00"),
    ("咨询方式", "0600-5550111"),
    ("监督投诉方式", "0600-5550199"),
    ("常见问题", "问：要钱吗？\n答：不收费。"),
    ("神秘栏目", "不认识的话"),
)
HEADINGS = ("序号", "事项名称", "实施编码", "受理条件", "承诺办结时限", "咨询方式", "材料名称", "份数")
GUIDE = "counties/qingyuan/guides/employment/4.1.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


def table(folder: Path, rows: Rows) -> Path:
    """The rows as a CSV file."""
    path = folder / "平台.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def book(folder: Path, sheets: Sequence[Rows]) -> Path:
    """The rows as sheets of a workbook."""
    made = Workbook()
    for number, rows in enumerate(sheets):
        sheet = made.active if not number else made.create_sheet(f"表{number}")
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
    made.save(folder / "平台.xlsx")
    return folder / "平台.xlsx"


def read(path: Path) -> PlatformExport:
    return read_platform(path, path.name)


def as_dict(item: PlatformItem) -> dict[str, object]:
    """The item without its places."""
    return {
        **{key: said.text for key, said in item.texts.items()},
        **{kind: [{key: said.text for key, said in row.items()} for row in rows] for kind, rows in item.lists.items()},
    }


def done(project: Path, path: Path, replace: bool = False) -> tuple[PlatformComparison, Rewritten]:
    """What ``gkdir import-guides --write`` makes of the file."""
    now = exchange_of(project)
    found = compared(now.form, read(path), now.project.reference.workdays, replace)
    made = passing_rules(now, Plan(found.changes, found.troubles))
    write(now, made)
    return found, made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_names_of_platforms_are_known_or_left_to_a_person_and_never_taken_for_another() -> None:
    """Columns: name, the matching item (blank: in doubt), and the item that must be suggested first if it can be."""
    found = known_project(ROOT / "directories")
    catalog = lay(found, read_county(found, "qingyuan"))
    rows = [line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines()]
    seen: Counter[str] = Counter()
    files: dict[int, list[list[str]]] = defaultdict(list)  # a file has only one name of an item
    for row in rows:
        about = row[1] or row[2] or row[0]
        files[seen[about]].append(row)
        seen[about] += 1
    wrong = []
    for some in files.values():
        pairs = paired([PlatformItem(Written(name, Place("x")), {}) for name, _, _ in some], catalog)
        for pair, (name, item, likely) in zip(pairs, some, strict=True):
            if (pair.item.id if pair.item else "") != item or (likely and likely not in pair.why_not):
                wrong.append((name, pair.item and pair.item.id, pair.why_not))
    assert wrong == []
    assert len(rows) > 100
    (pair,) = paired([PlatformItem(Written("个人社会保障卡申领办理", Place("x")), {})], catalog)
    assert re.findall(r"social_insurance/[\d.]+", pair.why_not) == ["social_insurance/9.1", "social_insurance/9.7"]
    # 9.8 is as similar as 9.7: the order must not depend on that of a set


def test_headings_with_their_texts_beside_them(tmp_path: Path) -> None:
    export = read(table(tmp_path, PAIRS))
    (item,) = export.items
    assert item.name.text == "失业登记"
    assert set(item.unplaced) == {"行使层级", "办件类型"}
    said = as_dict(item)
    assert said["code"], said["statutory_unit"] == ("X0001", "工作日")
    assert said["materials"] == [
        {"name": "居民身份证", "original": "原件", "copies": "1", "necessity": "必要"},
        {"name": "一寸照片", "original": "原件", "copies": "2", "necessity": "非必要"},
    ]
    assert said["steps"] == [{"name": "申请", "text": "到窗口"}, {"name": "核对", "text": "联网查"}]
    assert said["questions"] == [{"name": "要钱吗？", "text": "不收费。"}]
    assert [(trouble.place.cell, "神秘栏目" in trouble.message) for trouble in export.troubles] == [("A17", True)]


def test_one_row_an_item_and_a_row_for_each_further_material(tmp_path: Path) -> None:
    rows = (
        HEADINGS,
        ("1", "失业登记", "X1", "没有工作", "3个工作日", "0600-5550111", "居民身份证", "1"),
        ("", "", "", "", "", "", "一寸照片", "2"),
        ("2", "就业登记", "X2", "有工作", "1个工作日", "0600-5550111", "劳动合同", "1"),
    )
    first, second = read(book(tmp_path, [rows])).items
    assert (first.name.text, second.name.text) == ("失业登记", "就业登记")
    assert as_dict(first)["materials"] == [{"name": "居民身份证", "copies": "1"}, {"name": "一寸照片", "copies": "2"}]
    assert as_dict(second)["materials"] == [{"name": "劳动合同", "copies": "1"}]
    assert second.texts["conditions"].place.cell == "D4"


def test_headings_in_two_rows_with_merged_cells(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ("某县事项实施清单",),
        ("序号", "事项名称", "申请材料", None, "办结时限", None),
        (None, None, "材料名称", "份数", "法定办结时限", "承诺办结时限"),
        (1, "失业登记", "身份证", "1", "10个工作日", "3个工作日"),
        (None, None, "照片", "2", None, None),
        (2, "就业登记", "劳动合同", "1", None, "1个工作日"),
    ):
        sheet.append(row)
    for area in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "A4:A5", "B4:B5", "E4:E5", "F4:F5"):
        sheet.merge_cells(area)
    made.save(tmp_path / "a.xlsx")
    export = read(tmp_path / "a.xlsx")
    assert export.troubles == ()
    assert [as_dict(item) for item in export.items] == [
        {
            "statutory": "10个工作日", "promised": "3个工作日",
            "materials": [{"name": "身份证", "copies": "1"}, {"name": "照片", "copies": "2"}],
        },
        {"promised": "1个工作日", "materials": [{"name": "劳动合同", "copies": "1"}]},
    ]  # fmt: skip


def test_sheets_and_blocks_hold_one_item_each(tmp_path: Path) -> None:
    block: Rows = (("事项名称", "失业登记"), ("受理条件", "没有工作"))
    other: Rows = (("事项名称", "就业登记"), ("受理条件", "有工作"))
    names = ["失业登记", "就业登记"]
    assert [item.name.text for item in read(book(tmp_path, [block, other])).items] == names
    assert [item.name.text for item in read(table(tmp_path, (*block, *other))).items] == names


PAGE = """<html><head><title>政务服务网</title></head><body><header>首页</header><h1>失业登记</h1>
<table><tr><th>实施编码</th><td>X1</td><th>办件类型</th><td>即办件</td></tr></table>
<h2>一、受理条件</h2><p>1.没有工作。</p><p>2.要找工作。</p>
<table><tr><td>申请材料</td><td><table><tr><th>序号</th><th>材料名称</th><th>份数</th></tr>
<tr><td>1</td><td>居民身份证</td><td>1</td></tr></table></td></tr></table>
<div style="display:none"><dl><dt>咨询方式</dt><dd>0600-5550111</dd></dl><p>监督投诉方式：0600-5550199</p></div>
<script>事项名称</script></body></html>"""


def test_a_page_saved_from_the_platform_with_its_hidden_tabs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    (item,) = read(path).items
    assert item.name.text == "失业登记"
    assert as_dict(item) == {
        "code": "X1", "conditions": "1.没有工作。\n2.要找工作。",
        "consult": "0600-5550111", "complaint": "0600-5550199",
        "materials": [{"name": "居民身份证", "copies": "1"}],
    }  # fmt: skip


TALL = """<h1>失业登记</h1><table><tr><td>事项名称<td colspan=4>失业登记<tr><td rowspan=3>申请材料<td>材料名称
<td>材料形式<td>份数<td>必要性<tr><td>居民身份证<td><td>1<td>必要<tr><td>照片<td>原件<td><td>非必要</table>
<table><tr><td>办件类型</td><td>即办件</td></tr></table>"""
LISTED = """<h2>失业登记</h2><dl><dt>受理条件<dd>没有工作<br>要找工作<dt>咨询方式<dd><p>0600-5550111</p><dt>神秘栏目
<dd>不认识</dl><p>收费标准：不收费</p>"""


@pytest.mark.parametrize(
    ("page", "wanted", "unread"),
    [
        (TALL, {"materials": [{"name": "居民身份证", "copies": "1", "necessity": "必要"},
                              {"name": "照片", "original": "原件", "necessity": "非必要"}]}, []),
        (LISTED, {"conditions": "没有工作\n要找工作", "consult": "0600-5550111", "fee": "不收费"}, ["神秘栏目"]),
        ("<p>失业登记办事指南</p><p>受理条件：没有工作</p>", {"conditions": "没有工作"}, []),
    ],
)  # fmt: skip
def test_cells_of_a_page_stay_in_their_columns(
    tmp_path: Path, page: str, wanted: dict[str, object], unread: list[str]
) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    export = read(tmp_path / "a.html")
    assert [(item.name.text, as_dict(item)) for item in export.items] == [("失业登记", wanted)]
    assert len(export.troubles) == len(unread)
    assert all(word in trouble.message for word, trouble in zip(unread, export.troubles, strict=True))


def test_two_headings_are_enough_and_a_sheet_may_bear_the_name(tmp_path: Path) -> None:
    export = read(
        book(tmp_path, [(("事项名称", "承诺办结时限"), ("失业登记", "3个工作日"), ("就业登记", "1个工作日"))])
    )
    assert [(item.name.text, item.text("promised")) for item in export.items] == [
        ("失业登记", "3个工作日"), ("就业登记", "1个工作日"),
    ]  # fmt: skip
    made = Workbook()
    assert made.active is not None
    made.active.title = "失业登记"
    made.active.append(["受理条件", "没有工作"])
    made.save(tmp_path / "b.xlsx")
    assert [item.name.text for item in read(tmp_path / "b.xlsx").items] == ["失业登记"]


def test_an_item_a_column_is_not_read_as_one_item(tmp_path: Path) -> None:
    rows = (("事项名称", "失业登记", "就业登记"), ("承诺办结时限", "3个工作日", "1个工作日"))
    with pytest.raises(Unreadable) as refused:
        read(table(tmp_path, rows))
    assert "一列是一个事项" in refused.value.trouble.message


def test_a_code_of_several_items_is_nobodys(project: Path, tmp_path: Path) -> None:
    rows = (
        ("事项名称", "实施编码", "承诺办结时限"), ("失业登记", "A1", "1个工作日"), ("就业登记", "A1", "1个工作日"),
    )  # fmt: skip
    _, made = done(project, table(tmp_path, rows))
    assert {"B2", "B3"} <= {trouble.place.cell for trouble in made.troubles}
    assert "实施编码" not in "".join(map(str, texts_of(project).values()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "1.居民身份证（原件1份）\n2.申请表原件及复印件各一份",
            [("居民身份证", "原件", "1"), ("申请表", "原件及复印件", "1")],
        ),
        ("户口簿；结婚证（离婚的交离婚证）", [("户口簿", "", ""), ("结婚证（离婚的交离婚证）", "", "")]),
        ("照片2份", [("照片", "", "2")]),
        ("1.居民身份证（原件）", [("居民身份证", "原件", "")]),
        ("（1）户口簿；结婚证", [("户口簿", "", ""), ("结婚证", "", "")]),
        ("2寸照片", [("2寸照片", "", "")]),
    ],
)
def test_materials_in_one_cell(tmp_path: Path, text: str, wanted: list[tuple[str, str, str]]) -> None:
    (item,) = read(table(tmp_path, (("事项名称", "失业登记", ""), ("申请材料", text, "")))).items
    rows = item.lists["materials"]
    found = [tuple(row[key].text if key in row else "" for key in ("name", "original", "copies")) for row in rows]
    assert found == wanted


def test_only_what_is_blank_is_filled_and_every_difference_is_told(project: Path, tmp_path: Path) -> None:
    before = (project / GUIDE).read_text(encoding="utf-8")
    found, made = done(project, table(tmp_path, [*PAIRS[:-1], ("简述", "登记失业的人。")]))
    (item,) = found.items
    assert {"办理条件", "承诺时限", "收费标准", "咨询", "办理流程"} <= set(item.agreed)
    assert [(each.label, each.now, each.theirs) for each in item.different] == [
        ("简述", "没有工作的人来登记。", "登记失业的人。"), ("办理地点", "", "清源路18号"),
    ]  # fmt: skip
    assert made.troubles == ()
    after = (project / GUIDE).read_text(encoding="utf-8").splitlines()
    gone = [line for line in before.splitlines() if line not in after]
    assert gone == ["  - 一寸照片   # 一张", "办理时限: 3个工作日"]
    assert [line for line in after if line and line not in before.splitlines()] == [
        "  - {名称: 一寸照片, 形式: 原件, 份数: 2, 必要性: 非必要}   # 一张",
        "办理时限: {法定: 10个工作日, 承诺: 3个工作日}", "办事时间: 周一至周五9:00—12:00",
        '监督投诉: "0600-5550199"', '实施编码: "X0001"', "## 常见问题", "### 要钱吗？", "不收费。",
    ]  # fmt: skip


def test_what_makes_it_harder_or_names_a_person_is_never_written(project: Path, tmp_path: Path) -> None:
    rows = (
        ("事项名称", "失业登记", "", ""),
        ("承诺办结时限", "9个工作日", "办理时间", "找张三13812345678"),
        ("监督投诉方式", "5550199", "网上办理地址", "javascript:alert(1)"),
    )
    before = texts_of(project)
    found, made = done(project, table(tmp_path, rows), replace=True)
    assert texts_of(project) == before
    assert [each.label for each in found.items[0].different] == ["承诺时限（比现在的长，不会换）"]
    assert [trouble.place.cell for trouble in made.troubles] == ["D2", "D3", "B3"]
    assert "138******78" in made.troubles[0].message
    assert "13812345678" not in "".join(trouble.message + trouble.hint for trouble in made.troubles)
    assert "GK622" in made.troubles[-1].message


def test_conditions_that_the_layers_above_do_not_have_are_never_written(project: Path, tmp_path: Path) -> None:
    guide = project / "provinces" / "99" / "guides" / "employment" / "4.1.md"
    guide.parent.mkdir(parents=True)
    (guide.parents[2] / "province.yaml").write_text('名称: 某省\n代码: "990000"\n', encoding="utf-8")
    own = project / "counties" / "qingyuan" / "county.yaml"
    own.write_text(own.read_text(encoding="utf-8") + "上级: ../../provinces/99/province.yaml\n", encoding="utf-8")
    guide.write_text("---\n办理条件: [年满16周岁, 现在没有工作]\n收费: 不收费\n---\n", encoding="utf-8")
    before = texts_of(project)
    for conditions in ("1.年满18周岁；2.现在没有工作", "1.年满16周岁；2.户籍在本县", "年满16周岁；夫妻名下均无商铺"):
        rows = (("事项名称", "失业登记", ""), ("受理条件", conditions, ""), ("是否收费", "每证10元", ""))
        found, made = done(project, table(tmp_path, rows), replace=True)
        assert "办理条件" in [each.label for each in found.items[0].different]
        assert len(made.troubles) >= 2, conditions
        assert texts_of(project) == before


def test_an_item_that_may_be_another_is_left_to_a_person(project: Path, tmp_path: Path) -> None:
    rows = (
        ("事项名称", "受理条件", "承诺办结时限"),
        ("失业登记查验", "没有工作", "1个工作日"),
        ("种子经营", "有种子", "1天"),
    )
    before = texts_of(project)
    found, made = done(project, table(tmp_path, rows))
    assert [pair.given.name.text for pair in found.doubts] == ["失业登记查验", "种子经营"]
    assert "失业登记" in found.doubts[0].why_not
    assert found.doubts[1].why_not == "本县的目录里没有像它的事项"
    assert made.files == {}
    assert texts_of(project) == before


def test_the_code_recognises_an_item_that_has_another_name_now(project: Path, tmp_path: Path) -> None:
    rows = [("事项名称", "失业登记", "实施编码", "X0001")]
    done(project, table(tmp_path, [*rows, ("办理时间", "周一至周五9:00—12:00", "", "")]))
    rows = [("事项名称", "失业登记（新版）办理", "实施编码", "X0001"), ("办理时间", "周一至周五9:00—12:00", "", "")]
    found, _ = done(project, table(tmp_path, rows))
    assert [item.pair.how for item in found.items] == ["实施编码相同"]
    rows[0] = ("事项名称", "种子经营许可", "实施编码", "X0001")
    found, made = done(project, table(tmp_path, rows))
    assert "名称却不像" in found.doubts[0].why_not
    assert made.files == {}


def test_the_command_writes_only_when_told_to_and_twice_is_once(project: Path, tmp_path: Path) -> None:
    path = table(tmp_path, PAIRS[1:-1])
    before = texts_of(project)
    shown = run(path, project)
    assert (shown.exit_code, texts_of(project)) == (0, before), shown.output
    assert "还没有写进文件" in shown.output
    assert "employment/4.1 失业登记（平台上叫“失业登记”，名称相同）" in shown.output
    written = run(path, project, "--write")
    assert written.exit_code == 0, written.output
    after = texts_of(project)
    assert after != before
    again = run(path, project, "--write")
    assert (again.exit_code, texts_of(project)) == (0, after), again.output


HOSTILE = (
    b"",
    b"<html>" + b"<table>" * 5_000,
    b"<html><table><tr>" + b"<td>" * 5_000,
    "事项名称,受理条件\n".encode() + b"," * 200_000,
    ("事项名称：" + "（" * 20_000).encode(),
    b"PK\x03\x04nothing",
    b"\xff\xfe\x00",
    "<p>没有一个栏目</p>".encode(),
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["a.html", "a.xlsx"])
def test_a_file_that_is_no_export_is_refused_in_words(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / name)
    assert refused.value.trouble.hint


LABELS = st.sampled_from(
    [
        "事项名称",
        "受理条件",
        "申请材料",
        "办理流程",
        "承诺办结时限",
        "咨询方式",
        "办理时间",
        "常见问题",
        "网上办理地址",
        "怪",
    ]
)
TEXTS = st.sampled_from(
    [
        "失业登记",
        "就业登记",
        "1.甲\n2.乙",
        "甲；乙",
        "3个工作日",
        "0600-5550111",
        "http://a.cn/",
        "问：甲？\n答：乙",
        "无",
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)  # a table with \0 is refused


@law(5)
@given(st.lists(st.tuples(LABELS, TEXTS), max_size=8), st.booleans())
def test_whatever_the_platform_says_twice_is_once_and_nothing_breaks(rows: list[tuple[str, str]], both: bool) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = county(Path(scratch) / "p")
        path = table(Path(scratch), [("事项名称", "失业登记", ""), ("办理时间", "周一至周五9:00—12:00", ""), *rows])
        done(project, path, replace=both)
        after = texts_of(project)
        assert exchange_of(project).county.troubles == ()
        done(project, path, replace=both)
        assert texts_of(project) == after
