"""``gkdir share``: a county's items and articles → files for WeChat's editor and for the 12345 knowledge base."""

from __future__ import annotations

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

SUFFIX = {"12345": ".xlsx", "公众号": ".html"}


@click.command(name="share")
@project_argument
@slug_option
@click.option(
    "--to", "whom", required=True, type=click.Choice(list(SUFFIX)), help="给谁：12345 知识库，或者微信公众号。"
)
@click.option(
    "--page", metavar="事项或文章", help="公众号：哪一项、哪一篇，如 social_insurance/9.6、faq/lost-card-pension。"
)
@click.option("-o", "--out", required=True, metavar="FILE", type=FILE_TO_WRITE, help="写到这个文件。")
@click.option("--base-url", type=FolderAddress(), help="网站的网址，二维码指向它；不写就用县里写的网址。")
@date_option
def command(
    project: Path, slug: str, whom: str, page: str | None, out: Path, base_url: str | None, today: date | None
) -> None:
    """写成别的地方收的样子：12345 知识库的表格，微信公众号的文章。

    PROJECT 是项目文件夹。12345：全部事项和文章，类目、标题、内容、发文单位、材料性质、关键字各一栏；
    一个文件最多 1,000 条，多的另写一个（-2）。公众号：一个事项或一篇文章，用浏览器打开，全选、复制，
    粘贴到公众号的编辑器里，样子不变；
    公众号里不能用的链接换成二维码。有错误的县不写，先改正。
    """
    from gkdir.buildoptions import BuildOptions
    from gkdir.cli.publishable import county_to_publish
    from gkdir.output import refuse_sources, write_files
    from gkdir.outward.knowledge import is_outward, knowledge_files, post

    if out.suffix.lower() != SUFFIX[whom]:
        raise click.BadParameter(f"“{out.name}”要以 {SUFFIX[whom]} 结尾。", param_hint="-o")
    if (whom == "公众号") is (page is None):
        raise click.BadParameter("公众号要写哪一项、哪一篇；12345 是全部，不用写。", param_hint="--page")
    refuse_sources(out, project)
    options = BuildOptions(project, out.parent, (slug,), base_url=base_url, today=today, hant=False)
    made = county_to_publish(options, slug)
    if page is None:
        files = dict(knowledge_files(made.site, out))
    else:
        article = post(made.site, page)
        if article is None:
            raise click.BadParameter(f"没有“{page}”。事项写“领域/编号”，文章写“栏目/文件名”。", param_hint="--page")
        files = {out: article}
    write_files(files, is_outward)
    click.echo(f"写好了 {'、'.join(map(str, files))}。", err=True)
