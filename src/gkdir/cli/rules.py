"""``gkdir rules [ID]``: the table of all rules, or one rule's page."""

from __future__ import annotations

import click


@click.command(name="rules")
@click.argument("rule", metavar="[ID]", required=False)
@click.option("--markdown", is_flag=True, help="写成 Markdown（docs/rules.md 就是这样来的）。")
@click.option("--requirements", is_flag=True, help="写成“通知要求 → 规则”的对照表（docs/requirements.md）。")
def command(rule: str | None, markdown: bool, requirements: bool) -> None:
    """列出全部规则，或讲清一条规则。

    ID 是规则的编号或名称，如 GK301 或 late-disclosure。
    """
    from gkdir.rules import RULES
    from gkdir.rules.documents import book, page, requirement_table, table
    from gkdir.rules.names import perhaps

    if rule is None:
        click.echo(requirement_table(RULES) if requirements else book(RULES) if markdown else table(RULES), nl=False)
        return
    found = next((known for known in RULES if rule.lower() in (known.id.lower(), known.name)), None)
    if found is None:
        names = [word for known in RULES for word in (known.id, known.name)]
        raise click.BadParameter(f"没有规则“{rule}”。" + perhaps(rule, names))
    click.echo(page(found), nl=False)
