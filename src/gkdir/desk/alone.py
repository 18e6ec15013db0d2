"""A project's folder → the right to open its desk, until the process ends; a second desk is told of the first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from gkdir import cache
from gkdir.finding import Place, Unreadable
from gkdir.publish.swap import open_lock, take_lock

LOCK = ".gkdir-desk"


@contextmanager
def only_desk(project: Path, address: str) -> Iterator[None]:
    """Hold the project's desk, which is at ``address``. Raises Unreadable, which says where the open one is.

    The address is in the user's own cache folder, for whoever has it can write.
    """
    name = f"desk-{sha256(os.fsencode(os.path.realpath(project))).hexdigest()[:32]}"
    file = open_lock(project / LOCK)
    try:
        if not take_lock(file):
            there = (cache.kept(name) or b"").decode()
            hint = f"请用浏览器打开 {there}" if there else "多半是别人在别的电脑上开着，请等他用完。"
            raise Unreadable(Place(str(project)), "这个文件夹的工作台已经开着了，没有再开一个。", hint)
        cache.keep(name, address.encode())
        yield
    finally:
        os.close(file)
