"""The outcome of a county in a build; small, because it is passed between processes and stored for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gkdir.finding import Finding


class State(StrEnum):
    """Whether a county was published, had not changed, or was held back."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"


class KnownManifest(Struct, frozen=True):
    """The entry ``about`` in the manifest of a published folder, and the digest of that manifest.

    ``numbered``: a byte for each file in the manifest, in its order: 1 if the file may contain numbers of persons, else
    0; ``None`` if that was not noted. As paths they would take 15 KB a county.
    """

    about: Mapping[str, str]
    digest: str
    numbered: bytes | None = None


class BuildOutcome(Struct, frozen=True):
    """The result of building one county.

    ``pages``: number of HTML files. ``urgent``: the last day of the first urgent notice to expire. ``sources``: the
    folders below ``counties`` that it was made from, usually its own; ``None`` if the result may differ next time.
    ``live``: the stamp of its published folder, which the next build compares. ``listed``: its manifest, for the page
    of all counties and the next build.
    """

    slug: str
    state: State
    findings: tuple[Finding, ...] = ()
    pages: int = 0
    urgent: date | None = None
    sources: tuple[str, ...] | None = None
    live: str | None = None
    listed: KnownManifest | None = None
