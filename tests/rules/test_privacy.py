"""No personal number is published in any file, and no office's number is taken for one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from gkdir.finding import Finding
from gkdir.model.project import Project
from gkdir.read.project import read_project
from gkdir.rules import check_project

from .examples import county_of, findings_of

IDENTITY = "990101199003078893"
MOBILE = "13800138000"
CARD = "6222020000000000000"


def test_every_kind_of_number_is_found_where_it_stands_and_shown_masked(project: Project) -> None:
    text = f"已登记\n张某 {IDENTITY}\n李某 {MOBILE}、139-0013-8000\n打入 6222 0200 0000 0000 000\n"
    found = _find(project, "kinds", lambda folder: _form_note(folder, text))
    assert [(one.rule, one.place.line, one.place.column) for one in found] == [
        ("GK901", 2, 4),
        ("GK902", 3, 4),
        ("GK903", 4, 4),
    ]
    shown = "".join(one.message for one in found)
    assert not any(number in shown for number in (IDENTITY, MOBILE, CARD, "13900138000"))
    assert "990*************93" in shown


@pytest.mark.parametrize(
    "text",
    [
        "990101199003078894",  # the check digit is wrong
        "990101199013078893",  # no such month
        "0600-5550101",
        "12333",
        "统一社会信用代码 91990101MA00000000",
        "138****8000",
        "990*************93",
        "6222020000000000001",  # Luhn's check fails
        "https://www.example.gov.cn/art/2026/3/1/art_13800138000123_1.html",
        "〔2024〕5号",
    ],
)
def test_what_only_looks_like_a_number_of_a_person_passes(text: str, project: Project) -> None:
    name = f"alike-{crc32(text.encode())}"
    assert _find(project, name, lambda folder: _form_note(folder, text)) == []


def test_an_office_may_have_a_mobile_and_is_warned(project: Project) -> None:
    def write(folder: Path) -> None:
        county = folder / "county.yaml"
        county.write_text(county.read_text("utf-8").replace('"0600-5550101"', f'"{MOBILE}"'), encoding="utf-8")
        _form_note(folder, f"请打 {MOBILE}")

    assert [one.rule for one in _find(project, "office-mobile", write)] == ["GK904"]


def test_a_workbook_is_searched_in_all_its_corners(project: Project) -> None:
    def write(folder: Path) -> None:
        book = Workbook()
        book.active.title = "表"  # type: ignore[union-attr]
        hidden = book.create_sheet("名单")
        hidden.sheet_state = "hidden"
        hidden["B3"] = IDENTITY
        hidden["B4"] = int(MOBILE)
        hidden["C4"].comment = Comment(f"本人卡号{CARD}", "经办人")
        book.properties.creator = MOBILE
        (folder / "forms" / "求职登记表").mkdir()
        book.save(folder / "forms" / "求职登记表" / "空白表.xlsx")
        sample = Workbook()
        sample.active.append(["示例甲"])  # type: ignore[union-attr]
        sample.save(folder / "forms" / "求职登记表" / "示范文本.xlsx")
        (folder / "forms" / "求职登记表" / "填写说明.md").write_text("逐项填写。", encoding="utf-8")

    found = _find(project, "workbook", write)
    assert [(one.rule, one.place.sheet, one.place.cell) for one in found] == [
        ("GK963", None, None),  # a comment with its author's name
        ("GK901", "名单", "B3"),
        ("GK902", "名单", "B4"),
        ("GK903", "批注", None),
        ("GK902", "文件属性", None),
    ]


def test_a_number_cut_by_styles_is_whole_again(project: Project) -> None:
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]))
    xml = f'<w:document xmlns:w="w"><w:body><w:p>{runs}</w:p><w:p><w:r><w:t>1</w:t></w:r></w:p></w:body></w:document>'
    found = _find(project, "docx", lambda folder: _docx(folder, xml))
    assert [one.rule for one in found] == ["GK901"]
    assert found[0].place.file.endswith("空白表.docx")


def test_a_pdf_is_searched(project: Project) -> None:
    def write(folder: Path) -> None:
        _docx(folder, "<document>表</document>")
        (folder / "forms" / "求职登记表" / "示范文本.docx").unlink()
        (folder / "forms" / "求职登记表" / "示范文本.pdf").write_bytes(_pdf(f"Tel {MOBILE}"))

    found = _find(project, "pdf", write)
    assert [(one.rule, one.place.sheet) for one in found] == [("GK902", "第1页")]


def test_a_bomb_is_left_to_a_person(project: Project) -> None:
    found = _find(project, "bomb", lambda folder: _docx(folder, f"<d>{' ' * (40 << 20)}</d>"))
    assert [one.rule for one in found] == ["GK905"]


def _find(project: Project, slug: str, write: Callable[[Path], None]) -> list[Finding]:
    folder = project.folder / "counties" / f"privacy-{slug}"
    county_of([], folder)
    write(folder)
    return [one for one in findings_of(project, folder.name) if one.severity != "info"]


def _form_note(folder: Path, text: str) -> None:
    (folder / "forms" / "失业登记表").mkdir()
    (folder / "forms" / "失业登记表" / "填写说明.md").write_text(text, encoding="utf-8")


def _docx(folder: Path, xml: str) -> None:
    form = folder / "forms" / "求职登记表"
    form.mkdir()
    (form / "填写说明.md").write_text("逐项填写。", encoding="utf-8")
    with zipfile.ZipFile(form / "空白表.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    with zipfile.ZipFile(form / "示范文本.docx", "w") as archive:
        archive.writestr("word/document.xml", "<document>示例甲</document>")


def _pdf(text: str) -> bytes:
    """A page with one line of text, written part by part."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(content),
    )


def test_what_the_project_publishes_on_every_page_is_looked_through(tmp_path: Path) -> None:
    """National workbooks, word lists and templates are in no county, and hold every county back."""
    national = Path(__file__).parents[2] / "directories" / "national"
    (tmp_path / "counties").mkdir()
    (tmp_path / "national").mkdir()
    book = load_workbook(national / "employment.xlsx")
    sheet = book.active
    assert sheet is not None
    sheet["E5"] = f"{sheet['E5'].value}\n咨询{MOBILE}"
    book.save(tmp_path / "national" / "employment.xlsx")
    ways = (national / "ways.yaml").read_text("utf-8")
    (tmp_path / "national" / "ways.yaml").write_text(f"{ways}# {MOBILE}\n", encoding="utf-8")
    (tmp_path / "templates" / "_parts").mkdir(parents=True)
    footer = '<p>{{ "138" ~ "00138000" }}</p>\n<p>138<b>0013</b>8000</p>\n<a href="tel:%31%33800138000">'
    footer += f"{IDENTITY}</a>\n"
    (tmp_path / "templates" / "_parts" / "footer.html").write_text(footer, encoding="utf-8")
    found = [one for one in check_project(read_project(tmp_path)) if one.rule.startswith("GK9")]
    assert [(one.rule, one.place.file.rpartition("/")[2], one.place.line or one.place.cell) for one in found] == [
        ("GK902", "employment.xlsx", "E5"),
        ("GK902", "ways.yaml", ways.count("\n") + 1),
        ("GK902", "footer.html", 1),
        ("GK902", "footer.html", 2),
        ("GK902", "footer.html", 3),
        ("GK901", "footer.html", 3),
    ]
