"""Cells of 2,000 characters wherever one can be: no word leaves the page, and none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.sheets.conftest import site_of
from tests.sheets.paper import text, words

from gkdir.model.county import Catalog
from gkdir.model.guide import Form, FormField, FormSection, Guide
from gkdir.service.address import form_sheet_path, notice_path, poster_path, record_path
from gkdir.sheets import county_sheets
from gkdir.sheets.renderer import TypstRenderer
from gkdir.sheets.sheet import PrintedSheet

NUMBERS = range(7300, 7550)  # no phone, no document and no row of numbers has these digits in it
LONG = "".join(f"第{number}处要素" for number in NUMBERS)
Set = Callable[[PrintedSheet], Path]


@pytest.fixture
def set_sheet(press: TypstRenderer, tmp_path: Path) -> Set:
    def made(sheet: PrintedSheet) -> Path:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        file.write_bytes(press.pdf(sheet))
        return file

    return made


def whole(file: Path, times: int) -> None:
    """``LONG`` is ``times`` times in the file; a page may end between any two of its characters."""
    assert [word.text for word in words(file) if not word.inside] == []
    said = text(file)
    assert {number: said.count(str(number)) for number in NUMBERS} == dict.fromkeys(NUMBERS, times)


def of(sheets: Iterable[PrintedSheet], path: str) -> PrintedSheet:
    return next(sheet for sheet in sheets if sheet.path == path)


def guided(catalog: Catalog) -> Catalog:
    """The county with a guide that contains ``LONG`` three times, and once more in its body."""
    guide = catalog.guides["employment/4.1"]
    assert isinstance(guide, Guide)
    assert guide.materials
    assert guide.steps
    longer = replace(
        guide,
        materials=(replace(guide.materials[0], note=LONG), *guide.materials[1:]),
        steps=(replace(guide.steps[0], text=LONG), *guide.steps[1:]),
        conditions=(LONG,),
        sections=(replace(guide.sections[0], markdown=LONG), *guide.sections[1:]),
    )
    return replace(catalog, guides={"employment/4.1": longer})


def test_on_a_notice_and_in_the_booklet(catalog: Catalog, set_sheet: Set) -> None:
    assert len(LONG) == 2000
    made = tuple(county_sheets(site_of(guided(catalog))))
    whole(set_sheet(of(made, notice_path("employment", "4.1"))), 3)
    whole(set_sheet(of(made, "print/booklet.pdf")), 4)


def test_on_a_form(catalog: Catalog, set_sheet: Set) -> None:
    form = catalog.forms["失业登记表"]
    fields = (
        FormField("写得很长的一栏", example=LONG),
        FormField("选得很长的一栏", "选择", choices=(LONG, "别的"), example="别的"),
        FormField("名称很长的一栏" + LONG, width=12),
    )
    longer: Form = replace(form, sections=(*form.sections, FormSection("很长的一节", fields)))
    made = tuple(county_sheets(site_of(replace(catalog, forms={form.name: longer}))))
    whole(set_sheet(of(made, form_sheet_path(form.name, "sample"))), 3)
    whole(set_sheet(of(made, form_sheet_path(form.name, "blank"))), 2)


@pytest.mark.parametrize("length", [250, 2000])
def test_on_a_board(length: int, catalog: Catalog, set_sheet: Set) -> None:
    town = next(town for town in catalog.towns if town.slug == "baishi")
    directory = town.directories["employment"]
    first, second, *others = directory.entries[:12]
    entries = tuple(
        replace(entry, alias=None, item=replace(entry.item, level2=LONG[:length], level3=None, levels=("乡级",)))
        for entry in (first, second)
    )
    longer = replace(directory, entries=(*entries, *others))
    place = replace(town, directories={"employment": longer})
    made = tuple(county_sheets(site_of(replace(catalog, towns=(place,)))))
    for path in (poster_path("baishi", "a2"), poster_path("baishi", "a3"), record_path("baishi")):
        file = set_sheet(of(made, path))
        assert [word.text for word in words(file) if not word.inside] == []
        said = text(file)
        assert [number for number in NUMBERS[: length // 8] if said.count(str(number)) != 2] == []
