from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.faults import Sample

from gkdir.model.project import Project
from gkdir.read.project import read_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An empty project with the national directories that come with gkdir; tests put their counties into it."""
    folder: Path = tmp_path_factory.mktemp("project")
    (folder / "counties").mkdir()
    return read_project(folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample project, copied, to put faults into."""
    return Sample.copied(tmp_path_factory.mktemp("sample"))
