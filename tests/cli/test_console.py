"""On Windows: texts in the window's code page, visible colours, and no way to bypass the harmless stream."""

from __future__ import annotations

import ctypes
import io
import sys
from types import SimpleNamespace
from typing import Any

import click
import pytest

from gkdir.cli.streams import HarmlessStream, encoding_of, show_colours


class Window:
    """kernel32's answers: the code page, and the modes of two streams, the second of which is a file."""

    def __init__(self, page: int) -> None:
        self.page, self.modes = page, {-11: 3}
        self.GetStdHandle = lambda number: number
        self.GetStdHandle.restype = None  # type: ignore[attr-defined]

    def GetConsoleOutputCP(self) -> int:  # noqa: N802 - its name there
        return self.page

    def GetConsoleMode(self, console: Any, mode: Any) -> bool:  # noqa: N802
        number = ctypes.c_int32(console.value).value
        mode._obj.value = self.modes.get(number, 0)
        return number in self.modes

    def SetConsoleMode(self, console: Any, mode: int) -> None:  # noqa: N802
        self.modes[ctypes.c_int32(console.value).value] = mode


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    window = Window(936)
    flags = SimpleNamespace(utf8_mode=0)
    for module in ("gkdir.cli.streams", "gkdir.cli.streams"):
        monkeypatch.setattr(f"{module}.sys", SimpleNamespace(platform="win32", flags=flags))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=window), raising=False)
    return window


class Screen(io.BytesIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_file_or_a_pipe_is_in_the_code_page_of_a_chinese_window(window: Window) -> None:
    assert window.page == 936
    raw = io.BytesIO()
    stream = HarmlessStream(raw, encoding_of(io.TextIOWrapper(io.BytesIO())), "replace", "")
    stream.write("错误 GK202 \U00020bb7\n")
    stream.flush()
    assert raw.getvalue().decode("gb18030") == "错误 GK202 \U00020bb7\n"
    assert raw.getvalue().startswith("错误 GK202".encode("cp936"))


@pytest.mark.parametrize("page", [65001, 437, 0])
def test_any_other_page_is_utf_8(window: Window, page: int) -> None:
    window.page = page
    assert encoding_of(io.TextIOWrapper(io.BytesIO())) == "utf-8"


def test_a_screen_is_utf_8(window: Window) -> None:
    assert window.page == 936
    assert encoding_of(io.TextIOWrapper(Screen())) == "utf-8"


def test_the_console_is_asked_for_colours_and_a_file_is_not(window: Window) -> None:
    show_colours()
    assert window.modes == {-11: 7}


def test_nobody_gets_past_the_stream_by_its_number(window: Window) -> None:
    assert window.page == 936
    with pytest.raises(io.UnsupportedOperation):
        HarmlessStream(Screen(), "utf-8").fileno()


def test_a_bar_goes_back_to_the_beginning_of_its_line_without_an_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Screen()
    monkeypatch.setattr(sys, "stderr", HarmlessStream(raw, "utf-8"))
    monkeypatch.setattr("click._termui_impl.BEFORE_BAR", "\r")
    monkeypatch.setattr("click._termui_impl.AFTER_BAR", "\n")
    with click.progressbar(length=2, label="生成", file=sys.stderr, show_pos=True, width=24) as bar:
        bar.update(2)
    sys.stderr.write("\r盖住\n")
    sys.stderr.flush()
    said = raw.getvalue().decode()
    assert said.count("\r生成  [") == said.count("\r") > 0
    assert said.endswith("\\x0d盖住\n")


def test_lines_end_alike_everywhere() -> None:
    raw = io.BytesIO()
    stream = HarmlessStream(raw, "utf-8", "replace", "")
    stream.write("一\n")
    stream.flush()
    assert raw.getvalue() == "一\n".encode()
