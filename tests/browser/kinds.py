"""Templates and the whole built sample → which pages use which template, so that each template is tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gkdir.resources import template_folder

ASKED_FOR = "{county}/fragments/index.html"
"""Pages made only with ``--fragments``."""
AT_ANY_ADDRESS = "404.html"
"""The page whose links are from the server's root; they do not work from disk."""
LONG = 100_000
"""From this many bytes on, a page only repeats what shorter ones have."""


def kinds() -> tuple[str, ...]:
    """The path of every page template, which is also the form of its pages' addresses."""
    found = (path.relative_to(template_folder()).as_posix() for path in template_folder().rglob("*.html"))
    return tuple(sorted(path for path in found if not path.startswith("_") and path not in (ASKED_FOR, AT_ANY_ADDRESS)))


KINDS = kinds()


@dataclass(frozen=True)
class Whole:
    """The built sample: its folder, and the addresses of each template's pages, those with most content first."""

    folder: Path
    pages: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, folder: Path, pages: Mapping[str, Sequence[str]]) -> Whole:
        """The site in ``folder``; ``pages`` maps templates to addresses."""
        return cls(
            folder,
            {
                kind: tuple(sorted(of_kind, key=lambda page: (-(folder / page).stat().st_size, page)))
                for kind, of_kind in pages.items()
            },
        )

    def fullest(self, kind: str) -> Path:
        """The page of a kind with most content, except the longest directories."""
        sizes = {page: (self.folder / page).stat().st_size for page in self.pages[kind]}
        return self.folder / next((page for page in sizes if sizes[page] < LONG), min(sizes, key=sizes.__getitem__))

    def barest(self, kind: str) -> Path:
        """The page of a kind with least content: no guide, no form, no number of its own."""
        return self.folder / self.pages[kind][-1]
