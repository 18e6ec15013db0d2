"""A county to print, pack or share → its site and files; ends the command if the county has an error."""

from __future__ import annotations

import sys

import click

from gkdir.build import BuildContext, MadeCounty, make_county
from gkdir.buildoptions import BuildOptions
from gkdir.cli.options import require_counties
from gkdir.finding import holds_all_back
from gkdir.read.known import known_project
from gkdir.report.text import render
from gkdir.rules import check_project


def county_to_publish(options: BuildOptions, slug: str) -> MadeCounty:
    """The county with its files, checked as for a build."""
    found = known_project(options.project)
    require_counties((slug,), found.counties)
    shared = check_project(found, options.today)
    made = make_county(BuildContext(found, options), slug)
    if made.files is None or holds_all_back(shared, options.project):
        click.echo(render((*shared, *made.findings)), nl=False)
        sys.exit(1)
    return made
