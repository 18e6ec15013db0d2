"""``gkdir print``: a county's directories, boards, guides and forms → PDFs to print and put up."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import date_option, project_argument, require_counties

FOLDER = click.Path(file_okay=False, path_type=Path)
WITHOUT = (
    "打印要用的{names}没有装：pip install 'gkdir[print]'。\n"
    "这台机器装不上的话，用浏览器打开网站的页面直接打印：页面有专门的打印样式。"
)


def say_missing() -> bool:
    """Say what printing lacks on this machine; whether it lacks anything."""
    from gkdir.sheets.press import missing

    names = missing()
    if names:
        click.echo(WITHOUT.format(names="、".join(names)), err=True)
    return bool(names)


@click.command(name="print")
@project_argument
@click.option("--county", "slug", required=True, metavar="SLUG", help="哪个县（文件夹名）。")
@click.option("-o", "--out", type=FOLDER, default=Path("print"), help="写到这个文件夹，默认 print。")
@click.option(
    "--font-dir",
    "fonts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="本单位字体的文件夹：有仿宋、小标宋就用它们，可写多次。",
)
@click.option("--base-url", metavar="URL", help="网站将放在这个网址下，二维码指向它；不写就用县里写的网址。")
@date_option
def command(
    project: Path, slug: str, out: Path, fonts: tuple[Path, ...], base_url: str | None, today: date | None
) -> None:
    """排版目录、公示栏海报、告知单、办事一本通和表格，写成 PDF。

    PROJECT 是项目文件夹。同样的内容，每个字节都相同。有错误的县不排，先改正。
    """
    from gkdir import __version__
    from gkdir.dates import newest_date
    from gkdir.finding import holds_back
    from gkdir.overlay import lay
    from gkdir.pages.page import Site
    from gkdir.read.project import read_county, read_project
    from gkdir.report import text
    from gkdir.resources import template_folder
    from gkdir.rules import check, reference_of
    from gkdir.sheets.printing import Printing, printed

    if say_missing():
        sys.exit(1)
    found = read_project(project)
    require_counties((slug,), found.counties)
    county = read_county(found, slug)
    catalog = lay(found.national, county)
    day = today or newest_date(catalog)
    findings = check(found, county, catalog, day, reference=reference_of(project))
    if holds_back(findings, strict=False):
        click.echo(text.render(findings), nl=False)
        sys.exit(1)
    printing = Printing((project / "templates", template_folder()), fonts)
    sheets = 0
    site = Site(day, base_url, __version__)
    for path, content in printed(printing, catalog, site, pictures=False, tell_lacking=_say_lacking):
        file = out / path.removeprefix("print/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        sheets += 1
    click.echo(f"写好了 {sheets} 份，在 {out}。", err=True)


def _say_lacking(characters: str) -> None:
    click.echo(f"字体里没有“{characters}”，印成了“〓”。有这些字的字体，用 --font-dir 指给我们。", err=True)
