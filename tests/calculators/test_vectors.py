"""Every line of vectors.tsv, calculated in Python; test_browser.py does the same in the browser."""

from __future__ import annotations

import pytest

from .vectors import STANDARDS, Vector, answer, rules, vectors

VECTORS = vectors()
CALCULATORS = {"retirement", "unemployment", "injury", "death", "pension"}


def named(vector: Vector) -> str:
    return f"{vector.calculator}-{'-'.join(vector.said.values())}-{vector.standards}"


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_a_vector_comes_out_as_the_table_says(vector: Vector) -> None:
    found = answer(vector.calculator, vector.said, rules(), STANDARDS[vector.standards])
    assert {name: found[name] for name in vector.expected} == vector.expected


def test_the_table_covers_every_calculator_and_says_where_each_line_comes_from() -> None:
    assert len(VECTORS) >= 40
    assert {vector.calculator for vector in VECTORS} == CALCULATORS
    assert all(vector.origin.startswith(("条文推算", "官方问答", "边界", "县里没有写")) for vector in VECTORS)
    assert len({(v.calculator, v.standards, tuple(v.said.items())) for v in VECTORS}) == len(VECTORS)
