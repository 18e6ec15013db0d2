"""Counties → a result for each: computed, or for unchanged counties taken from an earlier run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os.path import realpath
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from gkdir import cache
from gkdir.buildoptions import BuildOptions
from gkdir.sources import Sources, name_of
from gkdir.stamps import FolderDigests, Known
from gkdir.workers import Workforce, each_county
from gkdir.workers.worker import Work

Value = TypeVar("Value")
WithSources = tuple[Value, tuple[str, ...] | None]
"""A county's result, and the folders below ``counties`` that it was made from; ``None`` if these are uncertain."""


def each_value(
    work: Work[WithSources[Value]], slugs: Sequence[str], workforce: Workforce, memory: Remembered[Value] | None
) -> Iterator[Value]:
    """The value of each county, in order; with a ``memory``, only changed counties are computed."""
    if memory is not None:
        return memory.each(work, slugs, workforce)
    return (value for value, _ in each_county(work, slugs, workforce))


class _Known(Struct, Generic[Value], frozen=True):
    key: str
    sources: tuple[str, ...]
    value: Value


class _KeptValues(Struct, Generic[Value]):
    folders: dict[str, Known] = {}
    counties: dict[str, _Known[Value]] = {}


class Remembered(Generic[Value]):
    """The values of type ``made`` of an earlier run for each county, stored as ``kind`` in the cache.

    It must be created before anything is read, so that later changes are noticed.
    """

    def __init__(self, kind: str, made: type[Value], options: BuildOptions) -> None:
        self._options = options
        self._name = name_of(kind, Path(realpath(options.project)))
        self._kept = cache.kept_value(self._name, _KeptValues[made]) or _KeptValues()  # type: ignore[valid-type]
        self._now = cache.now()
        self._contents = FolderDigests(self._kept.folders, self._now, Path(realpath(options.project)))
        out = None if options.out == Path() else Path(realpath(options.out))
        self._sources = Sources(options, None if self._now is None else self._contents, out)

    def each(self, work: Work[WithSources[Value]], slugs: Sequence[str], workforce: Workforce) -> Iterator[Value]:
        """The value of each county, in order: from the earlier run if nothing has changed, else from ``work``."""
        for slug in slugs:
            self._sources.look(slug)
        same = {slug: known.value for slug in slugs if (known := self._same(slug)) is not None}
        fresh = each_county(work, [slug for slug in slugs if slug not in same], workforce)
        for slug in slugs:
            yield same[slug] if slug in same else self._noted(slug, *next(fresh))
        if len(same) < len(slugs) or self._contents.fresh:
            self._save(slugs)

    def _same(self, slug: str) -> _Known[Value] | None:
        known = self._kept.counties.get(slug)
        return known if known is not None and known.key == self._sources.key(known.sources) else None

    def _noted(self, slug: str, value: Value, sources: tuple[str, ...] | None) -> Value:
        key = self._sources.key(sources)
        if key is None or sources is None:
            self._kept.counties.pop(slug, None)
        else:
            self._kept.counties[slug] = _Known(key, sources, value)
        return value

    def _save(self, slugs: Iterable[str]) -> None:
        """Store the values; without deleted counties, if all counties were requested."""
        if self._now is None:
            return
        if self._options.counties:
            self._kept.folders.update(self._contents.seen)
        else:
            self._kept.folders = self._contents.seen
            self._kept.counties = {slug: self._kept.counties[slug] for slug in slugs if slug in self._kept.counties}
        cache.keep_value(self._name, self._kept)
