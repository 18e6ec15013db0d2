"""A name and a base address → opensearch.xml, with which browsers can search the site from their address bar."""

from __future__ import annotations

from html import escape

PATH = "opensearch.xml"


def opensearch(name: str, base: str) -> bytes:
    """The description; ``base`` is the full address of the folder, ending in ``/``."""
    address = escape(f"{base}index.html?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name[:16], quote=False)}</ShortName>\n"
        f"<Description>{escape(name, quote=False)}：就业、社会保险等事项怎么办</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{address}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode("utf-8", "replace")
