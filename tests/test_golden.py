"""Small projects → their whole sites and findings, read as diffs. ``make golden`` rewrites what is expected.

Each folder of ``tests/samples`` is a project; ``expected/`` beside it holds every page, and ``findings.txt``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gkdir.build import Outcome, State, build
from gkdir.publish.manifest import MANIFEST
from gkdir.report import text
from gkdir.request import Request

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())
READABLE = {".html", ".xml", ".json", ".csv", ".txt"}
REWRITE = os.environ.get("GKDIR_GOLDEN") == "write"


def made(sample: Path, out: Path, **more: object) -> dict[str, bytes]:
    """Everything that the sample's build puts out, and its findings, by path."""
    heard: list[Outcome] = []
    project = Path(os.path.relpath(sample / "project"))
    request = Request(project, out, national=sample / "national", **more)  # type: ignore[arg-type]
    findings, outcomes = build(request, heard.append)
    assert tuple(heard) == outcomes
    every = [*findings, *(finding for outcome in outcomes for finding in outcome.findings)]
    report = text.render(every).replace(project.as_posix(), "project")
    held = [outcome.slug for outcome in outcomes if outcome.state is State.HELD]
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    files.pop(".gkdir.lock")
    return {"findings.txt": f"{report}未发布：{'、'.join(held) or '无'}\n".encode(), **files}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_built_as_expected(name: str, tmp_path: Path) -> None:
    sample = SAMPLES / name
    files = made(sample, tmp_path / "site")
    # What a template or a script is stands in templates/; what a workbook holds is told by the manifest's digest.
    shown = {path: data for path, data in files.items() if Path(path).suffix in READABLE and "assets/" not in path}
    expected = sample / "expected"
    if REWRITE:
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in shown.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    there = {path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    assert sorted(shown) == sorted(there)
    for path, data in shown.items():
        assert data.decode() == there[path].decode(), f"{path} is not as expected; see make golden"


@pytest.mark.parametrize("name", NAMES)
def test_one_process_and_many_write_the_same_bytes(name: str, tmp_path: Path) -> None:
    one = made(SAMPLES / name, tmp_path / "one", jobs=1)
    many = made(SAMPLES / name, tmp_path / "many", jobs=2)
    assert one == many


def test_there_are_samples() -> None:
    assert any((SAMPLES / name / "expected" / "findings.txt").is_file() for name in NAMES)
    assert all(MANIFEST not in name for name in NAMES)
