"""Every rule's examples are right: only this rule finds the wrong one, and no rule finds the right one."""

from __future__ import annotations

import pytest

from gkdir.finding import Finding, Severity
from gkdir.model.county import Omitted
from gkdir.model.guide import Guide
from gkdir.model.project import Project
from gkdir.rules import RULES
from gkdir.rules.requirements import REQUIREMENT
from gkdir.rules.rule import Rule
from gkdir.rules.subjects import LocalGuide

from .examples import county_of, examples, findings_of, section

UNWRITTEN = {
    *("unread-row", "hidden-part", "struck-text", "beside-cells", "unread-cell", "lost-item", "own-fault"),
    *("in-the-way", "still-live", "nothing-promised", "copied-guide", "one-phone-for-all", "left-traces", "unreviewed"),
    *("picture-without-words", "infographic-without-words", "unread-picture", "heavy-picture", "located-picture"),
}
"""Rules about workbooks, pictures, the output folder: described in words, tested in test_attached, read/, publish/,
cli/.
"""

TOLD = {"items-without-guide"}
"""Rules whose right case is described in words: a guide for each of 103 items is no example."""

WITH_EXAMPLES = [pytest.param(rule, id=f"{rule.id}-{rule.name}") for rule in RULES if rule.name not in UNWRITTEN]


def test_rules_are_in_order_and_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_each_rule_is_documented() -> None:
    for rule in RULES:
        assert rule.title, rule.id
        assert rule.requirement is None or rule.requirement in REQUIREMENT, rule.id
        assert rule.cite, rule.id
        for heading in ("为什么", "错误", "正确"):
            assert section(rule.document, heading).strip(), (rule.id, heading)
        assert "！" not in rule.document, rule.id


@pytest.mark.parametrize("rule", WITH_EXAMPLES)
def test_the_wrong_example_is_found_by_its_rule_alone(rule: Rule, project: Project) -> None:
    found = _find(rule, "错误", project)
    assert {one.rule for one in found} == {rule.id}, [f"{one.place} {one.rule} {one.message}" for one in found]
    if all(on in (Guide, LocalGuide, Omitted) or isinstance(on, str) for on in rule.on):
        assert [one.message for one in found if not one.item] == [], "about no item"


@pytest.mark.parametrize("rule", WITH_EXAMPLES)
def test_the_right_example_is_found_by_no_rule(rule: Rule, project: Project) -> None:
    if rule.name in TOLD:
        pytest.skip("what is right is told in words")
    found = _find(rule, "正确", project)
    assert not found, [f"{one.place} {one.rule} {one.message}" for one in found]


def _find(rule: Rule, heading: str, project: Project) -> list[Finding]:
    """The findings under ``heading``; of hints that a county could do more, only those of this rule."""
    slug = f"{rule.id.lower()}-{'wrong' if heading == '错误' else 'right'}"
    county_of(examples(rule.document, heading), project.folder / "counties" / slug)
    return [one for one in findings_of(project, slug) if one.rule == rule.id or one.severity is not Severity.INFO]
