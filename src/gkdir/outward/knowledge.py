"""A Site → the files of ``gkdir share``: articles for WeChat, tables for the 12345 hotline of at most 1,000 entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from gkdir.export.openpyxl_writer import openpyxl_workbook
from gkdir.export.spreadsheet import DrawnRow, DrawnSheet
from gkdir.export.styles import Look
from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import LaidDirectory
from gkdir.output import written_by_gkdir
from gkdir.outward.wechat import EXAMPLE, MADE, article_post, html_of, item_post, what_to_bring
from gkdir.outward.words import words
from gkdir.read.text import shortened
from gkdir.search.record import SearchRecord, county_records
from gkdir.service.address import article_path
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.sheets.notice import NoticeValue, notice_value

MAX_ENTRIES = 1_000
"""The most entries of one workbook that hotline platforms import."""
MAX_TITLE = 128
"""The most characters of a title."""
MAX_CONTENT = 32_000
"""The most characters of a cell."""
KEYWORDS = 20
COLUMNS = (("类目", 24), ("标题", 36), ("内容", 90), ("发文单位", 24), ("材料性质", 12), ("关键字", 40))
GUIDE, ROW = "办事指南", "公开事项"


class KnowledgeEntry(Struct, frozen=True):
    """One entry; its fields are the columns of the table."""

    category: str
    title: str
    content: str
    office: str
    kind: str
    keywords: tuple[str, ...]


def entries(site: Site) -> tuple[KnowledgeEntry, ...]:
    """Every item, then every article that is still valid."""
    records = {record.id: record for record in county_records(site)}
    catalog = site.catalog
    items = (
        _item(site.services[entry.item.id], directory, site, records[entry.item.id])
        for directory in catalog.directories.values()
        for entry in directory.entries
    )
    valid = (article for article in catalog.articles if article.until is None or article.until >= site.date)
    return (*items, *(_article(article, site) for article in valid))


def workbooks(found: Sequence[KnowledgeEntry], dated: date) -> Iterator[bytes]:
    """The entries as workbooks, the same bytes for the same entries."""
    for start in range(0, len(found), MAX_ENTRIES):
        yield _workbook(found[start : start + MAX_ENTRIES], dated)


def knowledge_files(site: Site, out: Path) -> Iterator[tuple[Path, bytes]]:
    """The workbook ``out``, and if one is not enough ``out-2`` and so on."""
    for number, content in enumerate(workbooks(entries(site), site.date), 1):
        yield (out if number == 1 else out.with_stem(f"{out.stem}-{number}")), content


def post(site: Site, page: str) -> bytes | None:
    """The WeChat article about the item or the article with the id ``page``; ``None`` if there is none."""
    if page in site.services:
        return item_post(site.services[page], site)
    article = next((one for one in site.catalog.articles if one.id == page), None)
    return article_post(article, site) if article else None


def is_outward(content: bytes) -> bool:
    """Whether gkdir wrote the file and it is unchanged since."""
    return written_by_gkdir(content) or (
        MADE.encode() in content[:400] and content.endswith(b"</section>\n</body>\n</html>\n")
    )


def _item(service: Service, directory: LaidDirectory, site: Site, record: SearchRecord) -> KnowledgeEntry:
    notice = notice_value(service, site)
    name = notice.name if notice.name == notice.official else f"{notice.name}（{notice.official}）"
    lines = [*_lines(notice), *_reading(site.base, service.path)]
    return KnowledgeEntry(
        category=f"{directory.label or directory.title}/{service.item.level1}",
        title=shortened(name, MAX_TITLE),
        content=shortened("\n".join(lines), MAX_CONTENT),
        office="、".join(service.item.publisher) or notice.head.organiser,
        kind=GUIDE if notice.guided else ROW,
        keywords=tuple(dict.fromkeys((notice.name, notice.official, *record.words)))[:KEYWORDS],
    )


def _lines(notice: NoticeValue) -> Iterator[str]:
    """The lines for an operator to read out; the phone comes first if nothing else is known."""
    if notice.head.example:
        yield EXAMPLE
    if notice.now:
        yield f"马上做：{notice.now}"
    yield notice.summary
    if not notice.guided:
        yield notice.unguided
    for label, several in (
        ("谁能办", notice.served if notice.guided else ()),
        ("要符合", notice.conditions),
        ("别错过", notice.due),
    ):
        if several:
            yield f"{label}：{'；'.join(several)}"
    if notice.guided:
        unknown = (("带什么", notice.no_papers),)
        bring = unknown if notice.papers is None else what_to_bring(notice.papers)
        yield from (f"{label}：{text}" for label, text in bring)
        steps = (
            f"{n}. {one.name}{f'，{one.text}' if one.text else ''}" for n, one in enumerate(notice.stages or (), 1)
        )
        yield f"怎么办：{notice.no_stages if notice.stages is None else ' '.join(steps)}"
    yield from (f"去哪办：{'，'.join(filter(None, (one.name, one.address, one.hours)))}" for one in notice.spots)
    yield from notice.ways
    yield from (f"{label}：{text}" for label, text in (("多久", notice.limit), ("多少钱", notice.fee)) if text)
    for label, phones in (("问谁", notice.consult), ("不满意找谁", notice.complaint)):
        yield f"{label}：{'；'.join(f'{one.name} {one.text}'.strip() for one in phones)}"
    if notice.dated:
        yield f"{notice.head.issued}{notice.dated}"


def _article(article: Article, site: Site) -> KnowledgeEntry:
    overlay, path = site.catalog.overlay, article_path(article.kind, article.slug)
    office = overlay.organisations.get(article.source or "")
    page = site.base + path if site.base else ""
    texts = (f"{one.title}\n{words(html_of(one, site), page)}".strip() for one in article.sections)
    kind = ARTICLE_KINDS[article.kind]
    return KnowledgeEntry(
        category=kind,
        title=shortened(article.title, MAX_TITLE),
        content=shortened("\n".join(filter(None, (article.summary, *texts, *_reading(site.base, path)))), MAX_CONTENT),
        office=office.name if office else article.source or overlay.website.organiser or overlay.name,
        kind=kind,
        keywords=tuple(filter(None, (article.title, article.number))),
    )


def _reading(base: str | None, path: str) -> tuple[str, ...]:
    return (f"看全文：{base}{path}",) if base else ()


def _workbook(found: Sequence[KnowledgeEntry], dated: date) -> bytes:
    rows = [DrawnRow([(name, 0) for name, _ in COLUMNS])]
    for one in found:
        texts = (one.category, one.title, one.content, one.office, one.kind, "；".join(one.keywords))
        rows.append(DrawnRow([(text, 1) for text in texts]))
    sheet = DrawnSheet("知识库", rows, [width for _, width in COLUMNS], frozen=(0, 1))
    return openpyxl_workbook([sheet], (Look(bold=True, fill="F2F2F2", down="top"), Look(down="top")), dated)
