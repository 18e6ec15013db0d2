"""A Site → the script that the search box of the English home loads: the items named in English, with words."""

from __future__ import annotations

import json

from gkdir.service.site import Site

PATH = "assets/search-english-index.js"


def english_index(site: Site) -> bytes:
    """Of each item its name, its page below the county's folder, a line about it, and English words of its own.

    An item without an English page leads to the Chinese one, and has no line.
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
