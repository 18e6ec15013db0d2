"""``gkdir links``: asks the other websites that a project links to whether they answer; no part of a build."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gkdir.cli.options import county_option, deliver, format_option, out_option, project_argument, require_counties


@click.command(name="links")
@project_argument
@county_option
@click.option("--timeout", type=click.IntRange(1, 120), default=10, metavar="秒", help="问一次最多等几秒，默认 10。")
@click.option("--list", "listed", is_flag=True, help="只列出有哪些网址、写在哪里，一个也不问。")
@format_option
@out_option
def command(project: Path, counties: tuple[str, ...], timeout: int, listed: bool, form: str, out: Path | None) -> None:
    """问一问链接到的别的网站打不打得开。

    PROJECT 是项目文件夹。县里的文件和项目自己的模板里写着的外面的网址，一个一个问：几个网站同时问，同一个网站一次只问
    一个；只问打不打得开，不下载内容。要连着网才能用，生成和核对从来不连网。内网的地址、网盘不问，gkdir check 会说。

    有打不开的，退出码为 1。网站不答程序的、等得太久的列在“要人看”里，不算打不开。
    """
    from gkdir.output import refuse_sources
    from gkdir.read.known import known_project
    from gkdir.read.project import read_county
    from gkdir.webcheck import LinkChecker, addresses, as_json, dead, listing, text

    refuse_sources(out, project)
    found = known_project(project)
    require_counties(counties, found.counties)
    places = addresses(found, [read_county(found, slug) for slug in counties or found.counties])
    if listed:
        report, wrong = listing(places), False
    else:
        click.echo(f"要问 {len(places)} 个网址，请稍等。", err=True)
        asked = LinkChecker(timeout).all(places)
        report, wrong = (as_json if form == "json" else text)(asked, places), dead(asked)
    deliver(report, out)
    sys.exit(1 if wrong else 0)
