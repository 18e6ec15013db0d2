"""A Site → 算一算: a page for each calculator, with tables that work without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.benefits import BenefitRules, Source, Standards, laid
from gkdir.model.county import Catalog
from gkdir.service.address import CALCULATORS, HOME
from gkdir.service.calculators import Calculator
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.service.tables import injury_tables, pension_tables, retirement_tables, unemployment_tables
from gkdir.site.page import Crumb, Page

COLUMN = WebsiteColumn(
    "算一算", "退休时间、失业保险金、工伤待遇、居民养老金怎么算", "退休,失业,工伤,养老金,计算", "办事服务"
)


TABLES = {
    "retirement": retirement_tables,
    "unemployment": unemployment_tables,
    "injury": injury_tables,
    "pension": pension_tables,
}


class CalculatorView(Struct, frozen=True):
    """The page of one calculator.

    ``tables`` are for the template, ``parameters`` for the script, as JSON.
    """

    calculator: Calculator
    rules: BenefitRules
    standards: Standards
    tables: object
    parameters: str
    others: tuple[Calculator, ...]

    @property
    def pending(self) -> bool:
        """Whether the page has a number that has not been compared with its source yet."""
        return any(source.seen == "待查" for source in sources(self.calculator.slug, self.rules))


def calculator_pages(site: Site) -> Iterator[Page]:
    """The list of the calculators that the county has, and the page of each."""
    catalog, rules, offered = site.catalog, site.benefit_rules, site.calculators
    if rules is None or not offered:
        return
    standards = laid(layer.standards for layer in catalog.layers).sound()
    yield _page(catalog, CALCULATORS, offered, (COLUMN.name, COLUMN.description))
    for one in offered:
        view = CalculatorView(
            calculator=one,
            rules=rules,
            standards=standards,
            tables=TABLES[one.slug](rules, standards),
            parameters=json.dumps(parameters(one.slug, rules, standards), separators=(",", ":")),
            others=tuple(other for other in offered if other is not one),
        )
        yield _page(catalog, one.path, view, (one.title, one.line))


def sources(slug: str, rules: BenefitRules) -> tuple[Source, ...]:
    """The sources of the parameters that the calculator ``slug`` uses."""
    if slug == "retirement":
        return rules.retirement.source, rules.minimum.source, rules.minimum.early_late
    if slug == "unemployment":
        return (rules.unemployment.source,)
    if slug == "injury":
        injury = rules.injury
        return injury.source, injury.support, injury.grant, *(income.source for income in rules.incomes)
    return (rules.pension.source,)


def parameters(slug: str, rules: BenefitRules, standards: Standards) -> dict[str, object]:
    """The script's input for the calculator ``slug``: months as ordinals, money in 分."""
    if slug == "retirement":
        careers = {
            one.key: {"age": one.age, "first": one.first.ordinal, "step": one.step, "cap": one.cap}
            for one in rules.retirement.careers
        }
        least = rules.minimum
        minimum = {"months": least.months, "rising": least.rising, "step": least.step, "cap": least.cap}
        return {"careers": careers, "flexible": rules.retirement.flexible, "minimum": minimum}
    if slug == "unemployment":
        benefit = standards.benefit
        tiers = (benefit.tiers if benefit else ()) or rules.unemployment.tiers
        return {
            "tiers": [[tier.paid, tier.drawn] for tier in tiers],
            "together": rules.unemployment.together,
            "monthly": benefit.monthly if benefit else None,
            "later": benefit.later if benefit else None,
        }
    if slug == "injury":
        return {
            "lump": rules.injury.lump,
            "allowance": rules.injury.allowance,
            "care": {care.key: care.percent for care in rules.injury.care},
            "floor": rules.injury.floor,
            "ceiling": rules.injury.ceiling,
            "average": standards.average_wage.monthly if standards.average_wage else None,
            "minimum": standards.minimum_wage.monthly if standards.minimum_wage else None,
        }
    basic = standards.basic_pension
    return {
        "divisor": rules.pension.divisor,
        "years": rules.pension.years,
        "basic": basic.monthly if basic else None,
        "extra": basic.extra if basic else None,
    }


def _page(catalog: Catalog, path: str, view: object, named: tuple[str, str]) -> Page:
    title, description = named
    crumbs = [Crumb(catalog.overlay.name, HOME)]
    if isinstance(view, CalculatorView):
        crumbs.append(Crumb(COLUMN.name, CALCULATORS))
    return Page(
        f"{{county}}/{path}",
        {"county": catalog.slug},
        view,
        title=title,
        description=f"{catalog.overlay.name}：{description}。",
        breadcrumbs=(*crumbs, Crumb(title)),
        meta=column_tags(catalog.overlay.website, COLUMN),
    )
