"""Where a site may be built, which earlier sites are adopted, and two projects in one folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.places import SMALL

from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.finding import Finding, Unreadable
from gkdir.outcome import BuildOutcome, State
from gkdir.output import refuse_overlap


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = Path(shutil.copytree(SMALL / "project", tmp_path / "project"))
    shutil.rmtree(project / "counties" / "kuansong")
    return project


def built(project: Path, out: Path) -> tuple[dict[str, State], list[Finding]]:
    request = BuildOptions(project, out, national=SMALL / "national", hant=False)
    findings, outcomes = build(request, list[BuildOutcome]().append)
    every = [*findings, *(finding for outcome in outcomes for finding in outcome.findings)]
    return {one.slug: one.state for one in outcomes}, [one for one in every if one.rule in ("GK116", "GK117")]


@pytest.mark.parametrize(
    "out",
    [
        *("project", "project/counties", "project/counties/heping", "project/national/x", "project/templates"),
        *("project/provinces/99", "project/.git/x", "project/COUNTIES", "project/site/../counties", ".", "link", "up"),
    ],
)
def test_a_site_is_not_built_into_the_sources_nor_around_them(project: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "link").symlink_to("project/counties")
    (tmp_path / "up").symlink_to("..")
    before = {path: path.is_dir() or path.read_bytes() for path in project.rglob("*")}
    with pytest.raises(Unreadable, match="什么也没有写"):
        build(BuildOptions(project, tmp_path / out), list[BuildOutcome]().append)
    assert before == {path: path.is_dir() or path.read_bytes() for path in project.rglob("*")}


@pytest.mark.parametrize("out", ["counties", ".", "..", "templates/site", "../project/counties"])
def test_it_is_refused_from_inside_the_project_too(project: Path, monkeypatch: pytest.MonkeyPatch, out: str) -> None:
    monkeypatch.chdir(project)
    with pytest.raises(Unreadable, match="什么也没有写"):
        refuse_overlap(Path(out), Path())


@pytest.mark.parametrize("out", ["project/site", "project/out/www", "site", "project-site"])
def test_other_folders_are_taken(project: Path, tmp_path: Path, out: str) -> None:
    refuse_overlap(tmp_path / out, project)


def test_a_link_to_an_output_folder_is_followed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "current").symlink_to("real")
    assert built(project, tmp_path / "current")[0] == {"heping": State.PUBLISHED}
    assert (tmp_path / "real" / "heping" / "index.html").is_file()


def test_a_site_whose_root_has_no_manifest_is_taken_over(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    (out / "manifest.json").unlink()
    style, page = out / "assets" / "site.css", out / "index.html"
    manifest = json.loads((out / "heping" / "manifest.json").read_bytes())
    style.write_bytes(style.read_bytes() + b"/* as it was before */")
    shutil.copyfile(style, out / "heping" / "assets" / "site.css")
    manifest["files"]["assets/site.css"] = hashlib.sha256(style.read_bytes()).hexdigest()
    (out / "heping" / "manifest.json").write_text(json.dumps(manifest))
    page.write_bytes(page.read_bytes() + b"<!-- as it was before -->")
    states, found = built(project, out)
    assert (states, found) == ({"heping": State.PUBLISHED}, [])
    assert b"as it was before" not in style.read_bytes() + page.read_bytes()


@pytest.mark.parametrize("path", ["index.html", "assets/site.css", "manifest.json", "assets/search-index.js"])
def test_what_is_somebody_elses_at_the_root_is_not_taken_over(project: Path, tmp_path: Path, path: str) -> None:
    out = tmp_path / "site"
    (out / path).parent.mkdir(parents=True)
    (out / path).write_bytes(b"mine")
    states, found = built(project, out)
    assert states == {"heping": State.PUBLISHED}
    assert [(one.rule, one.place.file) for one in found] == [("GK116", out.as_posix())]
    assert path in found[0].message
    assert (out / path).read_bytes() == b"mine"


def test_two_projects_in_one_folder_both_live(project: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(project, tmp_path / "other"))
    (other / "counties" / "heping").rename(other / "counties" / "anping")
    out = tmp_path / "site"
    built(project, out)
    states, found = built(other, out)
    assert states == {"anping": State.PUBLISHED}
    assert [one.rule for one in found] == ["GK117"]
    assert built(project, out)[0] == {"heping": State.UNCHANGED}
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f"{slug}/index.html" in index for slug in ("heping", "anping"))


@pytest.mark.parametrize("line", ['代码: "990188"', "名称: 安平县"])
def test_another_county_of_the_same_folder_name_is_refused(line: str, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    county = project / "counties" / "heping" / "county.yaml"
    text = county.read_text(encoding="utf-8")
    own = next(one for one in text.splitlines() if one.startswith(line[:3]))
    county.write_text(text.replace(own, line), encoding="utf-8")
    before = (out / "heping" / "manifest.json").read_bytes()
    states, found = built(project, out)
    assert states == {"heping": State.HELD}
    assert "另一个县" in found[0].message
    assert (out / "heping" / "manifest.json").read_bytes() == before


def test_a_county_that_became_a_city_is_the_same(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    county = project / "counties" / "heping" / "county.yaml"
    county.write_text(county.read_text(encoding="utf-8").replace("名称: 和平县", "名称: 和平市"), encoding="utf-8")
    assert built(project, out)[0] == {"heping": State.PUBLISHED}


def test_a_countys_own_folder_is_no_place_for_a_site(project: Path, tmp_path: Path) -> None:
    built(project, tmp_path / "site")
    with pytest.raises(Unreadable, match="一个县已经发布的文件夹"):
        built(project, tmp_path / "site" / "heping")
    with pytest.raises(Unreadable, match="一个县已经发布的文件夹"):  # nor for an archive
        CliRunner().invoke(
            group, ["release", str(project), "-o", str(tmp_path / "site" / "heping")], catch_exceptions=False
        )


def test_a_county_whose_manifest_is_lost_stays_on_the_page_of_all(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    built(project, out)
    (out / "heping" / "manifest.json").unlink()
    before = (out / "index.html").read_bytes()
    states, found = built(project, out)
    assert states == {"heping": State.HELD}
    assert (out / "index.html").read_bytes() == before
    assert any("没有 gkdir 写的 manifest.json" in one.message and "首页没有更新" in one.message for one in found)


@pytest.mark.parametrize(
    "manifest",
    [
        '{"generator": "gkdir", "about": []}',
        '{"generator": "gkdir", "about": {}, "files": {}}',
        '{"generator": "gkdir", "about": {"name": "甲", "code": "990101", "updated": "x"}, "files": {}}',
        '{"generator": "gkdir", "about": {"name": "甲", "code": "990101", "updated": "2026-03-01", "omitted": 5}}',
        '{"generator": "gkdir", "about": {"name": "\\u202e", "code": "990101", "updated": "2026-03-01"}, "files": {}}',
        '{"generator": "gkdir", "about": {"name": "甲", "code": "<b>", "updated": "2026-03-01"}, "files": {}}',
    ],
)
def test_a_forged_manifest_is_named_and_left_alone(project: Path, tmp_path: Path, manifest: str) -> None:
    out = tmp_path / "site"
    (out / "x").mkdir(parents=True)
    (out / "x" / "manifest.json").write_text(manifest, encoding="utf-8")
    (out / "x" / "precious.txt").write_text("mine")
    states, found = built(project, out)
    assert states == {"heping": State.PUBLISHED}
    assert [(one.rule, one.place.file) for one in found] == [("GK117", (out / "x").as_posix())]
    assert sorted(path.name for path in (out / "x").iterdir()) == ["manifest.json", "precious.txt"]
    assert "x/index.html" not in (out / "index.html").read_text(encoding="utf-8")
