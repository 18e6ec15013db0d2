"""Templates and the whole built sample → which pages are of which kind, so that no template goes without its tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gkdir.resources import template_folder

ASKED_FOR = "{county}/fragments/index.html"
"""For a clerk, and only with ``--fragments``."""
AT_ANY_ADDRESS = "404.html"
"""Its links are those of a server; on a disk they lead nowhere."""
LONG = 100_000
"""Bytes of a page that has more of the same and nothing new."""


def kinds() -> tuple[str, ...]:
    """Every template of a page, by its path, which is also the shape of its pages' addresses."""
    found = (path.relative_to(template_folder()).as_posix() for path in template_folder().rglob("*.html"))
    return tuple(sorted(path for path in found if not path.startswith("_") and path not in (ASKED_FOR, AT_ANY_ADDRESS)))


KINDS = kinds()


@dataclass(frozen=True)
class Whole:
    """The built sample: where it is, and the addresses of each kind's pages, the fullest first."""

    folder: Path
    pages: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, folder: Path, pages: Mapping[str, Sequence[str]]) -> Whole:
        """The site in ``folder``, where these pages are of these kinds."""
        return cls(
            folder,
            {
                kind: tuple(sorted(of_kind, key=lambda page: (-(folder / page).stat().st_size, page)))
                for kind, of_kind in pages.items()
            },
        )

    def fullest(self, kind: str) -> Path:
        """The page of a kind that has most to show, but not the longest directory."""
        sizes = {page: (self.folder / page).stat().st_size for page in self.pages[kind]}
        return self.folder / next((page for page in sizes if sizes[page] < LONG), min(sizes, key=sizes.__getitem__))

    def barest(self, kind: str) -> Path:
        """The page of a kind that has least to show: no guide, no form, no number of its own."""
        return self.folder / self.pages[kind][-1]
