"""The report as data, and earlier reports in its folder → what has changed since the last one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from gkdir.harmless import json_text

FOLDER = "history"
_NAME = re.compile(r"history/(\d{4}-\d{2}-\d{2})\.json")
_MAX_BYTES = 50_000_000


class CountyLine(Struct, frozen=True):
    """One county in a report, with what is compared between reports. Field names are the keys of report.json."""

    county: str
    name: str
    code: str
    rank: int
    points: float
    indicators: Mapping[str, float]
    published: int
    omitted: int
    unexplained: int
    added: int
    guides: Mapping[str, int]
    shortened: int
    lapsed: int
    errors: int
    warnings: int
    families: Mapping[str, int]
    late: int
    failed: bool = False


class ReportData(Struct, frozen=True):
    """report.json: the day, the score sheet, and the counties by folder name."""

    generator: str
    date: date
    sheet: str
    full: int
    counties: tuple[CountyLine, ...]

    def line(self, county: str) -> CountyLine | None:
        """The county's line; ``None`` if it is not in the report."""
        return next((each for each in self.counties if each.county == county), None)

    def scored_as(self, other: ReportData) -> bool:
        """Whether points can be compared: both score sheets have the same name, total and indicator numbers."""
        return self._scale() == other._scale()

    def _scale(self) -> tuple[str, int, frozenset[str]]:
        return self.sheet, self.full, frozenset(number for each in self.counties for number in each.indicators)


def as_json(data: ReportData) -> bytes:
    """The bytes of report.json."""
    return (json_text(msgspec.to_builtins(data)) + "\n").encode()


def past(folder: Path, listed: Sequence[str], before: date) -> tuple[ReportData, ...]:
    """The reports of earlier days among the files ``listed`` in the folder's manifest, the newest first."""
    found = []
    for name in listed:
        match = _NAME.fullmatch(name)
        data = _read(folder / name) if match else None
        if data is not None and data.date < before:
            found.append(data)
    return tuple(sorted(found, key=lambda each: each.date, reverse=True))


def kept(folder: Path, listed: Sequence[str]) -> Mapping[str, bytes]:
    """The unchanged files of earlier reports, to keep beside the new one."""
    return {name: (folder / name).read_bytes() for name in listed if _NAME.fullmatch(name) and _read(folder / name)}


def path_of(day: date) -> str:
    """The path of the report of that day."""
    return f"{FOLDER}/{day.isoformat()}.json"


def _read(path: Path) -> ReportData | None:
    try:
        if path.is_symlink() or path.stat().st_size > _MAX_BYTES:
            return None
        return msgspec.json.decode(path.read_bytes(), type=ReportData)
    except (OSError, ValueError, RecursionError):
        return None
