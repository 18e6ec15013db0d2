"""Many faults in the sample → what is wrong with the findings of each, in few checks of the sample.

A check takes a fifth of a second. Faults that do not affect each other are made at once; each must be found once, on
its line, and nothing else. If a finding is missing, or there are more, halves of them are tried, down to single faults:
a fault fails only alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.rules.faults import Fault, Sample, holding, text_of

from gkdir.finding import Finding

MOST = 24
"""The most faults at once."""


def verdicts(sample: Sample, faults: Iterable[Fault]) -> Mapping[Fault, str]:
    """What is wrong with the findings of each fault; blank if it is found once, on its line, by its rule alone."""
    batches: list[Batch] = []
    for fault in faults:
        if not any(batch.add(fault) for batch in batches):
            batches.append(Batch(sample.county, [fault]))
    told: dict[Fault, str] = {}
    for batch in batches:
        told |= _verdicts(sample, batch)
    return told


def _verdicts(sample: Sample, batch: Batch) -> Mapping[Fault, str]:
    with holding(sample.county, batch.texts()):
        found = sample.more()
    wrong = _differs(batch, found)
    if len(batch.faults) == 1 or not wrong:
        return dict.fromkeys(batch.faults, wrong)
    half = len(batch.faults) // 2
    parts = (Batch(sample.county, some) for some in (batch.faults[:half], batch.faults[half:]))
    return {fault: said for part in parts for fault, said in _verdicts(sample, part).items()}


def _differs(batch: Batch, found: Sequence[Finding]) -> str:
    """The missing findings of the faults, and the unexpected ones."""
    left, missing = list(found), []
    for fault in batch.faults:
        line = batch.line(fault)
        own = [one for one in left if (one.rule, one.place.line) == (fault.rule, line)]
        own = [one for one in own if line is None or one.place.file.endswith(f"/{fault.file}")]
        if own:
            left.remove(own[0])
        elif fault.rule:
            missing.append(f"no {fault.rule} in {fault.file} on line {line}")
    return "\n".join((*missing, *(f"{one.place} {one.rule} {one.message}" for one in left)))


class Edit(NamedTuple):
    """The change of a fault: the characters from ``start`` to ``end`` become ``now``."""

    start: int
    end: int
    now: str

    @classmethod
    def of(cls, fault: Fault, text: str) -> Edit:
        """The change without lines that are equal."""
        assert fault.was in text, fault
        if not fault.was:
            return cls(0, len(text), fault.now)
        was, now = fault.was.splitlines(keepends=True), fault.now.splitlines(keepends=True)
        start = text.index(fault.was)
        while was and now and was[0] == now[0]:
            start += len(was.pop(0))
            now.pop(0)
        while was and now and was[-1] == now[-1]:
            was.pop()
            now.pop()
        return cls(start, start + len("".join(was)), "".join(now))

    @property
    def longer(self) -> int:
        return len(self.now) - (self.end - self.start)

    @property
    def key(self) -> str:
        """What is added: the key of a mapping, or the element of a list."""
        first = self.now.strip().partition("\n")[0]
        return first if first.startswith("-") else first.partition(":")[0]

    def touches(self, other: Edit) -> bool:
        """Whether both change the same characters, or add the same key in the same place."""
        twice = self.start == other.start and self.key == other.key
        return twice or (self.start < other.end and other.start < self.end)


class Batch:
    """Faults that are made at once."""

    def __init__(self, county: Path, faults: Sequence[Fault] = ()) -> None:
        self._county = county
        self.faults: list[Fault] = []
        self._edits: dict[Fault, Edit] = {}
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> bool:
        """Add the fault, unless it touches another, or its new file exists already."""
        edit = Edit.of(fault, self._before(fault.file))
        own = [self._edits[other] for other in self.faults if other.file == fault.file]
        if self.faults and (fault.alone or self.faults[0].alone):
            return False
        if len(self.faults) == MOST or any(edit.touches(other) for other in own) or (own and not fault.was):
            return False
        self.faults.append(fault)
        self._edits[fault] = edit
        return True

    def texts(self) -> Mapping[str, str]:
        """The files with all the faults."""
        return {file: self._text(file) for file in dict.fromkeys(fault.file for fault in self.faults)}

    def line(self, fault: Fault) -> int | None:
        """The line on which the fault must be found, in the file with all the faults."""
        if fault.at is None:
            return None
        edit, before = self._edits[fault], self._before(fault.file)
        at = f"{before[: edit.start]}{edit.now}{before[edit.end :]}".index(fault.at)
        own = edit.start <= at < edit.start + len(edit.now)
        at -= edit.longer if at >= edit.start + len(edit.now) else 0
        earlier = self._earlier(fault) if own else (one for one in self._of(fault.file) if one.end <= at)
        return self._text(fault.file)[: at + sum(one.longer for one in earlier)].count("\n") + 1

    def _earlier(self, fault: Fault) -> Sequence[Edit]:
        edits = self._of(fault.file)
        return edits[: edits.index(self._edits[fault])]

    def _of(self, file: str) -> Sequence[Edit]:
        return sorted((self._edits[one] for one in self.faults if one.file == file), key=lambda edit: edit[:2])

    def _text(self, file: str) -> str:
        text = self._before(file)
        for edit in reversed(self._of(file)):
            text = f"{text[: edit.start]}{edit.now}{text[edit.end :]}"
        return text

    def _before(self, file: str) -> str:
        return text_of(self._county / file)
