from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.rules.faults import Sample

from gkdir.model.project import Project
from gkdir.read.project import read_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An empty project with the national directories that come with gkdir, for the tests' counties.

    Of the national guides it has only that of 4.3: others would fill in what the examples leave out.
    """
    folder: Path = tmp_path_factory.mktemp("project")
    (folder / "counties").mkdir()
    shutil.copytree(Path(__file__).parent / "national", folder / "national")
    whole = read_project(folder)
    return replace(whole, guides={"employment/4.3": whole.guides["employment/4.3"]}, forms={})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A copy of the sample project, to put faults into."""
    return Sample.copied(tmp_path_factory.mktemp("sample"))
