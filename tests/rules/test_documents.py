"""The printed documents about rules match the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gkdir.finding import Severity
from gkdir.rules import RULES
from gkdir.rules.documents import book, page, requirement_table, table
from gkdir.rules.requirements import REQUIREMENTS

DOCS = Path(__file__).parents[2] / "docs"
SHARED = Path(__file__).parents[3] / "shared" / "domain" / "requirements.md"


def test_the_book_of_rules_is_current() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == book(RULES), "gkdir rules --markdown > docs/rules.md"


def test_the_table_of_requirements_is_current() -> None:
    written = (DOCS / "requirements.md").read_text(encoding="utf-8")
    assert written == requirement_table(RULES), "gkdir rules --requirements > docs/requirements.md"


def test_every_rule_has_its_line_and_its_page() -> None:
    lines = table(RULES)
    for rule in RULES:
        assert f"{rule.id}  " in lines
        assert page(rule).startswith(f"# {rule.id} {rule.title}\n")


def test_every_requirement_that_must_or_should_be_met_is_judged_or_says_why_not() -> None:
    judged = {rule.requirement for rule in RULES}
    for requirement in REQUIREMENTS:
        if requirement.weight in "EW":
            assert requirement.id in judged or requirement.unjudged, requirement.id


def test_no_requirement_that_must_be_met_is_only_hinted_at() -> None:
    for requirement in REQUIREMENTS:
        rules = [rule for rule in RULES if rule.requirement == requirement.id]
        if requirement.weight == "E" and rules:
            assert any(rule.severity is Severity.ERROR for rule in rules), requirement.id
        if requirement.weight == "W" and rules and all(rule.severity is Severity.INFO for rule in rules):
            assert requirement.unjudged, f"{requirement.id}: say why it is only a hint"


@pytest.mark.skipif(not SHARED.exists(), reason="the list of requirements is not at hand")
def test_no_requirement_is_left_out() -> None:
    rows = re.findall(r"^\| (R\d+\.\w+) \|.*\| ([EWI/]+) \|$", SHARED.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for name, _ in rows} == {requirement.id for requirement in REQUIREMENTS}
    assert {name: weight[0] for name, weight in rows} == {r.id: r.weight for r in REQUIREMENTS}
