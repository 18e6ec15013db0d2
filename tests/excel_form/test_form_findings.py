"""Returned workbooks that cannot be accepted: each problem is reported once, with its place, and nothing is lost."""

from __future__ import annotations

import gc
import io
import json
import pickle
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.relationship import RelationshipList
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from tests.excel_form.exchanges import COUNTY, county, exchange_of, imported, returned_changes, texts_of

from gkdir.cli.form import command
from gkdir.excel_form.record import stamp, total
from gkdir.finding import Unreadable

pytestmark = pytest.mark.usefixtures("little_nation")
LAYER = "counties/qingyuan/county.yaml"
FIELD = Path(__file__).parents[3] / "shared" / "field" / "60-clerk-form"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the small county as exported."""
    folder = tmp_path_factory.mktemp("out")
    done = run("export", county(folder / "p"), "--county", "qingyuan", "-o", folder / "a.xlsx")
    assert done.exit_code == 0, done.output
    return folder / "a.xlsx"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@cache
def _loaded(exported: bytes) -> bytes:
    """The workbook as openpyxl's objects, pickled, which are faster to copy than to read again."""
    return pickle.dumps(load_workbook(io.BytesIO(exported)))


class TrackedWorkbook(Workbook):
    """A workbook that records which of its sheets were accessed."""

    handled: frozenset[str] = frozenset()

    def __getitem__(self, title: str) -> Any:
        self.handled |= {title}
        return super().__getitem__(title)


class Writer(ExcelWriter):
    """openpyxl's writer, which reuses the bytes of unchanged sheets: of twenty, a test changes one."""

    _archive: zipfile.ZipFile

    def __init__(self, book: Workbook, archive: zipfile.ZipFile, before: Mapping[str, bytes]) -> None:
        super().__init__(book, archive)
        self._before = before

    def write_worksheet(self, sheet: Any) -> None:
        if sheet.title not in self._before:
            super().write_worksheet(sheet)
            return
        sheet._drawing, sheet._rels = SpreadsheetDrawing(), RelationshipList()
        self._archive.writestr(sheet.path[1:], self._before[sheet.title])
        self.manifest.append(sheet)


def opened(exported: Path) -> TrackedWorkbook:
    """The workbook, to be changed."""
    gc.disable()  # else it checks a hundred thousand new cells repeatedly, none of which is garbage
    try:
        book: Any = pickle.loads(_loaded(exported.read_bytes()))
    finally:
        gc.enable()
    book.__class__ = TrackedWorkbook
    assert isinstance(book, TrackedWorkbook)
    return book


@lru_cache(maxsize=1)
def looked_at(exported: Path) -> Workbook:
    """The workbook, to be read only."""
    return opened(exported)


@cache
def _written(exported: bytes) -> Mapping[str, bytes]:
    """Title → bytes of each sheet, as openpyxl writes it unchanged."""
    book, file = pickle.loads(_loaded(exported)), io.BytesIO()
    book.save(file)
    assert not any(sheet._rels for sheet in book), "each sheet is one file"
    with zipfile.ZipFile(file) as archive:
        return {sheet.title: archive.read(sheet.path[1:]) for sheet in book}


def edited(exported: Path, into: Path, change: Callable[[Workbook], object]) -> Path:
    """The workbook as another program saves it after a change; sheets are accessed by title."""
    book = opened(exported)
    change(book)
    before = {title: xml for title, xml in _written(exported.read_bytes()).items() if title not in book.handled}
    book.__class__ = Workbook  # type: ignore[assignment]
    file = into / "填好.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        Writer(book, archive, before).write_data()
    return file


def sheet(book: Workbook, title: str) -> Worksheet:
    found = book[title]
    assert isinstance(found, Worksheet)
    return found


def cell(book: Workbook, title: str, row: str, label: str) -> str:
    """The address of the cell in that column, of the row with that id."""
    place = sheet(book, title)
    column = next(each.column_letter for each in place[4] if each.value == label)
    return f"{column}{next(each.row for each in place['A'] if each.value == row)}"


def standing(exported: Path, said: str | tuple[str, str, str]) -> str:
    """The text of the message, where a place is given as sheet, row and column: rows move when others are inherited."""
    if isinstance(said, str):
        return said
    title, row, label = said
    return f"#{title}!{cell(looked_at(exported), title, row, label)} "


def below(book: Workbook, title: str) -> int:
    """The number of a free row some way below the last exported one."""
    last: int = max(each.row for each in sheet(book, title)["A"] if each.value)
    return last + 5


def put(title: str, row: str, label: str, value: object) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        sheet(book, title)[cell(book, title, row, label)].value = value

    return change


def test_what_is_not_changed_is_not_written(exported: Path, project: Path) -> None:
    before = texts_of(project)
    done = run("import", exported, project, "--write")
    assert (done.exit_code, done.stdout) == (0, "和项目里 qingyuan 现在的内容没有不同。\n")
    assert texts_of(project) == before


def test_the_bytes_are_the_same_each_time(exported: Path, tmp_path: Path) -> None:
    run("export", county(tmp_path / "other"), "--county", "qingyuan", "-o", tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == exported.read_bytes()


def test_the_change_is_told_in_words_and_written_only_when_asked(exported: Path, project: Path, tmp_path: Path) -> None:
    file = edited(exported, tmp_path, put("就业目录", "1.1", "公开时限", "5个工作日内公开"))
    done = run("import", file, project)
    assert done.exit_code == 0
    assert done.stdout == (
        "就业目录\n  修改 1.1 就业政策法规咨询\n    公开时限\n"
        "      原：信息形成或变更之日起10个工作日内公开\n      现：5个工作日内公开\n\n修改 1 行。\n"
    )
    assert "--write" in done.stderr
    assert (project / LAYER).read_text(encoding="utf-8") == COUNTY
    assert run("import", file, project, "--write").exit_code == 0
    assert "        公开时限: 5个工作日内公开   # 县里定的\n" in (project / LAYER).read_text(encoding="utf-8")
    assert run("import", file, project, "--write").stdout == "和项目里 qingyuan 现在的内容没有不同。\n"


ChangeAndMessages = tuple[Callable[[Workbook], object], list[str | tuple[str, str, str]]]
"""A change, and the messages that it causes."""
CELLS: list[ChangeAndMessages] = [
    (put("就业目录", "1.1", "公开时限", "=1+1"), [("就业目录", "1.1", "公开时限"), "是公式"]),
    (put("审核日期", "employment", "日期", "去年三月"), [("审核日期", "employment", "日期"), "“去年三月”不是日期"]),
    (put("就业目录", "1.3", "政府网站", "有吧"), [("就业目录", "1.3", "政府网站"), "不是勾选"]),
    (put("就业目录", "1.4", "公开内容", None), [("就业目录", "1.4", "公开内容"), "“公开内容”清空了"]),
    (put("就业目录", "1.5", "二级事项", "别的名称"), [("就业目录", "1.5", "二级事项"), "写在“通俗名称”栏"]),
    (put("就业目录", "2.1", "另外的渠道", "政府网站"), [("就业目录", "2.1", "另外的渠道"), "国家目录里的渠道"]),
    (put("就业目录", "2.2", "特定群体是谁", "学生"), [("就业目录", "2.2", "特定群体是谁"), "没有勾选“特定群体”"]),
    (put("就业目录", "4.1", "不列入的原因", "没有"), ["4.1.1 线上失业登记", "不能不列入"]),
    (put("就业目录", "9.1", "公开时限", "3个工作日"), ["写了“不列入的原因”", "（公开时限）用不上"]),
    (put("就业目录", "3.1", "删去", "删去"), [("就业目录", "3.1", "编号"), "不能删去"]),
    (put("机构", "人社局", "名称", None), [("机构", "人社局", "名称"), "没有名称"]),
    (put("机构", "就业中心", "类别", "别的类别"), [("机构", "就业中心", "类别"), "不在可选的词里"]),
    (put("材料", "employment/4.1/居民身份证", "材料名称", None), ["“材料名称”清空了"]),
    (lambda book: sheet(book, "指南").__setitem__("C200", "多写的一行"), ["#指南!B200", "这张表不能增加行"]),
    (lambda book: sheet(book, "就业目录").__setitem__("F40", "只有内容"), ["#就业目录!F40", "没有写“编号、一级"]),
]
"""Changes that do not affect each other, each in its own row."""
SHEETS: list[list[ChangeAndMessages]] = [
    [
        (lambda book: sheet(book, "就业目录").delete_rows(6), ["#就业目录", "少了一行：1.2"]),
        (lambda book: book.remove(sheet(book, "材料")), ["工作表“材料”不见了"]),
    ],
    [
        (lambda book: sheet(book, "就业目录").delete_cols(8), ["少了“公开时限”这一栏"]),
        (lambda book: setattr(sheet(book, "材料"), "title", "材料清单"), ["改名成了“材料清单”，已照样读取"]),
    ],
    [
        (lambda book: sheet(book, "就业目录").delete_rows(4), ["工作表“就业目录”不见了"]),
        (lambda book: book.copy_worksheet(sheet(book, "材料")), ["是“材料”的副本"]),
    ],
    [(lambda book: sheet(book, "就业目录").__setitem__("A6", "1.1"), ["就业目录!B6", "整行没有读", "少了一行"])],
    [(lambda book: sheet(book, "就业目录").__setitem__("A6", "1.99"), ["不认得这一行", "少了一行：1.2"])],
]


@pytest.mark.parametrize("changes", [CELLS, *SHEETS])
def test_each_thing_is_told_with_its_place_and_changes_nothing(
    exported: Path, project: Path, tmp_path: Path, changes: list[ChangeAndMessages]
) -> None:
    def change(book: Workbook) -> None:
        for one, _ in changes:
            one(book)

    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    wanted = [standing(exported, part) for _, said in changes for part in said]
    assert [part for part in wanted if part not in done.stdout] == [], done.stdout
    assert texts_of(project) == before
    assert "Traceback" not in done.output


def test_the_other_changes_of_a_workbook_with_a_fault_are_made(exported: Path, project: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put("审核日期", "employment", "日期", "去年三月")(book)
        put("机构", "人社局", "电话", "0600-5550199")(book)

    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    assert (project / LAYER).read_text(encoding="utf-8") == COUNTY.replace("0600-5550101", "0600-5550199")


def test_what_changed_on_both_sides_is_told_and_neither_is_touched(tmp_path: Path) -> None:
    project = county(tmp_path / "p")
    was = exchange_of(project)
    path = project / LAYER
    added = next(line for line in COUNTY.splitlines(keepends=True) if '"4.1.1"' in line)
    text = COUNTY.replace("10个工作日内公开", "8个工作日内公开").replace(added, "")
    path.write_text(text, encoding="utf-8")
    filled = {
        ("employment", "1.1", "time_limit"): "5个工作日内公开",
        ("employment", "1.1", "alias"): "政策",
        ("employment", "4.1.1", "alias"): "手机上登记",
    }
    _, done = imported(project, returned_changes(was, filled))
    messages = [trouble.message for trouble in done.troubles]
    assert len(messages) == 2
    assert "两边都改了：项目里现在是“信息形成或变更之日起8个工作日内公开”，表里写的是“5个工作日内公开”" in messages[0]
    assert "这一行已经改名或者删去了" in messages[1]
    assert path.read_text(encoding="utf-8") == text.replace("通俗名称: 就业政策", "通俗名称: 政策")


def test_a_workbook_of_another_county_or_maker_is_refused_whole(exported: Path, project: Path, tmp_path: Path) -> None:
    def refused(file: Path, *options: str) -> str:
        before = texts_of(project)
        done = run("import", file, project, "--write", *options)
        assert texts_of(project) == before
        if isinstance(done.exception, Unreadable):
            return done.exception.trouble.message
        assert done.exit_code == 2
        return done.stderr

    (project / LAYER).write_text(COUNTY.replace("990101", "990102"), encoding="utf-8")
    assert "990101" in refused(exported)
    (project / LAYER).write_text(COUNTY, encoding="utf-8")
    assert "没有“heping”" in refused(exported, "--county", "heping")
    plain = Workbook()
    plain.save(tmp_path / "plain.xlsx")
    assert "不是 gkdir form export 导出的表" in refused(tmp_path / "plain.xlsx")
    record = edited(exported, tmp_path, lambda book: book["gkdir"].__setitem__("B1", "99"))
    assert "另一个版本" in refused(record)
    assert "被改动过" in refused(edited(exported, tmp_path, lambda book: book["gkdir"].__setitem__("C9", "x")))
    assert "被改动过" in refused(edited(exported, tmp_path, lambda book: book["gkdir"].delete_rows(3, 999)))
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<a>" + " " * (60 << 20) + "</a>")
    assert "已拒绝读取" in refused(tmp_path / "bomb.xlsx")
    (tmp_path / "text.xlsx").write_text("不是表格", encoding="utf-8")
    assert refused(tmp_path / "text.xlsx")


def test_what_an_older_form_does_not_ask_is_not_missed(exported: Path, project: Path, tmp_path: Path) -> None:
    """Forms of version 1 had fewer sheets and columns, and can still be imported."""

    def older(book: Workbook) -> None:
        record = sheet(book, "gkdir")
        lines = [[str(each.value) for each in row if each.value is not None] for row in record.iter_rows()]
        lines[0][1] = "1"
        for line in lines:
            if line[:2] == ["table", "@organisations"]:
                at = (keys := line[3].split()).index("english")
                line[3] = " ".join(key for key in keys if key != "english")
            elif line[:2] == ["row", "@organisations"]:
                digests = line[3].split()
                line[3] = " ".join(digests[:at] + digests[at + 1 :])
        lines[2][1] = total(lines[3:])
        for row, line in enumerate(lines, 1):
            for column, text in enumerate(line, 1):
                record.cell(row, column).value = text
        places = sheet(book, "机构")
        places["A1"] = "gkdir:" + stamp("990101", [line for line in lines if line[:2] == ["row", "@organisations"]])
        english = next(each for each in places[4] if each.value == "英文名称")
        for row in range(3, places.max_row + 1):
            places.cell(row, english.column).value = None
        places[cell(book, "机构", "就业中心", "电话")] = "0600-5550119"

    done = run("import", edited(exported, tmp_path, older), project, "--write")
    assert (done.exit_code, done.stdout.count("GK")) == (0, 0), done.output
    before = COUNTY.replace('电话: "0600-5550111"', '电话: "0600-5550119"')
    assert (project / LAYER).read_text(encoding="utf-8") == before


@pytest.mark.skipif(not FIELD.exists(), reason="the field's forms are not on this machine")
@pytest.mark.parametrize(
    ("form", "cells"),
    [
        ("b-numbers-dates", {"机构!F5", "指南!G14", "指南!J14", "审核日期!C5"}),
        ("c-strike-comment", {"材料!B5", "材料!D5"}),
        ("e-sorted-visible-only", {"就业目录!B5"}),
    ],
)
def test_the_forms_met_in_the_field_name_what_they_did_not_take(form: str, cells: set[str], tmp_path: Path) -> None:
    shutil.copytree(FIELD / "project", tmp_path / "p")
    done = run("import", FIELD / f"{form}.xlsx", tmp_path / "p", "--county", "qingyuan", "--write")
    assert done.exit_code == 1
    assert set(re.findall(r"xlsx#(\S+)  错误 GK104", done.output)) == cells


def test_a_county_that_cannot_be_read_is_neither_exported_nor_written(exported: Path, project: Path) -> None:
    (project / LAYER).write_text(COUNTY + "不认识的键: 1\n", encoding="utf-8")
    before = texts_of(project)
    for done in (
        run("export", project, "--county", "qingyuan", "-o", project / "b.xlsx"),
        run("import", exported, project, "--write"),
    ):
        assert done.exit_code == 1
        assert "没有“不认识的键”这个键" in done.stdout
    assert texts_of(project) == before


def test_the_workbook_helps_the_clerk(exported: Path) -> None:
    book = load_workbook(exported)
    assert book.sheetnames[0] == "填写说明"
    assert book["gkdir"].sheet_state == "veryHidden"
    for title in ("机构", "就业目录", "社会保险目录", "指南", "材料", "流程", "办理方式", "审核日期"):
        place = sheet(book, title)
        assert place.protection.sheet
        assert place.protection.password is None
        assert place.freeze_panes
        assert place.print_title_rows
        assert place.column_dimensions["A"].hidden
    directory = sheet(book, "就业目录")
    assert directory[cell(book, "就业目录", "1.1", "二级事项")].protection.locked
    assert not directory[cell(book, "就业目录", "1.1", "公开时限")].protection.locked
    kinds = {validation.type for validation in directory.data_validations.dataValidation}
    assert "list" in kinds
    assert all(len(each.prompt or "") <= 255 for each in directory.data_validations.dataValidation)


def test_texts_that_look_like_formulas_or_escapes_come_back_as_they_were(tmp_path: Path) -> None:
    project = county(tmp_path / "p")
    odd = json.dumps("=1+1 _x4E00_ 一", ensure_ascii=False)
    (project / LAYER).write_text(COUNTY.replace("说明: 试行", f"说明: {odd}"), encoding="utf-8")
    run("export", project, "--county", "qingyuan", "-o", tmp_path / "a.xlsx")
    assert run("import", tmp_path / "a.xlsx", project).stdout == "和项目里 qingyuan 现在的内容没有不同。\n"
