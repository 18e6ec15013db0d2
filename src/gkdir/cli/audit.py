"""``gkdir audit FOLDER``: compares a published copy with its manifest; exit status 1 if anything differs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gkdir.cli.options import deliver, format_option, out_option
from gkdir.harmless import json_text, shown


@click.command(name="audit")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另外保存的 manifest.json。改网页的人也能改旁边的清单，所以最好用自己留的一份。",
)
@click.option("--host", "hosts", multiple=True, metavar="域名", help="除 .gov.cn 以外可以链接的网站，可写多次。")
@format_option
@out_option
def command(folder: Path, manifest: Path | None, hosts: tuple[str, ...], form: str, out: Path | None) -> None:
    """查一份已经发布的网页有没有被改动。

    FOLDER 是 gkdir 生成的文件夹：一个县的，或者放着各县的那个（里面都有 manifest.json）；也可以是从网上取回的副本。
    列出被改、多出、丢失的文件，指向陌生网站的链接，gkdir 从不写的代码，藏起来的文字和暗链常用的词。
    有任何不同，退出码为 1。
    """
    from gkdir.audit import MISMATCHES, Criteria, audit
    from gkdir.read.reference import read_reference
    from gkdir.resources import national_folder

    found = audit(folder, manifest, Criteria(hosts, read_reference((national_folder(),))[0].words.spam))
    if form == "json":
        objects = [
            {"kind": one.kind.value, "file": one.place.file, "line": one.place.line, "detail": one.detail}
            for one in found
        ]
        lines = [json_text({"differences": objects})]
    else:
        details = ((one, f"：{one.detail}" if one.detail else "") for one in found)
        lines = [shown(f"{one.place}  {MISMATCHES[one.kind]}{detail}") for one, detail in details]
        lines.append(f"共 {len(found)} 处与发布时不同。" if found else "与发布时一致。")
    deliver("".join(f"{line}\n" for line in lines), out)
    if manifest is None:
        click.echo(
            "对照的是文件夹里自己的清单：改网页的人也能改它。请在发布时另存一份 manifest.json"
            "（gkdir release 会存），用 --manifest 指出来。",
            err=True,
        )
    sys.exit(1 if found else 0)
