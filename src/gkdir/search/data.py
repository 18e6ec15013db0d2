"""A Site → data for other searches: search.json for programs, opensearch.xml for browsers, the English index."""

from __future__ import annotations

import json
from html import escape

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
    # Faster than the encoder's own indentation.
    return msgspec.json.format(text.encode("utf-8", "replace"), indent=1) + b"\n"


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


ENGLISH_PATH = "assets/search-english-index.js"


def english_index(site: Site) -> bytes:
    """For each item with an English name, that name, its page, summary and English words.

    An item without an English page has the path of the Chinese one, and no summary.
    """
    glossary, everyday = site.catalog.glossary, site.catalog.synonyms
    records = []
    for row in site.rows.values():
        item = glossary.item(row.item)
        if item:
            words = [glossary.wants.get(row.item.id, "")]
            words += [word.text for word in everyday.words.get(row.item.id, ()) if word.text.isascii()]
            path = site.english.get(row.path, row.path)
            records.append([item.name, path, item.line or "", " ".join(filter(None, words))])
    text = json.dumps(records, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.gkdirEnglish={text};\n".encode()


OPENSEARCH_PATH = "opensearch.xml"


def opensearch(name: str, base: str) -> bytes:
    """The OpenSearch description; ``base`` is the full address of the folder, ending in ``/``."""
    address = escape(f"{base}index.html?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name[:16], quote=False)}</ShortName>\n"
        f"<Description>{escape(name, quote=False)}：各类事项怎么办</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{address}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode("utf-8", "replace")
