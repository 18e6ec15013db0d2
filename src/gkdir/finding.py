"""What can be wrong, and where: places in files, troubles from reading, findings of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

OWN_FAULT = "own-fault"
"""The name of the rule whose findings are bugs of the program."""


_Value = TypeVar("_Value")


class Place(Struct, frozen=True):
    """A place in a file: ``county.yaml:31:9`` or ``就业.xlsx#就业!G12``.

    ``file`` is relative to the project (or as the user named it), with ``/``; ``line`` and ``column`` count
    from 1, columns in code points; ``sheet`` and ``cell`` name a spreadsheet's cell.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None or self.cell is not None:
            return f"{self.file}#{self.sheet or ''}{'!' + self.cell if self.cell else ''}"
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part is not None)])

    @property
    def order(self) -> tuple[str, int, int, str, int, str]:
        """The sort key for reading order."""
        row = int("".join(c for c in self.cell or "" if c.isdigit()) or 0)
        return self.file, self.line or 0, self.column or 0, self.sheet or "", row, self.cell or ""


class Severity(StrEnum):
    """The severity of a finding; an error holds a county back."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


WORDS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
"""The Chinese names."""


class TroubleKind(StrEnum):
    """The kinds of trouble while reading; ``rules/reading.py`` has the rule of each."""

    UNREADABLE = "unreadable"  # the whole file cannot be read
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_VALUE = "wrong-value"
    MISSING_FILE = "missing-file"  # something names a file that is not there
    OUTSIDE = "outside"  # a path that leads out of the project
    STRAY_FILE = "stray-file"  # a file in a place where nothing reads it
    NOT_A_ROW = "not-a-row"  # a row of a table that could not be read as an item
    INVISIBLE = "invisible"  # an invisible character in a text that was read
    UNREAD_CELL = "unread-cell"  # words in a cell or heading that were not understood; the rest was read
    IN_THE_WAY = "in-the-way"  # a file that gkdir did not write, where it has to write
    STILL_LIVE = "still-live"  # a published county that is not in the project
    HIDDEN = "hidden"  # a hidden sheet, row or column, which was read
    STRUCK = "struck"  # a text that is struck out and was not read
    BESIDE = "beside"  # a comment, text box, picture or control, which was not read


class Trouble(Struct, frozen=True):
    """Something that could not be read as it is written. Reading never judges: a rule turns it into a finding."""

    kind: TroubleKind
    place: Place
    message: str
    """Chinese: what is wrong."""
    hint: str = ""
    """Chinese: what to do."""


def wrong_value(place: Place, message: str, hint: str) -> Trouble:
    """The trouble for a value that is not allowed there."""
    return Trouble(TroubleKind.WRONG_VALUE, place, message, hint)


class Unreadable(Exception):
    """The one exception for files that cannot be read at all; it carries the trouble to report."""

    def __init__(self, place: Place, message: str, hint: str = "") -> None:
        super().__init__(f"{place}: {message}")
        self.trouble = Trouble(TroubleKind.UNREADABLE, place, message, hint)

    def __reduce__(self) -> tuple[type[Unreadable], tuple[Place, str, str]]:
        return type(self), (self.trouble.place, self.trouble.message, self.trouble.hint)


class Gathered(list[Trouble]):
    """The troubles that one reader has met, with those of the readers that it calls."""

    def taken_from(self, read: tuple[_Value, Iterable[Trouble]]) -> _Value:
        """What another reader has read; its troubles are kept here."""
        value, troubles = read
        self += troubles
        return value


class Finding(Struct, frozen=True):
    """A finding of a rule: message, place, the clause that requires it (``cite``), the remedy (``hint``)."""

    rule: str
    name: str
    severity: Severity
    message: str
    hint: str
    cite: str
    requirement: str | None
    place: Place
    county: str | None = None
    item: str | None = None
    joined: tuple[Finding, ...] = ()
    """All findings of the same cause, this one included, if a report lists only this one."""
    form: str = ""
    """Where to correct it in the county's Excel form; empty if that is not possible there."""


_SPECIFIC = re.compile(r"[A-Za-z0-9_./：:-]+|“[^”]*”|《[^》]*》")
"""The parts in which the remedies of one cause differ: files, numbers and names."""


def cause(finding: Finding) -> object:
    """A key that findings of one cause share: county, rule, severity, and remedy without names and numbers."""
    return finding.county, finding.rule, finding.severity, _SPECIFIC.sub("", finding.hint)


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with joined ones listed individually, for reports that mark every line or cell."""
    return tuple(each for finding in findings for each in (finding.joined or (finding,)))


def holds_back(findings: Iterable[Finding], strict: bool = False) -> bool:
    """Whether the findings keep a county from being published: an error does, with ``strict`` also a warning."""
    weighty = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(finding.severity in weighty for finding in findings)


def holds_all_back(findings: Iterable[Finding], project: Path, strict: bool = False) -> bool:
    """Whether a finding about the project concerns every county; a stray folder in ``counties`` concerns none."""
    counties = of_counties(project)
    return holds_back((one for one in findings if not one.place.file.startswith(counties)), strict)


def shared_once(findings: Iterable[Finding], project: Path) -> list[Finding]:
    """The findings; one about a file that several counties share is listed once, without a county."""
    counties = of_counties(project)
    unique: dict[object, Finding] = {}
    project_wide: set[object] = set()
    for found in findings:
        where = (found.rule, found.place)
        if found.county is None:
            project_wide.add(where)
        own = found.county is None or found.place.file.startswith(counties)
        key = found if own else where
        unique[key] = found if key not in unique else replace(found, county=None)
    return [found for key, found in unique.items() if key not in project_wide]


def is_our_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is a bug of the program."""
    return any(found.name == OWN_FAULT for found in findings)


def of_counties(project: Path) -> str:
    """The path prefix of all counties' files."""
    return f"{project.as_posix()}/counties/".removeprefix("./")
