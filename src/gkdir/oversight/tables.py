"""A Survey → the tables of the report's other pages: items, findings, what is late, how scores are made."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct

from gkdir.model.scoring import Indicator
from gkdir.oversight.facts import ItemFact, lapsed
from gkdir.oversight.survey import Survey
from gkdir.oversight.views import GUIDES, LEGEND, MARKS, WITHOUT, ViewRow
from gkdir.rules import RULES
from gkdir.rules.documents import FAMILIES


class ViewTable(Struct, frozen=True):
    """One table of a page; ``numbers`` if all its cells are numbers."""

    title: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[ViewRow, ...]
    numbers: bool = False


class TablesView(Struct, frozen=True):
    """A page of tables."""

    title: str
    about: tuple[str, ...]
    tables: tuple[ViewTable, ...]


class DomainItem(Struct, frozen=True):
    """A national item, and how many counties publish it in which way."""

    number: str
    name: str
    cells: tuple[str, ...]


class MatrixRow(Struct, frozen=True):
    """A county's marks, one for each item."""

    slug: str
    name: str
    marks: tuple[str, ...]


class ItemsView(Struct, frozen=True):
    """A table of counties by items of one domain."""

    label: str
    headings: tuple[str, ...]
    items: tuple[DomainItem, ...]
    matrix: tuple[MatrixRow, ...]
    legend: str = LEGEND


def items_view(found: Survey, domain: str) -> ItemsView:
    """All counties' items of one domain."""
    label, items = found.domains[domain]
    known = found.items(domain)
    rows = []
    for id_, name in items.items():
        there = [one for facts in known.values() if (one := facts.get(id_))]
        states, guides = Counter(one.state for one in there), Counter(one.guide for one in there if one.guide != "none")
        public = states["published"]
        counts = (public, states["omitted"], states["unexplained"], *(guides[key] for key in ("own", "checked")))
        cells = (*counts, guides["national"], public - sum(guides.values()), sum(one.shortened for one in there))
        rows.append(DomainItem(id_.partition("/")[2], name, tuple(map(str, cells))))
    matrix = tuple(
        MatrixRow(each.facts.slug, each.facts.name, tuple(_mark(known[each.facts.slug].get(id_)) for id_ in items))
        for each in found.ranked
    )
    headings = ("编号", "事项", "公开", "不列入", "没写理由", *tuple(GUIDES.values()), "时限压缩")
    return ItemsView(label, headings, tuple(rows), matrix)


def _mark(item: ItemFact | None) -> str:
    if item is None:
        return ""
    return WITHOUT.get(item.state) or MARKS[item.guide] + ("↓" if item.shortened else "")


def findings_view(found: Survey) -> TablesView:
    """Findings by county and family, and by rule."""
    families = tuple(dict.fromkeys(FAMILIES.values()))
    rows = []
    for each in found.ranked:
        line = each.line
        counts = (line.families.get(family, 0) for family in families)
        cells = (line.errors, line.warnings, len(each.facts.findings) - line.errors - line.warnings, *counts)
        rows.append(ViewRow(each.facts.name, tuple(map(str, cells)), each.facts.slug))
    titles = {rule.id: rule.title for rule in RULES}
    several: dict[str, list[str]] = {}
    for each in found.counties:
        for one in each.facts.findings:
            several.setdefault(one.rule, []).append(each.facts.slug)
    by_rule = tuple(
        ViewRow(rule, (titles[rule], str(len(slugs)), str(len(set(slugs)))))
        for rule, slugs in sorted(several.items(), key=lambda one: (-len(set(one[1])), one[0]))
    )
    return TablesView(
        "问题",
        ("按规则的分类数；每条规则讲什么，用 gkdir rules 编号 看。",),
        (
            ViewTable("各县各类", "各县各类问题有多少处", ("县", "错误", "警告", "提示", *families), tuple(rows), True),
            ViewTable("哪些问题最普遍", "有这个问题的县多的在前", ("规则", "问题", "几处", "几个县"), by_rule),
        ),
    )


def late_view(found: Survey) -> TablesView:
    """The counties with overdue tasks, those with most first; and those whose directories were not reviewed."""
    late = sorted((each for each in found.counties if each.facts.late), key=lambda each: -len(each.facts.late))
    rows = tuple(
        ViewRow(
            each.facts.name,
            (str(len(each.facts.late)), str((found.day - each.facts.late[0].day).days), each.facts.late[0].what),
            each.facts.slug,
        )
        for each in late
    )
    unreviewed = tuple(
        ViewRow(each.facts.name, (found.domains[domain][0], _since(day, found.day)), each.facts.slug)
        for each in found.ranked
        for domain, day in each.facts.reviewed.items()
        if domain in found.domains and _since(day, found.day)
    )
    return TablesView(
        "谁逾期了",
        ("期限和 gkdir due 用同一个数：目录审核、指南核对、意见征集的结果、栏目更新、二十个工作日等。",),
        (
            ViewTable("逾期没办的", "件数多的在前", ("县", "几件", "最久几天", "最久的一件"), rows),
            ViewTable("目录没有审核的", "一年没有审核，或者没有审核日期", ("县", "领域", "怎样"), unreviewed),
        ),
    )


def _since(day: date | None, today: date) -> str:
    if not lapsed(day, today):
        return ""
    return f"上次审核是 {day}" if day else "没有写审核日期"


def scores_view(found: Survey) -> TablesView:
    """How scores are calculated, and every county's points for every indicator."""
    sheet = found.sheet
    how = tuple(
        ViewRow(each.number, (each.group, each.name, str(each.points), _how(each), _mean(found, each.number)))
        for each in sheet.indicators
    )
    rows = tuple(
        ViewRow(
            each.facts.name,
            (f"{each.line.points:.1f}", *(f"{one.points:.1f}" for one in each.score.indicators)),
            each.facts.slug,
        )
        for each in found.ranked
    )
    numbers = tuple(each.number for each in sheet.indicators)
    about = (
        f"{sheet.name}，满分 {sheet.points} 分。{sheet.about or ''}",
        "评分表写在 national/评分.yaml，各省可以换成自己的。",
    )
    return TablesView(
        "评分",
        about,
        (
            ViewTable("怎么评", "各项指标", ("编号", "一级指标", "指标", "分值", "怎么算", "各县平均"), how),
            ViewTable("各县逐项", "各县每一项的得分", ("县", "合计", *numbers), rows, True),
        ),
    )


def _how(each: Indicator) -> str:
    if each.measure is None:
        text = f"{'、'.join(each.rules)} 的错误和警告，每处扣 {each.each} 分，扣完为止"
    else:
        text = f"按“{each.measure}”的比例给分，做到 {each.full}% 给满，取到一位小数，不进位"
    return f"{text}。{each.why}" if each.why else text


def _mean(found: Survey, number: str) -> str:
    points = [each.line.indicators[number] for each in found.counties]
    return f"{sum(points) / len(points):.1f}" if points else "—"
