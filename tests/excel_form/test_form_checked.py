"""``gkdir form export --check``: each finding beside its cell, in the form's terms; the form can still be imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.excel_form.exchanges import county, exchange_of, texts_of

from gkdir.cli.check import command as check
from gkdir.cli.form import command as form
from gkdir.excel_form.formfinding import in_form_words

RULES = Path(__file__).parents[2] / "src" / "gkdir" / "rules"
DAY = "2026-06-01"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = county(tmp_path_factory.mktemp("p"))
    path = project / "counties" / "qingyuan" / "county.yaml"
    text = path.read_text(encoding="utf-8").replace("公开层级: [县级, 乡级, 村级], 说明", "公开时限: 3年内公开, 说明")
    path.write_text(text.replace("    审核日期: 2026-03-01\n", ""), encoding="utf-8", newline="")
    return project


@pytest.fixture(scope="module")
def exported(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("o") / "核对.xlsx"
    done = run(form, "export", project, "--county", "qingyuan", "-o", out, "--check", "--date", DAY)
    assert done.exit_code == 0, done.output
    return out


def run(command: object, *words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])  # type: ignore[arg-type]


def row_of(sheet: Worksheet, said: str) -> int:
    return next(row for row in range(5, sheet.max_row + 1) if any(said in str(c.value or "") for c in sheet[row][1:6]))


def column_of(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[4] if cell.value == heading)


def test_a_finding_stands_beside_its_cell_which_is_marked(exported: Path) -> None:
    book = load_workbook(exported)
    sheet = book["就业目录"]
    row = row_of(sheet, "岗位信息发布")
    beside = sheet.cell(row, sheet.max_column)
    assert sheet.cell(4, sheet.max_column).value == "核对"
    assert beside.protection.locked
    assert str(beside.value).startswith("“公开时限”：")
    assert "GK" in str(beside.value)
    assert "删去这一行" not in str(beside.value)
    limit = sheet.cell(row, column_of(sheet, "公开时限"))
    assert limit.style == "要核对"
    assert not limit.protection.locked
    other = sheet.cell(row_of(sheet, "就业政策法规咨询"), column_of(sheet, "公开时限"))
    assert other.style != "要核对"
    listed = book["核对"]
    (link,) = (cell.hyperlink for (cell,) in listed["B3:B60"] if "1.2 岗位信息发布 公开时限" in str(cell.value or ""))
    assert link.location == f"'就业目录'!{limit.coordinate}"
    reviews = book["审核日期"]
    assert "在“日期”" in str(reviews.cell(row_of(reviews, "就业目录"), reviews.max_column).value)


def test_check_names_the_same_cell_beside_the_line(project: Path, exported: Path) -> None:
    done = run(check, project, "--date", DAY)
    place = next(cell.value for (cell,) in load_workbook(exported)["核对"]["B3:B60"] if "公开时限" in str(cell.value))
    lines = done.stdout.splitlines()
    at = lines.index(f"  填写表：{place}")
    assert re.search(r"county\.yaml:\d+:\d+ ", lines[at - 1])


def test_a_checked_form_comes_back_like_any_other(project: Path, exported: Path, tmp_path: Path) -> None:
    before = texts_of(project)
    assert "没有不同" in run(form, "import", exported, project).stdout
    filled = tmp_path / "filled.xlsx"
    book = load_workbook(exported)
    write(book, "就业目录", "岗位信息发布", "公开时限", "信息形成或变更之日起10个工作日内公开")
    write(book, "机构", "人社局", "核对", "我看过了")
    new = book["常见问题"]
    for heading, text in {"问题": "几点开门", "日期": "2026-02-02", "回答": "八点半。"}.items():
        new.cell(6, column_of(new, heading)).value = text
    book.save(filled)
    done = run(form, "import", filled, project)
    assert "10个工作日内公开" in done.stdout
    assert "几点开门" in done.stdout
    assert "“核对”不能在这里改" in done.stdout
    assert done.stdout.count("错误") == 2  # one word beside the cell, and the number of findings
    assert texts_of(project) == before


def write(book: Workbook, title: str, said: str, heading: str, text: str) -> None:
    sheet = book[title]
    sheet.cell(row_of(sheet, said), column_of(sheet, heading)).value = text


def test_without_findings_the_list_says_so(tmp_path: Path) -> None:
    from gkdir.excel_form.formplaces import FormPlaces, checked
    from gkdir.excel_form.workbook import workbook

    exchange = exchange_of(county(tmp_path))
    places = FormPlaces(exchange.form, tmp_path, exchange.county.folder)
    out = tmp_path / "a.xlsx"
    out.write_bytes(workbook(checked(exchange.form, (), places)))
    assert load_workbook(out)["核对"]["A1"].value == "核对过，没有发现问题"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "请加一行 审核日期: 2026-03-01，写最近一次审核的日子。",
            "请在“日期”一栏写“2026-03-01”，写最近一次审核的日子。",
        ),
        (
            "请改回 公开对象: [全社会]，或者删去这一行，沿用上一级的公开对象。",
            "请在“公开对象”里只勾“全社会”，或者照国家目录的写法改回。",
        ),
        (
            "请补上；只想增加渠道的，写成 公开渠道和载体: {增加: [两微一端]} 的样子，原有的就不会少。",
            "请补上；只想增加渠道的，在“公开渠道和载体”里勾“两微一端”，原有的就不会少。",
        ),
        (
            "请在“网站”里写 找错: 网址，或者给“机构”写上监督电话。",
            "请在“网站”表的“找错”一行写网址，或者在“机构”表里写上监督电话。",
        ),
        (
            "请写成 公开对象: [特定群体（登记失业人员）] 的样子。",
            "请在“特定群体是谁”一栏写明，如“登记失业人员”。",
        ),
        (
            "请在 forms/求职登记表/ 里放“填写说明.md”，或者在表格的 YAML 里给难填的栏目写“说明”。",
            "请在“表格”表的“说明”一栏，给难填的栏目写怎么填。",
        ),
        (
            "请在 pages/policies、pages/faq 里各放一篇；别处的可以不管。",
            "请在“文章”“常见问题”表里写上；别处的可以不管。",
        ),
        ("请在 guides/employment/ 里按编号逐步补上。", "请在“指南”表里逐步补上。"),
        ("核对无误的，用“允许”写明理由。", "核对无误的，在“允许”表里写明理由。"),
    ],
)
def test_a_remedy_in_the_words_of_the_form(said: str, meant: str) -> None:
    assert in_form_words(said) == meant


_YAML = (
    r"[\u4e00-\u9fff]: [\[{\d]|: \{|加一行|删去这一行|(?<!索)引号|county\.yaml|的 YAML"
    r"|请在 (?:forms|guides|pages|towns)\b"
)


def test_no_remedy_of_a_rule_keeps_the_marks_of_yaml() -> None:
    """Every remedy about a key of county.yaml or a guide is reworded for the form."""
    elsewhere = ("words.yaml", "workdays.yaml", "ALLOWANCES", "程序自己", "每月", "核对: ", "不带 .yaml", "各县共用")
    kept = []
    for hint in remedies():
        said = in_form_words(hint)
        if re.search(_YAML, said):
            kept += [said] if not any(word in hint for word in elsewhere) else []
    assert kept == []


def remedies() -> Iterator[str]:
    for path in sorted(RULES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {id(node.body[0].value) for node in ast.walk(tree) if has_document(node)}  # type: ignore[attr-defined]
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else "某某" for part in node.values)
                yield "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents | inner:
                yield node.value


def has_document(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
