"""A project's folder and a county's name → the project and the county; an unknown name ends the command."""

from __future__ import annotations

from pathlib import Path

import click

from gkdir.cli.options import require_counties
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.read.known import known_project
from gkdir.read.project import read_county


def open_county(project: Path, slug: str | None) -> tuple[Project, County]:
    """The project, and its county ``slug``, or if none is named its only county; usage error if it has no such one."""
    found = known_project(project)
    if slug is None and len(found.counties) != 1:
        raise click.UsageError(f"项目里有 {len(found.counties)} 个县，请用 --county 写明是哪个县。")
    one = found.counties[0] if slug is None else slug
    require_counties((one,), found.counties)
    return found, read_county(found, one)
