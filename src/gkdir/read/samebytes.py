"""A function of a file's bytes → the same function with a cache, so that equal bytes are examined once in a run.

The counties of a province have copies of the same forms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import TypeVar

Result = TypeVar("Result")
_LARGEST = 256 << 10
"""The most bytes of a file; results for larger ones are too large to be cached."""
_MOST = 500


def once(look: Callable[[bytes, str], Result]) -> Callable[[bytes, str], Result]:
    """The cached function; its result must depend only on the bytes and the suffix, and be immutable."""
    known: dict[tuple[bytes, str], Result] = {}

    @wraps(look)
    def looked(data: bytes, suffix: str) -> Result:
        if len(data) > _LARGEST:
            return look(data, suffix)
        key = blake2b(data, digest_size=20).digest(), suffix
        if key not in known:
            if len(known) == _MOST:
                known.clear()
            known[key] = look(data, suffix)
        return known[key]

    return looked
