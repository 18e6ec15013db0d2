"""The sample county's search, written to disk as a browser would load it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.places import ROOT

from gkdir.buildoptions import BuildOptions
from gkdir.model.county import Catalog
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.publish.minify import joined, minified
from gkdir.read.project import read_county, read_project
from gkdir.resources import template_folder
from gkdir.search.index import END, START, county_index, packed
from gkdir.service.site import Site


@pytest.fixture(scope="session")
def project() -> Project:
    return read_project(ROOT / "directories")


@pytest.fixture(scope="session")
def site(project: Project, catalog: Catalog) -> Site:
    return Site.of(project, catalog, BuildOptions(project.folder, project.folder))


@pytest.fixture(scope="session")
def catalog(project: Project) -> Catalog:
    return lay(project, replace(read_county(project, "qingyuan"), troubles=()))


@pytest.fixture(scope="session")
def assets(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of the search and the county's index, in one folder."""
    folder = tmp_path_factory.mktemp("assets")
    scripts = {f"assets/{path.name}": minified(path) for path in (template_folder() / "_assets").glob("search*.js")}
    for path, script in joined(scripts).items():
        (folder / Path(path).name).write_bytes(script)
    (folder / "search-index.js").write_bytes(packed(county_index(site)))
    return folder


def parsed(script: bytes) -> dict[str, Any]:
    """The value that an index script assigns to ``window.gkdirIndex``."""
    text = script.decode().removeprefix(START).removesuffix(END)
    index: dict[str, Any] = json.loads(text)
    return index
