"""What a build does not make again: everything if nothing has changed, and nothing that a full build would change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.laws import law
from tests.places import ROOT, SMALL

from gkdir import cache, checking
from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.checking import check_counties, memory_of
from gkdir.cli import group
from gkdir.cloud import staging
from gkdir.finding import Finding
from gkdir.model.reference import NO_REFERENCE
from gkdir.outcome import BuildOutcome, State
from gkdir.read.known import known_project
from gkdir.read.project import read_project
from gkdir.unchanged import Memory, Result, again


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def started(request: BuildOptions) -> Result | None:
    """The result that the command has before importing more; ``None`` if it must build."""
    return again(Memory(request), request, lambda _: None)


def built(request: BuildOptions) -> Result:
    """The command's result: known at once, or by building."""
    return started(request) or build(request, list[BuildOutcome]().append)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL / "project", tmp_path / "project"))


@pytest.fixture
def request_(project: Path, tmp_path: Path) -> BuildOptions:
    return BuildOptions(project, tmp_path / "site", national=SMALL / "national", hant=False)


def test_nothing_is_loaded_where_nothing_has_changed(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "project", tmp_path / "project")
    code = (
        "import sys; from pathlib import Path; import gkdir.resources\n"
        f"gkdir.resources.national_folder = lambda: Path({str(SMALL / 'national')!r})\n"
        "from gkdir.cli import group\n"
        "try: group(['build', 'project', '-o', 'site', '--no-hant'], prog_name='gkdir')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('gkdir.build', 'gkdir.read.county', 'jinja2', 'pydantic', 'openpyxl')"
        " if name in sys.modules])"
    )

    def run() -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return done.stdout, done.stderr

    first, second = run(), run()
    assert "生成 1 个县" in first[1]
    assert "没有变化 1 个" in second[1]
    assert first[0].splitlines()[:-1] == second[0].splitlines()[:-1], "the findings are told again"
    assert second[0].splitlines()[-1] == "[]"


def test_what_is_kept_may_go_or_break_at_any_time(request_: BuildOptions) -> None:
    first = build(request_, list[BuildOutcome]().append)
    live = content(request_.out)
    known = started(request_)
    assert known is not None
    assert known[0] == first[0]
    assert [outcome.findings for outcome in known[1]] == [outcome.findings for outcome in first[1]]
    assert [outcome.state for outcome in known[1]] == [State.UNCHANGED, State.HELD]
    folder = cache.user_folder()
    assert folder is not None
    for kept in (folder / "kept").glob("built-*"):
        kept.write_bytes(kept.read_bytes()[:-9] + b"something")
    assert started(request_) is None
    assert built(request_)[1][0].state is State.UNCHANGED
    assert started(request_) is not None
    assert cache.size() > 0
    assert cache.clear() > 0
    assert cache.size() == 0
    assert started(request_) is None
    built(request_)
    for kept in (folder / "kept").glob("built-*"):
        kept.chmod(0o622)
    assert started(request_) is None, "somebody else could have written it"
    assert content(request_.out) == live


def test_the_cache_does_not_grow_with_every_project_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every project folder that was ever read has a file of its own; the ones stored first go."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "gkdir" / cache.FOLDER
    for turn in range(4):
        cache.keep(f"project-{turn}", bytes(1000))
        os.utime(folder / f"project-{turn}", (turn, turn))
    cache.limit()
    assert len(list(folder.iterdir())) == 4
    monkeypatch.setattr(cache, "MAX_BYTES", 2 * cache.size() // 4)
    cache.limit()
    assert sorted(file.name for file in folder.iterdir()) == ["project-2", "project-3"]


def test_reading_a_new_project_limits_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    project = Path(shutil.copytree(SMALL / "project", tmp_path / "project"))
    known_project(project, SMALL / "national")
    assert cache.size() > 0
    cache.clear()
    monkeypatch.setattr(cache, "MAX_BYTES", 1)
    known_project(project, SMALL / "national")
    assert cache.size() == 0


def test_the_doctor_says_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, said in (("well", False), ("ill", True)):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))
        if said:
            (tmp_path / name / "gkdir").mkdir(parents=True)
            (tmp_path / name / "gkdir" / cache.FOLDER).touch()
        assert ("留不下" in CliRunner().invoke(group, ["doctor"]).output) is said


def test_the_doctor_names_the_sites_that_wait_to_be_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "对象存储的网站" not in CliRunner().invoke(group, ["doctor"]).output
    staging("s3://gov-site/a").mkdir(parents=True)
    assert f"对象存储的网站 1 个（{staging('s3://gov-site/a').parent}）" in CliRunner().invoke(group, ["doctor"]).output


def test_a_layer_in_another_county_is_looked_at_too(request_: BuildOptions) -> None:
    counties = request_.project / "counties"
    shutil.rmtree(counties / "kuansong")
    below = Path(shutil.copytree(counties / "heping", counties / "qixia"))
    yaml = (below / "county.yaml").read_text(encoding="utf-8")
    assert "上级" not in yaml
    (below / "county.yaml").write_text(f"上级: ../heping/county.yaml\n{yaml}", encoding="utf-8")
    built(request_)
    assert started(request_) is not None
    said(counties / "heping" / "county.yaml", "不认识: 1")
    _, outcomes = built(request_)
    assert [outcome.state for outcome in outcomes] == [State.HELD, State.HELD]


def test_a_project_from_the_cache_is_the_one_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Path(shutil.copytree(ROOT / "directories", tmp_path / "project"))
    read = read_project(project)
    known_project(project)
    with monkeypatch.context() as patch:
        patch.delattr("gkdir.read.known.read_project")
        known = known_project(project)
    assert known.reference == read.reference
    assert repr(replace(known, reference=NO_REFERENCE)) == repr(replace(read, reference=NO_REFERENCE))
    (project / "counties" / "anping").mkdir()
    assert known_project(project).counties == ("anping", "qingyuan")
    flipped(project / "national" / "laws.yaml", 0)
    assert known_project(project) == read_project(project) != known


@pytest.mark.skipif(os.name == "nt", reason="names are texts there")
def test_a_name_that_is_no_text_keeps_nothing_and_breaks_nothing(request_: BuildOptions) -> None:
    odd = os.fsdecode(b"\xff.txt")
    (request_.project / "counties" / "heping" / "guides" / odd).write_text("0", encoding="utf-8")
    os.utime(request_.project / "counties" / "heping" / "guides" / odd, (0, 0))
    first, second = built(request_), built(request_)
    assert as_lines(first, request_.out)[0].replace("published", "unchanged") == as_lines(second, request_.out)[0]


def flipped(path: Path, seed: int) -> None:
    """Change one digit in the file, which keeps its size."""
    text = path.read_bytes()
    places = [place for place, byte in enumerate(text) if byte in b"0123456789"]
    if places and path.suffix in (".yaml", ".md", ".html"):
        place = places[seed % len(places)]
        path.write_bytes(text[:place] + str((int(text[place : place + 1]) + 1) % 10).encode() + text[place + 1 :])


def renamed(path: Path, seed: int) -> None:
    path.rename(path.with_name(f"{path.stem}{seed % 3}{path.suffix}"))


def said(path: Path, words: object) -> None:
    with path.open("ab") as file:
        file.write(f"\n{words}\n".encode())


SOURCES: tuple[Callable[[Path, int], object], ...] = (
    flipped,
    renamed,
    said,
    lambda path, seed: said(path, f"# {seed}"),
    lambda path, _: path.unlink(),
    lambda path, _: path.touch(),
    lambda path, _: (path.parent / "更多.txt").write_text("0"),
)
PUBLISHED: tuple[Callable[[Path, int], object], ...] = (
    flipped,
    said,
    lambda path, _: path.unlink(),
    lambda path, _: path.touch(),
    lambda path, _: (path.parent / "theirs").mkdir(exist_ok=True),
)
OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"base_url": "https://www.example.gov.cn"},
    {"today": date(2026, 12, 1)},
    {"strict": True},
    {"fragments": True},
    {"counties": ("heping",)},
)
CHANGES = st.one_of(
    st.tuples(st.just("project"), st.sampled_from(SOURCES), st.integers(0, 999)),
    st.tuples(st.just("site"), st.sampled_from(PUBLISHED), st.integers(0, 999)),
    st.tuples(st.just("options"), st.sampled_from(OPTIONS), st.just(0)),
    st.tuples(st.just("template"), st.just(None), st.integers(0, 1)),
)


@law(4)
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_what_is_left_alone_is_what_a_whole_build_would_make(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, object, int]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    project = Path(shutil.copytree(SMALL / "project", folder / "project"))
    shutil.copytree(SMALL / "national", project / "national")
    request = BuildOptions(project, folder / "site", national=SMALL / "national", hant=False)
    built(request)
    for number, (where, change, seed) in enumerate(changes):
        if where == "options":
            assert isinstance(change, dict)
            request = replace(request, **{**OPTIONS_BEFORE, **change})
        elif where == "template":
            (project / "templates" / "_parts").mkdir(parents=True, exist_ok=True)
            (project / "templates" / "_parts" / "unused.html").write_text(f"{seed}", encoding="utf-8")
        else:
            files = sorted(path for path in (folder / where).rglob("*") if path.is_file() and path.stat().st_size)
            assert callable(change)
            change(files[seed % len(files)], seed)
        beside = folder / f"site{number}"
        shutil.copytree(request.out, beside)
        known = built(request)
        whole = build(replace(request, out=beside), list[BuildOutcome]().append)
        assert content(request.out) == content(beside)
        assert as_lines(known, request.out) == as_lines(whole, beside)


OPTIONS_BEFORE: dict[str, object] = {
    "base_url": None,
    "today": None,
    "strict": False,
    "fragments": False,
    "counties": (),
}


def as_lines(result: Result, out: Path) -> list[str]:
    """The findings and states as text, the same for every output folder."""
    of_project, outcomes = result
    lines = [str(finding) for finding in of_project]
    lines += [
        f"{outcome.slug} {outcome.state} {outcome.pages} {outcome.urgent} {outcome.findings}" for outcome in outcomes
    ]
    return [line.replace(out.as_posix(), "OUT") for line in lines]


def test_a_check_judges_again_only_what_has_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings are the same with those of an earlier check reused, after any change, and on another day."""
    done: list[str] = []

    def judged(*args: object) -> object:
        done.append(str(args[-1]))
        return once(*args)  # type: ignore[arg-type]

    def checked(today: date = date(2026, 11, 30)) -> tuple[list[str], list[Finding]]:
        done.clear()
        options = BuildOptions(project, Path(), national=SMALL / "national", today=today, jobs=1)
        memory = memory_of(options)
        read = known_project(project, SMALL / "national")
        found = list(check_counties(read, options, memory))
        again = list(done)
        assert found == list(check_counties(read, options)), "as without a memory"
        return again, found

    once = checking._check_county
    monkeypatch.setattr(checking, "_check_county", judged)
    assert checked()[0] == ["heping", "kuansong"]
    assert checked()[0] == []
    file = project / "counties" / "heping" / "county.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "错键: 1\n", encoding="utf-8")
    again, found = checked()
    assert again == ["heping"]
    assert any("错键" in one.message for one in found)
    assert checked(date(2027, 11, 30))[0] == ["heping", "kuansong"]
    (project / "national").mkdir(exist_ok=True)
    (project / "national" / "wording.yaml").write_text("- {错: [某某某某], 类: 错字, 为什么: 试}\n", encoding="utf-8")
    assert checked(date(2027, 11, 30))[0] == ["heping", "kuansong"]
