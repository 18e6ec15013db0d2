"""``gkdir build``: a project → the site, with findings on standard output and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

import click
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.cli.options import (
    FOLDER_TO_WRITE,
    Destination,
    FolderAddress,
    county_option,
    date_option,
    exit_status,
    font_option,
    jobs_option,
    project_argument,
    require_counties,
    strict_option,
)
from gkdir.cli.progress import counting, progress, where_the_time_went
from gkdir.finding import Finding
from gkdir.phases import counted, phase
from gkdir.unchanged import Memory, Result, again


@click.command(name="build")
@project_argument
@click.option(
    "-o",
    "--out",
    type=Destination(),
    default="site",
    help="写到这个文件夹；写 s3://存储桶/文件夹 就发布到对象存储，见 docs/scale.md。",
)
@click.option(
    "--stage",
    type=FOLDER_TO_WRITE,
    help="发布到对象存储时，先生成到这个文件夹；不写就放在本机缓存里。",
)
@county_option
@jobs_option
@click.option("--scheduler", metavar="ADDRESS", help="让这个 Dask 调度器下的机器一起做，见 docs/scale.md。")
@click.option(
    "--base-url", type=FolderAddress(), help="网站将放在这个网址下，用于网站地图和订阅；页面之间总是相对链接。"
)
@date_option
@strict_option
@click.option(
    "--print/--no-print", "sheets", default=False, help="同时排版目录、海报、告知单、一本通和表格（PDF），默认不排。"
)
@font_option
@click.option("--fragments", is_flag=True, help="另外写出每页的正文片段，供粘贴到本单位网站，见 docs/fragments.md。")
@click.option("--profile", is_flag=True, help="最后说时间花在哪里。")
@click.option("--hant/--no-hant", default=True, help="要不要繁体页面，默认要；要装 gkdir[hant]。")
@click.option(
    "--require-review",
    type=click.IntRange(1, 3),
    help="没有审够几审、审完又改过的县不发布，见 gkdir review。",
)
def command(
    project: Path,
    out: Path | str,
    stage: Path | None,
    counties: tuple[str, ...],
    jobs: int,
    scheduler: str | None,
    base_url: str | None,
    today: date | None,
    strict: bool,
    sheets: bool,
    fonts: tuple[Path, ...],
    fragments: bool,
    profile: bool,
    hant: bool,
    require_review: int | None,
) -> None:
    """读取、核对并生成网站。

    PROJECT 是项目文件夹。有错误的县整个不发布，网上原有的页面不动，其他县照常生成，退出码为 1。
    """
    address = out if isinstance(out, str) else None
    folder = out if isinstance(out, Path) else stage or _staging(out)
    options = BuildOptions(
        project,
        folder,
        counties,
        jobs,
        base_url,
        today,
        strict,
        sheets=sheets,
        fonts=fonts,
        hant=hant,
        fragments=fragments,
        require_review=require_review or 0,
        scheduler=scheduler,
    )
    from gkdir.finding import holds_back, shared_once
    from gkdir.outcome import State
    from gkdir.publish.converter import available

    if sheets:
        from gkdir.cli.printing import say_missing

        # The pages have a print style of their own.
        options = replace(options, sheets=not say_missing())
    if hant and not available():
        click.echo("没有装繁体转换，不生成繁体页面：pip install 'gkdir[hant]'，或者写 --no-hant。", err=True)
    began = perf_counter()
    with counted() if profile else nullcontext() as tally:
        (of_project, outcomes), sent = _published(address, options) if address else (_result(options), "")
    took = perf_counter() - began
    findings = shared_once((*of_project, *(one for outcome in outcomes for one in outcome.findings)), project)
    _print_findings(findings)
    if today is None:
        _print_urgent({outcome.slug: outcome.urgent for outcome in outcomes if outcome.urgent})
    states = {state: [outcome.slug for outcome in outcomes if outcome.state is state] for state in State}
    made, unchanged, held = (len(states[state]) for state in State)
    counts = f"生成 {made} 个县，没有变化 {unchanged} 个，因有错误未发布 {held} 个"
    click.echo(f"{counts}；共 {sum(outcome.pages for outcome in outcomes)} 页，用了 {took:.1f} 秒。", err=True)
    if tally:
        click.echo(where_the_time_went(tally.seconds, made), err=True)
    if sent:
        click.echo(sent, err=True)
    elif made:
        page = Path(states[State.PUBLISHED][0], "index.html") if holds_back(of_project) else Path("index.html")
        click.echo(f"用浏览器打开 {folder / page} 看看。", err=True)
    sys.exit(exit_status(findings, bool(held or holds_back(of_project, strict))))


def _print_findings(findings: Sequence[Finding]) -> None:
    """Print findings that need attention in full, and how many others there are."""
    from gkdir.finding import Severity

    weighty = [finding for finding in findings if finding.severity is not Severity.INFO]
    if weighty:
        from gkdir.report import text

        click.echo(text.render(weighty), nl=False)
    if len(findings) > len(weighty):
        click.echo(f"另有提示 {len(findings) - len(weighty)} 条，用 gkdir check 看。", err=True)


def _result(options: BuildOptions) -> Result:
    """The findings in the project, and the outcome for each county; loads nothing more if nothing has changed."""
    with phase("compare"):
        memory = Memory(options)
    with progress() as shown:

        def begun(known: Sequence[str]) -> None:
            require_counties(options.counties, known)
            shown.begun(options.counties or known)

        with phase("compare"):
            result = again(memory, options, begun)
        if result is None:
            with phase("load"):
                from gkdir.build import build  # slow to import, and often there is nothing to do

            result = build(options, shown.tell, begun, memory)
    return result


def _staging(address: str) -> Path:
    from gkdir.cloud import staging  # not every build goes to an object store

    return staging(address)


def _published(address: str, options: BuildOptions) -> tuple[Result, str]:
    """The result of a build for an object store, and the message about it."""
    from gkdir.cloud import Sending, publish_to

    done = publish_to(address, options, Sending(_result, partial(counting, "发送")))
    return done.built, f"送到 {address}：{done.sent} 个文件，删去 {done.removed} 个。先生成在 {options.out}。"


def _print_urgent(ends: Mapping[str, date]) -> None:
    """Warn of an expired notice that stays on the pages because a build does not know the current day."""
    for slug, end in ends.items():
        click.echo(
            f"{slug} 的紧急通知到 {end} 为止。生成时不看今天是几号：过了这一天，请加上 --date 和那天的日期再生成一次，"
            "网页上才没有它。在那以前，浏览器会把过期的藏起来，停用了脚本的不会。",
            err=True,
        )
