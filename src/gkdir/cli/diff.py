"""``gkdir diff OLD NEW``: two projects, or two lots of tables → what was added, changed and stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="diff")
@click.argument("old", metavar="OLD", type=click.Path(exists=True, path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="写成哪种格式。"
)
def command(old: Path, new: Path, form: str) -> None:
    """比较两份目录，列出新增、修改、停用的事项。

    OLD 是原来的，NEW 是现在的：两个项目文件夹，或者两份目录表格，或者两个放着表格的文件夹。
    修改的事项逐栏写出原来怎样、现在怎样。比的是目录，不比办事指南和表格；
    一边的表格没有“序号”或“公开层级”这一栏，就不比这一栏。

    有不同时退出码仍是 0；有地方没有读懂，比较可能不全，退出码为 1。
    """
    from gkdir.diffing.sections import sections
    from gkdir.diffing.sides import is_project, project_side, table_sides
    from gkdir.diffing.words import FORMATS
    from gkdir.finding import Severity

    if is_project(old) != is_project(new):
        raise click.UsageError("一边是项目，一边是表格，没法比。请给两个项目，或者两份表格。")
    before, after = (project_side(old), project_side(new)) if is_project(old) else table_sides(old, new)
    click.echo(FORMATS[form](sections(before, after)), nl=False)
    troubles = (*before.troubles, *after.troubles)
    if troubles:
        from gkdir.report.text import render  # only where something is to be said
        from gkdir.rules.reading import finding

        findings = [finding(trouble, None) for trouble in troubles]
        wrong = [one for one in findings if one.severity is Severity.ERROR]
        if wrong:
            click.echo("下面的地方没有读懂，比较可能不全：", err=True)
            click.echo(render(wrong), err=True, nl=False)
            sys.exit(1)
