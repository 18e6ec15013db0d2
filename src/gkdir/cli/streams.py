"""Standard output and error → the same streams in one encoding, with control characters of other origin escaped."""

from __future__ import annotations

import io
import re
import sys
from typing import Any, TextIO

from gkdir.harmless import shown_lines

_OF_PAGE = {936: "gb18030"}
"""Code page → its encoding. That of simplified Chinese is the beginning of GB 18030, which has every character."""
_STREAMS = (-11, -12)
"""Standard output and error, as Windows numbers them."""
_COLOURS = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, which is off in most consoles."""


def encoding_of(stream: TextIO) -> str:
    """What the stream is written in: UTF-8.

    Only what goes into a file or another program on a Chinese Windows is in the code page of the window, for that is
    how ``more``, ``findstr`` and PowerShell read it; ``chcp 65001`` or PYTHONUTF8=1 has it in UTF-8 there too.
    """
    if sys.platform != "win32" or stream.isatty() or sys.flags.utf8_mode:
        return "utf-8"
    return _OF_PAGE.get(_kernel().GetConsoleOutputCP(), "utf-8")


def show_colours() -> None:
    """Have the console interpret colour codes instead of printing them."""
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


_OURS = re.compile("(\x1b\\[(?:0|1|31|33|34)m|^\r(?:\x1b\\[\\?25l|(?=(?:生成|发送)  \\[))|\x1b\\[\\?25h\n\\Z)")
"""The colours of a severity, and what a progress bar begins and ends with: nothing that can hide or overwrite words."""


class HarmlessStream(io.TextIOWrapper):
    """A stream that escapes control characters in texts from elsewhere: file names, tables, pages, tracebacks."""

    def write(self, text: str, /) -> int:
        """Write the text, shown."""
        if not text.startswith("\r") and "\x1b" not in text:
            text = shown_lines(text)
        else:
            text = "".join(part if index % 2 else shown_lines(part) for index, part in enumerate(_OURS.split(text)))
        return super().write(text)

    def fileno(self) -> int:
        """No number on Windows: click would use it to write to the console directly, past ``write``."""
        if sys.platform == "win32":
            raise io.UnsupportedOperation
        return super().fileno()


def make_harmless() -> None:
    """Replace the process's standard streams by harmless ones that write Chinese under any locale."""
    show_colours()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.flush()
            how = encoding_of(stream), "replace", "", stream.line_buffering, stream.write_through
            setattr(sys, name, HarmlessStream(stream.detach(), *how))
