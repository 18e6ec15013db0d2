"""A newly imported county has few findings, one for each cause."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from click.testing import CliRunner
from tests.places import COUNTY_TABLE

from gkdir.cli import group
from gkdir.overlay import lay
from gkdir.read.known import known_project
from gkdir.read.project import read_county
from gkdir.rules import check

CORPUS = os.environ.get("GKDIR_CORPUS", "")
"""A folder with counties' published tables, which we may not distribute."""
MOST = 8


def found(table: Path, folder: Path) -> int:
    """How many findings a check of the imported county has."""
    county = folder / "counties" / "xian"
    done = CliRunner().invoke(
        group, ["import", str(table), "--into", str(county), "--name", "清源县", "--code", "990101"]
    )
    assert (county / "county.yaml").exists(), done.output
    project = known_project(folder)
    read = read_county(project, "xian")
    return len(check(project, read, lay(project, read), date(2026, 3, 20)))


def test_a_whole_table_has_few_findings(tmp_path: Path) -> None:
    assert found(COUNTY_TABLE, tmp_path) <= MOST


@pytest.mark.skipif(not CORPUS, reason="GKDIR_CORPUS names no folder of counties' tables")
def test_the_median_of_counties_tables_has_few_findings(tmp_path: Path) -> None:
    tables = sorted(Path(CORPUS).glob("*.xlsx"))
    assert median(found(table, tmp_path / table.stem) for table in tables) <= MOST
