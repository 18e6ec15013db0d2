"""``gkdir schema``: the JSON Schema of one kind of file, for editors to complete and check as a clerk types."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gkdir.cli.options import deliver, out_option

KINDS = (
    "county",
    "town",
    "guide",
    "form",
    "article",
    "words",
    "changes",
    "en",
    "hant",
    "ways",
    "allowances",
    "laws",
    "vocabulary",
    "wording",
    "workdays",
    "reckoning",
    "scoring",
    "wizard",
)


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS), default="county", required=False)
@out_option
def command(kind: str, out: Path | None) -> None:
    """输出一种文件的 JSON Schema，供编辑器提示和核对。

    KIND 是 county（县的目录，不写时的默认）、town（乡镇、村的目录）、guide（办事指南的开头）、form（表格）、
    article（栏目文章的开头）、words（日常说法 words.yaml）、changes（更新记录 changes.yaml）、
    en（英文页面 en.yaml）、hant（繁体页面 hant.yaml）、ways（一件事和人群 ways.yaml）、
    allowances（项目的允许 allowances.yaml）、wizard（“我能办什么”的问题 wizard.yaml），
    wording（不该出现的写法 wording.yaml），
    或者全国的 laws（法律和文件 laws.yaml）、vocabulary（词表 vocabulary.yaml）、
    workdays（节假日 workdays.yaml）、reckoning（“算一算”的参数 reckoning.yaml）。

    例如 gkdir schema county -o county.schema.json，再在 county.yaml 的第一行写
    “# yaml-language-server: $schema=county.schema.json”。
    """
    from gkdir.read.schema.document import json_schema

    deliver(json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n", out)
