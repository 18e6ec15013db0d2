"""``gkdir release``: each county as a dated folder to file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import (
    FOLDER_TO_WRITE,
    county_option,
    date_option,
    exit_status,
    project_argument,
    require_counties,
    strict_option,
)
from gkdir.finding import Finding


@click.command(name="release")
@project_argument
@click.option(
    "-o",
    "--out",
    required=True,
    metavar="DIR",
    type=FOLDER_TO_WRITE,
    help="放在这个文件夹里，每个县一个“拼音-日期”文件夹。",
)
@county_option
@date_option
@strict_option
def command(project: Path, out: Path, counties: tuple[str, ...], today: date | None, strict: bool) -> None:
    """做一份有日期的存档，供备案。

    PROJECT 是项目文件夹。每个县一个文件夹，里面有：备案说明、国家目录版式的目录、与国家目录的差别（文字和表格）、
    整个网站、校验和。同样的内容、同一个日期，每个字节都相同。

    有错误的县不做，先改正。已经有的存档从不覆盖：内容相同就不动，内容不同就停下，请换一个日期。
    """
    from gkdir import checking
    from gkdir.build import BuildContext
    from gkdir.buildoptions import BuildOptions
    from gkdir.finding import holds_back
    from gkdir.output import refuse_sources
    from gkdir.publish.live import refuse_county
    from gkdir.read.known import known_project
    from gkdir.release.contents import release
    from gkdir.release.pack import PlacingResult, place
    from gkdir.report.text import render
    from gkdir.rules import check_project

    refuse_sources(out, project)
    refuse_county(out)
    found = known_project(project)
    require_counties(counties, found.counties)
    findings = check_project(found)
    if holds_back(findings, strict):
        click.echo(render(findings), nl=False)
        sys.exit(1)
    failed = False
    lost: list[Finding] = []
    context = BuildContext(found, BuildOptions(project, out, counties, 1, today=today, strict=strict))
    for slug in counties or found.counties:
        try:
            made = release(context, slug)
        except OSError:  # a folder that cannot be read or written fails for every county
            raise
        except Exception as error:
            lost.append(checking.failed(error, found, slug))
            continue
        if made.files is None:
            click.echo(render([one for one in made.findings if holds_back([one], strict)]), nl=False)
            click.echo(f"{slug} 有错误，没有做存档。", err=True)
            failed = True
            continue
        placed = place(out / made.name, made.files)
        there = f"{out / made.name} 已经有了"
        words = {
            PlacingResult.NEW: f"写好了 {out / made.name}。",
            PlacingResult.SAME: f"{there}，内容一样，没有动。",
            PlacingResult.OTHER: f"{there}，内容不一样，没有覆盖。请用 --date 换一个日期，或者换一个文件夹。",
        }
        click.echo(words[placed], err=True)
        failed |= placed is PlacingResult.OTHER
    if lost:
        click.echo(render(lost), nl=False)
    sys.exit(exit_status(lost, failed or bool(lost)))
