"""``gkdir stats``: a web server's log → which pages are opened, which links are dead, which searches find nothing."""

from __future__ import annotations

from pathlib import Path

import click

from gkdir.cli.options import deliver, out_option

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="stats")
@click.argument("logs", metavar="LOG...", nargs=-1, required=True, type=FILE)
@click.option(
    "--site",
    required=True,
    metavar="文件夹",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="这个县发布的文件夹（gkdir build 写的，如 site/qingyuan）。",
)
@click.option("--at", metavar="/路径/", help="县的文件夹在网址里的路径；不写就找 /文件夹名/，如 /qingyuan/。")
@click.option("--most", type=click.IntRange(1, 1000), default=20, help="每张单子最多列几行，默认 20。")
@out_option
def command(logs: tuple[Path, ...], site: Path, at: str | None, most: int, out: Path | None) -> None:
    """从网站的访问日志里数：哪些网页看得多，哪些事项没人看，哪些地址打不开，搜了什么没有答上。

    LOG 是网站服务器的日志，可以写几个，也认 .gz；Apache、nginx、IIS 的和一行一个 JSON 的都认。
    网页上不放统计代码，也不看是谁在看：日志里的来源地址和设备不读。搜索在看的人自己的设备上做，打的字不上传，所以只数得到网址里带来的问题（?q=）。
    """
    from gkdir.visits.count import counted, published, text_report
    from gkdir.visits.log import lines_of, page_title, requests

    county = published(site)
    visits = counted(requests(lines_of(logs)), county, at or f"/{site.resolve().name}/")
    deliver(text_report(visits, county, lambda page: page_title(site, page), most), out)
