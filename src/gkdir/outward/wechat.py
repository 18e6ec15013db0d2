"""An item or an article of a Site → an HTML file to copy into WeChat's editor, with QR codes in place of links."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from struct import pack
from urllib.parse import quote

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.guide import Section
from gkdir.outward.inline import InlineHtml, heading, paragraph
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.service.address import article_path
from gkdir.service.guide import FIRST_SECTIONS
from gkdir.service.qr import MARGIN, QrCode, qr_code
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.sheets.notice import NoticeValue, notice_value
from gkdir.sheets.sheet import chinese_date

EXAMPLE = "示例：县名、地址、电话都是虚构的，请不要照着办事。"
DOTS = 6
"""Pixels of a square of a QR code."""
MADE = '<meta name="generator" content="gkdir 公众号文章">'
CARD = "margin:0 0 20px;padding:14px 16px 2px;border:1px solid #d9d4cb;border-top:4px solid #a6231b;background:#faf8f4;"
SMALL = "margin:0 0 8px;font-size:14px;line-height:1.7;color:#57534e;"


def item_post(service: Service, site: Site) -> bytes:
    """What to do first, then what to bring, where, how long; the rest of the guide; the code of the page."""
    notice = notice_value(service, site)
    sections = service.own.sections if service.own else ()
    first = [section for section in sections if section.title == FIRST_SECTIONS[0]]
    others = [section for section in sections if section.title != FIRST_SECTIONS[0]]
    page = _page(site, service.path)
    writer = InlineHtml(page)
    card = "".join(f'<p style="{SMALL}"><strong>{label}</strong>　{escape(text)}</p>' for label, text in _facts(notice))
    body = [
        *_example(site),
        paragraph(notice.summary),
        *_sections(first, writer),
        f'<section style="{CARD}">{card}</section>',
        *_sections(others, writer),
    ]
    return _document(notice.name, body, writer.addresses, page)


def article_post(article: Article, site: Site) -> bytes:
    """The text of an article, with its date, its number and the office that issued it."""
    overlay = site.catalog.overlay
    office = overlay.organisations.get(article.source or "")
    page = _page(site, article_path(article.kind, article.slug))
    writer = InlineHtml(page)
    source = office.name if office else article.source or overlay.website.organiser or ""
    about = "　".join(
        filter(None, (ARTICLE_KINDS[article.kind], source, article.number, chinese_date(article.published)))
    )
    body = [*_example(site), f'<p style="{SMALL}">{escape(about)}</p>']
    if article.summary:
        body.append(paragraph(article.summary))
    body += _sections(article.sections, writer)
    return _document(article.title, body, writer.addresses, page)


def _example(site: Site) -> tuple[str, ...]:
    return (paragraph(EXAMPLE),) if site.catalog.overlay.example else ()


def _page(site: Site, path: str) -> str:
    return site.base + quote(path) if site.base else ""


def _facts(notice: NoticeValue) -> Iterator[tuple[str, str]]:
    if notice.served:
        yield "谁能办", "；".join(notice.served)
    if notice.papers is not None:
        papers = (f"{one.name}{f'（{one.note}）' if one.note else ''}" for one in notice.papers)
        yield "带什么", "、".join(papers) or "不用带材料"
    for spot in notice.spots:
        yield "去哪办", "，".join(filter(None, (spot.name, spot.address, spot.hours)))
    yield from ((label, text) for label, text in (("多久", notice.limit), ("多少钱", notice.fee)) if text)
    for label, phones in (("问谁", notice.consult), ("不满意找谁", notice.complaint)):
        yield label, "；".join(f"{one.name} {one.text}".strip() for one in phones)


def _sections(sections: Iterable[Section], writer: InlineHtml) -> Iterator[str]:
    markdown = MarkdownRenderer()
    for section in sections:
        before = len(writer.made)
        writer.feed(str(markdown.render(section, "")))
        text = writer.made[before:]
        yield (heading(section.title) if section.title else "") + text


def _document(title: str, body: Iterable[str], addresses: Iterable[str], page: str) -> bytes:
    """The whole file: what to copy is all that it shows."""
    codes = [(f"二维码{number}", address) for number, address in enumerate(addresses, 1)]
    if page:
        codes.append(("扫码看全文，办理前看最新的", page))
    drawn = "".join(_code(label, address) for label, address in codes)
    text = "\n".join(filter(None, body))
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">{MADE}'
        f"<title>{escape(title)}</title></head>\n"
        f'<body>\n<section style="max-width:677px;margin:0 auto;">\n{text}\n{drawn}</section>\n</body>\n</html>\n'
    ).encode("utf-8", "replace")


def _code(label: str, address: str) -> str:
    """A code with its address in words, since not every telephone reads a picture in an article."""
    code = qr_code(address)
    if code is None:
        return f'<p style="{SMALL}">{escape(label)}：{escape(address)}</p>\n'
    picture = b64encode(_png(code)).decode()
    return (
        f'<p style="margin:24px 0 0;text-align:center;"><img src="data:image/png;base64,{picture}" width="180" '
        f'alt="{escape(label)}"></p>\n'
        f'<p style="{SMALL}text-align:center;word-break:break-all;">{escape(label)}<br>{escape(address)}</p>\n'
    )


def _png(code: QrCode) -> bytes:
    """The code with its margin as a picture of two colours."""
    blank = "0" * code.box
    starts = range(0, len(code.dark), code.size)
    rows = [f"{code.dark[at : at + code.size]:0^{code.box}}" for at in starts]
    rows = [blank] * MARGIN + rows + [blank] * MARGIN
    side = code.box * DOTS
    lines = bytearray()
    for row in rows:
        bits = "".join("01"[dot == "0"] * DOTS for dot in row)
        line = int(bits.ljust(-(-side // 8) * 8, "1"), 2).to_bytes(-(-side // 8), "big")
        lines += (b"\0" + line) * DOTS
    parts = (
        (b"IHDR", pack(">2I5B", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(lines), 9)),
        (b"IEND", b""),
    )
    body = b"".join(pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + body
