"""``gkdir check`` on a terminal: what fits on it, or everything; a pipe always gets everything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.places import SMALL

from gkdir.cli import group


def test_a_terminal_gets_twenty_rows_unless_all_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    shutil.copytree(SMALL / "project", project)
    shutil.copytree(SMALL / "national", project / "national", dirs_exist_ok=True)
    words = ["check", str(project), "--date", "2026-03-01"]
    piped = CliRunner().invoke(group, words).stdout
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    seen, whole = CliRunner().invoke(group, words).stdout, CliRunner().invoke(group, [*words, "--all"]).stdout
    assert len(seen.splitlines()) <= 20 < len(piped.splitlines())
    assert whole == piped
    assert seen.splitlines()[-1] == piped.splitlines()[-1]
    assert "--all" in seen


def test_a_workbook_is_not_written_to_a_terminal() -> None:
    done = CliRunner().invoke(group, ["check", str(SMALL / "project"), "--format", "xlsx"])
    assert done.exit_code == 2
    assert "-o 整改清单.xlsx" in done.output
