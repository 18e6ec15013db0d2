"""Files (path, bytes) → a folder shared with other people's files, each replaced atomically, with gkdir's manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct

from gkdir.publish.manifest import KIND, MANIFEST, digest, manifest_bytes, manifest_text, read_manifest, with_manifest
from gkdir.publish.obstacles import among_others, refuse_another, unlisted
from gkdir.publish.swap import require_own, work_folder
from gkdir.publish.write import make_folders

_JOURNAL, _ONE = "written.txt", "file.tmp"


class Shared(Struct, frozen=True):
    """The folder, what it is ``about``, and the words for what is ``lost`` if something is in the way.

    ``counties`` are the digests of the counties' manifests, if it holds any. With ``keep``, files of an earlier build
    that this one does not write are kept, else removed.
    """

    folder: Path
    about: Mapping[str, str]
    lost: str
    counties: Mapping[str, str] | None = None
    keep: bool = False


def publish_files(shared: Shared, files: Iterable[tuple[str, bytes]]) -> int:
    """Write ``files`` and their manifest into the folder; return how many were written.

    The digests are noted before anything is written, so that the next run recognises what a killed run wrote.

    :raises Obstacle: a file would replace something that is not gkdir's; nothing was written
    """
    folder = shared.folder
    work = work_folder(folder)
    was = read_manifest(folder)
    was = was if was and was.about.get(KIND) == shared.about.get(KIND) else None
    wanted = with_manifest(files, shared.about, shared.counties)
    gone = tuple(unlisted(folder, was, wanted)) if was else ()
    known = _noted(work / _JOURNAL)
    if was:
        refuse_another(folder, was, shared.about, shared.lost)
        for path, sum_ in (*was.files.items(), (MANIFEST, digest(manifest_bytes(folder)))):
            known.setdefault(path, set()).add(sum_)
    if was and shared.keep:
        listed = {path: was.files[path] for path in gone}
        listed |= {path: digest(content) for path, content in wanted.items() if path != MANIFEST}
        wanted = {**wanted, MANIFEST: manifest_text(listed, shared.about, shared.counties)}
        gone = ()
    own = {path: frozenset(sums) for path, sums in known.items()}
    changed = among_others(folder, wanted, own, shared.lost)
    try:
        _put(folder, {path: wanted[path] for path in changed}, gone)
    finally:
        with suppress(OSError):
            (work / _ONE).unlink()
    with suppress(FileNotFoundError):
        (work / _JOURNAL).unlink()
    return len(changed)


def _put(folder: Path, changed: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Put each file in place, the manifest last: the folder then holds exactly what it lists."""
    work = work_folder(folder)
    note(folder, ((path, digest(content)) for path, content in changed.items()))
    for path in sorted(changed, key=MANIFEST.__eq__):
        if path == MANIFEST:
            _take_away(folder, gone)
        make_folders(folder, PurePosixPath(path).parent)
        (work / _ONE).unlink(missing_ok=True)  # left by a killed run, or a link that somebody made
        with (work / _ONE).open("xb") as file:
            file.write(changed[path])
        (work / _ONE).replace(folder / path)


def note(folder: Path, sums: Iterable[tuple[str, str]]) -> None:
    """Note that files with these paths and digests are gkdir's, until a manifest lists them."""
    lines = [f"{sum_}  {path}\n" for path, sum_ in sums]
    if lines:
        journal = work_folder(folder) / _JOURNAL
        require_own(journal)
        with journal.open("a", encoding="utf-8") as noted:
            noted.writelines(lines)


def _noted(journal: Path) -> dict[str, set[str]]:
    """The digests, by path, of what a killed run wrote or was about to write."""
    known: dict[str, set[str]] = {}
    require_own(journal)
    with suppress(FileNotFoundError):
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            sum_, _, path = line.partition("  ")
            known.setdefault(path, set()).add(sum_)
    return known


def _take_away(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's files are in it
            for parent in PurePosixPath(path).parents:
                if parent.parts:
                    (folder / parent).rmdir()
