"""Counties with pages of 算一算, built to disk: one that has declared all amounts, one a few, one none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.benefits import BenefitRules, Standards
from gkdir.model.county import Catalog, County, Organisation, Overlay
from gkdir.model.project import Project
from gkdir.outputs import PageSet
from gkdir.overlay import lay
from gkdir.publish.render import Renderer
from gkdir.read.project import read_project
from gkdir.resources import template_folder
from gkdir.service.site import Site

from .vectors import STANDARDS, rules

HERE = Place("counties/qingyuan/county.yaml", 1, 1)
OFFICE = Organisation("人社局", "清源县人社局", HERE, "人社部门", phone="0600-5550101", complaint_phone="0600-5550102")
DAY = date(2026, 3, 1)
RULES = rules()
AROUND = ("index.html", "social_insurance/5-1/index.html")
"""Other pages of a built county that those of 算一算 link to."""


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the national directories only."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "counties").mkdir()
    return read_project(folder)


def catalog(project: Project, standards: Standards) -> Catalog:
    """A county that changes nothing and has declared these amounts."""
    overlay = Overlay("qingyuan", HERE, "清源县", "990101", example=True, organisations={"人社局": OFFICE})
    return lay(project, County("qingyuan", "", replace(overlay, standards=standards)))


def page_set(county: Catalog, benefit_rules: BenefitRules | None = RULES) -> PageSet:
    """The county's pages, each rendered on request."""
    return PageSet.of(Site(county, DAY, benefit_rules=benefit_rules), Renderer((template_folder(),)))


@pytest.fixture(scope="session")
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The counties' folders, by the name that vectors.tsv has for their declared amounts."""
    folders = {}
    for word, standards in STANDARDS.items():
        folders[word] = tmp_path_factory.mktemp("政务 公开") / "qingyuan"
        made = page_set(catalog(project, standards))
        files = dict(made.assets)
        files |= {path: made.page(path) for path in made.pages if path.startswith("reckon/") or path in AROUND}
        for path, content in files.items():
            (folders[word] / path).parent.mkdir(parents=True, exist_ok=True)
            (folders[word] / path).write_bytes(content)
    return folders
