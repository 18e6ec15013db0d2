"""The wheel is complete: installed elsewhere, away from the checkout, it can build a new project."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.places import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed wheel only; its dependencies are those of the tests."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


def gkdir(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "gkdir", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_carries_templates_and_national_data(installed: Path) -> None:
    assert (installed / "gkdir" / "_templates" / "index.html").is_file()
    assert (installed / "gkdir" / "_templates" / "_assets" / "site.css").is_file()
    for name in ("employment.xlsx", "social_insurance.xlsx", "PROVENANCE.md", "laws.yaml"):
        assert (installed / "gkdir" / "_national" / name).is_file()
    assert (installed / "gkdir" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "gkdir.mo").is_file()
    assert (installed / "gkdir" / "py.typed").is_file()


def test_the_sdist_can_make_everything(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"templates/index.html", "directories/national/employment.xlsx", "LICENSE", "README.md"} <= names


def test_a_project_elsewhere_builds_with_the_installed_package(installed: Path, tmp_path: Path) -> None:
    told = gkdir(installed, tmp_path, "doctor")
    assert str(installed) in told.stdout, "the wheel itself is tested, not the checkout"
    assert told.returncode == 0, told.stdout
    assert gkdir(installed, tmp_path, "init", "mine", "--name", "某县", "--code", "990102").returncode == 0
    done = gkdir(installed, tmp_path, "build", "mine")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((tmp_path / "site" / "990102").glob("*/[0-9]*-[0-9]*/index.html"))
    assert len(pages) == 25 + 78
