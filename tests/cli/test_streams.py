"""Output of commands: foreign texts are shown, and cannot control the terminal."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gkdir.cli import group
from gkdir.cli.streams import HarmlessStream

ACTING = "\x1b]0;甲\x07\x1b[2J"


def run(*arguments: str | Path) -> str:
    """Both output streams of the real command."""
    done = subprocess.run([sys.executable, "-m", "gkdir", *arguments], capture_output=True, check=False)
    assert done.returncode in (0, 1, 2)
    return (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("format_", ["text", "json"])
def test_an_audit_shows_the_names_of_a_forged_manifest(tmp_path: Path, format_: str) -> None:
    files = {f"{ACTING}.html": "0", "a\nb": "0", "\u202e": "0"}
    (tmp_path / "manifest.json").write_text(json.dumps({"generator": "gkdir", "files": files}))
    (tmp_path / "index.html").write_text(f'<a href="https://{ACTING}.example/">甲</a><p style="opacity:0">{ACTING}</p>')
    written = run("audit", tmp_path, "--format", format_)
    assert "甲" in written
    assert not set(ACTING + "\u202e") & set(written) - set("甲0;][2J")


def test_names_of_files_and_wrong_use_are_shown(tmp_path: Path) -> None:
    (tmp_path / f"{ACTING}.csv").write_text("")
    for arguments in (("read", tmp_path / f"{ACTING}.csv"), ("check", f"no{ACTING}")):
        assert "\x1b" not in run(*arguments)


def test_our_colours_and_bars_pass_and_nothing_else() -> None:
    raw = io.BytesIO()
    stream = HarmlessStream(raw, "utf-8", "replace")
    for text in ("\x1b[31m\x1b[1m错误\x1b[0m\n", "\r\x1b[?25l生成", "\x1b[8m藏\x9b\r", "甲\r\x1b[?25l乙"):
        stream.write(text)
    stream.flush()
    assert raw.getvalue().decode() == (
        "\x1b[31m\x1b[1m错误\x1b[0m\n\r\x1b[?25l生成\\x1b[8m藏\\x9b\\x0d甲\\x0d\\x1b[?25l乙"
    )


def test_a_calendar_reaches_the_screen_as_it_reaches_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "counties" / "qingyuan"
    folder.mkdir(parents=True)
    (folder / "county.yaml").write_text(
        '名称: 清源县\n代码: "990101"\n目录: {employment: {审核日期: 2026-03-01}}\n', "utf-8"
    )
    due = ("due", str(tmp_path), "--date", "2027-06-01", "--format", "ics")
    CliRunner().invoke(group, [*due, "-o", str(tmp_path / "a.ics")])
    done = subprocess.run([sys.executable, "-m", "gkdir", *due], capture_output=True, check=True)
    assert done.stdout == (tmp_path / "a.ics").read_bytes()
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"BEGIN:VEVENT" in done.stdout
