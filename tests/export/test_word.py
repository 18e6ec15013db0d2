"""A described form as a Word file: readable by another program, the same bytes each time."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

from gkdir import kepttexts
from gkdir.export import word
from gkdir.export.word import word_form
from gkdir.finding import Place
from gkdir.model.guide import Form, FormField, FormSection

DAY = date(2026, 3, 1)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORM = Form(
    "就业表",
    Place("forms/就业表.yaml"),
    "就业登记表",
    note="一人一张",
    sections=(
        FormSection(
            "个人信息",
            (
                FormField("姓名", width=4, help="与身份证一致", example="示例·张三"),
                FormField("性别", "选择", 2, choices=("男", "女"), example="男"),
                FormField("住址", width=8, help="写到村", example="白石镇 <甲&乙>"),
                FormField("会什么", "勾选", 12, choices=("裁缝", "做饭", "开车"), example="裁缝、开车", required=False),
                FormField("日期", "日期", 6, example="2026年3月2日"),
                FormField("签名", "签名", 6),
            ),
        ),
    ),
)


def made(form: Form = FORM, sample: bool = False) -> bytes:
    return word_form(form, sample, "清源县", DAY)


def words(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return file.read(name).decode()


def test_another_program_reads_title_language_and_tables() -> None:
    document = docx.Document(BytesIO(made()))
    assert document.core_properties.title == "就业登记表（空白表）"
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.author == "清源县"
    assert document.core_properties.created
    assert document.core_properties.created.date() == DAY
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["个人信息", "填写说明"]
    form, helps = document.tables
    assert form.rows[0].cells[0].text == "姓名"
    assert [row.cells[0].text for row in helps.rows] == ["栏目", "姓名", "住址"]
    assert [row.cells[-1].text for row in helps.rows][1:] == ["与身份证一致", "写到村"]


def test_every_table_says_what_it_is_and_its_lines_are_full() -> None:
    root = ElementTree.fromstring(part(made(), "word/document.xml"))
    for table in root.iter(f"{WORD}tbl"):
        assert table.find(f".//{WORD}tblCaption").get(f"{WORD}val")  # type: ignore[union-attr]
        for row in table.iter(f"{WORD}tr"):
            assert sum(int(span.get(f"{WORD}val", "")) for span in row.iter(f"{WORD}gridSpan")) == 24


def test_a_blank_is_blank_and_a_sample_is_filled_and_marked() -> None:
    blank, sample = words(made()), words(made(sample=True))
    assert "张三" not in blank
    assert "☑" not in blank
    assert "年　　月　　日" in blank
    for told in (
        "示例·张三",
        "☑\u00a0男　□\u00a0女",
        "☑\u00a0裁缝　□\u00a0做饭　☑\u00a0开车",
        "白石镇 <甲&乙>",
        "2026年3月2日",
        "都是虚构的",
    ):
        assert told in sample
    assert 'string="示范文本"' in part(made(sample=True), "word/header1.xml")
    assert "watermark" not in part(made(), "word/header1.xml")


def test_the_same_form_gives_the_same_bytes() -> None:
    assert made() == made()
    assert made(sample=True) == made(sample=True)


@given(
    st.lists(
        st.tuples(st.text(min_size=1), st.integers(1, 12), st.sampled_from(("文字", "多行", "日期", "勾选", "签名"))),
        min_size=1,
    )
)
def test_whatever_is_written_stays_words(fields: list[tuple[str, int, str]]) -> None:
    described = tuple(FormField(label, kind, width, help=label, example=label) for label, width, kind in fields)
    content = word_form(Form("甲", Place("甲.yaml"), "甲", sections=(FormSection("乙", described),)), True, "县", DAY)
    document = docx.Document(BytesIO(content))
    root = ElementTree.fromstring(part(content, "word/document.xml"))
    assert len(document.tables) == 2
    for row in root.iter(f"{WORD}tr"):
        assert sum(int(span.get(f"{WORD}val", "")) for span in row.iter(f"{WORD}gridSpan")) == 24


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")
def test_an_office_opens_and_prints_it(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(made(sample=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf"]
    done = subprocess.run([*command, "form.docx"], cwd=tmp_path, capture_output=True, text=True, check=False)
    if not (tmp_path / "form.pdf").exists() and "could not be loaded" in done.stderr:
        pytest.skip("LibreOffice 没有装 Writer")
    with (tmp_path / "form.pdf").open("rb") as file:
        pages = PdfReader(file).pages
        text = [page.extract_text() for page in pages]
    assert len(pages) == 2
    assert "示例·张三" in text[0]
    assert "填写说明" in text[1]


def test_a_text_is_set_once_in_this_run_and_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def another_process() -> None:
        kepttexts._all.cache_clear()
        word._text.cache_clear()

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # the shared cache may be full
    another_process()
    other = replace(FORM, note="一人两张")
    first = [made(form, sample) for form in (FORM, other) for sample in (False, True)]
    assert len(set(first)) == 4
    kepttexts.keep_texts()
    another_process()
    monkeypatch.delattr(word, "_body")
    assert [made(form, sample) for form in (FORM, other) for sample in (False, True)] == first
