"""What was double-clicked in the portable folder, and the files dropped on it → the command that does it.

It is one module of its own in the portable folder (scripts/portable.py), so that its .cmd files need no Chinese words,
which cmd.exe reads in another code page on every machine.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).parent.parent
PROJECT = "我的目录"
NOTHING = "请把一份目录表（Excel、WPS 另存的 .xlsx、Word 的 .docx 等）拖到“读表.cmd”的图标上，再松开。"


def arguments(asked: str, files: Sequence[str], home: Path = HOME) -> Sequence[str]:
    """The command line; the clerk's own project is made where it is not there yet."""
    if asked == "read":
        return ("read", *files)
    project = home / PROJECT
    project.mkdir(exist_ok=True)
    return ("desk", str(project))


def dropped(line: str) -> Sequence[str]:
    """The files that were dropped on a .cmd file, of the line that began it; none if it was begun otherwise."""
    _, begun, rest = line.partition(' /c "')
    words = ["".join(each) for each in re.findall(r'"([^"]*)"|([^\s"]+)', rest)]
    return words[1:] if begun and words and words[0].lower().endswith(".cmd") else []


def main() -> None:
    """Do it; of no files, say what to do."""
    _, asked, *files = sys.argv
    files = list(dropped(os.environ.get("GKDIR_LINE", ""))) or files
    if asked == "read" and not files:
        sys.stdout.write(f"{NOTHING}\n")
        return
    from gkdir.cli import main as gkdir  # which ends the process

    sys.argv = ["gkdir", *arguments(asked, files)]
    gkdir()


if __name__ == "__main__":
    main()
