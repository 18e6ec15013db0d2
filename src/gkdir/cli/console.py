"""The window that a command runs in on Windows → what is written there as bytes, and colours that are shown as such."""

from __future__ import annotations

import sys
from typing import Any, TextIO

_OF_PAGE = {936: "gb18030"}
"""Code page → its encoding. That of simplified Chinese is the beginning of GB 18030, which has every character."""
_STREAMS = (-11, -12)
"""Standard output and error, as Windows numbers them."""
_COLOURS = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, which most consoles are without until somebody asks."""


def encoding_of(stream: TextIO) -> str:
    """What the stream is written in: UTF-8.

    Only what goes into a file or another program on a Chinese Windows is in the code page of the window, for that is
    how ``more``, ``findstr`` and PowerShell read it; ``chcp 65001`` or PYTHONUTF8=1 has it in UTF-8 there too.
    """
    if sys.platform != "win32" or stream.isatty() or sys.flags.utf8_mode:
        return "utf-8"
    return _OF_PAGE.get(_kernel().GetConsoleOutputCP(), "utf-8")


def show_colours() -> None:
    """Have the console take our colours as colours, not as words."""
    if sys.platform != "win32":
        return
    import ctypes  # only Windows needs it

    kernel, mode = _kernel(), ctypes.c_ulong()
    kernel.GetStdHandle.restype = ctypes.c_void_p
    for number in _STREAMS:
        console = ctypes.c_void_p(kernel.GetStdHandle(number))
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            kernel.SetConsoleMode(console, mode.value | _COLOURS)


def _kernel() -> Any:
    import ctypes

    return vars(ctypes)["windll"].kernel32
