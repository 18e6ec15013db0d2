"""What can be wrong, and where: places in files, troubles met while reading, findings of rules."""

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
    """A place a person can go to: ``county.yaml:31:9`` or ``就业.xlsx#就业!G12``.

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
        """The sort key that puts places in reading order."""
        row = int("".join(c for c in self.cell or "" if c.isdigit()) or 0)
        return self.file, self.line or 0, self.column or 0, self.sheet or "", row, self.cell or ""


class Severity(StrEnum):
    """How much a finding weighs: an error holds a county back."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


WORDS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
"""What each is called."""


class TroubleKind(StrEnum):
    """The kinds of trouble while reading; ``rules/reading.py`` has the rule of each."""

    UNREADABLE = "unreadable"  # the whole file makes no sense
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_VALUE = "wrong-value"
    MISSING_FILE = "missing-file"  # something names a file that is not there
    OUTSIDE = "outside"  # a path that climbs out of the project
    STRAY_FILE = "stray-file"  # a file where nothing reads it; nothing else is wrong with it
    NOT_A_ROW = "not-a-row"  # a body row of a table that could not be taken as an item
    INVISIBLE = "invisible"  # a character that takes no room; nothing else is wrong with it
    UNREAD_CELL = "unread-cell"  # words of a cell or heading that no grammar knows; what is known of it was read
    IN_THE_WAY = "in-the-way"  # something that is not gkdir's, where gkdir is to write
    STILL_LIVE = "still-live"  # a published folder that the project has nothing of
    HIDDEN = "hidden"  # a sheet, row or column that is hidden, read all the same; nothing else is wrong with it
    STRUCK = "struck"  # a text that is struck out: not read, named
    BESIDE = "beside"  # a comment, text box, picture or control: what is no text of a cell; not read, named


class Trouble(Struct, frozen=True):
    """Something that could not be read as it is written. Reading never judges: a rule turns it into a finding."""

    kind: TroubleKind
    place: Place
    message: str
    """Chinese: what is wrong."""
    hint: str = ""
    """Chinese: what to do."""


def wrong_value(place: Place, message: str, hint: str) -> Trouble:
    """What is written there in a way that its place does not allow."""
    return Trouble(TroubleKind.WRONG_VALUE, place, message, hint)


class Unreadable(Exception):
    """The one exception for files that cannot be read at all; it carries the trouble to report."""

    def __init__(self, place: Place, message: str, hint: str = "") -> None:
        super().__init__(f"{place}: {message}")
        self.trouble = Trouble(TroubleKind.UNREADABLE, place, message, hint)

    def __reduce__(self) -> tuple[type[Unreadable], tuple[Place, str, str]]:
        return type(self), (self.trouble.place, self.trouble.message, self.trouble.hint)


class Gathered(list[Trouble]):
    """The troubles that one reader has met, with those of the readers that it asks."""

    def taken_from(self, read: tuple[_Value, Iterable[Trouble]]) -> _Value:
        """What another reader has read; its troubles are kept here."""
        value, troubles = read
        self += troubles
        return value


class Finding(Struct, frozen=True):
    """What a rule found: message, place, the clause that asks for it, the remedy."""

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
    """All findings of the same cause, the first included, where this one stands for them."""
    form: str = ""
    """Where it is mended in the county's Excel form, in words; empty if the form has no place for it."""


_PARTICULAR = re.compile(r"[A-Za-z0-9_./：:-]+|“[^”]*”|《[^》]*》")
"""The parts in which equal remedies may differ: the file, the number or the name."""


def cause(finding: Finding) -> object:
    """What findings of one cause share: the county, the rule, and the remedy without names and numbers."""
    return finding.county, finding.rule, finding.severity, _PARTICULAR.sub("", finding.hint)


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with joined ones taken apart, for reports that mark every line or cell."""
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
    """The findings; one about a file that several counties share comes once, and belongs to no county."""
    counties = of_counties(project)
    kept: dict[object, Finding] = {}
    told: set[object] = set()
    for found in findings:
        where = (found.rule, found.place)
        if found.county is None:
            told.add(where)
        own = found.county is None or found.place.file.startswith(counties)
        key = found if own else where
        kept[key] = found if key not in kept else replace(found, county=None)
    return [found for key, found in kept.items() if key not in told]


def is_our_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is a bug of the program."""
    return any(found.name == OWN_FAULT for found in findings)


def of_counties(project: Path) -> str:
    """The common beginning of the paths of all counties' files."""
    return f"{project.as_posix()}/counties/".removeprefix("./")
