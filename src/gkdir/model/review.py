"""审核: who read which version of a county's files before it was published, as values. A record, without passwords."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gkdir.finding import Place

STAGES = ("一审", "二审", "三审")
GONE = "无"
"""What stands for the digest of a file that is not there any more."""


class Signing(Struct, frozen=True):
    """One entry: ``by`` has read, at ``stage`` (1 to 3), the files with these digests.

    ``digest`` is that of all of them. ``files`` is empty where an earlier entry with the same digest has them.
    """

    stage: int
    by: str
    on: date
    digest: str
    place: Place
    files: Mapping[str, str] = {}
