"""An output folder written before gkdir had root manifests → a note of which files are gkdir's, for ``publish_files``.

Early versions wrote a manifest only in the counties' folders. Of the files next to these folders, gkdir takes as its
own only those that a county's manifest lists with the same path and digest, and the two files that only the page of all
counties has, recognised by their content. A PDF names the program that made it, and is taken as gkdir's under the name
that gkdir gives it. Everything else is left alone and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gkdir.publish.manifest import MANIFEST, digest, read_manifest
from gkdir.publish.shared import note
from gkdir.publish.write import published
from gkdir.search.index import PATH as SEARCH_INDEX
from gkdir.search.index import START

_PAGE = (b'<main id="main" class="frame"', b'<script src="assets/site.js"')
_SHEET = b"/Creator(Typst "


def adopt_root(out: Path) -> None:
    """Note which root files in ``out`` are gkdir's, if there is no root manifest yet."""
    if (out / MANIFEST).exists():
        return
    sums: dict[str, set[str]] = {}
    for slug, listed in published(out):
        manifest = read_manifest(out / slug) if listed else None
        for path, sum_ in manifest.files.items() if manifest else ():
            if path.startswith("assets/"):
                sums.setdefault(path, set()).add(sum_)

    def own(path: str, content: bytes) -> bool:
        if path == "index.html":
            return all(mark in content for mark in _PAGE)
        return content.startswith(START.encode()) if path == SEARCH_INDEX else digest(content) in sums[path]

    if sums:
        note(out, _own(out, ("index.html", SEARCH_INDEX, *sums), own))


def adopt_sheets(folder: Path, paths: Iterable[str]) -> None:
    """Note which of the PDFs at ``paths`` are unchanged earlier prints, if they have no manifest yet."""
    if not (folder / MANIFEST).exists():
        note(folder, _own(folder, paths, lambda _, content: _SHEET in content))


def _own(folder: Path, paths: Iterable[str], own: Callable[[str, bytes], bool]) -> Iterator[tuple[str, str]]:
    for path in paths:
        file = folder / path
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if own(path, content):
                yield path, digest(content)
