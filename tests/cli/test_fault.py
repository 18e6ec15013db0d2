"""A bug ends in one line and a log file with versions; if no file can be written, the traceback is printed."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest
from click.testing import CliRunner

from gkdir import __version__, cli


def fail() -> int:
    raise KeyError("没有料到")


@pytest.fixture(autouse=True)
def _failing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_status", fail)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)


def test_what_happened_is_written_down_with_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cli._run() == 3
    said = capsys.readouterr().err
    log = tmp_path / "gkdir" / "fault.log"
    assert str(log) in said
    assert "KeyError" in said
    assert "Traceback" not in said
    text = log.read_text(encoding="utf-8")
    assert f"gkdir {__version__}" in text
    assert "click " in text
    assert "没有料到" in text
    assert "Traceback" in text


def test_without_a_place_for_the_file_the_trace_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cli._run() == 3
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "请把上面的内容告诉维护者" in said


def test_a_system_that_cannot_be_asked_its_name_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python asks a Windows service (WMI) that does not answer on every machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(platform, "uname", fail)
    assert cli._run() == 3
    assert (tmp_path / "gkdir" / "fault.log").is_file()
    assert f"gkdir {__version__}" in CliRunner().invoke(cli.group, ["doctor"]).output
