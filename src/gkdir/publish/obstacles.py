"""A folder to write to → what in it is not gkdir's, with the message for the user. Writes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.harmless import shown
from gkdir.publish.manifest import KIND, MANIFEST, Manifest, digest, read_manifest

FOREIGN, EDITED, LINK, CLOSED = "不是 gkdir 写的", "写好以后改过", "是链接", "读不了"
KINDS = {"folder": "是文件夹", "file": "是文件"}
_SHOWN = 5
_KINDS_OF_PLACES = "县区市旗"

Foreign = tuple[str, str]
"""A path, and the reason why gkdir must not touch it."""


class Obstacle(Exception):
    """Something that is not gkdir's is where gkdir must write; has the trouble to report.

    ``published``: the new content is live all the same, and only something old could not be removed.
    """

    def __init__(self, folder: Path | str, message: str, hint: str, published: bool = False) -> None:
        super().__init__(f"{folder}: {message}")
        self.published = published
        where = Place(folder if isinstance(folder, str) else folder.as_posix())
        self.trouble = Trouble(TroubleKind.IN_THE_WAY, where, message, hint)


def refuse(folder: Path | str, foreign: Iterable[Foreign], lost: str) -> None:
    """Check that nothing ``foreign`` is in ``folder``; ``lost`` says what was not done because of it.

    :raises Obstacle: something is
    """
    found = list(foreign)
    if not found:
        return
    listed = "，".join(f"{shown(path)}（{why}）" for path, why in found[:_SHOWN])
    more = f"，等 {len(found)} 处" if len(found) > _SHOWN else ""
    message = f"这里有不能动的东西，都没有动，{lost}：{listed}{more}。"
    raise Obstacle(folder, message, "要留的请移到别处或改名，不要的请删去，再运行一次；或者用 -o 换一个文件夹。")


def refuse_another(folder: Path | str, manifest: Manifest, about: Mapping[str, str], lost: str) -> None:
    """Check that ``folder`` is that of the county in ``about``.

    A copied project keeps the code of the county that it was copied from.

    :raises Obstacle: it belongs to a county with another code, or of another name
    """
    code, name = manifest.about.get("code", ""), manifest.about.get("name", "")
    renamed = name and _stem(about.get("name", name)) != _stem(name)
    if renamed or (code and about.get("code", code) != code):
        message = f"这里是另一个县的：{shown(name)}（{shown(code)}），没有动它，{lost}。"
        hint = "请用 -o 换一个文件夹；确实是同一个县、改了名称或代码的，请先把这个文件夹移走或删去，再运行一次。"
        raise Obstacle(folder, message, hint)


def _stem(name: str) -> str:
    """The name without 县, 市 and the like: a county that became a city keeps its stem."""
    return name.rstrip(_KINDS_OF_PLACES)


class FolderContent(Struct, frozen=True):
    """What a folder holds: ``files`` by path, ``others`` (links and whatever else is no file), all its subfolders."""

    files: tuple[str, ...]
    others: tuple[Foreign, ...]
    folders: tuple[str, ...]


def folder_content(folder: Path) -> FolderContent:
    """What is in ``folder``; links are not followed."""
    files: list[str] = []
    others: list[Foreign] = []
    folders: list[str] = []
    left = [""]
    while left:
        inside = left.pop()
        try:
            entries = sorted(os.scandir(folder / inside), key=lambda entry: entry.name)
        except OSError:
            others.append((inside.rstrip("/") or ".", CLOSED))
            continue
        for entry in entries:
            path = inside + entry.name
            if entry.is_symlink():
                others.append((path, LINK))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
                left.append(f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                files.append(path)
            else:
                others.append((path, FOREIGN))
    return FolderContent(tuple(files), tuple(others), tuple(folders))


def whole_folder(
    live: Path, wanted: Mapping[str, bytes], about: Mapping[str, str], lost: str
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Which files of ``live`` are already as ``wanted``, and all files in it that are gkdir's.

    :raises Obstacle: the folder was not made by gkdir for what ``about`` says, or was changed since
    """
    if not os.path.lexists(live):
        return frozenset(), ()
    if live.is_symlink() or not live.is_dir():
        why = LINK if live.is_symlink() else KINDS["file"]
        refuse(live.parent, [(live.name, f"{why}，不是 gkdir 生成的文件夹")], lost)
    there = folder_content(live)
    if not (there.files or there.others or there.folders):
        return frozenset(), ()
    manifest = read_manifest(live)
    if manifest is None or KIND in manifest.about:
        why = f"不是 gkdir 生成的文件夹：里面没有它写的 {MANIFEST}"
        refuse(live.parent, [(live.name, why)], lost)
    assert manifest is not None
    refuse_another(live, manifest, about, lost)
    same = set()
    foreign = list(there.others)
    for path in there.files:
        why, content = _of_file(f"{live}/{path}", manifest.files.get(path), wanted.get(path))
        if content is not None and content == wanted.get(path):
            same.add(path)
        elif why and path != MANIFEST:
            foreign.append((path, why))
    parents = folders_of((*manifest.files, *wanted))
    foreign += ((path, FOREIGN) for path in there.folders if path not in parents)
    refuse(live, sorted(foreign), lost)
    return frozenset(same), there.files


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that these files are in, and all folders above those."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


def among_others(
    folder: Path, wanted: Mapping[str, bytes], known: Mapping[str, frozenset[str]], lost: str
) -> tuple[str, ...]:
    """Which of the files ``wanted`` must be written into ``folder``, which also holds other people's files.

    ``known`` are the digests that gkdir's files there may have.

    :raises Obstacle: a file to replace is not gkdir's
    """
    write: list[str] = []
    foreign: dict[str, str] = {}
    for path, content in wanted.items():
        parts = PurePosixPath(path).parts
        above = ["/".join(parts[:count]) for count in range(1, len(parts))]
        blocked = next((parent for parent in above if _no_folder(folder / parent)), None)
        if blocked:
            foreign[blocked] = LINK if (folder / blocked).is_symlink() else KINDS["file"]
        elif not os.path.lexists(folder / path):
            write.append(path)
        elif why := _why_not_ours(folder / path, content, known.get(path, frozenset())):
            foreign[path] = why
        elif (folder / path).read_bytes() != content:
            write.append(path)
    refuse(folder, sorted(foreign.items()), lost)
    return tuple(write)


def _no_folder(path: Path) -> bool:
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())


def _why_not_ours(path: Path, content: bytes, known: frozenset[str]) -> str:
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return LINK if stat.S_ISLNK(mode) else KINDS["folder"] if stat.S_ISDIR(mode) else FOREIGN
    try:
        there = path.read_bytes()
    except OSError:
        return CLOSED
    if there == content or digest(there) in known:
        return ""
    return EDITED if known else FOREIGN


def _of_file(path: str, listed: str | None, wanted: bytes | None) -> tuple[str, bytes | None]:
    """Why the file is not gkdir's (blank if it is), and its content (``None`` if it cannot be read)."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path and a buffer take half of the time
            content = file.read()
    except OSError:
        return CLOSED, None
    if content == wanted:
        return "", content
    if listed is None:
        return FOREIGN, content
    return ("" if digest(content) == listed else EDITED), content


def unlisted(folder: Path, manifest: Manifest, wanted: Iterable[str]) -> Iterator[str]:
    """The unchanged files in ``folder`` that an earlier build wrote and that are not ``wanted`` now."""
    for path in sorted(set(manifest.files) - set(wanted)):
        above = (folder / parent for parent in PurePosixPath(path).parents)
        if (folder / path).is_symlink() or any(map(_no_folder, above)):
            continue
        try:
            if digest((folder / path).read_bytes()) == manifest.files[path]:
                yield path
        except OSError:
            continue
