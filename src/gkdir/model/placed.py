"""The base of values that remember where they were written, and are compared without that."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class Placed(Struct, frozen=True, eq=False):
    """Equal content is an equal value, wherever it was written: fields named in ``apart`` are not compared."""

    apart: ClassVar[frozenset[str]] = frozenset({"written"})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in self.apart)
