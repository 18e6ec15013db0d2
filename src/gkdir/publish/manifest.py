"""Files (path, bytes) → the manifest that lists them with their digests; and a folder → its manifest, if it has one.

A manifest says which files in a folder are gkdir's: a file that is not listed, or has another digest, is somebody
else's and is never touched. A manifest is trusted for nothing else.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

MANIFEST = "manifest.json"
_MAX_BYTES = 64_000_000  # bytes; the manifest of a county with a thousand guides has half a million
_DIGESTS = re.compile(r"(?:[0-9a-f]{64}\n)*")
_LIKELY = re.compile(r"(?:(?!\.\.?[/\n])[^/\\\0\n\ud800-\udfff]++[/\n])*")
"""Matches any number of lines that are relative paths inside the folder; one match for all, for speed."""
KIND = "kind"
"""The key in ``about`` that says what a folder is if it is not a county's."""


class Manifest(Struct, frozen=True):
    """What a folder is (``about``), and the digests of what gkdir wrote there, by path.

    ``counties`` are the digests of the counties' own manifests, in the manifest of the folder that holds them all.
    """

    generator: Literal["gkdir"]
    about: dict[str, str]
    files: dict[str, str]
    counties: dict[str, str] = field(default_factory=dict)


def sums_of(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """The digests of the files, by path."""
    return {path: digest(content) for path, content in files.items()}


def with_manifest(
    files: Iterable[tuple[str, bytes]],
    about: Mapping[str, str],
    counties: Mapping[str, str] | None = None,
    sums: Mapping[str, str] | None = None,
) -> Mapping[str, bytes]:
    """The files and the manifest that lists them; ``sums`` are their digests, if they are known.

    :raises ValueError: a path climbs out, or two are the same
    """
    wanted: dict[str, bytes] = {}
    for path, content in files:
        if safe(path) in wanted:
            raise ValueError(f"two pages want the same place: {path}")
        wanted[path] = content
    return {**wanted, MANIFEST: manifest_text(sums or sums_of(wanted), about, counties)}


def manifest_text(digests: Mapping[str, str], about: Mapping[str, str], counties: Mapping[str, str] | None) -> bytes:
    """The manifest as it is written."""
    ordered = {path: digests[path] for path in sorted(digests)}
    manifest: dict[str, object] = {"generator": "gkdir", "about": about, "files": ordered}
    if counties is not None:
        manifest["counties"] = counties
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in ``folder``; ``None`` if there is none, or gkdir cannot have written it."""
    return manifest_of(manifest_bytes(folder))


def manifest_of(content: bytes) -> Manifest | None:
    """The manifest with this content; ``None`` if gkdir cannot have written it."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest) if content else None
    except (ValueError, RecursionError):
        return None
    return manifest if manifest and _plausible(manifest.files) else None


def manifest_bytes(folder: Path) -> bytes:
    """The content of the manifest file; empty if it is no file or implausibly large."""
    path = folder / MANIFEST
    try:
        there = path.lstat()
        return path.read_bytes() if stat.S_ISREG(there.st_mode) and there.st_size <= _MAX_BYTES else b""
    except OSError:
        return b""


def is_closed(folder: Path) -> bool:
    """Whether missing permissions hide if there is a manifest in ``folder``, or what it says."""
    path = folder / MANIFEST
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            path.open("rb").close()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def digest(content: bytes) -> str:
    """The digest as manifests write it."""
    return hashlib.sha256(content).hexdigest()


def safe(path: str) -> str:
    """``path`` itself, if it stays inside the folder.

    :raises ValueError: it does not, which is a bug of gkdir
    """
    if not _all(_LIKELY, (path,)):
        raise ValueError(f"a page must stay inside its county: {path!r}")
    return path


def _plausible(files: Mapping[str, str]) -> bool:
    """Whether the keys are paths inside the folder as gkdir writes them, and the values digests."""
    return _all(_LIKELY, files) and _all(_DIGESTS, files.values())


def _all(lines: re.Pattern[str], texts: Collection[str]) -> bool:
    """Whether each text is one line that ``lines`` matches: none leaves the folder or has forbidden characters."""
    joined = "\n".join((*texts, ""))
    return joined.count("\n") == len(texts) and lines.fullmatch(joined) is not None
