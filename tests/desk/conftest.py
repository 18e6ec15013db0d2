"""An open desk for a small project."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.desk.opened import TOKEN, Open
from tests.nation import only, seen_as
from tests.places import SMALL

from gkdir.desk.front import DeskOptions, FrontDesk
from gkdir.model.project import Project
from gkdir.preview.serving import LocalServer

DAY = date(2026, 3, 20)
Nation = Callable[[Project], Project]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with two counties, one of which has errors."""
    copied = Path(shutil.copytree(SMALL / "project", tmp_path / "项目"))
    shutil.copytree(SMALL / "national", copied / "national", dirs_exist_ok=True)
    return copied


@pytest.fixture
def nation() -> Nation:
    """The national items that the desk sees: the project's own domain."""
    return only({"social_assistance": ("1.1", "1.2", "2.1")})


@pytest.fixture
def desk(project: Path, nation: Nation) -> Iterator[Open]:
    """The project's desk."""
    server = LocalServer(0)
    app = FrontDesk(DeskOptions(project, project / "site", project / "存档", lambda: DAY)).starlette()
    thread = threading.Thread(target=server.run, args=(app, TOKEN))
    thread.start()
    with seen_as(nation):
        yield Open(project, server.port)
    server.stop()
    thread.join()
