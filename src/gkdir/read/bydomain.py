"""A directory whose rows name their domain in a column of their own → one directory for each domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from gkdir.model.item import Directory, Item

_LABEL = re.compile("(?:所属|试点|公开|适用|所在)?(?:领域|业务领域)(?:名称)?")
DomainNamed = Callable[[str], str | None]


def by_domain(directory: Directory, named: DomainNamed) -> Iterator[Directory]:
    """The directory; or its parts, where a column calls its items those of several domains.

    Troubles and notes stay with the first.
    """
    domains = [_domain(item, named) for item in directory.items]
    found = list(dict.fromkeys(domain for domain in domains if domain))
    if len(found) < 2 or None in domains:
        yield directory
        return
    first = directory
    for domain in found:
        items = [item for item, own in zip(directory.items, domains, strict=True) if own == domain]
        yield replace(first, domain=domain, items=tuple(replace(item, domain=domain) for item in items))
        first = replace(directory, troubles=(), notes=())


def _domain(item: Item, named: DomainNamed) -> str | None:
    """The domain that the item's row names."""
    label = next((label for label in item.extra if _LABEL.fullmatch(label.rpartition("/")[2])), None)
    return named(item.extra[label]) if label else None
