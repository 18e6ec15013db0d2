"""Catalog and hant.yaml → the county's converter, with names of places, offices and documents as exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.model.county import Catalog
from gkdir.model.traditional import Traditional
from gkdir.publish.converter import Converter, script

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔\d{4}〕\d+号")
_NAMED = re.compile("姓名|名称|地址|住址|签名")
"""Fields of a form whose sample value is a name."""


def county_converter(traditional: Traditional, catalog: Catalog) -> Converter:
    """The converter for a county's pages and those of its towns."""
    kept = {number: number for number in _numbers(catalog)}
    return script({**kept, **traditional.words}, traditional.characters, _names(catalog))


def _names(catalog: Catalog) -> Iterator[str]:
    """Names of places, offices and people in samples, and the offices' addresses."""
    for place in (*catalog.layers, *(town.overlay for town in catalog.towns)):
        yield from filter(None, (place.name, place.short_name))
        for office in place.organisations.values():
            yield from filter(None, (office.name, office.address))
    for section in (section for form in catalog.forms.values() for section in form.sections):
        yield from (blank.example for blank in section.fields if blank.example and _NAMED.search(blank.label))


def _numbers(catalog: Catalog) -> Iterator[str]:
    """Registration and document numbers, which must not be converted; 国务院令第711号 counts as a name."""
    website = catalog.overlay.website
    yield from filter(None, (website.icp, website.police))
    given = [article.number or "" for article in catalog.articles]
    given += [basis.number or "" for entry in catalog.entries() for basis in entry.item.basis]
    yield from (number for number in given if "〔" in number)
    for standards in (layer.standards for layer in catalog.layers):
        amounts = (getattr(standards, name) for name in standards.__struct_fields__)
        yield from (number for amount in amounts if amount for number in _NUMBER.findall(amount.source or ""))
