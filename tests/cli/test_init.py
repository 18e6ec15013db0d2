"""A new project builds at once; nothing that is there already is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gkdir.cli import group


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.mark.parametrize("slug", [(), ("--slug", "mouxian")])
def test_a_new_project_builds_at_once(tmp_path: Path, slug: tuple[str, ...]) -> None:
    assert run("init", tmp_path / "p", "--name", "某县", "--code", "990102", *slug).exit_code == 0
    done = run("build", tmp_path / "p", "-o", tmp_path / "site", "--no-hant")
    assert done.exit_code == 0, done.output
    folder = tmp_path / "site" / (slug[1] if slug else "990102")
    assert "某县" in (folder / "index.html").read_text(encoding="utf-8")
    for page in folder.glob("*/*-*/index.html"):
        assert "<dd></dd>" not in page.read_text(encoding="utf-8"), page  # where to go, before any office is named
    assert (folder / "employment" / "4-1" / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "code", "slug"),
    [
        ("某县", "99010", "x"),
        ("某县", "９９０１０２", "x"),
        ("a: b", "990102", "x"),
        ("某县\n代码: 1", "990102", "x"),
        ("\u202e某县", "990102", "x"),
        ("某\udcff县", "990102", "x"),  # bytes that are no text
        ("某县", "990102", "../x"),
        ("某县", "990102", "assets"),
        ("某县", "990102", "X Y"),
    ],
)
def test_a_name_or_code_that_is_none_is_wrong_use(tmp_path: Path, name: str, code: str, slug: str) -> None:
    done = run("init", tmp_path / "p", "--name", name, "--code", code, "--slug", slug)
    assert done.exit_code == 2
    assert not (tmp_path / "p").exists()


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mine.txt").write_text("mine")
    done = run("init", tmp_path / "p", "--name", "某县", "--code", "990102")
    assert done.exit_code == 2
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["mine.txt"]
