"""Everything given is on the paper and within its edges; the PDFs are valid, tagged, and the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from tests.places import SMALL
from tests.sheets.conftest import DAY, KINDS, Printed, site_of
from tests.sheets.paper import codes, fold, lost, need, overlapping, sized, text, words
from tests.sheets.representatives import representatives, said, unsaid

from gkdir.cli.printing import command as printing
from gkdir.model.county import Catalog
from gkdir.model.guide import Guide
from gkdir.model.item import Basis
from gkdir.publish.converter import available
from gkdir.resources import template_folder
from gkdir.service.address import BALLOT, directory_sheet_path, form_sheet_path, notice_path, town_directory_path
from gkdir.service.texts import TEXTS
from gkdir.service.town import shown_entries
from gkdir.sheets.booklet import BookletValue
from gkdir.sheets.directory import DirectoryValue, directory_sheets, short_names, shortened
from gkdir.sheets.form import FormValue
from gkdir.sheets.notice import NoticeValue, notice_sheets
from gkdir.sheets.renderer import TypstRenderer
from gkdir.sheets.sheet import PrintedSheet

NUMBERS = range(5000, 5250)
CODED = (
    *("print/employment.pdf", "print/employment/4-1.pdf", "print/towns/baishi-a2.pdf"),
    *("print/towns/baishi-record.pdf", "print/forms/sydjb-3f97fb-blank.pdf", BALLOT, "print/booklet.pdf"),
)
"""A sheet of each template with a QR code."""


@pytest.mark.parametrize("path", KINDS)
def test_no_word_leaves_the_page(path: str, printed: Printed) -> None:
    found = list(words(printed(path)))
    assert len(found) > 20
    assert [word.text for word in found if not word.inside] == []


@pytest.mark.parametrize("path", KINDS)
def test_no_word_stands_on_another(path: str, printed: Printed, sheets: dict[str, PrintedSheet]) -> None:
    value = sheets[path].value
    watermark = isinstance(value, FormValue) and value.sample
    found = overlapping(printed(path))
    assert [pair for pair in found if not (watermark and set("示范文本") & set("".join(pair)))] == []


@pytest.mark.parametrize(
    "path",
    [
        "print/employment.pdf", "print/social_insurance.pdf",
        "print/towns/baishi-employment.pdf", "print/towns/liushu-social_insurance.pdf",
    ],
)  # fmt: skip
def test_every_cell_of_the_directory_is_on_the_sheet(
    path: str, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    value = sheets[path].value
    assert isinstance(value, DirectoryValue)
    lines = [line for row in value.rows for cell in row.cells for line in cell.split("\n")]
    assert len(lines) > 500
    assert lost(printed(path), [sheets[path].title, value.head.issued, value.head.organiser, *lines]) == []


def test_a_place_has_a_directory_of_what_it_shows(catalog: Catalog, sheets: dict[str, PrintedSheet]) -> None:
    for town in catalog.towns:
        for directory in town.directories.values():
            sheet = sheets[town_directory_path(town.slug, directory.domain)]
            assert isinstance(sheet.value, DirectoryValue)
            assert town.overlay.name in sheet.title
            shown = {entry.item.id for entry in shown_entries(directory, town)}
            assert 0 < len(sheet.value.rows) == len(shown) < len(directory.entries)


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


def test_long_cells_are_neither_cut_nor_lost(catalog: Catalog, press: TypstRenderer, tmp_path: Path) -> None:
    large = longest(catalog)
    sheet = next(iter(directory_sheets(site_of(large))))
    file = tmp_path / "long.pdf"
    file.write_bytes(press.pdf(sheet))
    assert [word.text for word in words(file) if not word.inside] == []
    item, other = (large.directories["social_insurance"].entries[n].item for n in (0, 1))
    said = text(file)
    # A page may end between any two characters, but not within a number.
    assert [number for number in NUMBERS if str(number) not in said] == []
    assert len(other.content[0]) == 2000
    assert [basis.text for basis in item.basis if fold(basis.text) not in said] == []


def test_long_notices_run_on_to_a_second_page(catalog: Catalog, press: TypstRenderer, tmp_path: Path) -> None:
    for sheet in list(notice_sheets(site_of(longest(catalog))))[:2]:
        file = tmp_path / "notice.pdf"
        file.write_bytes(press.pdf(sheet))
        value = sheet.value
        assert isinstance(value, NoticeValue)
        assert [word.text for word in words(file) if not word.inside] == []
        assert len(lost(file, [*value.basis])) <= 1  # a page may end within one


def required(guide: Guide, catalog: Catalog) -> list[str]:
    """What a guide contains that its notice must contain."""
    wanted = [*(guide.served or ()), *(guide.conditions or ()), guide.summary or ""]
    for material in guide.materials or ():
        wanted += [material.name, material.note or "", material.source or "", material.original or ""]
    for step in guide.steps or ():
        wanted += [step.name, step.text or "", step.limit.text if step.limit else ""]
    entry = catalog.entry(guide.id)
    assert entry is not None
    return [*wanted, *(basis.text for basis in entry.item.basis)]


def test_every_material_and_step_is_on_the_notice(
    catalog: Catalog, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    """Also, a notice of the sample is one page."""
    wanted = {notice_path(guide.domain, guide.number): required(guide, catalog) for guide in catalog.guides.values()}
    assert len(wanted) > 10
    assert {path: gone for path, each in wanted.items() if (gone := unsaid(sheets[path], each))} == {}
    chosen = representatives(sheets[path] for path in wanted)
    assert 10 <= len(chosen) < len(wanted) / 2
    for sheet in chosen:
        assert lost(printed(sheet.path), wanted[sheet.path]) == [], sheet.path
        assert max(word.page for word in words(printed(sheet.path))) == 1, sheet.path


def test_a_notice_is_checked_only_where_the_guide_was(catalog: Catalog, printed: Printed) -> None:
    for id_, word in (("social_insurance/7.1", "日核对"), ("social_insurance/6.22", "日目录审核")):
        guide = catalog.guides[id_]
        said = text(printed(notice_path(guide.domain, guide.number)))
        assert (word in said, "日核对" in said) == (True, guide.checked is not None), id_


def test_forms_have_all_their_fields_and_only_samples_are_filled(
    catalog: Catalog, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    wanted, examples = dict[str, list[str]](), set[str]()
    for form in catalog.forms.values():
        fields = [field for section in form.sections for field in section.fields]
        labels = [field.label for field in fields]
        filled = [field.example for field in fields if field.example and not field.choices]
        if fields:
            blank, sample = (form_sheet_path(form.name, kind) for kind in ("blank", "sample"))
            wanted[blank] = [*labels, *(choice for field in fields for choice in field.choices)]
            wanted[sample] = [*labels, *filled]
            examples.update(filled)
            assert "示例·张三" not in said(sheets[blank])
    assert "示例·张三" in examples
    assert {path: gone for path, each in wanted.items() if (gone := unsaid(sheets[path], each))} == {}
    chosen = representatives(sheets[path] for path in wanted)
    assert {isinstance(sheet.value, FormValue) and sheet.value.sample for sheet in chosen} == {True, False}
    assert 10 <= len(chosen) < len(wanted) / 2
    for sheet in chosen:
        assert lost(printed(sheet.path), wanted[sheet.path]) == [], sheet.path


def test_the_booklet_has_the_countys_own_guides_and_the_phones_of_the_others(
    catalog: Catalog, printed: Printed, sheets: dict[str, PrintedSheet]
) -> None:
    value, file = sheets["print/booklet.pdf"].value, printed("print/booklet.pdf")
    assert isinstance(value, BookletValue)
    own = [guide for guide in catalog.guides.values() if guide.checked or not guide.inherited]
    assert 10 < len(own) < len(catalog.guides)  # a hundred guides are too many for a booklet
    chapters = [chapter for division in value.divisions for chapter in division.chapters]
    assert {chapter.notice.number for chapter in chapters} == {guide.number for guide in own}
    wanted = [section.title for guide in own for section in guide.sections]
    wanted += ["拼音索引", "“谁能办”索引", "单位没给我离职证明，能登记吗？", "别的事项，打电话问"]
    wanted += [served for guide in own for served in guide.served or ()]
    others = [item for other in value.others for item in other.items]
    assert len(others) + len(chapters) == len(tuple(catalog.entries()))
    assert lost(file, [*wanted, *(item.name for item in others), *(item.phone for item in others)]) == []


def test_the_booklet_can_be_folded_and_read_by_the_old(printed: Printed) -> None:
    """Sheets of four pages, 12 point, what to do before the elements."""
    file = printed("print/booklet.pdf")
    pages: dict[int, str] = {}
    sizes: Counter[float] = Counter()
    for number, size, run in sized(file):
        pages[number] = pages.get(number, "") + run
        sizes[size] += len(run)
    said = subprocess.run([need("pdfinfo", "poppler-utils"), str(file)], check=True, capture_output=True, text=True)
    count = int(said.stdout.split("Pages:")[1].split()[0])
    assert count % 4 == 0
    assert count < 100
    assert sizes.most_common(1)[0][0] == 12
    first = next(number for number, page in pages.items() if "失业登记" in page and "我要做什么" in page and number > 6)
    assert pages[first].index("我要做什么") < (pages[first] + "谁能办").index("谁能办")


def test_the_booklet_says_first_what_to_do_now(printed: Printed, sheets: dict[str, PrintedSheet]) -> None:
    value = sheets["print/booklet.pdf"].value
    assert isinstance(value, BookletValue)
    said = re.sub(r"\s", "", "".join(run for _, _, run in sized(printed("print/booklet.pdf"))))
    chapters = [chapter for division in value.divisions for chapter in division.chapters if chapter.notice.now]
    assert chapters
    told = [f"马上做{one.notice.now}{one.first[0].title if one.first else ''}" for one in chapters]
    assert [one for one in told if said.count(re.sub(r"\s", "", one)) != 1] == []


def test_what_is_said_of_a_paper_stands_on_its_page(sheets: dict[str, PrintedSheet], printed: Printed) -> None:
    value, pages = sheets["print/booklet.pdf"].value, dict[int, str]()
    assert isinstance(value, BookletValue)
    for number, _, run in sized(printed("print/booklet.pdf")):
        pages[number] = pages.get(number, "") + fold(run)
    notices = [chapter.notice for division in value.divisions for chapter in division.chapters]
    papers = [paper for notice in notices for paper in notice.papers or () if paper.source or paper.note]
    assert len(papers) > 20
    amount = r"(?:原件|复印件|电子件)*\d*份?"
    apart = [
        paper.name
        for paper in papers
        for said in [fold(paper.source or paper.note)[:5]]
        if not any(re.search(re.escape(fold(paper.name)) + amount + re.escape(said), page) for page in pages.values())
    ]
    assert apart == []


def test_addresses_can_be_copied(printed: Printed) -> None:
    for path in ("print/booklet.pdf", "print/social_insurance/9-6.pdf"):
        said = subprocess.run(
            [need("pdftotext", "poppler-utils"), "-raw", str(printed(path)), "-"], check=True, capture_output=True
        ).stdout.decode()
        assert "https://www.12333.gov.cn/" in said
        assert "\u200b" not in said


def test_the_short_names_of_laws_are_explained_once(catalog: Catalog, printed: Printed) -> None:
    directory, file = catalog.directories["social_insurance"], printed(directory_sheet_path("social_insurance"))
    names, said = short_names(directory), text(file)
    assert "《社会保险法》" in names.values()
    assert len(set(names.values())) == len(names)
    for full, short in names.items():
        assert said.count(fold(full)) == 1, short
        assert said.count(fold(short)) > 2
    others = {basis.text for entry in directory.entries for basis in entry.item.basis} - names.keys()
    assert lost(file, sorted(others)) == []


def test_a_name_that_two_laws_share_stands_for_one(catalog: Catalog) -> None:
    directory = catalog.directories["employment"]
    old, new, other = (
        Basis(f"《某条例》（{year}年发布，后来又改过几次的那一份）", "某条例") for year in (1999, 2019, 2024)
    )
    bases = [(old, new), (new,), (new,), (old,), (old, other), (new,)]
    entries = tuple(
        replace(entry, item=replace(entry.item, basis=basis))
        for entry, basis in zip(directory.entries, bases, strict=False)
    )
    names = short_names(replace(directory, entries=entries))
    assert names == {new.text: "《某条例》"}
    assert shortened(f"1.{old.text}\n2.{new.text}", names) == f"1.{old.text}\n2.《某条例》"


def test_an_item_without_a_guide_says_what_to_ask(catalog: Catalog, press: TypstRenderer, tmp_path: Path) -> None:
    bare = replace(catalog, guides={})
    sheet = next(sheet for sheet in notice_sheets(site_of(bare)) if sheet.path.endswith("social_insurance/5-6.pdf"))
    file = tmp_path / "asking.pdf"
    file.write_bytes(press.pdf(sheet))
    assert lost(file, [*TEXTS.asking, "0600-5550101", "接电话的人"]) == []
    assert "公开什么" not in text(file)
    assert {word.page for word in words(file)} == {1}


def test_a_notice_is_in_large_type_where_there_is_room(printed: Printed) -> None:
    sizes = {}
    for number in ("4-1", "2-2", "1-4"):
        runs = Counter[float]()
        for _, size, run in sized(printed(f"print/employment/{number}.pdf")):
            runs[size] += len(run)
        sizes[number] = runs.most_common(1)[0][0]
    assert max(sizes.values()) == 14
    assert min(sizes.values()) >= 10


def test_each_figure_of_an_identity_number_has_a_box(printed: Printed) -> None:
    found = list(words(printed(form_sheet_path("失业登记表", "sample"))))
    label = next(word for word in found if word.text == "身份证号码")
    row = [word for word in found if abs(word.box[1] - label.box[1]) < 6 and word.box[0] > label.box[2]]
    figures = sorted(row, key=lambda word: word.box[0])
    assert "".join(word.text for word in figures) == "990101********0010"
    steps = [round(after.box[0] - one.box[0]) for one, after in pairwise(figures)]
    assert len(figures) == 18
    assert min(steps) > 15


@pytest.mark.parametrize("path", CODED)
def test_the_code_leads_to_the_right_page(
    path: str, printed: Printed, sheets: dict[str, PrintedSheet], tmp_path: Path
) -> None:
    head = getattr(sheets[path].value, "head")  # noqa: B009
    assert head.address.startswith("https://")
    assert codes(printed(path), tmp_path, last=1) == [[head.address] * (2 if path == BALLOT else 1)]


ELSEWHERE = """
import pathlib, sys
from gkdir.cli import main
from gkdir.read import known
national = pathlib.Path(sys.argv.pop(1))
known.national_folder = lambda: national
main()
"""
"""``gkdir`` in another process, with national directories other than its own."""


def test_the_bytes_are_the_same_in_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small county with sheets of every template, one of each in Traditional script too."""
    project = str(SMALL / "project")
    options = ["--county", "heping", "--date", "2026-03-01", *(["--hant"] if available() else [])]
    monkeypatch.setattr("gkdir.read.known.national_folder", lambda: SMALL / "national")
    here = CliRunner().invoke(printing, [project, *options, "-o", str(tmp_path / "here")])
    assert here.exit_code == 0, here.output
    there = [sys.executable, "-c", ELSEWHERE, str(SMALL / "national"), "print", project, *options]
    subprocess.run([*there, "-o", str(tmp_path / "there")], check=True, capture_output=True)
    one, other = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.pdf")}
        for name in ("here", "there")
    )
    assert len(one) >= 10
    assert one == other
    if available():
        plain = {file for file in one if "hant" not in file.parts}
        assert {Path("hant", file) for file in plain} == set(one) - plain


WRONG = """#import "common.typ": *
#show: 底子.with()
#set page("a4")
= 本县
#box(width: 0pt)[挡住的字]压住的字
#place(bottom, dy: 60mm)[出纸的字]
#place(right, dx: 30mm)[半个出纸的字]
#table(columns: 1, table.cell(breakable: false, range(90).map(第 => [第#str(第)行]).join(linebreak())))
"""


def test_what_leaves_the_page_or_is_covered_is_seen(sheets: dict[str, PrintedSheet], tmp_path: Path) -> None:
    """The checks above, applied to a page on which everything is wrong."""
    own, file = tmp_path / "_sheets", tmp_path / "wrong.pdf"
    own.mkdir()
    (own / "notice.typ").write_text(WRONG, "utf-8")
    with TypstRenderer((tmp_path, template_folder()), DAY) as press:
        file.write_bytes(press.pdf(sheets["print/employment/4-1.pdf"]))
    assert [word for word in words(file) if not word.inside and word.text.startswith("半个")]
    assert lost(file, ["本县", "出纸的字", "第0行", "第89行"]) == ["出纸的字", "第89行"]
    assert ["压住的字" in pair for pair in overlapping(file)] == [True]
