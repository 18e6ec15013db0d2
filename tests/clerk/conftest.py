"""Smaller nations for tests of commands, whose cost is that of the workbook: three in four rows are of national guides.

With these the form is in test_form_blanks.py, test_form_checked.py and test_form_laws.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from gkdir.model.project import Project
from gkdir.read.known import known_project


@pytest.fixture(scope="module")
def little_nation() -> Iterator[None]:
    """The commands of this module see all items of 就业, the first ones of 社会保险, and no national guide."""

    def less(project: Project) -> Project:
        insurance = project.national["social_insurance"]
        some = replace(insurance, items=insurance.items[:12])
        return replace(project, guides={}, national={**project.national, "social_insurance": some})

    with seen_as(less):
        yield


@pytest.fixture(scope="module")
def nation_without_guides() -> Iterator[None]:
    """The commands of this module see no national guide."""
    with seen_as(lambda project: replace(project, guides={})):
        yield


@contextmanager
def seen_as(less: Callable[[Project], Project]) -> Iterator[None]:
    def known(folder: Path) -> Project:
        return less(known_project(folder))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gkdir.read.known.known_project", known)
        yield
