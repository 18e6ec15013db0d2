"""A folder filled by a gkdir that wrote no manifest for it → what of it is gkdir's, noted for ``publish_files``.

At first only the counties' folders had a manifest. Files beside them are taken over where they can hardly be anybody
else's: what stands with the same digest in a county's manifest under the same path, and the two files that only the
page of all counties has, known by what only gkdir's have in them. A printed sheet bears the name of what set it, and
is taken over under the name that gkdir gives it. Everything else is left alone, and the user is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gkdir.publish.manifest import MANIFEST, digest, read_manifest
from gkdir.publish.shared import note
from gkdir.publish.write import published
from gkdir.search.index import PATH as SEARCH_INDEX

_PAGE = (b'<main id="main" class="frame"', b'<script src="assets/search.js"')
_INDEX = b"window.gkdirIndex="
_SHEET = b"/Creator(Typst "


def adopt_root(out: Path) -> None:
    """Note what is gkdir's beside the counties of ``out``, if there is no manifest of that yet."""
    if (out / MANIFEST).exists():
        return
    sums: dict[str, set[str]] = {}
    for slug, _ in published(out):
        manifest = read_manifest(out / slug)
        for path, sum_ in manifest.files.items() if manifest else ():
            if path.startswith("assets/"):
                sums.setdefault(path, set()).add(sum_)

    def own(path: str, content: bytes) -> bool:
        if path == "index.html":
            return all(mark in content for mark in _PAGE)
        return content.startswith(_INDEX) if path == SEARCH_INDEX else digest(content) in sums[path]

    if sums:
        note(out, _own(out, ("index.html", SEARCH_INDEX, *sums), own))


def adopt_sheets(folder: Path, paths: Iterable[str]) -> None:
    """Note which of the sheets at ``paths`` are there as printed before, if there is no manifest of them yet."""
    if not (folder / MANIFEST).exists():
        note(folder, _own(folder, paths, lambda _, content: _SHEET in content))


def _own(folder: Path, paths: Iterable[str], own: Callable[[str, bytes], bool]) -> Iterator[tuple[str, str]]:
    for path in paths:
        file = folder / path
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if own(path, content):
                yield path, digest(content)
