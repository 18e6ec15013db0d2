"""``gkdir check``: a project → its findings on standard output or in a file, in the format asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from gkdir.buildoptions import BuildOptions
from gkdir.cli.options import (
    Day,
    county_option,
    exit_status,
    jobs_option,
    out_option,
    project_argument,
    require_counties,
    strict_option,
)
from gkdir.finding import Finding, Severity
from gkdir.model.project import Project

LISTS = ("xlsx", "html")
"""The formats of 整改清单, the list of what to correct."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command(name="check")
@project_argument
@county_option
@strict_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif", "junit", *LISTS]),
    default="text",
    help="写成哪种格式；xlsx、html 是整改清单。",
)
@out_option
@click.option("--all", "whole", is_flag=True, help="屏幕上逐条列出；不写就把同一原因的合成一条，最多二十行。")
@click.option("--date", "today", type=Day(), help="按哪一天算是否过期；不写就是今天。")
@jobs_option
def command(
    project: Path,
    counties: tuple[str, ...],
    strict: bool,
    form: str,
    out: Path | None,
    whole: bool,
    today: date | None,
    jobs: int,
) -> None:
    """只核对，不生成：build 核对的它都核对。

    PROJECT 是项目文件夹。每个问题都写明在哪个文件哪一行、依据通知的哪一条、怎么改。
    有错误时退出码为 1；加上 --strict，提醒也算。

    --format xlsx（或 html）-o 整改清单.xlsx 写成整改清单：同一个原因一行，检查时最先会扣的排在最前，
    写明依据、怎么改，留着责任人和期限。
    """
    from gkdir.checking import check_counties, memory_of
    from gkdir.finding import apart, holds_back, shared_once
    from gkdir.output import refuse_sources, write_file
    from gkdir.read.known import known_project

    if form == "xlsx" and out is None:
        raise click.UsageError("xlsx 要写到文件里，请加上 -o 整改清单.xlsx。")
    refuse_sources(out, project)
    # A check is about the current day; what is published never depends on the clock.
    options = BuildOptions(project, Path(), counties, jobs, today=today or date.today(), hant=False)
    memory = memory_of(options)  # before anything is read
    read = known_project(project)
    require_counties(counties, read.counties)
    found = shared_once(_found(read, options, check_counties(read, options, memory)), project)
    if out is not None:
        from gkdir.report.text import summary

        write_file(out, _rendered(form, found, options))
        click.echo(f"{summary(found)}已写到 {out}。", err=True)
    elif form == "text" and not whole:
        click.echo(_on_screen(found), nl=False)
    else:
        click.echo(_rendered(form, list(apart(found)) if whole else found, options).decode(), nl=False)
    if form == "github":
        _write_summary(found)
    sys.exit(exit_status(found, holds_back(found, strict)))


def _rendered(form: str, found: list[Finding], options: BuildOptions) -> bytes:
    if form not in LISTS:
        from gkdir.report import FORMATS

        return FORMATS[form](found).encode()
    from gkdir.read.owners import owner_of
    from gkdir.report.worklist import worklist, worklist_page

    assert options.today is not None
    jobs = worklist(by_name(found, options.project), options.today, owner_of)
    if form == "xlsx":
        from gkdir.report.worklistxlsx import workbook  # loads openpyxl

        return workbook(jobs)
    return worklist_page(jobs).encode()


def by_name(found: list[Finding], project: Path) -> list[Finding]:
    """The findings with counties' names in place of their folders; with both where two have the same name."""
    from collections import Counter

    from msgspec.structs import replace

    from gkdir.finding import apart
    from gkdir.read.countyfolders import county_names

    names = dict(county_names(project, dict.fromkeys(one.county for one in found if one.county)))
    times = Counter(names.values())
    called = {slug: name if times[name] == 1 else f"{name}（{slug}）" for slug, name in names.items()}
    return [replace(one, county=called.get(one.county or "", one.county)) for one in apart(found)]


def _found(project: Project, options: BuildOptions, counties: Iterable[Finding]) -> Iterator[Finding]:
    """All findings: of reading and checking, and of building in memory where the project has its own templates."""
    from gkdir.finding import holds_all_back
    from gkdir.rules import judge_project

    assert options.today is not None
    shared = judge_project(project, options.today)
    if holds_all_back(shared.unfinished(), project.folder):
        yield from shared.with_files({})
    elif (project.folder / "templates").is_dir():
        from gkdir.build import proof  # loads the renderer

        yield from proof(shared, options)
    else:
        yield from shared.with_files({})
        yield from counties


def _on_screen(found: list[Finding]) -> str:
    """The text of the findings: all for a file or a pipe, as many as fit on a terminal."""
    from gkdir.report.glance import glance
    from gkdir.report.text import render

    if not sys.stdout.isatty():
        return render(found)
    columns = shutil.get_terminal_size().columns or 80
    return glance(found, columns, lambda word, severity: click.style(word, fg=COLOURS[severity], bold=True))


def _write_summary(found: list[Finding]) -> None:
    """Write the findings to the job's summary page, if GitHub names a file for it."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from gkdir.report.formats import render_summary

        with Path(path).open("a", encoding="utf-8") as summary:
            summary.write(render_summary(found))
