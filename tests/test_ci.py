"""The CI configurations for users are valid, and every gkdir command in them exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from tests.places import ROOT

import gkdir
from gkdir.cli import group

JOBS = {"github": ("check", "build"), "gitlab": ("check", "build")}


def texts(value: object) -> Iterator[str]:
    """Every text in parsed YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and "entry" in value:
        yield shlex.join([*shlex.split(value["entry"]), *value["args"]])  # a hook has its command in two parts
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def commands(name: str) -> list[list[str]]:
    """The arguments of each ``gkdir`` command in the file, with the shell's ``$(date +%F)`` replaced."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".yml", ".yaml"):
        lines = list(texts(yaml.safe_load(text)))
    else:
        lines = [line.strip().removeprefix("exec ") for line in text.splitlines()]
    lines = [line.replace("$(date +%F)", "2026-03-01") for line in lines]
    return [shlex.split(line)[1:] for line in lines if line.startswith("gkdir ")]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("examples/ci/github.yml", 2),
        ("examples/ci/gitlab.yml", 2),
        ("examples/ci/check.sh", 2),
        (".pre-commit-hooks.yaml", 1),
    ],
)
def test_every_command_is_one_that_gkdir_takes(
    name: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("$project").mkdir()
    found = commands(name)
    assert len(found) == count
    for command, *arguments in found:
        taken = group.get_command(click.Context(group), command)
        assert taken is not None, command
        taken.make_context(command, arguments)  # raises for an option that the command does not have


@pytest.mark.parametrize("form", JOBS)
def test_each_job_checks_in_the_format_of_its_host_and_builds_as_of_today(form: str) -> None:
    check, build = commands(f"examples/ci/{form}.yml")
    assert check[:4] == ["check", ".", "--format", form]
    assert build == ["build", ".", "-o", "site", "--date", "2026-03-01"]
    parsed = yaml.safe_load((ROOT / "examples" / "ci" / f"{form}.yml").read_text(encoding="utf-8"))
    assert tuple(name for name in parsed.get("jobs", parsed) if name in JOBS[form]) == JOBS[form]


def test_the_hook_asks_for_nothing_but_gkdir() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "system"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "directories/counties/qingyuan/county.yaml")
    assert not re.search(hook["files"], "README.md")


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """Environment variables with which ``gkdir`` is the one under test."""
    tool = tmp_path / "bin" / "gkdir"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gkdir "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    source = str(Path(gkdir.__file__).parents[1])
    return {**os.environ, "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": source}


def test_the_shell_script_checks_with_one_word_and_builds_with_two(tmp_path: Path, shell: dict[str, str]) -> None:
    script = str(ROOT / "examples" / "ci" / "check.sh")
    missing = subprocess.run(["sh", script, "没有"], cwd=tmp_path, env=shell, capture_output=True, check=False)
    assert missing.returncode == 2
    subprocess.run(["sh", "-c", "gkdir init 项目 --name 清源县 --code 990101"], cwd=tmp_path, env=shell, check=True)
    checked = subprocess.run(["sh", script, "项目"], cwd=tmp_path, env=shell, capture_output=True, check=False)
    assert checked.returncode in (0, 1), checked.stderr
    assert not (tmp_path / "out").exists()
    built = subprocess.run(["sh", script, "项目", "out"], cwd=tmp_path, env=shell, capture_output=True, check=False)
    assert built.returncode in (0, 1), built.stderr
    assert (tmp_path / "out" / "index.html").is_file()
