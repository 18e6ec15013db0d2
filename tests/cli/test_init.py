"""A new project builds at once; existing files are not touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.places import COUNTY_TABLE

from gkdir.cli import group
from gkdir.finding import Unreadable
from gkdir.read.regions import doubt, regions


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
        # Pages say where to go before any office is declared.
        assert "<dd></dd>" not in page.read_text(encoding="utf-8"), page
    assert (folder / "employment" / "4-1" / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "code", "slug"),
    [
        ("某县", "99010", "x"),
        ("某县", "９９０１０２", "x"),
        ("a: b", "990102", "x"),
        ("某县\n代码: 1", "990102", "x"),
        ("\u202e某县", "990102", "x"),
        ("某\udcff县", "990102", "x"),  # not UTF-8
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


def test_on_a_terminal_what_is_missing_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.cli.init._on_terminal", lambda: True)
    answers = "甲 县\n某县\n12\n330103\nn\n"  # an invalid name and code, then valid ones; no preview
    done = CliRunner().invoke(group, ["init", str(tmp_path / "p")], input=answers)
    assert done.exit_code == 0, done.output
    assert "县名“甲 县”不对" in done.output
    assert "已经不用，现在是 330105（浙江省杭州市拱墅区）" in done.output
    written = (tmp_path / "p/counties/330103/county.yaml").read_text(encoding="utf-8")
    assert '名称: 某县\n代码: "330103"\n' in written


def test_in_a_pipe_nothing_is_asked(tmp_path: Path) -> None:
    done = run("init", tmp_path / "p", "--name", "某县")
    assert done.exit_code == 2
    assert "--code" in done.output
    assert not (tmp_path / "p").exists()


def test_a_table_becomes_a_project_at_once(tmp_path: Path) -> None:
    done = run("init", tmp_path / "p", "--name", "清源县", "--code", "990101", "--from", COUNTY_TABLE)
    assert done.exit_code == 0, done.output
    assert "共 25 行：一致 1，改动 21" in done.stdout
    assert '电话: "0600-5550101"' in (tmp_path / "p/counties/990101/county.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "p/README.md").is_file()


def test_of_a_file_that_is_no_table_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no table")
    done = run("init", tmp_path / "p", "--name", "某县", "--code", "990102", "--from", tmp_path / "a.xlsx")
    assert isinstance(done.exception, Unreadable)
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("清源县", "990101", None),
        ("拱墅区", "330105", None),
        ("杭州市拱墅区", "330105", None),
        ("甲县", "330105", "代码 330105 是浙江省杭州市拱墅区的，名称写的是“甲县”"),
        (
            "横县",
            "450127",
            "代码 450127（广西壮族自治区南宁市横县）已经不用，现在是 450181（广西壮族自治区南宁市横州市）",
        ),
        ("宣武区", "110104", "代码 110104（北京市宣武区）已经不用，现在是 110102（北京市西城区）"),
        ("拱墅区", "330199", "代码 330199 不在截至2023年6月30日的行政区划代码表里；表里有浙江省杭州市拱墅区 330105"),
    ],
)
def test_a_code_is_held_against_the_table(name: str, code: str, said: str | None) -> None:
    assert doubt(name, code) == said


def test_the_table_is_whole() -> None:
    assert len(regions()) == 3382
    assert all(one.into is None or regions()[one.into].into is None for one in regions().values())
