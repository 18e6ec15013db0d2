"""The grammar of 公开时限: every phrase of its table, and what it does not understand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gkdir.model.item import TimeLimit
from gkdir.read.timelimit import is_ditto, time_limit

TABLE = Path(__file__).with_name("time_limits.tsv")
with TABLE.open(encoding="utf-8", newline="") as table:
    VECTORS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))

WHITE = st.sampled_from(("", " ", "\n", "\u3000", "\t"))


def _said(limit: TimeLimit) -> dict[str, str]:
    parts = "; ".join(f"{part.kind} {part.count} {part.unit}" for part in limit.parts)
    statutory = f"{limit.statutory.count} {limit.statutory.unit}" if limit.statutory else ""
    said = {
        "kind": limit.kind, "count": limit.count, "unit": limit.unit, "anchor": limit.anchor, "period": limit.period,
        "by": limit.by, "statutory": statutory, "parts": parts,
    }  # fmt: skip
    return {key: "" if value is None else str(value) for key, value in said.items()}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["phrase"])
def test_a_phrase(vector: dict[str, str]) -> None:
    assert {"phrase": vector["phrase"], **_said(time_limit(vector["phrase"]))} == vector


@given(st.sampled_from(VECTORS), st.data())
def test_white_space_says_nothing(vector: dict[str, str], data: st.DataObject) -> None:
    phrase = "".join(character + data.draw(WHITE) for character in vector["phrase"])
    read, plain = time_limit(phrase), time_limit(vector["phrase"])
    assert read == (replace(plain, text=read.text) if plain.kind == "unknown" else plain)


@pytest.mark.parametrize("word", ["同上", "同 上", "同\n上。", "〃", "同左"])
def test_ditto_is_the_limit_above(word: str) -> None:
    above = time_limit("20个工作日")
    assert is_ditto(word)
    assert time_limit(word, above) is above
    assert time_limit(word).kind == "unknown"


@given(st.text(max_size=60))
def test_any_text_is_some_limit_and_is_kept(text: str) -> None:
    limit = time_limit(text)
    assert "".join(limit.text.split()) == "".join(text.split())
    assert (limit.count is not None) == (limit.kind == "within")
    assert (len(limit.parts) > 1) == (limit.kind == "compound")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("信息形成或变更之日起20个工作日内公开", ()),
        ("自信息形成或者变更之日起20个工作日以内及时向社会公开", ()),
        ("20个工作日内公开，法律、法规另有规定的，从其规定", ()),
        ("原则上20个工作日内公开", ("原则上",)),
        ("20个工作日内不予公开", ("不予公开",)),
        ("除特殊情况外，20个工作日内（不含审批时间）公开", ("除特殊情况外", "不含审批时间")),
        ("5个工作日（法定一般10个工作日）", ("一般",)),
        ("信息形成20个工作日内公开；其中重大事项可延至30个工作日内公示", ("重大事项可延至",)),
        ("每年12月31日前公开，必要时除外", ("必要时除外",)),
        ("20个工作日×2", ("×2",)),
    ],
)
def test_what_the_reading_has_not_used_is_left(text: str, left: tuple[str, ...]) -> None:
    assert time_limit(text).left == left


def test_blanks_part_what_is_no_chinese() -> None:
    assert time_limit("2026-03-01 14:30:00").text == "2026-03-01 14:30:00"
    assert time_limit(" 20 个工作日 内\n公开 ").text == "20个工作日内公开"
