"""``gkdir form``: a county → a workbook for a clerk, and the returned workbook → the county's files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import Day, project_argument, slug_option, xlsx_option


@click.group(name="form")
def command() -> None:
    """Excel 里改目录和办事指南：导出给业务人员填，填好再导入。

    业务人员只要会用 Excel 或 WPS。导出的表里有填写说明；导入时先列出改了什么，加上 --write 才写进文件。
    """


@command.command(name="export")
@project_argument
@slug_option
@xlsx_option
@click.option("--check", "checking", is_flag=True, help="同时核对，问题写在那一格旁边；表里的格子照样能改、能导入。")
@click.option("--date", "today", type=Day(), help="核对时按哪一天算是否过期；不写就是今天。")
def export(project: Path, slug: str, out: Path, checking: bool, today: date | None) -> None:
    """把一个县的目录、指南、机构导出成一份可以填写的 Excel 表。

    PROJECT 是项目文件夹。每次都是一份新表；同样的内容，每个字节都相同。国家目录的编号和名称锁住，不能改。
    已经有的文件，里面还有没导入的内容，就不覆盖，退出码为 1。
    加上 --check，每张表多一栏“核对”，写着这一行有什么问题、怎么改，有问题的格子标红；“核对”那张表逐条列出。
    """
    from gkdir.cli.formback import stop_if_unreadable
    from gkdir.cli.project import open_county
    from gkdir.excel_form.form import form
    from gkdir.excel_form.plan import unsaved
    from gkdir.excel_form.workbook import workbook
    from gkdir.output import refuse_sources, write_file

    refuse_sources(out, project)
    found, county = open_county(project, slug)
    stop_if_unreadable(county, "导出")
    made = form(found, county)
    in_place = unsaved(out, made)
    if in_place is not None:
        message, hint = in_place
        click.echo(f"{out}：{message}没有导出，原来的文件没有动。\n{hint}", err=True)
        sys.exit(1)
    if checking:
        from gkdir.excel_form.formplaces import FormPlaces, checked
        from gkdir.rules import check

        findings = check(found, county, made.catalogs.catalog, today or date.today())
        made = checked(made, findings, FormPlaces(made, found.folder, county.folder))
    write_file(out, workbook(made), own=lambda _filled: True)  # everything in it is in the project too
    click.echo(f"写好了 {out}。填好发回后运行：gkdir form import {out} {project}", err=True)


@command.command(name="import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_argument
@click.option("--county", "slug", metavar="SLUG", help="哪个县（文件夹名）；不写就看表里记着的。")
@click.option("--write", "writing", is_flag=True, help="写进项目文件；不写这个，只列出改了什么。")
def import_(file: Path, project: Path, slug: str | None, writing: bool) -> None:
    """读回填好的表，列出改了什么，加上 --write 写进县的文件。

    FILE.xlsx 是 gkdir form export 导出、填好发回的表，PROJECT 是项目文件夹。

    只写和国家目录不同的地方，文件里别的内容、注释、顺序都不动。导出以后项目里也改过的格子，两边都不动，
    列出来由您决定。少了的行不会从目录里删去。再导入一次，什么也不会变。
    有没有采用的地方时，退出码为 1。
    """
    from gkdir.cli.formback import print_troubles, stop_if_unreadable, write_or_wait
    from gkdir.cli.project import open_county
    from gkdir.excel_form.apply import Exchange, applied
    from gkdir.excel_form.form import form
    from gkdir.excel_form.plan import returned_changes
    from gkdir.excel_form.returned import read_record
    from gkdir.excel_form.words import as_text

    name = str(file)
    record, grids = read_record(file, name)
    found, county = open_county(project, slug or record.slug)
    if (record.slug, record.code) != (county.slug, county.overlay.code):
        raise click.UsageError(
            f"这份表是 {record.name}（{record.slug}，{record.code}）的，"
            f"不是 {county.overlay.name}（{county.slug}，{county.overlay.code}）的，没有导入。"
        )
    stop_if_unreadable(county, "导入")
    exchange = Exchange(found, county, form(found, county))
    done = applied(exchange, returned_changes(exchange.form, record, grids, name))
    click.echo(as_text(done.changes, county.slug, bool(done.troubles)), nl=False)
    print_troubles(done.troubles, county.slug)
    write_or_wait(exchange, done, writing)
    sys.exit(1 if done.troubles else 0)
