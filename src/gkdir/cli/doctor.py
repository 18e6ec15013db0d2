"""``gkdir doctor``: what is installed here, what is missing, and what cannot be done without it."""

from __future__ import annotations

import platform
import sys

import click

from gkdir import __version__

EXTRAS = (
    ("opencc", "hant", "繁体页面"),
    ("distributed", "cluster", "几台机器一起做"),
    ("s3fs", "cloud", "发布到对象存储"),
    ("starlette", "desk", "在浏览器里预览和办事"),
    ("uvicorn", "desk", "同上"),
    ("python-multipart", "desk", "在浏览器里交文件"),
    ("watchfiles", "desk", "文件改了，页面马上刷新"),
    ("typst", "print", "排版要打印的 PDF"),
    ("manimgx-fonts-cjk", "print", "打印用的黑体"),
    ("pylopdf-fonts-zh-cn", "print", "打印用的宋体"),
    ("pylopdf-fonts-zh-tw", "print", "打印用的繁体宋体"),
)


@click.command(name="doctor")
def command() -> None:
    """看看本机装了什么、缺什么，报告问题时请附上。"""
    from gkdir import cache
    from gkdir.cli.cache import size_text
    from gkdir.faultlog import DEPENDENCIES, installed, last_fault
    from gkdir.resources import national_folder, template_folder

    click.echo(f"gkdir {__version__}，Python {platform.python_version()}，{sys.platform}")
    missing = False
    for name in DEPENDENCIES:
        found = installed(name)
        missing |= found is None
        click.echo(f"  {name} {found or '没有装：请重新安装 gkdir'}")
    for name, extra, purpose in EXTRAS:
        found = installed(name)
        click.echo(
            f"  {name} {found or '没有装'}（可选，{purpose}）" + ("" if found else f"：pip install 'gkdir[{extra}]'")
        )
    for label, folder, needed in (
        ("模板", template_folder(), "index.html"),
        ("国家目录", national_folder(), "employment.xlsx"),
    ):
        there = (folder / needed).is_file()
        missing |= not there
        click.echo(f"  {label} {'齐全' if there else '缺失：请重新安装 gkdir'}（{folder}）")
    if not cache.usable():
        where = cache.user_folder() or "没有用户文件夹"
        click.echo(f"  为了快要留在本机的留不下（{where}，不是您的，或者写不进去）：没有变化的县也要重新生成")
    if kept := cache.size():
        click.echo(f"  为了快而留在本机的：{size_text(kept)}（{cache.user_folder()}），gkdir cache clear 删去")
    if staged := cache.staged_sites():
        click.echo(f"  先生成、再送到对象存储的网站 {len(staged)} 个（{staged[0].parent}），不再往那里送的可以删去")
    if fault := last_fault():
        click.echo(f"  上一次程序自身出毛病的记录：{fault}")
    sys.exit(1 if missing else 0)
