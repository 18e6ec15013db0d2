"""``gkdir due``: a project → what is due or overdue in its counties, by day."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import Day, county_option, deliver, exit_status, out_option, project_argument, require_counties
from gkdir.due import Deadline
from gkdir.finding import Finding


@click.command(name="due")
@project_argument
@county_option
@click.option("--within", type=click.IntRange(min=0, max=3650), default=30, help="看今后多少天，默认 30。")
@click.option("--date", "today", type=Day(), help="从哪一天算起；不写就是今天。")
@click.option("--format", "form", type=click.Choice(["text", "json", "ics"]), default="text", help="写成哪种格式。")
@out_option
def command(
    project: Path, counties: tuple[str, ...], within: int, today: date | None, form: str, out: Path | None
) -> None:
    """看看什么快到期了，什么已经过期。

    PROJECT 是项目文件夹。目录审核、指南核对、文章有效期、意见征集、紧急通知、允许、待遇标准、依据的有效期、
    二十个工作日的公开期限、半年没有更新的栏目，按日期排好，写明在哪个文件哪一行、该做什么。
    已经过期没有处理的总是列出。期限和 gkdir check 的规则用同一个数。

    --format ics 写成日历文件，手机和电脑的日历都能导入，提前一周提醒。
    """
    from gkdir.checking import failed
    from gkdir.due import FORMATS, DueSubject, deadlines, of_project
    from gkdir.output import refuse_sources
    from gkdir.overlay import lay
    from gkdir.read.known import known_project
    from gkdir.read.project import read_county
    from gkdir.report.text import render

    refuse_sources(out, project)
    found = known_project(project)
    require_counties(counties, found.counties)
    day = today or date.today()  # due dates are about the current day; nothing of this is published
    lost: list[Finding] = []
    owed: list[Deadline] = list(of_project(found.reference, day, within))
    for slug in counties or found.counties:
        try:
            county = read_county(found, slug)
            owed += deadlines(DueSubject(county, lay(found, county), found.reference, day), within)
        except Exception as error:  # the other counties are still listed
            lost.append(failed(error, found, slug))
    text = FORMATS[form](sorted(owed, key=lambda each: each.order), day, within)
    deliver(text, out, f"：{len(owed)} 件")
    if lost:
        click.echo(render(lost), err=True, nl=False)
        sys.exit(exit_status(lost, True))
