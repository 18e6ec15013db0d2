"""``REV:PATH`` → a copy of that folder or file of the surrounding git repository at that revision."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from gkdir.finding import Place, Unreadable

LONGEST = 300
"""The most seconds that we wait for git: a repository on a share, or one that fetches what it lacks, may hang."""


def unpack(wanted: str, into: Path) -> Path:
    """Write what ``REV:PATH`` holds below ``into`` and say where; PATH counts from the working folder.

    :raises Unreadable: no git, no repository, no such revision or path, or one that leads out of it
    """
    revision, _, path = wanted.partition(":")
    # A revision with a dash would be an option to git; an absolute or climbing path would be read as it is now.
    if not revision or revision.startswith("-") or Path(path).is_absolute() or ".." in Path(path).parts:
        raise _not_there(wanted)
    command = ["git", "archive", "--format=tar", revision, "--", path or "."]
    environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1"}
    try:
        made = subprocess.run(command, capture_output=True, check=True, env=environment, timeout=LONGEST)
        with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(into, filter="data")
            else:  # Python before 3.11.4; git lets no path of an archive lead out of it
                archive.extractall(into)
    except FileNotFoundError:
        raise Unreadable(
            Place(wanted), "比较版本要用 git，这台机器上没有。", "请装好 git，或者给两个文件夹。"
        ) from None
    except subprocess.TimeoutExpired:
        message = f"git 等了 {LONGEST} 秒还没有取出这个版本，没有再等。"
        raise Unreadable(Place(wanted), message, "请再试一次；还不行，请自己取出来，给两个文件夹。") from None
    except (subprocess.CalledProcessError, tarfile.TarError, ValueError):
        raise _not_there(wanted) from None
    return into / path


def _not_there(wanted: str) -> Unreadable:
    hint = "请写成“版本:路径”，如 HEAD~1:directories，路径从当前文件夹算起。"
    return Unreadable(Place(wanted), "没有这个文件或文件夹，git 仓库里也没有这个版本的这个路径。", hint)
