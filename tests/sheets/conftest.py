"""The sample county, laid, and each of its sheets set once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.built import once, shared_folder
from tests.places import ROOT

from gkdir.model.county import Catalog
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.resources import template_folder
from gkdir.service.guide import NO_FILES
from gkdir.service.site import Site, folder_address
from gkdir.sheets import county_sheets
from gkdir.sheets.renderer import TypstRenderer, missing
from gkdir.sheets.sheet import PrintedSheet

Printed = Callable[[str], Path]

KINDS = (
    "print/employment.pdf", "print/social_insurance.pdf", "print/employment/4-1.pdf", "print/social_insurance/2-1.pdf",
    "print/towns/baishi-a2.pdf", "print/towns/baishi-a3.pdf", "print/towns/liushu-a3.pdf",
    "print/towns/baishi-record.pdf", "print/towns/liushu-employment.pdf",
    "print/forms/sydjb-3f97fb-blank.pdf", "print/forms/sydjb-3f97fb-sample.pdf",
    "print/ballot.pdf", "print/booklet.pdf",
)  # fmt: skip
"""Sheets of every kind."""
ONE_EACH = tuple(KINDS[place] for place in (0, 2, 4, 7, 9, 11, 12))
"""One of each template, for tests that do not depend on how much a sheet contains."""

DAY = date(2026, 3, 1)


def site_of(catalog: Catalog, files: Mapping[str, int] = NO_FILES) -> Site:
    """The county as printed on ``DAY``."""
    return Site(catalog, DAY, folder_address(catalog, None), files=files)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    project = read_project(ROOT / "directories")
    return lay(project, read_county(project, "qingyuan"))


@pytest.fixture(scope="session")
def sheets(catalog: Catalog) -> dict[str, PrintedSheet]:
    return {sheet.path: sheet for sheet in county_sheets(site_of(catalog))}


@pytest.fixture(scope="session")
def press() -> Iterator[TypstRenderer]:
    if missing():
        pytest.skip(f"needs gkdir[print]: {', '.join(missing())}")
    with TypstRenderer((template_folder(),), DAY) as press:
        yield press


@pytest.fixture(scope="session")
def printed(sheets: dict[str, PrintedSheet], press: TypstRenderer, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The PDF of a path, set when a test in any process first needs it."""
    folder = shared_folder(tmp_path_factory)

    def printed(path: str) -> Path:
        return once(folder / path.replace("/", "-"), lambda file: file.write_bytes(press.pdf(sheets[path])))

    return printed
