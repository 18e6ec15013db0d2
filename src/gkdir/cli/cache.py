"""``gkdir cache``: the size and place of what gkdir caches on this machine, and a way to delete it."""

from __future__ import annotations

import click


@click.group(name="cache")
def command() -> None:
    """gkdir 为了快，在本机留下一些东西；随时可以删，下次重新算。

    留着的有：各县上次生成时用的文件的校验和、那次的结果、读好的国家目录、转换过的繁体字句、编译好的模板和查找字句的式子。网页和您的文件都不在里面。
    """


@command.command(name="clear")
def clear() -> None:
    """全部删去。"""
    from gkdir import cache

    click.echo(f"删去了 {size_text(cache.clear())}（{cache.user_folder()}）。")


def size_text(size: int) -> str:
    """A number of bytes as a text in megabytes."""
    return f"{size / 1_000_000:.1f} MB"
