"""Files (path, bytes) → the manifest that lists them with their digests; and a folder → its manifest, if it has one.

A manifest says what in a folder is gkdir's: whatever it does not list, or lists with another digest, is somebody
else's and is never touched. What a manifest says is not trusted further than that.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec
from msgspec import Struct, field

MANIFEST = "manifest.json"
_LARGEST = 64_000_000  # bytes; that of a county with a thousand guides has half a million
_DIGEST = re.compile("[0-9a-f]{64}")
_UNLIKELY = re.compile(r"^$|^/|/$|//|(?:^|/)\.\.?(?:/|$)|[\\\0\n\ud800-\udfff]")
"""What is in no path of a manifest: a way out of the folder, and what no system takes."""
KIND = "kind"
"""In ``about`` of a manifest that is no county's: what its folder is."""


class Manifest(Struct, frozen=True):
    """What a folder is (``about``), and what gkdir wrote there: digests by path.

    ``counties`` are the digests of the counties' own manifests, in the manifest of the folder that holds them all.
    """

    generator: Literal["gkdir"]
    about: dict[str, str]
    files: dict[str, str]
    counties: dict[str, str] = field(default_factory=dict)


def with_manifest(
    files: Iterable[tuple[str, bytes]], about: Mapping[str, str], counties: Mapping[str, str] | None = None
) -> Mapping[str, bytes]:
    """The files and the manifest that lists them. :raises ValueError: a path climbs out, or two are the same"""
    wanted: dict[str, bytes] = {}
    for path, content in files:
        if safe(path) in wanted:
            raise ValueError(f"two pages want the same place: {path}")
        wanted[path] = content
    return {**wanted, MANIFEST: manifest_text({path: digest(wanted[path]) for path in wanted}, about, counties)}


def manifest_text(digests: Mapping[str, str], about: Mapping[str, str], counties: Mapping[str, str] | None) -> bytes:
    """The manifest as it is written."""
    ordered = {path: digests[path] for path in sorted(digests)}
    manifest: dict[str, object] = {"generator": "gkdir", "about": about, "files": ordered}
    if counties is not None:
        manifest["counties"] = counties
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in ``folder``; ``None`` where there is none that gkdir can have written."""
    content = manifest_bytes(folder)
    try:
        manifest = msgspec.json.decode(content, type=Manifest) if content else None
    except (ValueError, RecursionError):
        return None
    return manifest if manifest and all(map(_plausible, manifest.files.items())) else None


def manifest_bytes(folder: Path) -> bytes:
    """What is in the file called so, if it is a file of a sensible size; else nothing."""
    path = folder / MANIFEST
    try:
        there = path.lstat()
        return path.read_bytes() if stat.S_ISREG(there.st_mode) and there.st_size <= _LARGEST else b""
    except OSError:
        return b""


def digest(content: bytes) -> str:
    """As the manifest has it."""
    return hashlib.sha256(content).hexdigest()


def safe(path: str) -> str:
    """``path`` itself, if it stays inside the folder it is written to; anything else is a fault of ours."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or any(part in ("..", ".") for part in parts):
        raise ValueError(f"a page must stay inside its county: {path!r}")
    return path


def _plausible(entry: tuple[str, str]) -> bool:
    """Whether it is a path inside the folder, as gkdir writes one, and a digest."""
    path, sum_ = entry
    return _UNLIKELY.search(path) is None and _DIGEST.fullmatch(sum_) is not None
