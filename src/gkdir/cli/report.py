"""``gkdir report``: a project of many counties → a folder with the report for the authority that supervises them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gkdir.buildoptions import BuildOptions
from gkdir.cli.options import FOLDER_TO_WRITE, Day, jobs_option, project_argument


@click.command(name="report")
@project_argument
@click.option(
    "-o",
    "--out",
    required=True,
    type=FOLDER_TO_WRITE,
    help="写到这个文件夹；每次写在同一个文件夹里，就能和上次比。",
)
@click.option("--date", "today", type=Day(), help="按哪一天算；不写就是今天。")
@jobs_option
def command(project: Path, out: Path, today: date | None, jobs: int) -> None:
    """给上级督导用的报告：各县公开了什么、缺什么、得几分、谁逾期了、比上次怎样。

    PROJECT 是项目文件夹。写成网页、xlsx 和 json，每个县另有一页，可以打印下发。评分表是 national/评分.yaml，
    项目里放一份自己的就用自己的。报告只供督导，不从公开的网页链接，也不要放到网站上。
    """
    from gkdir.output import refuse_overlap
    from gkdir.oversight.facts import facts_before
    from gkdir.oversight.folder import make_report
    from gkdir.read.known import known_project

    refuse_overlap(out, project)
    options = BuildOptions(project, out, jobs=jobs, today=today or date.today())
    memory = facts_before(options)  # before anything is read
    found = make_report(known_project(project), options, memory)
    failed = [each.facts.slug for each in found.counties if each.facts.failed]
    if failed:
        click.echo(f"读不出来的县：{'、'.join(failed)}。", err=True)
    click.echo(f"写好了 {len(found.counties)} 个县的报告，用浏览器打开 {out / 'index.html'}。", err=True)
