"""Navigation: life events, audiences and questions, each leading to items; ways.yaml as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.model.placed import Placed

DEPTH = 7
"""The most questions on any path."""


_CASE = re.compile(r"([^，。；]{2,30}的)，(.+)")


class Use(Struct, frozen=True):
    """An item of an event or result; ``purpose`` says in a few words what it is needed for.

    A purpose that begins with whom it concerns (``卡丢了的，马上挂失``) is only for those.
    """

    item: str
    purpose: str
    place: Place

    @property
    def case(self) -> str:
        """Whom it concerns; empty if everybody."""
        found = _CASE.fullmatch(self.purpose)
        return found[1] if found else ""

    @property
    def task(self) -> str:
        """The purpose without that."""
        found = _CASE.fullmatch(self.purpose)
        return found[2] if found else self.purpose


class Event(Struct, frozen=True):
    """One life event (一件事): its items in order.

    ``slug`` is its address; it and ``line`` are empty where a county only adds to an event of the country.
    """

    name: str
    place: Place
    slug: str = ""
    line: str = ""
    uses: tuple[Use, ...] = ()
    opening: str = ""
    """A word to whom it happened, at the head of its page."""

    def over(self, above: Event) -> Event:
        """This one laid over ``above``: its values take precedence, new items come last, replaced ones stay put."""
        own = {use.item: use for use in self.uses}
        known = {use.item for use in above.uses}
        uses = (*(own.get(use.item, use) for use in above.uses), *(use for use in self.uses if use.item not in known))
        line, opening = self.line or above.line, self.opening or above.opening
        return replace(self, slug=self.slug or above.slug, line=line, opening=opening, uses=uses)


class Audience(Struct, frozen=True):
    """One kind of people (人群)."""

    name: str
    place: Place
    slug: str = ""
    line: str = ""

    def over(self, above: Audience) -> Audience:
        """This one laid over ``above``; its values take precedence."""
        return replace(self, slug=self.slug or above.slug, line=self.line or above.line)


class Result(Struct, frozen=True, tag=True):
    """The result of answers: what somebody in this situation can do."""

    title: str
    line: str = ""
    uses: tuple[Use, ...] = ()


class Answer(Struct, frozen=True):
    """One answer, the address of the page it leads to, and its question or result."""

    text: str
    slug: str
    then: Question | Result


class Question(Struct, frozen=True, tag=True):
    """One question with its answers. Several answers may lead to one page, all after as many questions: it ends."""

    text: str
    hint: str = ""
    answers: tuple[Answer, ...] = ()


class Ways(Placed, frozen=True):
    """What one ways.yaml says, or several laid over each other, and the questions of wizard.yaml.

    ``questions`` are what people ask, each with the id of the item that answers it; ``events`` and ``audiences`` are
    by name, ``served`` has the names of audiences by item id, ``lines`` what an item is, in one sentence for anybody,
    ``notes`` are sentences that one must know before going, each with the ids of the items that it is about.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"served_places"})

    questions: Mapping[str, Written] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    served: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    served_places: Mapping[str, Place] = field(default_factory=dict)
    wizard: Question | None = None
    lines: Mapping[str, Written] = field(default_factory=dict)
    notes: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)

    def notes_by_item(self) -> Mapping[str, tuple[str, ...]]:
        """The sentences about each item that has any, in the order in which they were written."""
        found: dict[str, tuple[str, ...]] = {}
        for sentence, items in self.notes.items():
            for item in items:
                found[item.text] = (*found.get(item.text, ()), sentence)
        return found

    def over(self, above: Ways) -> Ways:
        """This file laid over ``above``: its questions come first, its entries for an item take precedence."""
        events, audiences = dict(above.events), dict(above.audiences)
        for event in self.events.values():
            events[event.name] = event.over(events[event.name]) if event.name in events else event
        for audience in self.audiences.values():
            name = audience.name
            audiences[name] = audience.over(audiences[name]) if name in audiences else audience
        return Ways(
            {**self.questions, **{ask: item for ask, item in above.questions.items() if ask not in self.questions}},
            events,
            audiences,
            {**above.served, **self.served},
            {**above.served_places, **self.served_places},
            self.wizard or above.wizard,
            {**above.lines, **self.lines},
            {**above.notes, **self.notes},
        )


NO_WAYS = Ways()
"""No navigation: items are found by directory, letter and search."""


def paths(question: Question, above: tuple[Answer, ...] = ()) -> Iterator[tuple[tuple[Answer, ...], Result]]:
    """Every way through the questions: the answers given, and the result they lead to."""
    for answer in question.answers:
        way = (*above, answer)
        if isinstance(answer.then, Question):
            yield from paths(answer.then, way)
        else:
            yield way, answer.then
