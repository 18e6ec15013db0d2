"""The guides of several layers → one guide, with each element from the lowest layer that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from gkdir.calculators import yuan
from gkdir.model.benefits import Amount, Standards
from gkdir.model.declared import declared, key_names
from gkdir.model.guide import Guide, Limits, NamedText, Section
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Written
from gkdir.overlay.elements import OTHER, kind_of
from gkdir.read.text import chinese_date

FIELDS: Mapping[str, str] = {
    **{
        one.field: one.key.name
        for one in declared(Guide)
        if one.default is None and one.field not in ("limit", "review")
    },
    "statutory": "办理时限.法定",
    "promised": "办理时限.承诺",
}
"""Field that holds one element → the element's key in the head of a guide."""
_ABOUT = frozenset(("nature", "example_note"))
"""Elements about the guide, not about how the item is done."""
_FIELD = {key: field for field, key in FIELDS.items()}


def laid_guides(guides: Sequence[Guide]) -> Guide:
    """One guide from those of an item's layers, given from the top down."""
    lowest = guides[0]
    for guide in guides[1:]:
        lowest = _over(guide, lowest)
    return replace(lowest, pending=unfilled(lowest))


def from_defaults(guide: Guide, defaults: Iterable[GuideDefaults]) -> Guide | None:
    """A guide with the blanks of ``guide`` that ``defaults`` (nearest layer first) can fill; ``None`` if none."""
    blank = frozenset[str]().union(*(elements_named(left.name) for left in unfilled(guide)))
    values: dict[str, Any] = {}
    written: dict[str, Written] = {}
    for each in defaults:
        for field, key in key_names(GuideDefaults).items():
            value = getattr(each, field)
            if value is not None and field in blank and field not in values:
                values[field], written[FIELDS[field]] = value, each.written[key]
    if not values:
        return None
    limit = Limits(promised=values.pop("promised")) if "promised" in values else None
    return Guide(guide.domain, guide.number, next(iter(written.values())).place, limit=limit, written=written, **values)


def from_standards(guide: Guide, standards: Standards) -> Guide | None:
    """A guide with the blanks that 待遇标准 can fill: 失业保险金 fills 失业保险金标准; ``None`` if there are none."""
    amounts = {f"{name}标准": getattr(standards, field) for field, name in key_names(Standards).items()}
    found = [(left.name, amounts[left.name]) for left in unfilled(guide) if amounts.get(left.name)]
    entries = tuple(NamedText(name, _amount(amount), amount.place) for name, amount in found)
    return Guide(guide.domain, guide.number, entries[0].place, further=entries) if entries else None


def _amount(amount: Amount) -> str:
    later = f"，第13个月起每月{yuan(amount.later)}元" if amount.later else ""
    extra = f"，缴费超过15年的，每多1年每月加发{yuan(amount.extra)}元" if amount.extra else ""
    since = f"{chinese_date(amount.since)}起执行，" if amount.since else ""
    return f"每月{yuan(amount.monthly)}元{later}{extra}。{since}见{amount.source}。"


def adds(whole: Guide, own: Guide) -> bool:
    """Whether ``whole`` has elements that ``own``, the lowest layer's guide, does not have."""
    more = any(getattr(own, field) != getattr(whole, field) for field in FIELDS if field not in _ABOUT)
    return more or any(len(getattr(whole, listed)) > len(getattr(own, listed)) for listed in ("sections", "further"))


def unfilled(guide: Guide) -> tuple[NamedText, ...]:
    """The entries of 待补 for which the guide has neither content nor a reason why there is none (没有的要素)."""
    answered = _answered(guide)
    return tuple(blank for blank in guide.pending if not elements_named(blank.name) & answered)


@lru_cache(maxsize=1 << 12)
def elements_named(name: str) -> frozenset[str]:
    """The elements that a name in 其他要素, 没有的要素 or 待补 means: fields of a guide, or the name itself."""
    if name in _FIELD:
        return frozenset((_FIELD[name],))
    kind = kind_of(name)
    return frozenset({OTHER: (name,), "limit": ("statutory", "promised")}.get(kind, (kind,)))


def _answered(guide: Guide) -> frozenset[str]:
    given = {field for field in FIELDS if getattr(guide, field) is not None}
    return frozenset(given).union(*(elements_named(entry.name) for entry in (*guide.further, *guide.without)))


def _over(own: Guide, above: Guide) -> Guide:
    """``own`` laid over ``above``. 核对 is not inherited."""
    answered = _answered(own)
    given = {field: getattr(above if field not in answered else own, field) for field in FIELDS}
    limits = Limits(given.pop("statutory"), given.pop("promised"))
    return replace(
        own,
        **given,
        limit=limits if limits != Limits() else None,
        sections=_sections(own.sections, above.sections),
        further=_named(own.further, above.further, answered),
        without=_named(own.without, above.without, answered),
        pending=_named(own.pending, above.pending, frozenset()),
        related=own.related or above.related,
        sources=own.sources + above.sources,
        written=_written(own, above, answered),
    )


def _named(own: Iterable[NamedText], above: Iterable[NamedText], names: frozenset[str]) -> tuple[NamedText, ...]:
    kept: dict[str, Any] = {entry.name: entry for entry in above if not elements_named(entry.name) & names}
    return tuple({**kept, **{entry.name: entry for entry in own}}.values())


def _sections(own: Iterable[Section], above: Iterable[Section]) -> tuple[Section, ...]:
    """The sections of both by title, in the order of ``above``; those that only ``own`` has come last."""
    return tuple({**{each.title: each for each in above}, **{each.title: each for each in own}}.values())


def _written(own: Guide, above: Guide, names: frozenset[str]) -> dict[str, Written]:
    """Where each element was written, without the elements of ``above`` that ``own`` replaces."""
    kept = {key: each for key, each in above.written.items() if not _element(key) & names}
    return {**kept, **own.written}


def _element(key: str) -> frozenset[str]:
    """The elements that a key of ``written`` (``办理条件.0``, ``办理时限.承诺``) belongs to."""
    return elements_named(key if key in _FIELD else key.partition(".")[0])
