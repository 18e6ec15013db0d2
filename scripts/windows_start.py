"""The file that was double-clicked in the portable folder, and the files dropped on it → the command to run.

It is a module of its own in the portable folder (scripts/portable.py), so that the .cmd files need no Chinese words,
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
    """The command line. The clerk's project is created if it does not exist yet."""
    if asked == "read":
        return ("read", *files)
    project = home / PROJECT
    project.mkdir(exist_ok=True)
    return ("desk", str(project))


def dropped(line: str) -> Sequence[str]:
    """The files that were dropped on a .cmd file, from its command line; none if it was started otherwise."""
    _, begun, rest = line.partition(' /c "')
    words = ["".join(each) for each in re.findall(r'"([^"]*)"|([^\s"]+)', rest)]
    return words[1:] if begun and words and words[0].lower().endswith(".cmd") else []


def main() -> None:
    """Run the command; without files, print what to do."""
    _, asked, *files = sys.argv
    files = list(dropped(os.environ.get("GKDIR_LINE", ""))) or files
    if asked == "read" and not files:
        sys.stdout.write(f"{NOTHING}\n")
        return
    from gkdir.__main__ import main as gkdir  # which ends the process

    sys.argv = ["gkdir", *arguments(asked, files)]
    gkdir()


if __name__ == "__main__":
    main()
