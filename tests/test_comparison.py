"""What other processes compare while one county is made: the outcome is the same as without them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.places import SMALL
from tests.test_unchanged import as_lines, content, said

from gkdir import build as building
from gkdir import comparison
from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.outcome import BuildOutcome, State
from gkdir.unchanged import Result

once = building.build_county


def test_one_changed_county_is_made_here_and_the_others_are_compared_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MIN_COUNTIES", 2)
    made: list[tuple[str, int]] = []

    def noted(*given: object) -> BuildOutcome:
        made.append((str(given[1]), os.getpid()))
        return once(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "build_county", noted)
    project = Path(shutil.copytree(SMALL / "project", tmp_path / "project"))
    counties = project / "counties"
    for slug in ("anping", "qixia"):
        shutil.copytree(counties / "heping", counties / slug)
    options = BuildOptions(project, tmp_path / "site", (), 2, national=SMALL / "national", hant=False)
    build(options, list[BuildOutcome]().append)

    def edited(*changed: Path) -> dict[str, State]:
        for file in changed:
            said(file, "# 1")
        beside = tmp_path / "beside"
        shutil.copytree(options.out, beside)
        made.clear()
        result: Result = build(options, list[BuildOutcome]().append)
        whole = build(replace(options, out=beside, jobs=1), list[BuildOutcome]().append)
        assert as_lines(result, options.out) == as_lines(whole, beside)
        assert content(options.out) == content(beside)
        shutil.rmtree(beside)
        return {outcome.slug: outcome.state for outcome in result[1]}

    unchanged = dict.fromkeys(("anping", "heping", "qixia"), State.UNCHANGED) | {"kuansong": State.HELD}
    assert edited(counties / "heping" / "county.yaml") == unchanged
    assert made[0] == ("heping", os.getpid()), "by a worker it would not be noted"
    assert [slug for slug, _ in made].count("anping") == 1, "only by the whole build"
    assert edited(counties / "heping" / "county.yaml", counties / "qixia" / "county.yaml") == unchanged
    theirs = options.out / "anping" / "index.html"
    assert edited(counties / "qixia" / "county.yaml", theirs) == {**unchanged, "anping": State.HELD}
    assert theirs.read_bytes().endswith(b"\n# 1\n")
