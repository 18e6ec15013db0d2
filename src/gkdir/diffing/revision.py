"""``REV:PATH`` → a copy of that folder or file of the surrounding git repository at that revision."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from gkdir.finding import Place, Unreadable

GIT_SECONDS = 300
"""The most seconds to wait for git: it may hang on a network share, or fetching missing objects."""


def unpack(wanted: str, into: Path) -> Path:
    """Write the content of ``REV:PATH`` below ``into`` and return its path; PATH is relative to the working folder.

    :raises Unreadable: no git, no repository, no such revision or path, or one that leads out of it
    """
    revision, _, path = wanted.partition(":")
    # git would take a revision with a dash for an option, and read an absolute or climbing path from the working tree.
    if not revision or revision.startswith("-") or Path(path).is_absolute() or ".." in Path(path).parts:
        raise _not_there(wanted)
    command = ["git", "archive", "--format=tar", revision, "--", path or "."]
    environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1"}
    try:
        made = subprocess.run(command, capture_output=True, check=True, env=environment, timeout=GIT_SECONDS)
        with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(into, filter="data")
            else:  # Python before 3.11.4 has no filter; git's archives contain no path that leads out
                archive.extractall(into)
    except FileNotFoundError:
        raise Unreadable(
            Place(wanted), "比较版本要用 git，这台机器上没有。", "请装好 git，或者给两个文件夹。"
        ) from None
    except subprocess.TimeoutExpired:
        message = f"git 等了 {GIT_SECONDS} 秒还没有取出这个版本，没有再等。"
        raise Unreadable(Place(wanted), message, "请再试一次；还不行，请自己取出来，给两个文件夹。") from None
    except (subprocess.CalledProcessError, tarfile.TarError, ValueError):
        raise _not_there(wanted) from None
    return into / path


def _not_there(wanted: str) -> Unreadable:
    hint = "请写成“版本:路径”，如 HEAD~1:directories，路径从当前文件夹算起。"
    return Unreadable(Place(wanted), "没有这个文件或文件夹，git 仓库里也没有这个版本的这个路径。", hint)
