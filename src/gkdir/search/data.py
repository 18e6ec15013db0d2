"""A Site → data/search.json: the search box's data, for a county's own chat robot, app or counter screen."""

from __future__ import annotations

import json

import msgspec

from gkdir.model.county import Organisation
from gkdir.search.lines import SearchLine, articles, entrances, policies, questions
from gkdir.search.record import SearchRecord, county_records, texts
from gkdir.service.address import town_path
from gkdir.service.site import Site

PATH = "data/search.json"


def search_data(site: Site) -> bytes:
    """The data of a search as one object, with the entries other than items; docs/search.md describes each key."""
    catalog = site.catalog
    document = {
        "county": catalog.slug,
        "name": catalog.overlay.name,
        "items": [_item(record) for record in county_records(site)],
        "groups": texts(catalog.synonyms.groups),
        "places": [{"name": town.overlay.name, "url": town_path(town.slug)} for town in catalog.towns],
        "questions": [_line(line) for line in questions(catalog)],
        "articles": [_line(line) for line in articles(catalog)],
        "policies": [_line(line) for line in policies(catalog)],
        "ways": [
            {"title": way.title, "url": way.path, "note": way.note, "items": way.items} for way in entrances(site)
        ],
    }
    text = json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")  # no HTML tag
    return msgspec.json.format(text.encode("utf-8", "replace"), indent=1) + b"\n"  # the encoder itself indents slowly


def _item(record: SearchRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "url": record.path,
        "title": record.title,
        "official": record.official,
        "category": record.category,
        "words": record.words,
        "summary": record.summary or None,
        "now": record.now or None,
        "bring": record.bring,
        "offices": [_office(office) for office in record.offices],
        "consult": record.consult or None,
        "omitted": record.omitted or None,
    }


def _line(line: SearchLine) -> dict[str, str]:
    return {"title": line.title, "url": line.path, "note": line.note}


def _office(office: Organisation) -> dict[str, str | None]:
    return {"name": office.name, "address": office.address, "phone": office.phone, "hours": office.hours}
