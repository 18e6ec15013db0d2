"""Files that are published as they lie in a county's folder: ready forms, and what texts link to beside them."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place

PICTURES = ("png", "jpg", "jpeg", "gif", "webp")
"""Suffixes of the pictures that every browser shows."""


class FormFile(Struct, frozen=True):
    """A ready file that is published as it is: ``path`` relative to the project, ``size`` in bytes."""

    path: str
    size: int

    @property
    def suffix(self) -> str:
        """The file name extension: ``docx``."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""


class AttachedFile(FormFile, frozen=True, kw_only=True):
    """A file beside a text that links to it; ``target`` is how the text names it, unquoted and without ``./``.

    ``width`` and ``height`` are those of a picture that is whole, ``located`` whether it says where it was taken;
    ``words`` is what is written in it, from the text file of its name; ``members`` are the names of the files in a zip.
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
        """The file's own name, under which it is saved."""
        return self.path.rpartition("/")[2]

    @property
    def picture(self) -> bool:
        """Whether a page can show it."""
        return self.suffix in PICTURES
