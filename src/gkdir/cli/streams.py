"""Standard output and error → the same streams in one encoding, with control characters in foreign texts escaped."""

from __future__ import annotations

import io
import re
import sys
from typing import Any, TextIO

from gkdir.harmless import shown_lines

_ENCODINGS = {936: "gb18030"}
"""Windows code page → encoding. 936 is a subset of GB 18030, which has every character."""
_STREAM_HANDLES = (-11, -12)
"""Windows' handle numbers of standard output and error."""
_VIRTUAL_TERMINAL = 4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, which most consoles have off."""


def encoding_of(stream: TextIO) -> str:
    """The encoding to write to the stream: UTF-8, except into files and pipes on a Chinese Windows.

    There it is the code page of the window, in which ``more``, ``findstr`` and PowerShell read it; ``chcp 65001`` or
    PYTHONUTF8=1 gives UTF-8 there too.
    """
    if sys.platform != "win32" or stream.isatty() or sys.flags.utf8_mode:
        return "utf-8"
    return _ENCODINGS.get(_kernel().GetConsoleOutputCP(), "utf-8")


def show_colours() -> None:
    """Have the Windows console interpret colour codes instead of printing them."""
    if sys.platform != "win32":
        return
    import ctypes  # only Windows needs it

    kernel, mode = _kernel(), ctypes.c_ulong()
    kernel.GetStdHandle.restype = ctypes.c_void_p
    for number in _STREAM_HANDLES:
        console = ctypes.c_void_p(kernel.GetStdHandle(number))
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            kernel.SetConsoleMode(console, mode.value | _VIRTUAL_TERMINAL)


def _kernel() -> Any:
    import ctypes

    return vars(ctypes)["windll"].kernel32


_ALLOWED_CODES = re.compile("(\x1b\\[(?:0|1|31|33|34)m|^\r(?:\x1b\\[\\?25l|(?=(?:生成|发送)  \\[))|\x1b\\[\\?25h\n\\Z)")
"""gkdir's own control codes: colours of severities, and the codes around a progress bar. None can hide words."""


class HarmlessStream(io.TextIOWrapper):
    """A stream that escapes control characters in foreign texts: file names, tables, pages, tracebacks."""

    def write(self, text: str, /) -> int:
        """Write the text, with control characters escaped."""
        if not text.startswith("\r") and "\x1b" not in text:
            text = shown_lines(text)
        else:
            text = "".join(
                part if index % 2 else shown_lines(part) for index, part in enumerate(_ALLOWED_CODES.split(text))
            )
        return super().write(text)

    def fileno(self) -> int:
        """The number of the stream.

        :raises OSError: on Windows, where click would use it to bypass ``write``
        """
        if sys.platform == "win32":
            raise io.UnsupportedOperation
        return super().fileno()


def make_harmless() -> None:
    """Replace the process's standard streams by harmless ones that can write Chinese under any locale."""
    show_colours()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.flush()
            how = encoding_of(stream), "replace", "", stream.line_buffering, stream.write_through
            setattr(sys, name, HarmlessStream(stream.detach(), *how))
