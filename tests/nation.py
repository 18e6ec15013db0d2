"""Fewer national items for tests of commands whose cost is that of the items: a site of 103 items has 700 pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from gkdir.model.project import Project
from gkdir.read.known import known_project

ASKING = (
    *(
        "build",
        "cli.project",
        "cli.publishable",
        "desk.published",
        "diffing.sides",
        "importing.townread",
        "preview.site",
    ),
    "read.known",
)
"""The modules from which commands take it; its own module last, because modules loaded later keep what they see there.
"""


@contextmanager
def seen_as(less: Callable[[Project], Project]) -> Iterator[None]:
    """Within the context, commands see a smaller nation, which makes them faster."""

    def known(*asked: Any) -> Project:
        return less(known_project(*asked))

    with pytest.MonkeyPatch.context() as patch:
        for module in ASKING:
            patch.setattr(f"gkdir.{module}.known_project", known)
        yield


def only(numbers: Mapping[str, Collection[str]]) -> Callable[[Project], Project]:
    """A function that removes from a project all national items but these of each domain, and their guides."""

    def less(project: Project) -> Project:
        national = {
            domain: replace(project.national[domain], items=tuple(filter(lambda item: item.number in some, items)))
            for domain, some in numbers.items()
            if (items := project.national[domain].items)
        }
        guides = {id_: guide for id_, guide in project.guides.items() if id_ in known}
        return replace(project, national=national, guides=guides)

    known = {f"{domain}/{number}" for domain, some in numbers.items() for number in some}
    return less


def without_guides(project: Project) -> Project:
    """The project without the national guides, which are three in four rows of a form."""
    return replace(project, guides={})


def with_little_insurance(project: Project) -> Project:
    """The project without national guides, and with only a few items of 社会保险, among them those that tests use."""
    insurance = project.national["social_insurance"]
    few = tuple(item for item in insurance.items if item.number in INSURANCE)
    return replace(
        without_guides(project), national={**project.national, "social_insurance": replace(insurance, items=few)}
    )


INSURANCE = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "4.1", "7.1", "9.6")
