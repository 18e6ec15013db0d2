"""``gkdir pack``: a county's site → one zip for the office that runs the website."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import (
    FILE_TO_WRITE,
    FolderAddress,
    date_option,
    project_argument,
    slug_option,
)


@click.command(name="pack")
@project_argument
@slug_option
@click.option(
    "-o",
    "--out",
    type=FILE_TO_WRITE,
    metavar="FILE.zip",
    help="写到这个文件；不写就是 SLUG.zip。",
)
@click.option(
    "--base-url", type=FolderAddress(), help="网站将放在这个网址下，用于网站地图和二维码；不写就用县里写的网址。"
)
@click.option("--print/--no-print", "sheets", help="同时排版 PDF，默认不排。")
@date_option
def command(project: Path, slug: str, out: Path | None, base_url: str | None, sheets: bool, today: date | None) -> None:
    """把一个县的网站打成一个压缩包，交给管网站的同事。

    PROJECT 是项目文件夹。解开就是一个文件夹，放到网站上就能看，也可以直接打开里面的 index.html。
    文件名只有英文字母和数字，在 Windows 上解开再传到服务器，不会变成乱码。
    同样的内容，压缩包每个字节都相同。有错误的县不打，先改正。
    """
    from gkdir.buildoptions import BuildOptions
    from gkdir.cli.printing import say_missing
    from gkdir.cli.publishable import county_to_publish
    from gkdir.output import refuse_sources, write_file
    from gkdir.publish.manifest import with_manifest
    from gkdir.release.pack import is_site_archive, site_archive, unsafe_names

    if sheets and say_missing():
        sys.exit(1)
    target = out or Path(f"{slug}.zip")
    if target.suffix.lower() != ".zip":
        raise click.BadParameter(f"“{target.name}”不是 .zip 文件。", param_hint="-o")
    refuse_sources(target, project)
    options = BuildOptions(project, target.parent, (slug,), base_url=base_url, today=today, sheets=sheets)
    made = county_to_publish(options, slug)
    site = with_manifest((made.files or {}).items(), made.about)
    unsafe = tuple(unsafe_names(site))
    if unsafe:
        click.echo(
            f"这些文件名在 Windows 上解开会变样，没有打包：{'、'.join(unsafe[:20])}。请改成英文字母和数字。", err=True
        )
        sys.exit(1)
    content = site_archive(slug, site)
    write_file(target, content, is_site_archive)
    click.echo(f"写好了 {target}：{len(site)} 个文件，{len(content) / 1_000_000:.1f} MB。", err=True)
