"""The rules → their documentation: a table, a page for each rule, a book of all pages, a table of requirements."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from gkdir.finding import WORDS
from gkdir.rules.requirements import REQUIREMENTS, Requirement
from gkdir.rules.rule import Rule

FAMILIES = {
    "GK0": "文件",
    "GK1": "YAML 和允许",
    "GK2": "对上一级目录的责任",
    "GK3": "时限",
    "GK4": "渠道、对象和方式",
    "GK5": "公开依据",
    "GK6": "办事指南和表格",
    "GK7": "日期、栏目和待遇标准",
    "GK8": "网站标识、搜索和入口",
    "GK90": "个人信息",
    "GK95": "用语",
    "GK96": "链接和附件",
}

REQUIRED = {"E": "必须", "W": "应当", "I": "了解"}


def table(rules: Sequence[Rule]) -> str:
    """All rules, one a line, for a terminal."""
    width = max(len(rule.name) for rule in rules)
    lines = [f"{rule.id}  {WORDS[rule.severity]}  {rule.name:<{width}}  {rule.title}" for rule in rules]
    return "\n".join([*lines, "", "gkdir rules GK301 看一条规则的说明。"]) + "\n"


def page(rule: Rule) -> str:
    """One rule's page, in Markdown that reads well as plain text."""
    facts = [f"{WORDS[rule.severity]} · {rule.name} · 自 {rule.since} 版起"]
    if rule.cite:
        about = f"（{rule.requirement}）" if rule.requirement else ""
        facts.append(f"依据：{rule.cite}{about}")
    return "\n\n".join([f"# {rule.id} {rule.title}", *facts, rule.document]) + "\n"


def book(rules: Sequence[Rule]) -> str:
    """docs/rules.md: every rule's page, by family."""
    parts = [
        "# 规则",
        "由 `gkdir rules --markdown` 生成，请勿手改。每条规则的“错误”会被它（且只被它）找出，“正确”没有任何错误和警告。"
        "例子写在一个小的示例项目上，只写出改动的部分。",
        "错误：本县暂不发布。警告：照常发布，请改正；加 `--strict` 时按错误处理。提示：供参考。"
        "确有理由的，可以在 county.yaml 的“允许”里写明规则、事项、理由和截止日期。",
    ]
    for family, members in groupby(rules, key=lambda rule: family_of(rule.id)):
        parts.append(f"## {family}")
        parts += [_deeper(page(rule)).rstrip("\n") for rule in members]
    return "\n\n".join(parts) + "\n"


def family_of(rule: str) -> str:
    """The family of the rule with that id: 办事指南和表格."""
    return FAMILIES.get(rule[:4]) or FAMILIES[rule[:3]]


def requirement_table(rules: Sequence[Rule]) -> str:
    """docs/requirements.md: the requirements of the notice, which rules judge each, or why none can."""
    head = [
        "# 通知的要求与规则",
        "",
        "由 `gkdir rules --requirements` 生成，请勿手改。没有规则的，写明为什么程序判断不了。",
        "",
        "| 编号 | 分量 | 通知 | 要求 | 规则，或为什么没有 |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *(_row(requirement, rules) for requirement in REQUIREMENTS)]) + "\n"


def _row(requirement: Requirement, rules: Sequence[Rule]) -> str:
    judges = [f"[{rule.id}](rules.md#{_anchor(rule)})" for rule in rules if rule.requirement == requirement.id]
    cells = (
        requirement.id,
        REQUIRED[requirement.weight],
        requirement.clause,
        requirement.words,
        "：".join(part for part in ("、".join(judges), requirement.unjudged) if part),
    )
    return f"| {' | '.join(cells)} |"


def _anchor(rule: Rule) -> str:
    """The anchor that code hosts give to a rule's heading: letters and digits, blanks as hyphens."""
    kept = (c for c in f"{rule.id} {rule.title}".lower() if c in "- " or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def _deeper(markdown: str) -> str:
    """The page with its headings two levels deeper, except in code fences."""
    lines, fenced = [], False
    for line in markdown.splitlines():
        fenced ^= line.startswith("```")
        lines.append(f"##{line}" if line.startswith("#") and not fenced else line)
    return "\n".join(lines)
