"""Emitted YAML: any text is read back unchanged, and a comment stays a comment."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gkdir.yaml.emit import comment, entry, scalar, writable
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml

TEXT = st.text(max_size=30) | st.text("人社局：、（）《》〔〕 #:-[]{},&*!|>'\"%@`\\?\n\t=~12ne", max_size=20)


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        # A small number is written without quotes; every file accepts it as text.
        return node.text if isinstance(node.value, int) and not isinstance(node.value, bool) else node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    assert isinstance(node, Branch)
    return {key.text: plain(value) for key, value in node.entries}


def parsed(text: str) -> object:
    return plain(parse_yaml(text, "x.yaml").root)


@given(TEXT)
@example("null")
@example("12333")
@example("是\u2028否\x85")
@example("甲 # 乙")
@example("甲: 乙")
@example("- 甲")
def test_a_text_comes_back(text: str) -> None:
    assert parsed(f"甲: {scalar(text)}\n乙: [{scalar(text)}]") == {"甲": writable(text), "乙": [writable(text)]}


@given(st.lists(TEXT, max_size=8), st.sampled_from((0, 2, 8)))
@example(["办理\x7f流程\ufffe"], 0)
def test_a_list_comes_back_in_one_line_or_in_many(texts: list[str], indent: int) -> None:
    want = [writable(text) for text in texts]
    below = "  " * 4 if indent == 8 else " " * indent
    head = "".join(f"{' ' * at}x:\n" for at in range(0, indent, 2))
    for value, wanted in ((texts, want), ({"增加": texts}, {"增加": want})):
        found = parsed(head + "\n".join(entry("甲", value, len(below))))
        for _ in range(0, indent, 2):
            assert isinstance(found, dict)
            found = found["x"]
        assert found == {"甲": wanted}


@given(TEXT)
def test_a_comment_is_one_line(text: str) -> None:
    line = comment(text, 4)
    assert len(line.splitlines()) == 1
    assert parsed(f"甲: 乙\n{line}\n丙: 丁") == {"甲": "乙", "丙": "丁"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("信息形成或变更之日起10个工作日内公开", "信息形成或变更之日起10个工作日内公开"),
        ("《清源县就业办法》（清政发〔2024〕5号）", "《清源县就业办法》（清政发〔2024〕5号）"),
        ("社区/企事业单位/村公示栏（电子屏）", "社区/企事业单位/村公示栏（电子屏）"),
        ("12333咨询电话", "12333咨询电话"),
        ("990101", '"990101"'),
        ("true", '"true"'),
        ("甲: 乙", '"甲: 乙"'),
    ],
)
def test_quotes_stand_only_where_they_must(text: str, written: str) -> None:
    assert scalar(text) == written
