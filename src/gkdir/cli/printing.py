"""``gkdir print``: a county's directories, boards, guides and forms → PDFs to print and put up."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path

import click

from gkdir.cli.options import (
    FOLDER_TO_WRITE,
    FolderAddress,
    date_option,
    font_option,
    project_argument,
    slug_option,
)
from gkdir.cli.progress import counting

WITHOUT = (
    "打印要用的{names}没有装：pip install 'gkdir[print]'。\n"
    "这台机器装不上的话，用浏览器打开网站的页面直接打印：页面有专门的打印样式。"
)


def say_missing() -> bool:
    """Print what printing lacks on this machine; return whether it lacks anything."""
    from gkdir.sheets.renderer import missing

    names = missing()
    if names:
        click.echo(WITHOUT.format(names="、".join(names)), err=True)
    return bool(names)


@click.command(name="print")
@project_argument
@slug_option
@click.option("-o", "--out", type=FOLDER_TO_WRITE, default=Path("print"), help="写到这个文件夹，默认 print。")
@font_option
@click.option("--hant", is_flag=True, help="繁体的也排一份，放在 hant 文件夹里；要装 gkdir[hant]。")
@click.option("--base-url", type=FolderAddress(), help="网站将放在这个网址下，二维码指向它；不写就用县里写的网址。")
@date_option
def command(
    project: Path, slug: str, out: Path, fonts: tuple[Path, ...], hant: bool, base_url: str | None, today: date | None
) -> None:
    """排版目录、公示栏海报、告知单、办事一本通和表格，写成 PDF。

    PROJECT 是项目文件夹。同样的内容，每个字节都相同。有错误的县不排，先改正。
    """
    from gkdir.build import script_of
    from gkdir.buildoptions import BuildOptions
    from gkdir.cli.publishable import county_to_publish
    from gkdir.output import refuse_sources
    from gkdir.publish.converter import available
    from gkdir.report import text
    from gkdir.resources import template_folder
    from gkdir.sheets import county_sheets
    from gkdir.sheets.printing import Printing, place_sheets, printed

    if say_missing():
        sys.exit(1)
    if hant and not available():
        click.echo("没有装繁体转换：pip install 'gkdir[hant]'，或者不写 --hant。", err=True)
        sys.exit(1)
    refuse_sources(out, project)
    made = county_to_publish(BuildOptions(project, out, base_url=base_url, today=today, hant=False), slug)
    site, catalog = made.site, made.site.catalog
    script = script_of(catalog) if hant else None
    printing = Printing((project / "templates", template_folder()), fonts, script)
    sheets = printed(printing, site, pictures=False, tell=partial(_report_fonts, bool(fonts)))
    pdfs: dict[str, bytes] = {}
    with counting("排版", len(tuple(county_sheets(site))) * (2 if hant else 1)) as step:
        for path, content in sheets:
            pdfs[path] = content
            step()
    if made.judged is not None and (put_together := made.judged.of_sheets(pdfs)):
        click.echo(text.render(put_together), nl=False)
        sys.exit(1)
    files = {path.replace("print/", "", 1): content for path, content in pdfs.items()}
    place_sheets(out, files, {"name": catalog.overlay.name, "code": catalog.overlay.code})
    click.echo(f"写好了 {len(files)} 份，在 {out}。", err=True)


def _report_fonts(asked: bool, own: tuple[str, ...], lacking: str) -> None:
    """Print which fonts were used; an office's own fonts are mentioned only if they were asked for."""
    if asked and own:
        click.echo(f"用了本单位的字体：{'、'.join(own)}。", err=True)
    elif asked:
        click.echo("--font-dir 的文件夹里没有认得的仿宋或者小标宋，用的还是随带的字体。", err=True)
    if lacking:
        click.echo(f"字体里没有“{lacking}”，印成了“〓”。有这些字的字体，用 --font-dir 指给我们。", err=True)
