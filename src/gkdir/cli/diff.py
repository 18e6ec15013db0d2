"""``gkdir diff OLD NEW``: two projects, or two lots of tables → what was added, changed and stopped."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from gkdir.finding import Severity, Trouble, Unreadable


@click.command(name="diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="写成哪种格式。"
)
def command(old: str, new: str, form: str) -> None:
    """比较两份目录，列出新增、修改、停用的事项。

    OLD 是原来的，NEW 是现在的：两个项目文件夹，或者两份目录表格，或者两个放着表格的文件夹。
    任何一边都可以写成 git 的“版本:路径”，如 HEAD~1:directories。
    修改的事项逐栏写出原来怎样、现在怎样。比的是目录，不比办事指南和表格；
    一边的表格没有“序号”或“公开层级”这一栏，就不比这一栏。

    有不同时退出码仍是 0；有地方没有读懂，比较可能不全，退出码为 1。
    """
    from gkdir.diffing.sections import sections
    from gkdir.diffing.sides import is_project, project_side, table_sides
    from gkdir.diffing.words import FORMATS

    with tempfile.TemporaryDirectory() as scratch:
        was, now = _found(old, Path(scratch, "old")), _found(new, Path(scratch, "new"))
        if is_project(was) != is_project(now):
            raise click.UsageError("一边是项目，一边是表格，没法比。请给两个项目，或者两份表格。")
        if is_project(was):
            before, after = project_side(was), project_side(now)
        else:
            before, after = table_sides(was, now, (old, new))
    click.echo(FORMATS[form](sections(before, after)), nl=False)
    _tell((*before.troubles, *after.troubles))


def _found(wanted: str, scratch: Path) -> Path:
    """What is there by that name, or else what git has by it, unpacked."""
    if Path(wanted).exists():
        return Path(wanted)
    from gkdir.diffing.revision import unpack

    try:
        return unpack(wanted, scratch)
    except Unreadable as error:
        raise click.BadParameter(f"{wanted}：{error.trouble.message}{error.trouble.hint}") from None


def _tell(troubles: tuple[Trouble, ...]) -> None:
    if not troubles:
        return
    from gkdir.report.text import render  # only where something is to be said
    from gkdir.rules.reading import finding

    wrong = [one for one in (finding(trouble, None) for trouble in troubles) if one.severity is Severity.ERROR]
    if wrong:
        click.echo("下面的地方没有读懂，比较可能不全：", err=True)
        click.echo(render(wrong), err=True, nl=False)
        sys.exit(1)
