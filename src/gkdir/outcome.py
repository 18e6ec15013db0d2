"""What became of a county in a build; small, because it is passed between processes and kept for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gkdir.finding import Finding


class State(StrEnum):
    """What became of a county."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"


class KnownManifest(Struct, frozen=True):
    """What the manifest of a published folder is ``about``, and the digest of that manifest.

    ``numbered`` are the paths of the files that may hold numbers of persons; ``None`` if that was not noted.
    """

    about: Mapping[str, str]
    digest: str
    numbered: tuple[str, ...] | None = None


class BuildOutcome(Struct, frozen=True):
    """The result of building one county.

    ``pages`` is how many HTML files it has. ``urgent`` is the last day of an urgent notice on its pages. ``sources``
    are the folders of ``counties`` that it was made from, usually its own; ``None`` if the same sources could have
    another result next time. ``live`` is the stamp of its published folder, for the next build to compare, ``listed``
    what the page of all counties lists of it.
    """

    slug: str
    state: State
    findings: tuple[Finding, ...] = ()
    pages: int = 0
    urgent: date | None = None
    sources: tuple[str, ...] | None = None
    live: str | None = None
    listed: KnownManifest | None = None
