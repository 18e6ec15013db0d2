"""JSON Schemas for editors: in Chinese, equivalent to reading, and valid for an independent validator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gkdir.cli.schema import KINDS, command
from gkdir.read.schema.document import SHAPES, json_schema
from gkdir.yaml.nodes import Branch, Listing, Node
from gkdir.yaml.parse import parse_yaml, read_yaml

Draft202012Validator = pytest.importorskip("jsonschema").Draft202012Validator

SAMPLE = Path(__file__).parents[2] / "directories" / "counties" / "qingyuan"


def plain(node: Node) -> Any:
    if isinstance(node, Branch):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.value


def errors(kind: str, text: str) -> list[object]:
    return list(Draft202012Validator(json_schema(kind)).iter_errors(plain(parse_yaml(text, "f.yaml").root)))


@pytest.mark.parametrize("kind", SHAPES)
def test_each_is_a_schema_and_the_command_prints_it(kind: str) -> None:
    Draft202012Validator.check_schema(json_schema(kind))
    result = CliRunner().invoke(command, [kind])
    assert result.exit_code == 0
    assert json.loads(result.output) == json_schema(kind)


def test_the_command_knows_every_kind_and_no_other() -> None:
    assert tuple(SHAPES) == KINDS
    assert CliRunner().invoke(command, ["none"]).exit_code == 2


def described(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield name, inner
        for inner in schema.values():
            yield from described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_key_has_a_title_and_says_in_chinese_what_it_is_for(kind: str) -> None:
    keys = [(name, schema) for name, schema in described(json_schema(kind)) if "title" in schema or "anyOf" in schema]
    assert keys
    for name, schema in keys:
        assert schema["title"] == name
        assert any("\u4e00" <= character <= "\u9fff" for character in schema["description"])


def test_the_sample_county_fits() -> None:
    files = [("county", SAMPLE / "county.yaml"), ("changes", SAMPLE / "changes.yaml")]
    files += [("town", path) for path in (SAMPLE / "towns").glob("*.yaml")]
    files += [("form", path) for path in (SAMPLE / "forms").glob("*.yaml")]
    for kind, path in files:
        value = plain(read_yaml(path, path.name).root)
        assert list(Draft202012Validator(json_schema(kind)).iter_errors(value)) == [], path
    for path in (SAMPLE / "pages").glob("*/*.md"):
        assert errors("article", path.read_text(encoding="utf-8").split("---\n")[1]) == [], path
    for path in (SAMPLE / "guides").glob("*/*.md"):
        assert errors("guide", path.read_text(encoding="utf-8").split("---\n")[1]) == [], path


BASE = "名称: 清源县\n代码: '990101'\n目录: {employment: {事项: {'4.1': {%s}}}}\n"


@pytest.mark.parametrize(
    "item",
    [
        "公开内容: 甲",
        "公开内容: [甲, 乙]",
        "公开内容: {增加: 甲}",
        "公开对象: {特定群体: 失业人员}",
        "公开对象: {增加: [{特定群体: 失业人员}]}",
        "不列入: 未开展",
        "不列入: {理由: 未开展, 日期: '2026-03-01'}",
    ],
)
def test_every_way_to_write_an_item_is_taken(item: str) -> None:
    assert errors("county", BASE % item) == []


@pytest.mark.parametrize(
    "item", ["公开时间: 甲", "公开内容: {减少: [甲]}", "公开时限: [甲]", "不列入: [甲]", "公开对象: {群体: 甲}"]
)
def test_a_mistake_in_an_item_is_found(item: str) -> None:
    assert errors("county", BASE % item)


@pytest.mark.parametrize("kind", ["county", "form", "article"])
def test_what_must_be_there_is_required(kind: str) -> None:
    assert errors(kind, "{}")


@pytest.mark.parametrize(
    "head", ["收费: 不收费", "办理时限: 3个工作日", "办理材料: 无需材料", "办理材料: [身份证]", "核对: '2026-03-01'"]
)
def test_the_short_ways_to_write_a_guide_are_taken(head: str) -> None:
    assert errors("guide", head) == []
