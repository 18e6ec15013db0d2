"""The generated counties for measurements: all different, the same each time, without mistakes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from click.testing import CliRunner
from scripts.many import county_files, many, name_of, slug_of, varied

from gkdir.cli import group

NATION = 2843


def test_no_two_counties_of_the_nation_are_alike() -> None:
    for what in (name_of, slug_of, lambda number: varied("990101", number), lambda number: varied("0600-555", number)):
        assert len({what(number) for number in range(NATION)}) == NATION


def test_they_are_the_same_each_time_and_of_different_sizes() -> None:
    made = [dict(county_files(number)) for number in (0, 4, 9)]
    assert made == [dict(county_files(number)) for number in (0, 4, 9)]
    assert [len(files) for files in made] == sorted({len(files) for files in made}), "three sizes"
    kinds = [Counter(path.partition("/")[0] for path in files) for files in made]
    assert all(count[kind] > 1 for count in kinds for kind in ("guides", "towns", "pages"))
    assert all("清源" not in files["county.yaml"].decode() for files in made)


def test_nothing_is_wrong_with_them(tmp_path: Path) -> None:
    many(tmp_path / "many", 9)
    asked = [f"--county={slug_of(number)}" for number in (1, 5, 8)]
    result = CliRunner().invoke(group, ["check", str(tmp_path / "many"), "--date=2026-03-10", "--format=json", *asked])
    findings = json.loads(result.stdout)["findings"]
    assert [found["message"] for found in findings if found["severity"] != "info"] == []
