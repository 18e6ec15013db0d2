"""``gkdir check``: a project → its findings on standard output or in a file, in the format that was asked for."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import Day, county_option, exit_status, project_argument, require_counties, strict_option
from gkdir.finding import Finding, Severity

CAP = 50
"""Findings shown on a terminal; files and pipes get all."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command(name="check")
@project_argument
@county_option
@strict_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif", "junit"]),
    default="text",
    help="写成哪种格式。",
)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件，不写到屏幕。")
@click.option("--date", "today", type=Day(), help="按哪一天算是否过期；不写就是今天。")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="同时用几个进程；不写就自己定。")
def command(
    project: Path,
    counties: tuple[str, ...],
    strict: bool,
    form: str,
    out: Path | None,
    today: date | None,
    jobs: int,
) -> None:
    """只核对，不生成：build 核对的它都核对。

    PROJECT 是项目文件夹。每个问题都写明在哪个文件哪一行、依据通知的哪一条、怎么改。
    有错误时退出码为 1；加上 --strict，提醒也算。
    """
    from gkdir.checking import check_counties
    from gkdir.finding import holds_all_back, holds_back, told_once
    from gkdir.read.known import known_project
    from gkdir.report import FORMATS
    from gkdir.rules import check_project

    whole = known_project(project)
    require_counties(counties, whole.counties)
    found = list(check_project(whole))
    if not holds_all_back(found, project):
        # A check asks about now, so it alone looks at the clock; what is published never does.
        found += check_counties(whole, counties or whole.counties, today or date.today(), jobs)
        found = told_once(found, project)
    if out is not None:
        from gkdir.output import write_file
        from gkdir.report.text import summary

        write_file(out, FORMATS[form](found).encode())
        click.echo(f"{summary(found)}已写到 {out}。", err=True)
    elif form == "text":
        click.echo(_on_screen(found), nl=False)
    else:
        click.echo(FORMATS[form](found), nl=False)
    if form == "github":
        _write_summary(found)
    sys.exit(exit_status(found, holds_back(found, strict)))


def _on_screen(found: list[Finding]) -> str:
    from gkdir.report.text import render

    if not sys.stdout.isatty():
        return render(found)
    return render(found, cap=CAP, paint=lambda word, severity: click.style(word, fg=COLOURS[severity], bold=True))


def _write_summary(found: list[Finding]) -> None:
    """The job's summary page, where GitHub says to put it."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from gkdir.report.github import render_summary

        with Path(path).open("a", encoding="utf-8") as summary:
            summary.write(render_summary(found))
