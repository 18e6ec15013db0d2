"""Navigation: life events, audiences and questions, each leading to items; ways.yaml as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.declared import ByName, Key, Matching, OwnKey, PlacesUnder
from gkdir.model.item import Placed, Written
from gkdir.model.synonyms import Names

DEPTH = 7
"""The most questions on any path."""


_CASE = re.compile(r"([^，。；]{2,30}的)，(.+)")


class Use(Struct, frozen=True):
    """An item of an event or result; ``purpose``: what it is needed for, in a few words.

    A purpose may begin with the people whom it concerns: ``卡丢了的，马上挂失``.
    """

    item: str
    purpose: str
    place: Place

    @property
    def case(self) -> str:
        """The people whom it concerns; empty for everybody."""
        found = _CASE.fullmatch(self.purpose)
        return found[1] if found else ""

    @property
    def task(self) -> str:
        """The purpose without these people."""
        found = _CASE.fullmatch(self.purpose)
        return found[2] if found else self.purpose


SLUG = Matching(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,7}", "只用小写英文字母、数字和短横线，以字母开头，如 lost-job。")
Slug = Annotated[str, SLUG]
Uses = Annotated[tuple[Use, ...], ByName(at_name=True)]


class Event(Struct, frozen=True):
    """One life event (一件事): its items in order.

    ``slug`` is its address; it and ``line`` are empty if a county only adds items to a national event.
    """

    called: ClassVar[str] = "一件事"

    name: Annotated[str, OwnKey()]
    place: Place
    slug: Annotated[Slug, Key("网址", "它的页面在网址里叫什么。新的一件事要写。", "lost-job")] = ""
    line: Annotated[str, Key("说明", "名称下面的一句短话。", "先登记，再申领失业保险金")] = ""
    uses: Annotated[
        Uses,
        Key(
            "事项",
            "按办理的先后：领域/编号，和办它做什么。只有一部分人办的，先写是什么样的人：“卡丢了的，马上挂失”。",
            {"employment/4.1": "先办失业登记"},
        ),
    ] = ()
    opening: Annotated[str, Key("开头", "页面开头对当事人说的一句话。", "请节哀。符合哪条办哪条。")] = ""
    """A sentence at the top of its page for the people concerned."""

    def over(self, above: Event) -> Event:
        """This one laid over ``above``: its values take precedence; new items come last, others keep their place."""
        own = {use.item: use for use in self.uses}
        known = {use.item for use in above.uses}
        uses = (*(own.get(use.item, use) for use in above.uses), *(use for use in self.uses if use.item not in known))
        line, opening = self.line or above.line, self.opening or above.opening
        return replace(self, slug=self.slug or above.slug, line=line, opening=opening, uses=uses)


class Audience(Struct, frozen=True):
    """One kind of people (人群)."""

    called: ClassVar[str] = "人群"

    name: Annotated[str, OwnKey()]
    place: Place
    slug: Annotated[Slug, Key("网址", "它的页面在网址里叫什么。新的人群要写。", "veterans")] = ""
    line: Annotated[str, Key("说明", "名称下面的一句短话。")] = ""

    def over(self, above: Audience) -> Audience:
        """This one laid over ``above``; its values take precedence."""
        return replace(self, slug=self.slug or above.slug, line=self.line or above.line)


class Result(Struct, frozen=True, tag=True):
    """The result of the answers: what people in this situation can do."""

    title: str
    line: str = ""
    uses: tuple[Use, ...] = ()


class Answer(Struct, frozen=True):
    """One answer, the address of the page it leads to, and its question or result."""

    text: str
    slug: str
    then: Question | Result


class Question(Struct, frozen=True, tag=True):
    """One question with its answers. Answers may share a page, but only at the same depth, so there are no loops."""

    text: str
    hint: str = ""
    answers: tuple[Answer, ...] = ()


class Navigation(Placed, frozen=True):
    """The content of one ways.yaml, or of several laid over each other, and the questions of wizard.yaml.

    ``questions``: what people ask → the id of the item that answers it. ``events``, ``audiences``: by name. ``served``:
    item id → names of audiences. ``lines``: item id → a sentence that describes the item. ``notes``: what people must
    know before they go → the ids of the items concerned.
    """

    not_compared: ClassVar[frozenset[str]] = frozenset({"served_places"})

    called: ClassVar[str] = "入口"
    questions: Annotated[
        Mapping[str, Written],
        Key(
            "常有人问",
            "首页搜索框下面的问题，和回答它的事项：领域/编号。",
            {"失业了能领什么钱": "social_insurance/7.1"},
        ),
    ] = field(default_factory=dict)
    events: Annotated[
        Mapping[str, Event],
        Key("一件事", "人一生里的大事：名称，和要办的事项。写全国已有的名称，就是给它增加事项。"),
    ] = field(default_factory=dict)
    audiences: Annotated[Mapping[str, Audience], Key("人群", "按人群找事项：有哪些人群。")] = field(
        default_factory=dict
    )
    served: Annotated[
        Mapping[str, Names],
        Key("谁会用", "事项（领域/编号）和会用到它的人群，用“、”隔开。", {"employment/1.6": "个人、农民工"}),
    ] = field(default_factory=dict)
    lines: Annotated[
        Mapping[str, Written],
        Key(
            "一句话",
            "事项（领域/编号）是什么，用一句大家都懂的话。没有办事指南的事项，页面上先说这一句。",
            {"employment/1.6": "看零工市场在哪里、今天有什么活。"},
        ),
    ] = field(default_factory=dict)
    notes: Annotated[
        Mapping[str, Names],
        Key(
            "提醒",
            "去办之前一定要知道的话，和它说的事项（领域/编号），用“、”隔开。写在事项的页面和用到它的一件事里。",
            {"不用您申请，社保经办机构统一办。": "social_insurance/7.6"},
        ),
    ] = field(default_factory=dict)
    served_places: Annotated[Mapping[str, Place], PlacesUnder(("谁会用",))] = field(default_factory=dict)
    wizard: Question | None = None

    def notes_by_item(self) -> Mapping[str, tuple[str, ...]]:
        """Item id → its notes, in the order of the file."""
        found: dict[str, tuple[str, ...]] = {}
        for sentence, items in self.notes.items():
            for item in items:
                found[item.text] = (*found.get(item.text, ()), sentence)
        return found

    def over(self, above: Navigation) -> Navigation:
        """This file laid over ``above``: its questions come first, its entries for an item take precedence."""
        events, audiences = dict(above.events), dict(above.audiences)
        for event in self.events.values():
            events[event.name] = event.over(events[event.name]) if event.name in events else event
        for audience in self.audiences.values():
            name = audience.name
            audiences[name] = audience.over(audiences[name]) if name in audiences else audience
        more = {ask: item for ask, item in above.questions.items() if ask not in self.questions}
        return Navigation(
            questions={**self.questions, **more},
            events=events,
            audiences=audiences,
            served={**above.served, **self.served},
            served_places={**above.served_places, **self.served_places},
            wizard=self.wizard or above.wizard,
            lines={**above.lines, **self.lines},
            notes={**above.notes, **self.notes},
        )


NO_NAVIGATION = Navigation()
"""No navigation: items are found by directory, letter and search."""


def paths(question: Question, above: tuple[Answer, ...] = ()) -> Iterator[tuple[tuple[Answer, ...], Result]]:
    """Every path through the questions: the answers, and the result they lead to."""
    for answer in question.answers:
        way = (*above, answer)
        if isinstance(answer.then, Question):
            yield from paths(answer.then, way)
        else:
            yield way, answer.then
