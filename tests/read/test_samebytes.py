"""Equal bytes are examined once; other bytes, another suffix and large files are examined by themselves."""

from __future__ import annotations

from gkdir.read.samebytes import once


def test_the_same_bytes_are_looked_at_once() -> None:
    looked = []

    @once
    def look(data: bytes, suffix: str) -> str:
        looked.append((data[:3], suffix))
        return f"{len(data)} {suffix}"

    small, large = b"abc", b"xyz" * 200_000
    assert [look(data, suffix) for data in (small, large) for suffix in ("a", "b", "a")] == [
        *("3 a", "3 b", "3 a"),
        *("600000 a", "600000 b", "600000 a"),
    ]
    assert looked == [(b"abc", "a"), (b"abc", "b"), (b"xyz", "a"), (b"xyz", "b"), (b"xyz", "a")]
