"""Standard output and error → the same, as words of one encoding, with nothing that acts on a terminal but ours."""

from __future__ import annotations

import io
import re
import sys

from gkdir.cli.console import encoding_of, show_colours
from gkdir.harmless import shown_lines

_OURS = re.compile("(\x1b\\[(?:0|1|31|33|34)m|^\r(?:\x1b\\[\\?25l|(?=(?:生成|发送)  \\[))|\x1b\\[\\?25h\n\\Z)")
"""The colours of a severity, and what a progress bar begins and ends with: nothing that can hide or overwrite words."""


class HarmlessStream(io.TextIOWrapper):
    """A stream that shows what is not ours: names of files, texts of tables and pages, tracebacks."""

    def write(self, text: str, /) -> int:
        """Write the text, shown."""
        if not text.startswith("\r") and "\x1b" not in text:
            text = shown_lines(text)
        else:
            text = "".join(part if index % 2 else shown_lines(part) for index, part in enumerate(_OURS.split(text)))
        return super().write(text)

    def fileno(self) -> int:
        """Not told on Windows: click would write to the console of that number itself, whatever the words are."""
        if sys.platform == "win32":
            raise io.UnsupportedOperation
        return super().fileno()


def make_harmless() -> None:
    """Put harmless streams in the place of the process's own; Chinese words pass whatever its locale is."""
    show_colours()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.flush()
            how = encoding_of(stream), "replace", "", stream.line_buffering, stream.write_through
            setattr(sys, name, HarmlessStream(stream.detach(), *how))
