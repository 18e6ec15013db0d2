"""What was given is on the paper, all of it, and nowhere beyond its edge; the PDFs are sound, tagged, the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.sheets.conftest import SITE
from tests.sheets.paper import fold, need, pictures, sized, text, words

from gkdir.model.county import Catalog
from gkdir.model.item import Basis
from gkdir.pages.address import directory_sheet_path, form_sheet_path, notice_path, poster_path, record_path
from gkdir.resources import template_folder
from gkdir.sheets.booklet import BookletValue
from gkdir.sheets.directory import DirectoryValue, directory_sheets
from gkdir.sheets.form import FormValue
from gkdir.sheets.labels import with_labels
from gkdir.sheets.notice import NoticeValue, notice_sheets
from gkdir.sheets.press import Press
from gkdir.sheets.sheet import Sheet
from gkdir.sheets.town import Line, TownValue

Printed = Callable[[str], Path]

KINDS = (
    "print/employment.pdf", "print/social_insurance.pdf", "print/employment/4-1.pdf", "print/social_insurance/2-1.pdf",
    "print/towns/baishi-a2.pdf", "print/towns/baishi-a3.pdf", "print/towns/liushu-a3.pdf",
    "print/towns/baishi-record.pdf", "print/forms/失业登记表-blank.pdf", "print/forms/失业登记表-sample.pdf",
    "print/ballot.pdf", "print/booklet.pdf",
)  # fmt: skip


NUMBERS = range(5000, 5250)


def lost(pdf: Path, wanted: list[str]) -> list[str]:
    said = text(pdf)
    return [one for one in wanted if fold(one) not in said]


@pytest.mark.parametrize("path", KINDS)
def test_no_word_leaves_the_page(path: str, printed: Printed) -> None:
    found = list(words(printed(path)))
    assert len(found) > 20
    assert [word.text for word in found if not word.inside] == []


@pytest.mark.parametrize("path", KINDS)
def test_the_file_is_sound_and_tagged(path: str, printed: Printed, sheets: dict[str, Sheet]) -> None:
    import pikepdf  # comes with pdfua
    from pdfua import validate

    file = printed(path)
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == sheets[path].title
        claimed = pdf.open_metadata()
        assert (claimed["pdfaid:part"], claimed["pdfaid:conformance"], claimed["pdfuaid:part"]) == ("2", "A", "1")
    assert [str(finding) for finding in validate(str(file)).findings] == []


@pytest.mark.parametrize("path", KINDS)
def test_qpdf_finds_nothing(path: str, printed: Printed) -> None:
    subprocess.run([need("qpdf", "qpdf"), "--check", str(printed(path))], check=True, capture_output=True)


@pytest.mark.parametrize("domain", ["employment", "social_insurance"])
def test_every_cell_of_the_directory_is_on_the_sheet(domain: str, printed: Printed, sheets: dict[str, Sheet]) -> None:
    path = directory_sheet_path(domain)
    value = sheets[path].value
    assert isinstance(value, DirectoryValue)
    lines = [line for row in value.rows for cell in row.cells for line in cell.split("\n")]
    assert lost(printed(path), [value.head.issued, value.head.organiser, *lines]) == []


def test_a_first_level_is_named_again_on_the_next_page(printed: Printed) -> None:
    assert "5.养老保险服务（续）" in text(printed(directory_sheet_path("social_insurance")))


def longest(catalog: Catalog) -> Catalog:
    """The county with all bases of the domain in one row, and a cell of 2,000 characters in another."""
    directory = catalog.directories["social_insurance"]
    every = tuple(dict.fromkeys(basis for entry in directory.entries for basis in entry.item.basis))
    longish = "".join(f"第{number}处要素" for number in NUMBERS)
    first, second, *others = directory.entries
    entries = (
        replace(first, item=replace(first.item, basis=(*every, Basis("https://www.example.gov.cn/" + "a1b2" * 60)))),
        replace(second, item=replace(second.item, content=(longish,))),
        *others,
    )
    return replace(catalog, directories={"social_insurance": replace(directory, entries=entries)}, guides={})


def test_long_cells_are_neither_cut_nor_lost(catalog: Catalog, press: Press, tmp_path: Path) -> None:
    large = longest(catalog)
    sheet = next(iter(directory_sheets(large, SITE)))
    file = tmp_path / "long.pdf"
    file.write_bytes(press.pdf(sheet))
    assert [word.text for word in words(file) if not word.inside] == []
    item, other = (large.directories["social_insurance"].entries[n].item for n in (0, 1))
    said = text(file)
    assert [number for number in NUMBERS if str(number) not in said] == []  # a page may end between any two others
    assert len(other.content[0]) == 2000
    assert [basis.text for basis in item.basis if fold(basis.text) not in said] == []


def test_long_notices_run_on_to_a_second_page(catalog: Catalog, press: Press, tmp_path: Path) -> None:
    for sheet in list(notice_sheets(longest(catalog), SITE))[:2]:
        file = tmp_path / "notice.pdf"
        file.write_bytes(press.pdf(sheet))
        value = sheet.value
        assert isinstance(value, NoticeValue)
        assert [word.text for word in words(file) if not word.inside] == []
        assert lost(file, [*value.basis]) == []
        assert value.content[0][-8:] in text(file)


def test_every_material_and_step_is_on_the_notice(catalog: Catalog, printed: Printed) -> None:
    assert len(catalog.guides) > 10
    for guide in catalog.guides.values():
        wanted = [*(guide.served or ()), *(guide.conditions or ()), guide.summary or ""]
        for material in guide.materials or ():
            wanted += [material.name, material.note or "", material.source or "", material.original or ""]
        for step in guide.steps or ():
            wanted += [step.name, step.text or "", step.limit.text if step.limit else ""]
        entry = catalog.entry(guide.id)
        assert entry is not None
        wanted += [basis.text for basis in entry.item.basis]
        assert lost(printed(notice_path(guide.domain, guide.number)), wanted) == []


def test_a_guided_item_of_the_sample_fits_on_one_page(catalog: Catalog, printed: Printed) -> None:
    for guide in catalog.guides.values():
        assert max(word.page for word in words(printed(notice_path(guide.domain, guide.number)))) == 1


BOARDS = [(town, paper) for town in ("baishi", "heyan", "liushu") for paper in ("a2", "a3")]


def board(sheet: Sheet) -> tuple[TownValue, list[Line]]:
    value = sheet.value
    assert isinstance(value, TownValue)
    return value, [line for domain in value.domains for group in domain.groups for line in group.lines]


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_a_board_names_every_item_of_its_level(
    town: str, paper: str, printed: Printed, sheets: dict[str, Sheet]
) -> None:
    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    assert 0 < len(lines) == value.count
    said = [word for line in lines for word in (line.name, line.alias, *line.told)]
    assert any(line.told for line in lines)
    assert lost(printed(path), said) == []
    assert lost(printed(record_path(town)), [line.name for line in lines]) == []


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_a_board_is_read_from_two_metres(town: str, paper: str, printed: Printed, sheets: dict[str, Sheet]) -> None:
    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    runs = [(size, run) for _, size, run in sized(printed(path))]
    names = fold("".join(run for size, run in runs if size >= 24))  # 24 pt are 8.5 mm
    wanted = [word for line in lines for word in (line.name, line.alias)] + [call.number for call in value.calls]
    assert [word for word in (*wanted, "张贴日期", "撤下日期") if fold(word) not in names] == []
    small = fold("".join(run for size, run in runs if size < 20))
    ours = fold(f"示例：县名、地址、电话都是虚构的，请不要照着办事{value.head.organiser}{value.head.issued}")
    assert set(small) - set(ours) <= set("0123456789.")  # the numbers of the items


@pytest.mark.parametrize(("town", "paper"), BOARDS)
def test_each_sheet_of_a_board_stands_for_itself(
    town: str, paper: str, printed: Printed, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="needs zxing-cpp")
    from PIL import Image  # comes with pdfua

    path = poster_path(town, paper)
    value, lines = board(sheets[path])
    pages: dict[int, str] = {}
    for number, _, run in sized(printed(path)):
        pages[number] = pages.get(number, "") + fold(run)
    count = len(pages)
    assert count > 1
    for (number, said), picture in zip(pages.items(), pictures(printed(path), 100, tmp_path), strict=True):
        for wanted in (f"第{number}张，共{count}张", value.name, "张贴日期", "撤下日期"):
            assert wanted in said, number
        assert [call.number for call in value.calls if call.number not in said] == []
        assert sum(fold(line.name) in said for line in lines) > 5  # none is left with a few
        with Image.open(picture) as opened:
            assert [code.text for code in zxingcpp.read_barcodes(opened)] == [value.head.address]


def test_a_short_board_is_one_sheet_in_large_type(press: Press, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    value, _ = board(sheets[poster_path("liushu", "a2")])
    first = value.domains[0]
    few = replace(
        value, domains=(replace(first, count=5, groups=(replace(first.groups[0], lines=first.groups[0].lines[:5]),)),)
    )
    file = tmp_path / "few.pdf"
    file.write_bytes(press.pdf(replace(sheets[poster_path("liushu", "a2")], value=replace(few, count=5))))
    runs = list(sized(file))
    assert {page for page, _, _ in runs} == {1}
    assert max(size for _, size, run in runs if "用工信息登记" in run) >= 40
    assert "（续）" not in text(file)


def test_a_board_has_nothing_of_another_level(catalog: Catalog, printed: Printed) -> None:
    town = next(town for town in catalog.towns if town.slug == "baishi")
    others = [entry.item.name for entry in town.entries() if "乡级" not in (entry.item.levels or ("乡级",))]
    assert others
    said = text(printed(poster_path("baishi", "a2")))
    assert [name for name in others if fold(name) in said] == []


def tables(pdf: Path) -> list[list[list[tuple[str, int, str]]]]:
    """The tables of a tagged PDF: their rows, of each cell its kind, the columns that it spans, what it heads."""
    import pikepdf  # comes with pdfua

    def under(node: pikepdf.Object) -> list[pikepdf.Object]:
        kids = node.get("/K")
        every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    def told(cell: pikepdf.Object) -> tuple[str, int, str]:
        said = [one for one in cell.get("/A", []) if one.get("/O") == "/Table"]
        spans = [int(one["/ColSpan"]) for one in said if "/ColSpan" in one]
        scopes = [str(one["/Scope"]) for one in said if "/Scope" in one]
        return str(cell["/S"]), (spans or [1])[0], (scopes or [""])[0]

    def found(node: pikepdf.Object) -> list[list[list[tuple[str, int, str]]]]:
        if node.get("/S") == "/Table":
            rows = [row for part in under(node) for row in ([part] if part["/S"] == "/TR" else under(part))]
            return [[[told(cell) for cell in under(row)] for row in rows if row["/S"] == "/TR"]]
        return [table for kid in under(node) for table in found(kid)]

    with pikepdf.open(pdf) as opened:
        return found(opened.Root.StructTreeRoot)


def test_a_form_is_tables_whose_labels_head_what_is_filled_in(printed: Printed, sheets: dict[str, Sheet]) -> None:
    forms = [path for path, sheet in sheets.items() if isinstance(sheet.value, FormValue)]
    assert len(forms) > 10
    for path in forms:
        value = sheets[path].value
        assert isinstance(value, FormValue)
        made = tables(printed(path))
        assert [len(table) for table in made] == [len(part.lines) for part in value.parts]
        for table, part in zip(made, value.parts, strict=True):
            for row, line in zip(table, part.lines, strict=True):
                assert [(kind, scope) for kind, _, scope in row] == [("/TH", "/Row"), ("/TD", "")] * len(line)
            assert len({sum(span for _, span, _ in row) for row in table}) == 1  # every row is as wide


@pytest.mark.parametrize("path", ["print/employment.pdf", "print/employment/4-1.pdf", "print/towns/baishi-record.pdf"])
def test_the_columns_of_a_table_have_headers(path: str, printed: Printed) -> None:
    made = tables(printed(path))
    assert made
    for table in made:
        assert {kind for kind, _, _ in table[0]} == {"/TH"}
        assert {scope for kind, _, scope in table[0] if kind == "/TH"} == {"/Column"}
        assert "/TD" in {kind for kind, _, _ in table[-1]}


def test_a_pdf_with_other_tags_is_not_relabelled() -> None:
    with pytest.raises(ValueError, match="tags"):
        with_labels(b"%PDF-1.7\n1 0 obj\n<</Type/StructElem/S/TR/K[2 0 R]>>\nendobj\n2 0 obj\n<</S/TD>>\nendobj\n")


def test_forms_have_all_their_fields_and_only_samples_are_filled(
    catalog: Catalog, printed: Printed, sheets: dict[str, Sheet]
) -> None:
    for form in catalog.forms.values():
        if not form.sections:
            continue
        blank, sample = (form_sheet_path(form.name, kind) for kind in ("blank", "sample"))
        value = sheets[blank].value
        assert isinstance(value, FormValue)
        fields = [field for section in form.sections for field in section.fields]
        labels = [field.label for field in fields]
        assert lost(printed(blank), [*labels, *(choice for field in fields for choice in field.choices)]) == []
        examples = [field.example for field in fields if field.example and not field.choices]
        assert lost(printed(sample), [*labels, *examples]) == []
        assert "示例·张三" not in text(printed(blank))


def test_the_booklet_has_every_guide_and_both_indexes(
    catalog: Catalog, printed: Printed, sheets: dict[str, Sheet]
) -> None:
    value = sheets["print/booklet.pdf"].value
    assert isinstance(value, BookletValue)
    assert {chapter.notice.number for division in value.divisions for chapter in division.chapters} == {
        guide.number for guide in catalog.guides.values()
    }
    wanted = [section.title for guide in catalog.guides.values() for section in guide.sections]
    wanted += ["拼音索引", "“谁能办”索引", "单位没给我离职证明，能登记吗？"]
    wanted += [served for guide in catalog.guides.values() for served in guide.served or ()]
    assert lost(printed("print/booklet.pdf"), wanted) == []


@pytest.mark.parametrize(
    "path", ["print/employment/4-1.pdf", "print/towns/baishi-a2.pdf", "print/towns/baishi-a3.pdf", "print/booklet.pdf"]
)
def test_the_code_leads_to_the_right_page(
    path: str, printed: Printed, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="needs zxing-cpp")
    from PIL import Image  # comes with pdfua

    head = getattr(sheets[path].value, "head")  # noqa: B009
    first = pictures(printed(path), 100, tmp_path)[0]
    with Image.open(first) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [head.address]


def test_the_bytes_are_the_same_in_another_process(printed: Printed, tmp_path: Path) -> None:
    root = template_folder().parent
    command = [sys.executable, "-m", "gkdir", "print", str(root / "directories"), "--county", "qingyuan"]
    subprocess.run([*command, "-o", str(tmp_path), "--date", "2026-03-01"], check=True, capture_output=True)
    for path in KINDS:
        assert (tmp_path / path.removeprefix("print/")).read_bytes() == printed(path).read_bytes(), path


def test_traditional_script_is_set_in_its_own_shapes(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    with Press((template_folder(),), date(2026, 3, 1), convert=lambda text: text.replace("业", "業")) as press:
        file = tmp_path / "hant.pdf"
        file.write_bytes(press.pdf(sheets["print/employment/4-1.pdf"]))
    fonts = subprocess.run([need("pdffonts", "poppler-utils"), str(file)], check=True, capture_output=True).stdout
    assert b"NotoSerifTC" in fonts
    assert b"SC" not in fonts
    assert "失業登记" in text(file)
