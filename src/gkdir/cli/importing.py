"""``gkdir import``: a county's own tables → its county.yaml and, on standard output, the report of every row."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import FOLDER_TO_WRITE, Day, require_valid_county
from gkdir.importing.draft import Report
from gkdir.importing.town import TownIdentity

_FILE = "county.yaml"
TOWNS = "towns"


@click.command(name="import")
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--into",
    "folder",
    required=True,
    metavar="PROJECT/counties/SLUG",
    type=FOLDER_TO_WRITE,
    help="写进这个县的文件夹；没有就新建。",
)
@click.option("--name", default="", help="县名，例如 清源县；乡镇、村的写它的名称，已经有了的不用写。")
@click.option("--code", default="", help="六位行政区划代码；乡镇九位，村十二位，已经有了的不用写。")
@click.option("--force", is_flag=True, help="已有文件时也写，先列出差别。")
@click.option("--town", metavar="SLUG", help="是这个乡镇、村的表：写进 towns/SLUG.yaml，和县里的目录对照。")
@click.option("--by", default="", help="乡镇、村的：县里谁采用的，记在“审核人”里，不公开。")
@click.option("--date", "day", type=Day(), help="乡镇、村的：哪天采用的，记作“审核日期”。")
def command(
    files: Sequence[Path],
    folder: Path,
    name: str,
    code: str,
    force: bool,
    town: str | None,
    by: str,
    day: date | None,
) -> None:
    """把县里现有的目录表格变成只写差别的 county.yaml。

    FILE 是本县已经公布的目录（xlsx、xls、docx、ods、csv、html），几个领域分几个文件时一起写上。逐行报告每一行
    是一致、改动、新增还是存疑；存疑的不替您决定。已有的 county.yaml 不会被悄悄改掉。

    --town SLUG 是乡镇、村的表：和县里的目录对照，只写它自己不一样的。已经有这个乡镇的，就是它报来的改动：
    先列出差别，县里看过，加上 --force --by 谁 --date 哪天 采用；它的机构、办事指南和注释不动。
    """
    if town is not None:
        from gkdir.importing.town import TownIdentity

        _import_town(files, folder / TOWNS / f"{town}.yaml", TownIdentity(name, code, by=by.strip(), day=day), force)
        return
    if by or day:
        raise click.UsageError("--by、--date 只用在乡镇、村的表上，请写上 --town。")
    from gkdir.importing.overlayfile import overlay_text
    from gkdir.importing.plan import plan
    from gkdir.importing.report import report_text
    from gkdir.read.directory import read_directories
    from gkdir.read.known import known_project

    project_folder = _project_of(folder, name, code)
    folder.parent.mkdir(parents=True, exist_ok=True)  # a new project may have no counties yet
    national = known_project(project_folder).national
    labels = {domain: directory.label for domain, directory in national.items()}
    tables = tuple(table for file in files for table in read_directories(file, name=str(file), labels=labels))
    draft, report = plan(tables, national, name, code)
    click.echo(report_text(report), nl=False)
    _write(folder / _FILE, overlay_text(draft), force)
    _verify(project_folder, folder.name, report)


def _import_town(files: Sequence[Path], path: Path, town: TownIdentity, force: bool) -> None:
    from gkdir.importing.report import report_text
    from gkdir.importing.townread import town_draft

    found = town_draft(path, [(str(file), file) for file in files], town)
    click.echo(report_text(found.report, town=True), nl=False)
    if found.refused is not None:
        message, hint = found.refused
        click.echo(f"{message}一个字也没有写。\n{hint}", err=True)
        sys.exit(1)
    _write(path, found.text, force)


def _project_of(folder: Path, name: str, code: str) -> Path:
    require_valid_county(folder.name, name, code, "--into")
    if folder.parent.name != "counties":
        raise click.BadParameter(
            "请写到项目的 counties 之下，例如 directories/counties/qingyuan。", param_hint="--into"
        )
    return folder.parent.parent


def _write(path: Path, text: str, force: bool) -> None:
    from gkdir.output import write_file

    was = path.read_bytes() if path.exists() else None
    old = None if was is None else was.decode("utf-8", "replace").replace("\r\n", "\n")
    if old == text.replace("\r\n", "\n"):
        click.echo(f"{path} 没有变化。", err=True)
        return
    if old is not None:
        ours, theirs = old.splitlines(keepends=True), text.splitlines(keepends=True)
        click.echo("".join(difflib.unified_diff(ours, theirs, f"{path}（现有）", f"{path}（将写入）")))
        if not force:
            click.echo(f"{path} 已经存在，没有改动。看过上面的差别，确实要换掉时加上 --force。", err=True)
            sys.exit(2)
    write_file(path, text.encode(), own=lambda old: old == was)  # only if the file is as it was shown
    county = path.parent.parent if path.parent.name == TOWNS else path.parent
    click.echo(f"写好了 {path}。接着运行：gkdir check {county.parent.parent} --county {county.name}", err=True)


def _verify(project_folder: Path, slug: str, report: Report) -> None:
    """Lay the imported county, and report each row that differs from the table."""
    from gkdir.importing.plan import differing
    from gkdir.overlay import lay
    from gkdir.read.known import known_project
    from gkdir.read.project import read_county

    project = known_project(project_folder)
    directories = lay(project, read_county(project, slug)).directories
    rows = list(differing(report, directories))
    for row, labels in rows:
        click.echo(f"{row.place}：“{'、'.join(labels)}”的写法太特别，county.yaml 里没能照原样写下，请在那里改正。")
    if rows:
        sys.exit(1)
    click.echo("已把写成的 county.yaml 读回，与原表逐行核对无误。", err=True)
