"""``gkdir review``: records who read which version of a county's files before publication, and shows the record."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import Day, county_option, deliver, out_option, project_argument, require_counties, slug_option
from gkdir.model.review import STAGES


@click.group(name="review")
def command() -> None:
    """三审三校：记下谁在哪一天审了哪一版，审过以后改没改。

    记录写在县的 county.yaml 的“审核”里，不公开。这是工作记录，不是电子签名：没有口令，谁能改文件谁就能写。
    发布时加上 gkdir build --require-review 3，没有三审、审完又改过的县不发布。
    """


@command.command(name="sign")
@project_argument
@slug_option
@click.option("--stage", type=click.Choice(STAGES), required=True, help="第几审。")
@click.option("--by", required=True, metavar="姓名", help="谁审的。")
@click.option(
    "--file", "files", metavar="文件", multiple=True, help="只签这一份，从县的文件夹写起，可写多次；不写就签全部。"
)
@click.option("--date", "day", type=Day(), help="哪一天审的；不写就是今天。")
def sign(project: Path, slug: str, stage: str, by: str, files: tuple[str, ...], day: date | None) -> None:
    """签上一审、二审或者三审。

    PROJECT 是项目文件夹。已经签过、没有改动的不再签；审完又改过的，从一审起再签。别的内容一个字节也不动。
    """
    from gkdir.cli.project import open_county
    from gkdir.read.text import one_line
    from gkdir.reviewing import Reader, reviews_of, sign, to_sign

    found, county = open_county(project, slug)
    name = one_line(by)
    if not name.isprintable() or not 0 < len(name) <= 40:
        raise click.BadParameter("请写审核人的姓名。", param_hint="--by")
    if county.overlay.written.get("代码") is None:
        raise click.UsageError(f"{slug} 的 county.yaml 读不出来，先用 gkdir check 看看。")
    number = STAGES.index(stage) + 1
    wanted = to_sign(reviews_of(found, county), number, files)
    if not wanted:
        click.echo(f"{county.overlay.name}：{stage}都签过，以后没有改动，不用再签。", err=True)
        return
    # A record has the day it was made on; nothing of it is published.
    sign(found, county, Reader(number, name, day or date.today()), wanted)
    click.echo(
        f"{county.overlay.name}：{name}签了{stage}，{len(wanted)} 份内容，写在 county.yaml 的“审核”里。", err=True
    )


@command.command(name="show")
@project_argument
@county_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="写成哪种格式；html 可以打印存档。",
)
@out_option
def show(project: Path, counties: tuple[str, ...], form: str, out: Path | None) -> None:
    """看各份内容审到第几审，审过以后改没改。

    PROJECT 是项目文件夹。有没有审够三审的，退出码为 1。
    """
    from gkdir.output import refuse_sources
    from gkdir.read.known import known_project
    from gkdir.read.project import read_county
    from gkdir.report.reviews import FORMATS, CountyReviews
    from gkdir.reviewing import reviews_of

    refuse_sources(out, project)
    found = known_project(project)
    require_counties(counties, found.counties)

    def reviewed() -> Iterator[CountyReviews]:
        for slug in counties or found.counties:
            county = read_county(found, slug)
            yield CountyReviews(slug, county.overlay.name, reviews_of(found, county), county.overlay.signings)

    shown: Sequence[CountyReviews] = tuple(reviewed())
    text = FORMATS[form](shown)
    deliver(text, out)
    sys.exit(int(any(each.reached < len(STAGES) for county in shown for each in county.files)))
