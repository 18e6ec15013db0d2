"""Navigation and directories → the items of each audience; the questions of 我能办什么 that apply to the county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.item import Written
from gkdir.model.navigation import Answer, Audience, Navigation, Question, Result
from gkdir.service.address import audience_path
from gkdir.service.county import Link
from gkdir.service.directory import DomainView, Group
from gkdir.service.row import ServiceRow


class AudienceDomain(Struct, frozen=True):
    """The items of one domain that concern an audience."""

    label: str
    groups: tuple[Group, ...]


class AudienceView(Struct, frozen=True):
    """One audience and its items. ``others`` are all audiences, including this one."""

    audience: Audience
    shares: tuple[AudienceDomain, ...]
    count: int
    others: tuple[Link, ...]

    @property
    def mostly_guided(self) -> bool:
        """Whether most of its items have a guide; the page then marks the others."""
        rows = [row for share in self.shares for group in share.groups for row in group.rows]
        return 2 * sum(row.guided for row in rows) > len(rows)


def audience_views(ways: Navigation, domains: tuple[DomainView, ...]) -> tuple[AudienceView, ...]:
    """The audiences that use at least one item of the county."""
    served = served_by(ways, domains)
    views = [_view(audience, domains, served) for audience in ways.audiences.values() if audience.slug]
    views = [view for view in views if view.count]
    others = tuple(Link(view.audience.name, audience_path(view.audience.slug)) for view in views)
    return tuple(replace(view, others=others) for view in views)


def served_by(ways: Navigation, domains: tuple[DomainView, ...]) -> Mapping[str, frozenset[str]]:
    """Item id → the names of its audiences.

    An item without audiences gets those of the item above it (4.1.1: 4.1), else those of most items in its category,
    else the first audience.
    """
    served: dict[str, frozenset[str]] = {}
    for group in (group for domain in domains for group in domain.groups):
        named = {row.item.id: _named(row, ways.served) for row in group.rows}
        counts = Counter(name for names in named.values() for name in names)
        listed = sum(bool(names) for names in named.values())
        most = frozenset(name for name, count in counts.items() if 2 * count > listed)
        served |= {item: names or most or frozenset(list(ways.audiences)[:1]) for item, names in named.items()}
    return served


def _named(row: ServiceRow, served: Mapping[str, tuple[Written, ...]]) -> frozenset[str]:
    domain, number = row.item.domain, row.number
    while number:
        names = served.get(f"{domain}/{number}")
        if names:
            return frozenset(name.text for name in names)
        number = number.rpartition(".")[0]
    return frozenset()


def _view(audience: Audience, domains: tuple[DomainView, ...], served: Mapping[str, frozenset[str]]) -> AudienceView:
    shares = []
    for domain in domains:
        kept = (
            replace(group, rows=tuple(row for row in group.rows if audience.name in served[row.item.id]))
            for group in domain.groups
        )
        shares.append(AudienceDomain(domain.label, tuple(group for group in kept if group.rows)))
    count = sum(len(group.rows) for share in shares for group in share.groups)
    return AudienceView(audience, tuple(share for share in shares if share.groups), count, ())


WIZARD_TITLE = "我能办什么"


def offered(question: Question, items: Container[str]) -> Question | None:
    """The question with only the answers that lead to one of ``items`` (ids); ``None`` if no answer does."""
    kept: list[Answer] = []
    for answer in question.answers:
        if isinstance(answer.then, Question):
            below = offered(answer.then, items)
            kept += [replace(answer, then=below)] if below else []
        elif any(use.item in items for use in answer.then.uses):
            kept.append(answer)
    return replace(question, answers=tuple(kept)) if kept else None


def results(question: Question | None) -> Iterator[tuple[str, Result]]:
    """The results that the question leads to, with the slugs of their pages; one for each answer that leads there."""
    for answer in question.answers if question else ():
        if isinstance(answer.then, Question):
            yield from results(answer.then)
        else:
            yield answer.slug, answer.then
