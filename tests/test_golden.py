"""Small projects → their sites and findings, compared with ``expected/``, which ``make golden`` rewrites.

Each folder of ``tests/samples`` is a project; ``expected/`` in it has its findings, its files for programs, and a page
of each template. The manifest there has the digest of every other file.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.built import rendered

from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.outcome import BuildOutcome, State
from gkdir.publish.manifest import MANIFEST
from gkdir.report import text

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())
BROKEN = "broken"
"""A project whose findings matter; its pages are like those of the other one."""
REWRITE = os.environ.get("GKDIR_GOLDEN") == "write"


def made(sample: Path, out: Path, **more: object) -> dict[str, bytes]:
    """Every file that the sample's build makes, and its findings, by path."""
    heard: list[BuildOutcome] = []
    project = Path(os.path.relpath(sample / "project"))
    request = BuildOptions(project, out, national=sample / "national", **more)  # type: ignore[arg-type]
    findings, outcomes = build(request, heard.append)
    assert tuple(heard) == outcomes
    every = [*findings, *(finding for outcome in outcomes for finding in outcome.findings)]
    report = text.render(every).replace(project.as_posix(), "project")
    held = [outcome.slug for outcome in outcomes if outcome.state is State.HELD]
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    files.pop(".gkdir.lock")
    return {"findings.txt": f"{report}未发布：{'、'.join(held) or '无'}\n".encode(), **files}


def shown(name: str, files: Mapping[str, bytes], pages: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """The files that are compared as text: of each template the page with most content."""
    top = {path for path in files if "/" not in path}
    if name == BROKEN:
        return {path: files[path] for path in files if path in top or path.endswith("/manifest.json")}
    fullest = {min(of_kind, key=lambda page: ("/hant/" in page, -len(files[page]), page)) for of_kind in pages.values()}
    read = {path for path in files if path.endswith((".json", "/feed.xml")) and "/hant/" not in path}
    return {path: files[path] for path in files if path in top | fullest | read}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_built_as_expected(name: str, tmp_path: Path) -> None:
    sample = SAMPLES / name
    with rendered() as pages:
        files = made(sample, tmp_path / "site", jobs=1)
    compared = shown(name, files, pages)
    expected = sample / "expected"
    if REWRITE:
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in compared.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    there = {path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    assert sorted(compared) == sorted(there)
    # Pages first: the manifest only shows that something differs.
    for path in sorted(compared, key=lambda path: (path.endswith("manifest.json"), path)):
        assert compared[path].decode() == there[path].decode(), f"{path} is not as expected; see make golden"


@pytest.mark.parametrize("name", NAMES)
def test_one_process_and_many_write_the_same_bytes(name: str, tmp_path: Path) -> None:
    one = made(SAMPLES / name, tmp_path / "one", jobs=1)
    many = made(SAMPLES / name, tmp_path / "many", jobs=2)
    assert one == many


def test_pages_of_another_domain_speak_of_their_own_and_not_of_employment() -> None:
    """The notice and the hotline of the labour ministry are not shown on another domain's pages."""
    pages = sorted((SAMPLES / "small" / "expected").rglob("*.html"))
    assert len(pages) > 20
    foreign = re.compile("tel:12333|人社|就业|社会保险")
    assert [page.as_posix() for page in pages if foreign.search(page.read_text(encoding="utf-8"))] == []


def test_there_are_samples() -> None:
    assert any((SAMPLES / name / "expected" / "findings.txt").is_file() for name in NAMES)
    assert all(MANIFEST not in name for name in NAMES)
