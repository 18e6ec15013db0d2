"""Old and new value of an element → the change in words: both texts, or for lists only the differences."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.diffing.compare import FieldChange
from gkdir.model.amendment import Amended


def amended(change: FieldChange) -> Amended:
    """The change in words. A list that was only reordered is shown completely."""
    old, new = (tuple(" ".join(text.split()) for text in texts) for texts in (change.old, change.new))
    removed = tuple(text for text in old if text not in new)
    added = tuple(text for text in new if text not in old)
    if (len(old) <= 1 and len(new) <= 1) or not (removed or added):
        return Amended(change.label, _whole(old), _whole(new))
    return Amended(change.label, removed=removed, added=added)


def _whole(texts: Sequence[str]) -> str | None:
    return "；".join(texts) or None
