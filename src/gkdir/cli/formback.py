"""Shared by commands that change a county's files: they end if a file cannot be read, and report what they write."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from gkdir.excel_form.apply import Exchange, Rewritten, write
from gkdir.excel_form.form import blocking_troubles
from gkdir.finding import Trouble
from gkdir.model.county import County
from gkdir.report.text import render
from gkdir.rules.reading import finding


def write_or_wait(exchange: Exchange, done: Rewritten, writing: bool) -> None:
    """Write the changed files and list them; without ``writing``, print how to write them."""
    if not done.files:
        return
    if not writing:
        click.echo("还没有写进文件。看过上面的改动，加上 --write 再运行一次。", err=True)
        return
    write(exchange, done)
    for path, (_, after) in done.files.items():
        click.echo(
            f"{'写好了' if after is not None else '已经空了，删去了'} {exchange.project.folder / path}", err=True
        )
    click.echo(f"接着运行：gkdir check {exchange.project.folder} --county {exchange.county.slug}", err=True)


def stop_if_unreadable(county: County, what: str) -> None:
    """End the command if the files of a form cannot be read; ``what`` names what is not done then."""
    troubles = blocking_troubles(county)
    if troubles:
        print_troubles(troubles, county.slug)
        click.echo(f"项目里有读不懂的地方，没有{what}。请先改正。", err=True)
        sys.exit(1)


def print_troubles(troubles: Sequence[Trouble], slug: str) -> None:
    """Print the troubles as findings of the county."""
    if troubles:
        click.echo()
        click.echo(render([finding(trouble, slug) for trouble in troubles]), nl=False)
