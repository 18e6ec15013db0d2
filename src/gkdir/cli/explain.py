"""``gkdir explain``: an item → where each of its elements was written: layer, file and line."""

from __future__ import annotations

from pathlib import Path

import click

from gkdir.cli.options import deliver, format_option, out_option, project_argument


@click.command(name="explain")
@click.argument("item", metavar="ITEM")
@project_argument
@click.option("--county", metavar="SLUG", help="哪个县（文件夹名）；只有一个县的不用写。")
@format_option
@out_option
def command(item: str, project: Path, county: str | None, form: str, out: Path | None) -> None:
    """看一个事项的每个要素是哪一级、哪个文件、哪一行写的。

    ITEM 是事项：领域/编号，如 employment/4.1；只有一个事项是它的，只写编号、名称也行。
    PROJECT 是项目文件夹。目录的各栏、办事指南的各要素和还待补的要素都列出来。
    """
    from gkdir.cli.project import open_county
    from gkdir.origins import origins
    from gkdir.output import refuse_sources
    from gkdir.overlay import lay
    from gkdir.report.origins import FORMATS
    from gkdir.rules.names import perhaps

    refuse_sources(out, project)
    catalog = lay(*open_county(project, county))
    entries = [
        (entry, [*filter(None, (entry.item.id, entry.item.number, entry.item.name, entry.alias))])
        for entry in catalog.entries()
    ]
    found = [entry for entry, called in entries if item in called]
    if len(found) > 1:
        raise click.BadParameter(f"有几个事项都是“{item}”，请写 {'、'.join(entry.item.id for entry in found)}。")
    if not found:
        near = perhaps(item, (name for _, called in entries for name in called))
        raise click.BadParameter(f"{catalog.overlay.name}没有事项“{item}”。{near}")
    deliver(FORMATS[form](catalog, found[0], origins(catalog, found[0])), out)
