"""A project → the addresses of other websites that its counties' files and its templates name, each with its places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from gkdir.finding import Place
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.read.folder import Root, files_within
from gkdir.read.passages import TEMPLATES
from gkdir.read.published import published
from gkdir.rules.addresses import closed

_IN_TEMPLATE = re.compile(r"https?://[^\s\"'<>{}()）。，；、]+", re.IGNORECASE)
_LARGEST = 2 << 20
_NAMES = ("http://www.w3.org/", "https://schema.org", "http://www.sitemaps.org/", "http://a9.com/")
"""Names that look like addresses."""


def addresses(project: Project, counties: Iterable[County]) -> Mapping[str, tuple[Place, ...]]:
    """The addresses that can be asked, in their order, with where they stand.

    What nobody outside can open is not among them: GK962 speaks of it. Nor is the county's own folder: GK961 does.
    """
    found: dict[str, dict[Place, None]] = {}
    for county in counties:
        above = [layer.place.file for layer in county.above]
        own = county.overlay.website.address or "\0"
        for text in published(project.folder, county.folder, above).texts:
            for line, written in text.addresses:
                if (address := asked(written)) and not address.startswith(own):
                    found.setdefault(address, {})[text.at(line)] = None
    for address, place in _in_templates(project.folder):
        found.setdefault(address, {})[place] = None
    return {address: tuple(found[address]) for address in sorted(found)}


def asked(written: str) -> str | None:
    """The address as a browser would ask for it; ``None`` where it is not one that can be asked."""
    address = unescape(written).rstrip(".,;:!?'")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    address = address.partition("#")[0]
    if not re.match(r"https?://[^/?]+", address, re.IGNORECASE) or closed(address) or address.startswith(_NAMES):
        return None
    return address


def _in_templates(project: Path) -> Iterator[tuple[str, Place]]:
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.suffix.lower() not in TEMPLATES or path.stat().st_size > _LARGEST:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for match in _IN_TEMPLATE.finditer(text):
            if address := asked(match[0]):
                yield address, Place(root.called(path), text.count("\n", 0, match.start()) + 1, 1)
