"""``gkdir diff OLD NEW``: two projects, or two sets of tables → what differs, printed or recorded."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import Day, deliver, out_option
from gkdir.diffing.words import DiffSection, sections
from gkdir.finding import Severity, Trouble, Unreadable


@click.command(name="diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="写成哪种格式。"
)
@click.option("--record", is_flag=True, help="把不同续写到 NEW 里各县的更新记录 changes.yaml；写过的不再写。")
@click.option("--date", "day", type=Day(), help="更新记录写哪一天；不写就是今天。")
@out_option
def command(old: str, new: str, form: str, record: bool, day: date | None, out: Path | None) -> None:
    """比较两份目录，列出新增、修改、停用的事项、办事指南、表格、文章和机构。

    OLD 是原来的，NEW 是现在的：两个项目文件夹，或者两份目录表格，或者两个放着表格的文件夹。
    任何一边都可以写成 git 的“版本:路径”，如 HEAD~1:directories。
    修改的逐栏写出原来怎样、现在怎样。两个项目相比，目录、办事指南、表格、文章和机构的电话地址都比；
    两份表格相比，只比目录，一边的表格没有“序号”或“公开层级”这一栏，就不比这一栏。

    加上 --record，每个县的不同续写到 NEW 里那个县的 changes.yaml，网站的更新记录页和订阅由它而来。
    再运行一次不会重复。原来没有的县，不把它的每一项都记成新增。

    有不同时退出码仍是 0；有地方没有读懂，比较可能不全，退出码为 1。
    """
    from gkdir.diffing.sides import is_project, project_side, table_sides
    from gkdir.diffing.words import FORMATS
    from gkdir.output import refuse_sources

    if record and not is_project(Path(new)):
        raise click.UsageError("--record 要写进 NEW，请给一个项目文件夹，不是表格，也不是 git 里的版本。")
    with tempfile.TemporaryDirectory() as scratch:
        was, now = _found(old, Path(scratch, "old")), _found(new, Path(scratch, "new"))
        if is_project(was) != is_project(now):
            project, other = (old, new) if is_project(was) else (new, old)
            message = f"{project} 是项目，{other} 不是（里面没有 counties），没法比。请给两个项目，或者两份表格。"
            raise click.UsageError(message)
        if is_project(was):
            refuse_sources(out, was)
            refuse_sources(out, now)
            before, after = project_side(was), project_side(now)
            unread = before.unread | after.unread
            before, after = before.without(unread), after.without(unread)
        else:
            before, after = table_sides(was, now, (old, new))
    found = sections(before, after)
    deliver(FORMATS[form](found), out)
    _print_troubles((*before.troubles, *after.troubles))
    if record:
        # The record has the day it is written on; nothing else depends on the clock.
        _record(found, Path(new), before.counties & after.counties, day or date.today())


def _found(wanted: str, scratch: Path) -> Path:
    """The folder or file of that name, or that of a git revision, extracted to ``scratch``."""
    if Path(wanted).exists():
        return Path(wanted)
    from gkdir.diffing.revision import unpack

    try:
        return unpack(wanted, scratch)
    except Unreadable as error:
        raise click.BadParameter(f"{wanted}：{error.trouble.message}{error.trouble.hint}") from None


def _record(found: Sequence[DiffSection], project: Path, counties: Set[str], day: date) -> None:
    """Add the differences to the changes.yaml of each county that existed before; report those that cannot be."""
    from gkdir.diffing.recordfile import append, entries, recorded
    from gkdir.read.declaredfiles import CHANGES

    refused = []
    named = {section.county for section in found}
    for county in sorted(named - counties):
        click.echo(f"{county}：只在一边有这个县（按文件夹名认），没有记。", err=True)
    for county in sorted(named & counties):
        path = project / "counties" / county / CHANGES
        name = path.as_posix()
        try:
            new = entries(found, county, day, recorded(path, name))
            if new:
                append(path, name, new)
        except Unreadable as error:
            refused.append(error.trouble)
        else:
            click.echo(f"{name}：{f'续写 {len(new)} 条，请补上理由和依据' if new else '没有新的'}。", err=True)
    _print_troubles(tuple(refused))


def _print_troubles(troubles: tuple[Trouble, ...]) -> None:
    if not troubles:
        return
    from gkdir.report.text import render  # slow to import, and often there are none
    from gkdir.rules.reading import finding

    wrong = [one for one in (finding(trouble, None) for trouble in troubles) if one.severity is Severity.ERROR]
    if wrong:
        click.echo("下面的地方没有读懂，比较可能不全：", err=True)
        click.echo(render(wrong), err=True, nl=False)
        sys.exit(1)
