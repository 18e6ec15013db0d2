"""A function of the bytes of a file → the same function, which examines equal bytes only once in a run.

The forms of a province lie in the folders of all its counties.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import TypeVar

Result = TypeVar("Result")
_LARGEST = 256 << 10
"""Bytes of a file: what a larger one says is too much to be kept."""
_MOST = 500


def once(look: Callable[[bytes, str], Result]) -> Callable[[bytes, str], Result]:
    """The function, which must depend on nothing but the bytes and the suffix, and give what cannot be changed."""
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
