"""``gkdir export``: a county's laid directories → one workbook in the national layout, for filing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gkdir.cli.options import project_argument, slug_option, xlsx_option


@click.command(name="export")
@project_argument
@slug_option
@click.option("--domain", "domains", metavar="DOMAIN", multiple=True, help="只要这个领域，可写多次；不写就全部。")
@xlsx_option
def command(project: Path, slug: str, domains: tuple[str, ...], out: Path) -> None:
    """按国家目录的版式导出本县目录，供备案。

    PROJECT 是项目文件夹。几个领域写成一个工作簿里的几张表。同样的内容，导出的文件每个字节都相同。
    """
    from gkdir.cli.project import open_county
    from gkdir.export.workbook import workbook
    from gkdir.output import refuse_sources, write_file
    from gkdir.overlay import lay

    refuse_sources(out, project)
    found, county = open_county(project, slug)
    for trouble in county.troubles:
        click.echo(f"{trouble.place}: {trouble.message}", err=True)
    if any(trouble.place.file == county.overlay.place.file for trouble in county.troubles):
        click.echo("county.yaml 有读不懂的地方，没有导出。请先运行 gkdir check 并改正。", err=True)
        sys.exit(1)
    catalog = lay(found, county)
    missing = [domain for domain in domains if domain not in catalog.directories]
    if missing:
        there = "、".join(catalog.directories)
        raise click.BadParameter(f"没有“{'、'.join(missing)}”，有：{there}。", param_hint="--domain")
    wanted = [directory for domain, directory in catalog.directories.items() if not domains or domain in domains]
    write_file(out, workbook(wanted, catalog.overlay.name))
    click.echo(f"写好了 {out}：{'、'.join(f'{each.label} {len(each.entries)} 项' for each in wanted)}。", err=True)
