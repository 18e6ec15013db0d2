"""Files of one county (path, bytes) → its published folder, put in place whole; what is gone is removed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from gkdir.aside import Aside, here, one
from gkdir.publish.swap import beside, swap

MANIFEST = "manifest.json"


def publish_folder(
    live: Path, files: Iterable[tuple[str, bytes]], about: Mapping[str, str], aside: Aside = here
) -> bool:
    """Make ``live`` hold exactly ``files`` and their manifest; say whether anything changed.

    ``aside`` writes half of them beside: making hundreds of small files keeps a processor busy, not the disk.

    ``about`` says in the manifest what the folder is (name, code, date), so that an index of what is live can be
    made from the live folders alone.

    The new folder is built beside the live one and swapped in with one rename, so that a killed build leaves the
    old site as it was. Equal bytes are left alone: nothing is written, and no file's time changes.
    """
    wanted = with_manifest(files, about)
    if _holds(live, wanted):
        return False
    new = beside(live)
    ordered = list(wanted.items())
    half = len(ordered) // 2
    try:
        rest = aside(partial(one, _write, new, ordered[half:]))
        _write(new, ordered[:half])
        rest()
    except OSError:
        shutil.rmtree(new, ignore_errors=True)  # a full disk is not made fuller
        raise
    swap(new, live)
    return True


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Put ``files`` into ``folder``, which nobody looks at yet; how many folders that took."""
    made: set[Path] = set()
    for path, content in files:
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(content)
    return len(made)


def publish_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put single files into ``folder``, each whole, leaving everything else there alone."""
    for path, content in files:
        target = folder / safe(path)
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(content)
        new.replace(target)


def published(out: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The folders in ``out`` that gkdir published, by name, each with what its manifest says it is."""
    for folder in sorted(out.iterdir()):
        if folder.name.startswith(".") or folder.is_symlink():
            continue
        try:
            manifest = json.loads((folder / MANIFEST).read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict) and manifest.get("generator") == "gkdir":
            yield folder.name, manifest.get("about", {})


def safe(path: str) -> str:
    """``path`` itself, if it stays inside the folder it is written to; anything else is a fault of ours."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or any(part in ("..", ".") for part in parts):
        raise ValueError(f"a page must stay inside its county: {path!r}")
    return path


def with_manifest(files: Iterable[tuple[str, bytes]], about: Mapping[str, str]) -> Mapping[str, bytes]:
    """The files and the manifest that lists them. :raises ValueError: a path climbs out, or two are the same"""
    wanted: dict[str, bytes] = {}
    for path, content in files:
        if safe(path) in wanted:
            raise ValueError(f"two pages want the same place: {path}")
        wanted[path] = content
    digests = {path: hashlib.sha256(wanted[path]).hexdigest() for path in sorted(wanted)}
    manifest = {"generator": "gkdir", "about": about, "files": digests}
    wanted[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return wanted


def _holds(live: Path, wanted: Mapping[str, bytes]) -> bool:
    """Whether ``live`` has exactly these files with exactly these bytes."""
    if not live.is_dir():
        return False
    there = {path.relative_to(live).as_posix() for path in live.rglob("*") if not path.is_dir()}
    return there == set(wanted) and all((live / path).read_bytes() == content for path, content in wanted.items())
