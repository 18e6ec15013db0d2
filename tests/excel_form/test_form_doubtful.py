"""Ambiguous texts, and cells with more than their text shows: reported at the cell, never accepted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.excel_form.exchanges import COUNTY, county, exchange_of, imported, returned_changes, texts_of
from tests.excel_form.test_form_findings import below, cell, edited, put, run, sheet, standing

from gkdir.excel_form.table import TableColumn, Takes
from gkdir.excel_form.tidy import BadText, tidy

pytestmark = pytest.mark.usefixtures("little_nation")
LAYER, ITEM = "counties/qingyuan/county.yaml", "employment/4.1"
CARD, WINDOW = f"{ITEM}/居民身份证", f"{ITEM}/窗口：就业中心"
Said = list[str | tuple[str, str, str]]
Edit = Callable[[Workbook], object]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the small county as exported."""
    folder = tmp_path_factory.mktemp("out")
    run("export", county(folder / "p"), "--county", "qingyuan", "-o", folder / "a.xlsx")
    return folder / "a.xlsx"


def column(takes: Takes) -> TableColumn:
    return TableColumn("some", "某栏", takes)


ELSEWHERE = (
    "同上", "同上。", "〃", "”", "同左", "同前", "见上", "同上一行", "与上行相同",
    "（同上）", "同第3行", "如上所述", "同", "ditto", "#REF!", "#N/A", "#######", "6.00555E+09",
)  # fmt: skip


@pytest.mark.parametrize("takes", [each for each in Takes if each not in (Takes.TICK, Takes.DAY)])
def test_what_points_elsewhere_is_not_taken_in_any_column(takes: Takes) -> None:
    taken = []
    for text in (*ELSEWHERE, *(f"年满16周岁\n{text}" for text in ELSEWHERE if takes is Takes.LINES)):
        with suppress(BadText):
            taken.append((text, tidy(column(takes), text)))
    assert taken == []


@pytest.mark.parametrize("text", ["有线电视（暂停）", "有线电视\n村民微信群（须经批准）", "视情况增加"])
def test_a_channel_with_words_that_are_none_is_not_taken(text: str) -> None:
    with pytest.raises(BadText, match="没有读懂"):
        tidy(column(Takes.CHANNELS), text)


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        (Takes.LIMIT, "5"), (Takes.LIMIT, "5.0"), (Takes.LIMIT, "２０"),
        (Takes.LIMIT, "5个"), (Takes.LIMIT, "五"), (Takes.LIMIT, "3-5"), (Takes.LIMIT, "10以内"),
        (Takes.LIMIT, "约二十"),
        (Takes.LIMIT, "同上（10个工作日）"), (Takes.HOURS, "同人社局"), (Takes.HOURS, "0.375-0.5"),
        (Takes.PHONE, "见机构表"),
        (Takes.PHONE, "6005550000000000"), (Takes.LIMIT, "46082"), (Takes.LIMIT, "2026-03-01"),
        (Takes.HOURS, "0.375"), (Takes.HOURS, "9:00"), (Takes.HOURS, "9:00:00"), (Takes.HOURS, "46082.375"),
        (Takes.PHONE, "6005550109"), (Takes.PHONE, "6005550109.0"), (Takes.PHONE, "0600-5550101、6005550109"),
        (Takes.PHONE, "1055501090"), (Takes.PHONE, "0.6"), (Takes.PHONE, "-5549501"),
        (Takes.PHONE, "办公室 6005550109"),
        (Takes.TEXT, "0"), (Takes.TEXT, "1,200"), (Takes.LINES, "3"), (Takes.ELEMENTS, "12"), (Takes.BASES, "711"),
        (Takes.DAY, "46082"), (Takes.DAY, "2026年11月"), (Takes.DAY, "2026-11-31"),
    ],
)  # fmt: skip
def test_bare_numbers_are_not_taken(takes: Takes, text: str) -> None:
    with pytest.raises(BadText):
        tidy(column(takes), text)


@pytest.mark.parametrize(
    ("takes", "text", "tidied"),
    [
        (Takes.LIMIT, "5个工作日", "5个工作日"), (Takes.LIMIT, "当场", "当场"), (Takes.LIMIT, "一年", "一年"),
        (Takes.LIMIT, "每月10日前", "每月10日前"),
        (Takes.HOURS, "9:00—12:00", "9:00—12:00"), (Takes.HOURS, "全天", "全天"),
        (Takes.PHONE, "同一楼大厅", "同一楼大厅"),
        (Takes.PHONE, "0600-5550101", "0600-5550101"), (Takes.PHONE, "12345", "12345"),
        (Takes.PHONE, "4005550109", "4005550109"),
        (Takes.PHONE, "06005550109", "06005550109"), (Takes.PHONE, "０６００－５５５０１０９", "0600-5550109"),
        (Takes.PHONE, "5550101", "5550101"), (Takes.PHONE, "https://www.12333.gov.cn/", "https://www.12333.gov.cn/"),
        (Takes.TEXT, "同上级文件一并公布", "同上级文件一并公布"),
        (Takes.TEXT, "同上次一样带身份证来", "同上次一样带身份证来"),
        (Takes.TEXT, "如下材料任选一样", "如下材料任选一样"), (Takes.TEXT, "5元", "5元"),
        (Takes.ELEMENTS, "1、对象范围；2、申请条件；3、申请材料", "对象范围\n申请条件\n申请材料"),
        (Takes.ELEMENTS, "1.对象范围 2.申请条件", "对象范围\n申请条件"),
        (Takes.ELEMENTS, "对象范围；申请条件", "对象范围\n申请条件"),
        (Takes.ELEMENTS, "对象范围、申请条件", "对象范围\n申请条件"),
        (Takes.ELEMENTS, "办理地点（方式、时间）", "办理地点（方式、时间）"),
        (Takes.ELEMENTS, "对象范围；申请条件\n申请材料", "对象范围\n申请条件\n申请材料"),
        (Takes.LINES, "①年满16周岁；②没有工作", "年满16周岁\n没有工作"),
        (Takes.LINES, "想找工作的，都可以来；不收费", "想找工作的，都可以来；不收费"),
        (Takes.BASES, "《甲法》；《乙办法》（清政发〔2024〕5号）", "《甲法》\n《乙办法》（清政发〔2024〕5号）"),
    ],
)  # fmt: skip
def test_plain_texts_are_taken_and_plain_lists_are_parted(takes: Takes, text: str, tidied: str) -> None:
    assert tidy(column(takes), text) == tidied
    assert tidy(column(takes), tidied) == tidied


def test_a_line_that_was_there_before_is_never_parted() -> None:
    elements = column(Takes.ELEMENTS)
    assert tidy(elements, "对象；范围\n条件；材料", "对象；范围") == "对象；范围\n条件\n材料"


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("employment/4.1", "employment/4.1"),
        ("就业 4.1 失业登记", "employment/4.1"),
        ("就业4.1失业登记", "employment/4.1"),
        ("4.1 失业登记", "employment/4.1"),
        ("失业登记", "employment/4.1"),
        ("4.1", None),  # the number exists in two domains
        ("employment/99.9", None),
        ("没有这个事项", None),
    ],
)
def test_an_item_may_be_written_as_the_other_sheets_write_it(project: Path, written: str, item: str | None) -> None:
    question = {"title": "在哪里办", "day": "2026-03-01", "answer": "在窗口办。", "items": written}
    _, done = imported(project, returned_changes(exchange_of(project), {}, {"@faq": [question]}))
    made = texts_of(project).get("counties/qingyuan/pages/faq/faq-2026-03-01.md", b"").decode()
    if item is None:
        assert made == ""
        assert done.troubles[0].place.cell == "E6"
        assert len(done.troubles[0].hint) < 120
        assert done.troubles[0].hint.count("、") <= 2
    else:
        assert f"事项: [{item}]" in made


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("机构", "人社局", "电话", 6005550109), ["#机构!F5", "开头的 0 丢了"]),
        (put("指南", ITEM, "承诺时限", 5), ["#指南!K", "只写了一个数字“5”"]),
        (put("机构", "人社局", "办公时间", time(9, 0)), ["#机构!H5"]),
        (put("就业目录", "1.1", "公开时限", "同上"), ["#就业目录!H5", "没有写明是什么"]),
        (put("就业目录", "1.1", "公开主体", "〃"), ["#就业目录!I5"]),
        (put("材料", CARD, "事项", "就业 4.1 失业登记x"), [("材料", CARD, "事项"), "整行没有读"]),
        (put("办理方式", WINDOW, "去哪里", "6005550109"), [("办理方式", WINDOW, "去哪里"), "0 丢了"]),
    ],
)
def test_each_is_named_at_its_cell(exported: Path, project: Path, tmp_path: Path, change: Edit, said: Said) -> None:
    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    for part in said:
        assert standing(exported, part) in done.stdout
    assert texts_of(project) == before


def struck_row(title: str, row: str) -> Edit:
    def change(book: Workbook) -> None:
        number = cell(book, title, row, sheet(book, title)["B4"].value)[1:]
        for each in sheet(book, title)[int(number)]:
            each.font = Font(strike=True)

    return change


def struck_but_for_one(book: Workbook) -> None:
    """All cells of the row are struck out except one, which has a new text."""
    struck_row("材料", CARD)(book)
    place = sheet(book, "材料")[cell(book, "材料", CARD, "形式")]
    place.font, place.value = Font(strike=False), "复印件"


def struck_cell(book: Workbook) -> None:
    place = sheet(book, "就业目录")[cell(book, "就业目录", "1.1", "公开时限")]
    place.font = Font(strike=True)


def struck_run(book: Workbook) -> None:
    place = sheet(book, "就业目录")
    place[cell(book, "就业目录", "1.1", "公开时限")].value = CellRichText(
        TextBlock(InlineFont(strike=True), "信息形成或变更之日起10个工作日内公开"), "5个工作日内公开"
    )


def remarked(title: str, row: str, label: str) -> Edit:
    def change(book: Workbook) -> None:
        sheet(book, title)[cell(book, title, row, label)].comment = Comment("改为3个工作日", "某科")

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (struck_row("材料", CARD), [("材料", CARD, "事项"), "居民身份证", "“删去”栏选“删去”"]),
        (struck_row("就业目录", "1.2"), ["#就业目录!B6", "岗位信息发布", "不列入的原因"]),
        (struck_row("机构", "人社局"), ["#机构!B5", "人社局"]),
        (struck_but_for_one, [("材料", CARD, "事项"), "这一行"]),
        (struck_cell, ["#就业目录!H5", "删除线"]),
        (struck_run, ["#就业目录!H5", "删除线"]),
        (remarked("就业目录", "1.1", "公开时限"), ["#就业目录!H5", "改为3个工作日"]),
        (remarked("审核日期", "employment", "日期"), ["#审核日期!C5", "改为3个工作日"]),
        (lambda book: setattr(sheet(book, "机构")["C4"], "comment", Comment("整张表请重排", "某科")), ["整张表请重排"]),
    ],
)  # fmt: skip
def test_struck_texts_and_comments_are_named_once_and_change_nothing(
    exported: Path, project: Path, tmp_path: Path, change: Edit, said: Said
) -> None:
    before = texts_of(project)
    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    for part in said:
        assert standing(exported, part) in done.stdout
    assert "共 1 处" in done.stdout
    assert texts_of(project) == before


def test_a_cell_with_a_comment_is_taken_and_the_comment_named(exported: Path, project: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put("就业目录", "1.1", "公开时限", "3个工作日内公开")(book)
        remarked("就业目录", "1.1", "公开时限")(book)

    done = run("import", edited(exported, tmp_path, change), project, "--write")
    assert done.exit_code == 1
    assert (project / LAYER).read_text(encoding="utf-8") == COUNTY.replace(
        "信息形成或变更之日起10个工作日内公开 ", "3个工作日内公开 "
    )


def test_a_word_that_is_not_offered_gets_three_that_are_near(exported: Path, project: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        row = below(book, "材料")
        sheet(book, "材料")[f"B{row}"], sheet(book, "材料")[f"C{row}"] = "就业 4.1 失业登纪", "户口簿"

    done = run("import", edited(exported, tmp_path, change), project)
    assert "如 就业 4.1 失业登记、" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 150
