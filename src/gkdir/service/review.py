"""Entries of 审核 and the current digests of a county's files → which stages have reviewed each current version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.review import GONE, STAGES, Signing
from gkdir.read.reviewed import digest_of_all, seal_of


class FileReview(Struct, frozen=True):
    """A file: its current ``digest`` (``GONE`` if it was deleted), and for each stage the last entry that names it."""

    path: str
    digest: str
    last: tuple[Signing | None, ...]

    def holds(self, stage: int) -> bool:
        """Whether its current version was reviewed at ``stage`` (1 to 3)."""
        signing = self.last[stage - 1]
        return signing is not None and signing.files[self.path] == self.digest

    @property
    def reached(self) -> int:
        """The number of stages that it has passed without a gap, from the first."""
        passed = [self.holds(stage) for stage in range(1, len(STAGES) + 1)]
        return next((index for index, held in enumerate(passed) if not held), len(STAGES))

    @property
    def stale(self) -> Signing | None:
        """The entry of the highest stage that is about an earlier version; ``None`` if there is none."""
        old = [each for stage, each in enumerate(self.last, 1) if each is not None and not self.holds(stage)]
        return old[-1] if old else None


def file_reviews(signings: Sequence[Signing], now: Mapping[str, str]) -> tuple[FileReview, ...]:
    """The reviews of all files in ``now`` (path → digest) and of deleted ones that were reviewed, sorted by path."""
    last: dict[str, list[Signing | None]] = {path: [None] * len(STAGES) for path in now}
    for signing in valid_signings(signings):
        for path in signing.files:
            last.setdefault(path, [None] * len(STAGES))[signing.stage - 1] = signing
    found = (FileReview(path, now.get(path, GONE), tuple(entries)) for path, entries in sorted(last.items()))
    return tuple(each for each in found if each.digest != GONE or any(each.last))


def valid_signings(signings: Sequence[Signing]) -> Iterator[Signing]:
    """The entries with a right digest and seal, each with all its files.

    Entries written by old versions have no seal; after the first entry with a seal, every entry must have one.
    """
    known: dict[str, Mapping[str, str]] = {}
    sealed = False
    for signing in signings:
        sealed = sealed or signing.seal is not None
        seal = seal_of(signing.stage_name, signing.by, signing.on, signing.digest) if sealed else None
        if signing.seal != seal:
            continue
        if signing.files and digest_of_all(signing.files) == signing.digest:
            known[signing.digest] = signing.files
            yield signing
        elif not signing.files and signing.digest in known:
            yield replace(signing, files=known[signing.digest])


def invalid_signings(signings: Sequence[Signing]) -> tuple[Signing, ...]:
    """The other entries: digest or seal is wrong, so they were changed by hand."""
    sound = {each.place for each in valid_signings(signings)}
    return tuple(each for each in signings if each.place not in sound)


def to_review(reviews: Sequence[FileReview], stage: int) -> Mapping[str, str]:
    """The files not yet reviewed at ``stage``: path → digest."""
    return {each.path: each.digest for each in reviews if not each.holds(stage)}
