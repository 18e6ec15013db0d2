"""A part of an office file (xlsx, docx) → the parts that it is related to."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from gkdir.read.archive import Archive


class Relation(Struct, frozen=True):
    """A relation to the part at ``path``. ``kind`` is the last segment of the relation's type."""

    id: str
    kind: str
    path: str


def relations(archive: Archive, part: str) -> tuple[Relation, ...]:
    """The relations of ``part`` (the empty name: of the file itself) to parts of the same file.

    :raises Unreadable: the list of relations is broken
    """
    folder = part.rpartition("/")[0]
    found: list[Relation] = []
    for one in _listed(archive, part):
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            path = posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
            found.append(Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path))
    return tuple(found)


def addresses(archive: Archive, part: str) -> dict[str, str]:
    """Relation id → external address that the part links to. Raises like :func:`relations`."""
    outside = (one for one in _listed(archive, part) if one.get("TargetMode") == "External")
    return {one.get("Id", ""): one.get("Target", "") for one in outside}


def _listed(archive: Archive, part: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            found.append(attributes)

    folder, _, name = part.rpartition("/")
    listed = posixpath.join(folder, "_rels", name + ".rels")
    if listed in archive:
        archive.parse(listed, start)
    return found


def related(found: tuple[Relation, ...], kind: str) -> str | None:
    """The path of the last part of this kind, if there is one."""
    return next((relation.path for relation in reversed(found) if relation.kind == kind), None)
