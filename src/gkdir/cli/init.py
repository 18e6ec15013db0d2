"""``gkdir init``: a name, a code and any existing tables → a new project that builds at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from gkdir.cli import importing, serve
from gkdir.cli.options import FOLDER_TO_WRITE, require_valid_county
from gkdir.importing.newcounty import NewCounty
from gkdir.output import write_folder

COUNTY = """\
# 只写与国家目录不同的地方。没有写到的事项和栏目，与国家目录一样。
# 每个键怎么写，见 gkdir 的文档 docs/overlay.md；写完运行 gkdir check 核对。
名称: {name}
代码: "{code}"

# 网站:
#   名称: {name}人民政府
#   域名: www.….gov.cn
#   标识码: ""

# 机构:
#   人社局: {{名称: {name}人力资源和社会保障局, 地址: , 电话: "", 监督电话: "", 办公时间: }}

# 目录:
#   employment:
#     审核日期: 2026-03-01
#     默认: {{公开主体: [人社局]}}
#     事项:
#       "1.1":
#         公开时限: 信息形成或变更之日起10个工作日内公开
#   social_insurance:
#     审核日期: 2026-03-01
#     默认: {{公开主体: [人社局]}}
"""

README = """\
# {name}基层政务公开标准目录

这个文件夹是一个项目，命令都在这里运行。

| 命令 | 做什么 |
|---|---|
| `gkdir serve .` | 在本机预览，边改边看 |
| `gkdir check .` | 按通知逐条核对：哪里、错在哪、怎么改 |
| `gkdir build . -o site` | 生成网站到 site/，把 site/{slug} 放到政府网站的“政府信息公开”栏目下 |

| 放在哪里 | 写什么 |
|---|---|
| `counties/{slug}/county.yaml` | 本县是谁、有哪些机构，目录和国家目录有什么不同。先改这个 |
| `counties/{slug}/guides/领域/编号.md` | 办事指南，如 `guides/employment/4.1.md`。国家的都有了，只写不一样的 |
| `counties/{slug}/forms/` | 表格 |
| `counties/{slug}/towns/` | 乡镇和村 |
| `counties/别的县/` | 别的县，一个县一个文件夹 |
| `national/` | 部里的目录工作簿。`employment.xlsx`、`social_insurance.xlsx` 放进来，就代替随 gkdir 附带的转录 |

每个文件怎么写，见 gkdir 的文档 docs/overlay.md。
"""


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=FOLDER_TO_WRITE)
@click.option("--name", help="县名，例如 清源县；不写就问您。")
@click.option("--code", help="六位行政区划代码；不写就问您。")
@click.option("--slug", help="县的文件夹名，也是网址的一段；不写就用代码。")
@click.option(
    "--from",
    "tables",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="本县现有的目录表格，建好以后就读进来；可以写多次。",
)
@click.pass_context
def command(
    context: click.Context, folder: Path, name: str | None, code: str | None, slug: str | None, tables: tuple[Path, ...]
) -> None:
    """新建一个马上能生成网站的项目。

    DIR 是新项目的文件夹；已有内容时不动它。在终端里，没有写的会问您；从管道运行时不问，缺了就停下。
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.BadParameter(f"{folder} 里已有内容，请换一个新文件夹。", param_hint="DIR")
    asked = name is None or code is None
    _readable(tables)
    county = _county(name, code, slug)
    _found(folder, county, bool(tables))
    if tables:
        into = folder / "counties" / county.slug
        context.invoke(importing.command, files=tables, folder=into, name=county.name, code=county.code, force=False)
    if asked and click.confirm("现在就在浏览器里看看吗？", default=True, err=True):
        context.invoke(serve.command, project=folder, port=serve.PORT, today=None)


def _county(name: str | None, code: str | None, slug: str | None) -> NewCounty:
    """The county's name and code; on a terminal, a missing or invalid one is asked for until it is valid."""
    from gkdir.read.regions import doubt

    missing = [f"--{what}" for what, given in (("name", name), ("code", code)) if given is None]
    if missing and not _on_terminal():
        raise click.UsageError(f"请写上 {'、'.join(missing)}。")
    name = name or click.prompt(
        "县名（例如 清源县）", err=True, value_proc=lambda answer: _taken(NewCounty("x", answer, "000000")).name
    )
    code = code or click.prompt(
        "六位行政区划代码", err=True, value_proc=lambda answer: _taken(NewCounty("x", name, answer)).code
    )
    county = NewCounty(slug or code, name, code)
    require_valid_county(county.slug, name, code, "--slug")
    if question := doubt(name, code):
        click.echo(f"请核对：{question}。", err=True)
    return county


def _readable(tables: Sequence[Path]) -> None:
    """Read the tables before anything is made.

    :raises Unreadable: one of them is not a table
    """
    if tables:
        from gkdir.read.directory import read_directories

        for table in tables:
            read_directories(table, name=str(table))


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _taken(county: NewCounty) -> NewCounty:
    """The county, if its name is valid; else click asks again."""
    if wrong := county.wrong:
        raise click.BadParameter(f"{wrong.message}{wrong.hint}")
    return county


def _found(folder: Path, county: NewCounty, imported: bool) -> None:
    """Make the project's folder; without a county.yaml if an import will write it."""
    inner = f"counties/{county.slug}"
    files = {"README.md": README.format(name=county.name, slug=county.slug).encode()}
    if not imported:
        files[f"{inner}/county.yaml"] = COUNTY.format(name=county.name, code=county.code).encode()
    empty = ("national", *(f"{inner}/{part}" for part in ("guides", "forms", "towns")))
    write_folder(folder, files, empty)
    then = "" if imported else f"接着：gkdir build {folder} -o site，再改 {folder / inner / 'county.yaml'}"
    click.echo(f"建好了。{then}", err=True)
