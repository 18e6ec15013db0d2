"""A whole build: which counties are held back, what stays live, what is removed, where it may write."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.places import SMALL

import gkdir.publish.write as writing
from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.outcome import BuildOutcome, State
from gkdir.publish.swap import locked_folder

LOOSE = "起30个工作日内"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL / "project", tmp_path / "project"))


def built(project: Path, out: Path, **more: object) -> dict[str, State]:
    """The state of each county after a build."""
    request = BuildOptions(project, out, national=SMALL / "national", **more)  # type: ignore[arg-type]
    _, outcomes = build(request, list[BuildOutcome]().append)
    return {outcome.slug: outcome.state for outcome in outcomes}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_county_with_an_error_is_held_back_and_its_old_pages_stay(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert built(project, out) == {"heping": State.PUBLISHED, "kuansong": State.HELD}
    assert not (out / "kuansong").exists()
    live = content(out / "heping")
    county = project / "counties" / "heping" / "county.yaml"
    county.write_text(county.read_text(encoding="utf-8").replace("起10个工作日内", LOOSE, 1), encoding="utf-8")
    assert built(project, out)["heping"] is State.HELD
    assert content(out / "heping") == live
    assert "和平县" in (out / "index.html").read_text(encoding="utf-8"), "what is live can be found"


def test_nothing_changed_writes_nothing(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    assert built(project, out)["heping"] is State.UNCHANGED
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.html")} == before


def test_a_county_that_left_the_project_stays_and_is_named(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    (out / "theirs").mkdir()
    (out / "theirs" / "index.html").write_text("theirs")
    live = content(out / "heping")
    (project / "counties" / "heping").rename(project / "counties" / "anping")
    findings, outcomes = build(BuildOptions(project, out, national=SMALL / "national"), list[BuildOutcome]().append)
    assert outcomes[0].state is State.PUBLISHED
    assert [(found.rule, found.place.file) for found in findings] == [("GK117", (out / "heping").as_posix())]
    assert content(out / "heping") == live
    assert (out / "theirs" / "index.html").read_text() == "theirs"
    assert "heping/index.html" in (out / "index.html").read_text(encoding="utf-8")


def test_a_county_that_cannot_be_looked_into_keeps_its_place_on_the_root_page(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    built(project, out)
    root = (out / "index.html").read_bytes()
    (out / "theirs").mkdir()  # somebody else's folder, no county
    (out / "theirs" / "manifest.json").touch()
    closed = [out / name / "manifest.json" for name in ("heping", "theirs")]
    opened: Any = Path.open

    def refusing(path: Path, *how: Any, **more: Any) -> Any:  # root ignores file modes
        if path in closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refusing)
    shutil.rmtree(project / "counties" / "heping")
    findings, _ = build(BuildOptions(project, out, national=SMALL / "national"), list[BuildOutcome]().append)
    assert ["打不开的县的文件夹：heping。" in found.message for found in findings] == [True]
    assert (out / "index.html").read_bytes() == root


def test_a_county_whose_old_pages_could_not_all_be_removed_is_published(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    built(project, out)
    unlink = os.unlink

    def refusing(path: str, *how: Any, **more: Any) -> None:
        if str(path).endswith("feed.xml"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        unlink(path, *how, **more)

    monkeypatch.setattr(os, "unlink", refusing)
    request = BuildOptions(project, out, national=SMALL / "national", today=date(2026, 3, 9))
    _, outcomes = build(request, list[BuildOutcome]().append)
    assert outcomes[0].state is State.PUBLISHED
    assert "heping.kept" in outcomes[0].findings[-1].message
    assert (out / ".gkdir-work" / "heping.kept" / "feed.xml").exists()


def test_what_a_lost_process_was_writing_goes_with_it(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that is copied to a server must not contain half a county."""
    ours, write = os.getpid(), writing._write

    def dying(folder: Path, files: Iterable[tuple[str, bytes]], same: Mapping[str, Path]) -> None:
        if os.getpid() != ours and not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            write(folder, list(files)[:9], same)
            os.kill(os.getpid(), signal.SIGKILL)
        write(folder, files, same)

    monkeypatch.setattr(writing, "_write", dying)
    assert built(project, tmp_path / "site", jobs=2) == {"heping": State.PUBLISHED, "kuansong": State.HELD}
    assert (tmp_path / "died").exists()
    assert not (tmp_path / "site" / ".gkdir-work").exists()


def test_a_county_is_taken_down_by_removing_its_folder(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    shutil.rmtree(project / "counties" / "heping")
    shutil.rmtree(out / "heping")
    findings, _ = build(BuildOptions(project, out, national=SMALL / "national"), list[BuildOutcome]().append)
    assert not [found for found in findings if found.rule == "GK117"]
    assert "heping" not in (out / "index.html").read_text(encoding="utf-8")


def test_one_county_alone_leaves_the_others(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    shutil.copytree(project / "counties" / "heping", project / "counties" / "anping")
    built(project, out)
    before = content(out)
    assert built(project, out, counties=("anping",)) == {"anping": State.UNCHANGED}
    assert content(out) == before


def test_dates_come_from_the_data_or_from_what_was_given(project: Path, tmp_path: Path) -> None:
    built(project, tmp_path / "own")
    built(project, tmp_path / "given", today=date(2026, 5, 1))
    about = [json.loads((tmp_path / out / "heping" / "manifest.json").read_text())["about"] for out in ("own", "given")]
    assert [one["updated"] for one in about] == ["2026-03-01", "2026-05-01"]


def test_strict_holds_warnings_back(project: Path, tmp_path: Path) -> None:
    county = project / "counties" / "heping" / "county.yaml"
    text = county.read_text(encoding="utf-8").replace("信息形成或变更之日起10个工作日内公开", "形成即挂", 1)
    county.write_text(text, encoding="utf-8")
    assert built(project, tmp_path / "lax")["heping"] is State.PUBLISHED
    assert built(project, tmp_path / "strict", strict=True)["heping"] is State.HELD


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def test_exit_status_says_how_it_went(project: Path, tmp_path: Path) -> None:
    assert run("build", project, "-o", tmp_path / "site").exit_code == 1
    assert run("build", project, "-o", tmp_path / "site", "--county", "nowhere").exit_code == 2
    assert run("build", project, "-o", tmp_path / "site", "--date", "2026-13-01").exit_code == 2


def test_a_second_build_into_the_same_folder_waits_its_turn(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    with locked_folder(out):
        done = run("build", project, "-o", out)
    assert done.exit_code == 1
    assert not (out / "heping").exists()
