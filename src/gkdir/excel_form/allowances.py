"""A county's 允许 (findings it accepts, with a reason) → a table with one row for each."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from msgspec import Struct

from gkdir import cache
from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.table import RowChange, Table
from gkdir.excel_form.tablewriter import REMOVAL, ItemNames, RowIds, as_element, index_of, with_row
from gkdir.excel_form.tidy import row
from gkdir.model.allowance import Allowance
from gkdir.model.county import County
from gkdir.stamps import program
from gkdir.yaml.edit import Order, append

ALLOWED = "@allowed"
"""The key of the table, which no domain can have."""
SECTION = "允许"
ALLOWANCE_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(Allowance)}
"""Column key → the part of an 允许 entry that it edits."""

_NAME = "rules"


class _RuleNames(Struct, frozen=True):
    """A rule's id, its name and its Chinese title."""

    id: str
    name: str
    title: str


class _KeptRules(Struct, frozen=True):
    """What the cache file holds: the rules' names, and the version of gkdir they are from."""

    program: str
    rules: tuple[_RuleNames, ...]


def allowance_table(county: County, items: ItemNames) -> Table:
    """What the county allows, in the order of its file."""
    rules = {f"{rule.id} {rule.title}": rule.id for rule in rule_names()}
    named = {id_: name for name, id_ in rules.items()} | {rule.name: f"{rule.id} {rule.title}" for rule in rule_names()}
    offers = Choices({}, {"rules": rules, "items": items})
    columns = (*(each.column(offers) for each in ALLOWANCE_CELLS.values()), REMOVAL)
    ids = RowIds()
    rows = []
    for each in county.overlay.allowances:
        id_ = ids.of(" ".join(filter(None, (each.rule, each.item, each.only))))
        texts = {key: cell.text(each) for key, cell in ALLOWANCE_CELLS.items()}
        shown = named.get(each.rule, each.rule)
        rows.append(row(columns, id_, f"允许 {shown}", texts, locked=frozenset(("rule", "item", "only"))))
    about = "核对出来、看过知道没有问题的，写明是哪一条规则、为什么可以这样、到哪一天为止。写在下面的空行里。"
    return Table(ALLOWED, SECTION, about, columns, tuple(rows), ("rule", "item", "only"), 20, 1)


def rule_names() -> tuple[_RuleNames, ...]:
    """The names of all rules, cached: importing every rule module takes as long as making the whole form."""
    loaded = "gkdir.rules" in sys.modules
    kept = None if loaded else cache.kept_value(_NAME, _KeptRules)
    if kept and kept.program == program():
        return kept.rules
    from gkdir.rules import RULES

    found = tuple(_RuleNames(rule.id, rule.name, rule.title) for rule in RULES)
    if not loaded:
        cache.keep_value(_NAME, _KeptRules(program(), found))
    return found


def allowance_text(text: str, change: RowChange, order: Order) -> str:
    """The text of county.yaml after one row of this table was changed."""
    if change.new:
        return append(text, (SECTION,), as_element(change, ALLOWANCE_CELLS), order)
    return with_row(text, (SECTION, index_of(change)), change, ALLOWANCE_CELLS)
