"""``gkdir init``: a name and a code → a new project that builds at once."""

from __future__ import annotations

from pathlib import Path

import click

from gkdir.cli.options import require_newcomer
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
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", required=True, help="县名，例如 清源县。")
@click.option("--code", required=True, help="六位行政区划代码。")
@click.option("--slug", help="县的文件夹名，也是网址的一段；不写就用代码。")
def command(folder: Path, name: str, code: str, slug: str | None) -> None:
    """新建一个马上能生成网站的项目。

    DIR 是新项目的文件夹；已有内容时不动它。
    """
    slug = slug or code
    require_newcomer(slug, name, code, "--slug")
    if folder.exists() and any(folder.iterdir()):
        raise click.BadParameter(f"{folder} 里已有内容，请换一个新文件夹。", param_hint="DIR")
    county = f"counties/{slug}"
    files = {
        f"{county}/county.yaml": COUNTY.format(name=name, code=code).encode(),
        "README.md": README.format(name=name, slug=slug).encode(),
    }
    empty = ("national", *(f"{county}/{part}" for part in ("guides", "forms", "towns")))
    write_folder(folder, files, empty)
    click.echo(f"建好了。接着：gkdir build {folder} -o site，再改 {folder / county / 'county.yaml'}", err=True)
