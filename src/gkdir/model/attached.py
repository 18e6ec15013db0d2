"""Files of a county's folder that are published unchanged: ready forms, and files that texts link to."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place

PICTURES = ("png", "jpg", "jpeg", "gif", "webp")
"""Suffixes of the pictures that every browser shows."""


class FormFile(Struct, frozen=True):
    """A file that is published unchanged: ``path`` relative to the project, ``size`` in bytes."""

    path: str
    size: int

    @property
    def suffix(self) -> str:
        """The file name extension: ``docx``."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""


class AttachedFile(FormFile, frozen=True, kw_only=True):
    """A file that a text in the same folder links to; ``target``: the link, unquoted and without ``./``.

    ``width``, ``height``: pixels of a valid picture, else 0; ``located``: whether it contains GPS coordinates;
    ``words``: its text, from the .txt file of the same name; ``members``: the names of the files in a zip.
    """

    target: str
    place: Place
    width: int = 0
    height: int = 0
    located: bool = False
    words: str | None = None
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file name, under which browsers save it."""
        return self.path.rpartition("/")[2]

    @property
    def picture(self) -> bool:
        """Whether a page can show it."""
        return self.suffix in PICTURES
