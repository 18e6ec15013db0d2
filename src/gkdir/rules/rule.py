"""A rule: its name, severity and document, and the function that judges one subject. Nothing registers itself."""

from __future__ import annotations

import inspect
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar

from msgspec import Struct

from gkdir.finding import Finding, Place, Severity, Trouble, TroubleKind
from gkdir.model.county import Catalog, County
from gkdir.model.project import Project
from gkdir.model.reference import Reference
from gkdir.rules.requirements import REQUIREMENT

Subject = TypeVar("Subject")


class Fault(Struct, frozen=True):
    """One result of a rule: place, problem and remedy. The rule adds the rest of a finding.

    ``item`` is only given if the subject does not say which item it is about.
    """

    place: Place
    message: str
    hint: str = ""
    item: str | None = None


class Context(Struct, frozen=True, dict=True):
    """The data that a rule can use besides its subject.

    ``catalog`` is ``None`` if the county could not be laid; ages are counted up to ``today``; ``rules`` are all rules
    that run.
    """

    project: Project
    county: County
    catalog: Catalog | None
    today: date
    rules: tuple[Rule, ...] = ()

    @property
    def reference(self) -> Reference:
        """The project's reference data."""
        return self.project.reference

    def troubled(self, file: str, first: int = 0, last: int | None = None) -> bool:
        """Whether there were troubles of reading in these lines, so that a missing key may only be misspelt."""
        lines = self._troubled_lines.get(file, ())
        at = bisect_left(lines, first)
        return at < len(lines) and (last is None or lines[at] <= last)

    @cached_property
    def items(self) -> frozenset[str]:
        """The ids of all items of the nation and of the county, to which references to items can refer."""
        national = (item.id for directory in self.project.national.values() for item in directory.items)
        return frozenset(chain(national, (entry.item.id for entry in self.catalog.entries()) if self.catalog else ()))

    def last_line(self, addition: Place) -> int | None:
        """The last line that can belong to the item added at this place; ``None`` if it is the last in its file."""
        lines = self._addition_lines.get(addition.file, ())
        at = bisect_right(lines, addition.line or 0)
        return lines[at] - 1 if at < len(lines) else None

    @cached_property
    def _troubled_lines(self) -> dict[str, list[int]]:
        return _lines_by_file(trouble.place for trouble in self._weighty_troubles)

    @cached_property
    def _addition_lines(self) -> dict[str, list[int]]:
        layers = (self.county.overlay, *self.county.above, *self.county.towns)
        domains = [domain for layer in layers for domain in layer.domains.values()]
        return _lines_by_file(addition.place for domain in domains for addition in domain.additions)

    @property
    def _weighty_troubles(self) -> Iterator[Trouble]:
        """The troubles after which something may not have been read."""
        return (trouble for trouble in self.county.troubles if trouble.kind is not TroubleKind.INVISIBLE)

    @property
    def unsettled(self) -> bool:
        """Whether the list of items is uncertain because of a fault that is reported.

        Rules do not judge references to items against an uncertain list.
        """
        county, catalog = self.county, self.catalog
        files = {layer.place.file for layer in (county.overlay, *county.above, *county.towns)}
        if (
            catalog is None
            or catalog.unmatched_domains
            or any(one.place.file in files for one in self._weighty_troubles)
        ):
            return True
        return any(directory.unmatched for directory in catalog.directories.values())


def _lines_by_file(places: Iterable[Place]) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for place in places:
        lines[place.file].append(place.line or 0)
    return {file: sorted(found) for file, found in lines.items()}


class Rule(Struct, frozen=True):
    """One rule. ``on`` are the types of subjects that it judges, or columns, for what a layer wrote in them.

    ``document`` is Chinese Markdown with its own examples.
    """

    id: str
    name: str
    title: str
    severity: Severity
    requirement: str | None
    cite: str
    since: str
    on: tuple[type | str, ...]
    document: str
    judge: Callable[[Any, Context], Iterable[Fault]]

    def finding(self, fault: Fault, county: str | None, item: str | None = None) -> Finding:
        """The fault as a finding of this rule, about ``item`` unless the fault names another."""
        return Finding(
            rule=self.id,
            name=self.name,
            severity=self.severity,
            message=fault.message,
            hint=fault.hint,
            cite=self.cite,
            requirement=self.requirement,
            place=fault.place,
            county=county,
            item=fault.item or item,
        )


class rule(Struct, Generic[Subject], frozen=True):  # noqa: N801 - a decorator
    """The decorator with a rule's properties, which turns a function into a Rule."""

    id: str
    name: str
    title: str
    on: type[Subject] | str | tuple[type | str, ...]
    severity: Severity = Severity.ERROR
    requirement: str | None = None
    cite: str | None = None
    """The clause to cite; by default that of the requirement."""
    since: str = "0.1"

    def __call__(self, judge: Callable[[Subject, Context], Iterable[Fault]]) -> Rule:
        """The Rule with the function ``judge``, whose docstring is the rule's document."""
        words = REQUIREMENT[self.requirement].cite if self.cite is None and self.requirement else self.cite or ""
        return Rule(
            id=self.id,
            name=self.name,
            title=self.title,
            severity=self.severity,
            requirement=self.requirement,
            cite=words,
            since=self.since,
            on=self.on if isinstance(self.on, tuple) else (self.on,),
            document=inspect.cleandoc(judge.__doc__ or ""),
            judge=judge,
        )
