"""``gkdir read``: any files with directories in → what was read out of them, as JSON or as a summary."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gkdir.cli.reading import FileReading, as_data, summary
from gkdir.finding import Severity, Trouble, Unreadable
from gkdir.harmless import json_text, shown_lines


@click.command(name="read")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出全部事项（JSON），供其他程序使用。")
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """读取目录表格（xlsx、xls、docx、ods、csv、html），看看读出了哪些事项、哪些地方没有读懂。

    各县的表格式样不同也能读：按表头文字认栏目，合并单元格、续行、同上、各种勾选方式都会还原。
    一行也不会丢：没有认作事项的行会逐行列出。
    """
    results = [_read(file) for file in files]
    if as_json:
        click.echo(json_text({"files": [as_data(result) for result in results]}, indent=1))
    else:
        click.echo(shown_lines("\n\n".join("\n".join(summary(result)) for result in results)))
    if any(finding.severity is Severity.ERROR for result in results for finding in result.findings):
        sys.exit(1)


def _read(path: Path) -> FileReading:
    from gkdir.read.directory import read_directories  # so that --help stays quick

    name = path.as_posix()
    troubles: tuple[Trouble, ...]
    try:
        directories = read_directories(path, name=name)
        troubles = tuple(trouble for directory in directories for trouble in directory.troubles)
    except Unreadable as error:
        directories, troubles = (), (error.trouble,)
    if not troubles:
        return FileReading(name, directories)
    from gkdir.rules.reading import finding  # only where something is to be said

    return FileReading(name, directories, tuple(finding(trouble, None) for trouble in troubles))
