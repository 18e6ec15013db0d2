"""``gkdir import-guides``: an export of the government service platform → a county's guides, and what differs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gkdir.cli.options import project_argument


@click.command(name="import-guides")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_argument
@click.option("--county", "slug", metavar="SLUG", help="哪个县（文件夹名）；项目里只有一个县的不用写。")
@click.option("--replace", is_flag=True, help="不一样的也照平台换；放宽的、多要的照样不换。")
@click.option("--write", "writing", is_flag=True, help="写进项目文件；不写这个，只列出一样的和不一样的。")
def command(file: Path, project: Path, slug: str | None, replace: bool, writing: bool) -> None:
    """把政务服务平台导出的事项实施清单、办事指南和县里的指南对照，补上空着的。

    FILE 是平台导出的表格（xlsx、xls、docx、csv）或者另存的网页（html），一行一个事项、左边栏目右边内容的都行。
    PROJECT 是项目文件夹。

    按实施编码和名称认出是哪一项，逐样列出一致的、不同的。县里和上级的指南没有写的，用平台的补上；已经写了又
    不一样的，加上 --replace 才换。放宽时限、多要材料、有个人信息的一律不写。加上 --write 才写进文件，再运行
    一次什么也不会变。有存疑的、没有采用的，退出码为 1。
    """
    from gkdir.cli.formback import print_troubles, stop_if_unreadable, write_or_wait
    from gkdir.cli.project import open_county
    from gkdir.excel_form.apply import Exchange
    from gkdir.excel_form.form import form
    from gkdir.excel_form.plan import Plan
    from gkdir.excel_form.platform import compared, comparison_text
    from gkdir.excel_form.rulecheck import passing_rules
    from gkdir.excel_form.words import as_text
    from gkdir.importing.platform import read_platform

    export = read_platform(file, str(file))
    found, county = open_county(project, slug)
    stop_if_unreadable(county, "导入")
    exchange = Exchange(found, county, form(found, county))
    compare = compared(exchange.form, export, found.reference.workdays, replace)
    done = passing_rules(exchange, Plan(compare.changes, compare.troubles))
    click.echo(comparison_text(compare, replace))
    click.echo(as_text(done.changes, county.slug, bool(done.troubles or compare.doubts)), nl=False)
    print_troubles(done.troubles, county.slug)
    write_or_wait(exchange, done, writing)
    sys.exit(1 if done.troubles or compare.doubts else 0)
