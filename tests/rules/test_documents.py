"""What is printed about the rules is what the rules say."""

from __future__ import annotations

from pathlib import Path

from gkdir.rules import RULES
from gkdir.rules.book import book, page, requirement_table, table

DOCS = Path(__file__).parents[2] / "docs"


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
