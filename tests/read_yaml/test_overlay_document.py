"""docs/overlay.md: every example is valid, every mistake is found, every key is documented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts.keytables import with_tables

from gkdir.model.county import County
from gkdir.read.schema.document import json_schema

ReadFiles = Callable[..., County]

TEXT = (Path(__file__).parents[2] / "docs" / "overlay.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:yaml|markdown) (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
EXAMPLES = [(name, text) for name, text in BLOCKS if name != "错误"]
MISTAKES = [text for name, text in BLOCKS if name == "错误"]
WHO = '名称: 清源县\n代码: "990101"\n'

ELSEWHERE = {
    (f"../../{name}" if name.startswith(("provinces/", "national/")) else name): text
    for name, text in EXAMPLES
    if name != "county.yaml"
}


def county_file(text: str) -> str:
    """The example, with the county's name and code added if it has none."""
    return text if text.startswith("名称") else WHO + text


@pytest.mark.parametrize("text", [text for name, text in EXAMPLES if name == "county.yaml"])
def test_every_example_is_read_without_a_word(read: ReadFiles, text: str) -> None:
    county = read(county_file(text), ELSEWHERE)
    assert county.troubles == ()


def test_what_the_examples_beside_county_yaml_say_arrives(read: ReadFiles) -> None:
    county = read(WHO, ELSEWHERE)
    assert county.troubles == ()
    assert [town.slug for town in county.towns] == ["baishi", "heyan", "liushu"]
    assert [section.title for section in county.guides["employment/4.1"].sections] == [
        "这是什么",
        "对我有什么用",
        "我要做什么",
        "常见问题",
    ]
    assert list(county.forms) == ["失业登记表"]
    assert len(county.amendments) == 5
    assert [f"{each.kind}/{each.slug}" for each in county.articles] == [
        "policies/jiuyefuwu",
        "interpretations/jiuyefuwu",
        "faq/card",
        "consultations/hours",
    ]
    assert list(county.navigation.events) == ["失业了", "出门打工"]
    assert len(BLOCKS) >= 12


@pytest.mark.parametrize("text", MISTAKES)
def test_every_mistake_is_found(read: ReadFiles, text: str) -> None:
    assert read(county_file(text)).troubles


@pytest.mark.parametrize("kind", ["county", "guide", "form", "article", "ways", "wizard"])
def test_every_key_is_explained(kind: str) -> None:
    schema = json_schema(kind)
    shapes = [schema, *schema.get("$defs", {}).values()]
    keys = {key for shape in shapes for key in shape.get("properties", {})}
    written = set(re.findall(r"[^\s{},：:`\"“”、，（）]+(?=:)", TEXT)) | set(re.findall(r"`([^`\s]+)`", TEXT))
    assert keys - written == set()


def test_the_tables_are_those_of_the_declarations() -> None:
    assert "| `结果送达` | 结果怎样交给申请人。 |" in TEXT
    assert with_tables(TEXT) == TEXT, "make docs"
