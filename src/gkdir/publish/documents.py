"""Catalog → files to download: tables, forms, announcements to read out, messages to send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from gkdir.export.data import Paths, domain_data
from gkdir.export.table import table
from gkdir.export.texts import messages, voice
from gkdir.export.word import word_form
from gkdir.export.workbook import workbook
from gkdir.model.article import Article
from gkdir.model.county import Catalog
from gkdir.model.guide import PAPERS, Form, Guide
from gkdir.service.address import (
    MESSAGES,
    attached_path,
    data_path,
    form_file_path,
    form_path,
    item_data_path,
    item_path,
    voice_path,
)
from gkdir.service.site import Site
from gkdir.service.summary import summary_of


def tables(catalog: Catalog, dated: date) -> Iterator[tuple[str, bytes]]:
    """The files by path inside the county's folder."""
    for domain, directory in catalog.directories.items():
        yield data_path(domain, "xlsx"), workbook((directory,), catalog.overlay.name, dated)
        yield data_path(domain, "csv"), table(directory)
        data = domain_data(catalog, domain, Paths(item_path, form_path))
        yield data_path(domain, "json"), data.whole
        for entry in directory.entries:
            yield item_data_path(domain, entry.item.number or ""), data.single(entry.item.id)


def papers(project: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """The files by path inside the county's folder; ``project`` is where the forms are."""
    for form in site.catalog.forms.values():
        yield from _form(project, form, site.catalog.overlay.name, site.date)
    yield from _beside(project, site.catalog)
    if mark := site.catalog.overlay.mark:
        yield attached_path(mark.path), (project / mark.path).read_bytes()
    yield from _texts(site)


def _beside(project: Path, catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """The files in the texts' folders that these texts link to, each once."""
    texts: tuple[Guide | Article, ...] = (*catalog.guides.values(), *catalog.articles)
    sections = chain.from_iterable(text.sections for text in texts)
    for path in dict.fromkeys(file.path for section in sections for file in section.files):
        yield attached_path(path), (project / path).read_bytes()


def _form(project: Path, form: Form, county: str, dated: date) -> Iterator[tuple[str, bytes]]:
    """Files that are ready to download, unchanged; forms that are only described, as Word files."""
    for kind in PAPERS:
        if ready := form.ready(kind):
            yield form_file_path(form.name, kind, ready.suffix), (project / ready.path).read_bytes()
        elif form.sections:
            yield form_file_path(form.name, kind, "docx"), word_form(form, kind == "sample", county, dated)


def _texts(site: Site) -> Iterator[tuple[str, bytes]]:
    """One announcement for each item, and one table of all messages, which link to the county's address."""
    summaries = [(summary_of(service, site.catalog), service) for service in site.services.values()]
    for one, service in summaries:
        yield voice_path(service.item.domain, service.item.number or ""), voice(one)
    addresses = (site.base + quote(service.path) if site.base else "" for _, service in summaries)
    yield MESSAGES, messages(zip((one for one, _ in summaries), addresses, strict=True))
