"""``gkdir read``: files with directories in them → what was read from them, as JSON or as a summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from gkdir.cli.options import deliver, out_option
from gkdir.export.data import item_json
from gkdir.finding import Finding, Severity, Trouble, Unreadable
from gkdir.harmless import json_text, shown_lines
from gkdir.model.columns import COLUMNS
from gkdir.model.item import Directory, Item, Written
from gkdir.read.text import one_line, shortened


@click.command(name="read")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出全部事项（JSON），供其他程序使用。")
@out_option
def command(files: tuple[Path, ...], as_json: bool, out: Path | None) -> None:
    """读取目录表格（xlsx、xls、docx、ods、csv、html），看看读出了哪些事项、哪些地方没有读懂。

    各县的表格式样不同也能读：按表头文字认栏目，合并单元格、续行、同上、各种勾选方式都会还原。
    一行也不会丢：没有认作事项的行会逐行列出。
    """
    results = [_read(file) for file in files]
    if as_json:
        text = json_text({"files": [as_data(result) for result in results]}, indent=1)
    else:
        text = shown_lines("\n\n".join("\n".join(summary(result)) for result in results))
    deliver(f"{text}\n", out)
    if any(finding.severity is Severity.ERROR for result in results for finding in result.findings):
        sys.exit(1)


def _read(path: Path) -> FileReading:
    from gkdir.read.directory import read_directories  # slow to import; --help must be fast

    name = path.as_posix()
    troubles: tuple[Trouble, ...]
    try:
        directories = read_directories(path, name=name)
        troubles = tuple(trouble for directory in directories for trouble in directory.troubles)
    except Unreadable as error:
        directories, troubles = (), (error.trouble,)
    if not troubles:
        return FileReading(name, directories)
    from gkdir.rules.reading import finding  # slow to import, and often there are none

    return FileReading(name, directories, tuple(finding(trouble, None) for trouble in troubles))


class FileReading(Struct, frozen=True):
    """The result for one file: its directories, and findings about what could not be read."""

    file: str
    directories: tuple[Directory, ...] = ()
    findings: tuple[Finding, ...] = ()


def as_data(read: FileReading) -> dict[str, object]:
    """``{"file", "tables", "findings"}``, items with the number of their first row; ``notes`` where a table has any."""
    return {
        "file": read.file,
        "tables": [
            {
                "sheet": directory.place.sheet,
                "title": directory.title,
                "domain": directory.domain,
                "columns": list(directory.columns),
                "items": [item_json(item, row=True) for item in directory.items],
                **({"notes": [_note(note) for note in directory.notes]} if directory.notes else {}),
            }
            for directory in read.directories
        ],
        "findings": _findings(read.findings) if read.findings else [],
    }


def _note(note: Written) -> dict[str, object]:
    return {"sheet": note.place.sheet, "cell": note.place.cell, "text": note.text}


def _findings(findings: tuple[Finding, ...]) -> object:
    from gkdir.report.formats import objects  # imports the rules, which most files do not need

    return objects(findings)


def summary(read: FileReading) -> Iterator[str]:
    """Lines of text: the file, each table with its items by 一级事项, blank or unclear fields, findings."""
    yield read.file
    for directory in read.directories:
        yield from _table(directory)
    if read.findings:
        from gkdir.report.text import render  # slow to import

        yield ""
        yield render(read.findings).rstrip("\n")
    elif read.directories:
        yield "  每一行都读成了事项，没有读不懂的地方。"


def _table(directory: Directory) -> Iterator[str]:
    groups = list(directory.first_levels())
    domain = directory.domain or "没有认出领域"
    yield f"  工作表“{directory.place.sheet}”：{directory.title or '没有标题'}（{domain}）"
    first_row = (directory.place.cell or "A1")[1:]
    yield f"    {len(groups)} 个一级事项，{len(directory.items)} 个事项；表头在第 {first_row} 行"
    for name, items in groups:
        yield f"    {name or '（没有一级事项）'}：{len(items)} 项"
    extra = dict.fromkeys(key for item in directory.items for key in item.extra)
    if extra:
        yield f"    目录以外的栏目，照样读出：{'、'.join(extra)}"
    if directory.notes:
        yield f"    表外文字 {len(directory.notes)} 处，不是事项："
        yield from (f"      {note.place.cell} {_short(note.text, 200)}" for note in directory.notes)
    yield from _unclear(directory)


def _unclear(directory: Directory) -> Iterator[str]:
    """A line for each field that is blank or not understood in some items, with these items."""
    for column in COLUMNS:
        if not column.required or column.key.startswith("level"):
            continue
        blank = [item for item in directory.items if _is_blank(item, column.key)]
        if blank and len(blank) == len(directory.items):
            yield f"    没有“{column.label}”这一栏，或者全空"
        elif blank:
            yield f"    “{column.label}”是空的：{_listed(blank)}"
    vague = [item for item in directory.items if item.time_limit.text and item.time_limit.kind == "unknown"]
    if vague:
        yield "    “公开时限”没有读懂：" + "；".join(
            f"{_short(i.name)}“{_short(i.time_limit.text)}”" for i in vague[:5]
        )


def _is_blank(item: Item, key: str) -> bool:
    return not item.time_limit.text if key == "time_limit" else not getattr(item, key)


def _listed(items: list[Item]) -> str:
    shown = "、".join(f"{_short(item.name)}（第 {item.rows[0]} 行）" for item in items[:5])
    return shown + (f"等 {len(items)} 项" if len(items) > 5 else "")


def _short(text: str, most: int = 24) -> str:
    return shortened(one_line(text), most)
