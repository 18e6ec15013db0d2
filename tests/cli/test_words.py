"""The command line's own texts are Chinese in any locale, and shown quickly."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import polib
import pytest
from click.testing import CliRunner

import gkdir
from gkdir.cli import COMMANDS, _speak_chinese, group

PACKAGE = Path(gkdir.__file__).parent
WORDS = PACKAGE / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "gkdir.po"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gkdir", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), **environment},
    )


def test_compiled_words_are_current() -> None:
    assert polib.pofile(str(WORDS)).to_binary() == WORDS.with_suffix(".mo").read_bytes()


def test_every_command_says_in_one_way_that_a_county_is_not_there(tmp_path: Path) -> None:
    for slug in ("baihe", "heping", "qingyuan", "taiwan-zhen"):
        (tmp_path / "counties" / slug).mkdir(parents=True)
    out = str(tmp_path / "a.xlsx")
    asked = (
        *(("build",), ("check",), ("due",), ("explain", "4.1"), ("export", "-o", out), ("form", "export", "-o", out)),
        *(("links",), ("print",), ("release", "-o", out), ("review", "sign", "--stage", "一审", "--by", "张三")),
    )
    told = {words: CliRunner().invoke(group, [*words, str(tmp_path), "--county", "qingyaun"]) for words in asked}
    said = "项目里没有“qingyaun”，有的是：qingyuan、"
    assert {words: done.stderr for words, done in told.items() if done.exit_code != 2 or said not in done.stderr} == {}
    assert all("等 4 个。" in done.stderr for done in told.values())


def test_what_a_question_answers_to_a_slip_is_chinese() -> None:
    asked = re.findall(r'_\("(Error[^"]*)"', Path(click.termui.__file__).read_text(encoding="utf-8"))
    known = {entry.msgid for entry in polib.pofile(str(WORDS)) if entry.translated()}
    assert "Error: invalid input" in asked
    assert set(asked) <= known


@pytest.mark.parametrize("locale", ["C", "en_US.UTF-8", "zh_CN.UTF-8"])
def test_wrong_use_is_told_in_chinese_in_any_locale(locale: str) -> None:
    done = run("build", "--nonsense", LC_ALL=locale, LANG=locale)
    assert done.returncode == 2
    assert "没有 '--nonsense' 这个选项" in done.stderr
    assert "用法" in done.stderr


def test_a_folder_that_is_not_there() -> None:
    done = run("build", "no-such-folder")
    assert done.returncode == 2
    assert "不存在" in done.stderr


@pytest.fixture
def _in_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Load click's translations again, as a new process does."""
    monkeypatch.setenv("LANGUAGE", "")
    before = gettext.textdomain()
    _speak_chinese()
    yield
    gettext.textdomain(before)


@pytest.mark.usefixtures("_in_chinese")
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese(name: str) -> None:
    done = CliRunner().invoke(group, [name, "--help"], prog_name="gkdir")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("用法：")
    assert "Options" not in done.stdout
    command = group.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_loads_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys; from gkdir.cli import group\n"
        "try: group(['--help'], prog_name='gkdir')\n"
        "except SystemExit: pass\n"
        "heavy = {'openpyxl', 'jinja2', 'markdown', 'yaml', 'nh3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
