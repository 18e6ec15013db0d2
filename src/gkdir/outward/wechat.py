"""An item or an article of a Site → an HTML file to copy into WeChat's editor, with QR codes in place of links."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from struct import pack
from urllib.parse import quote, urljoin

from deflate import crc32, zlib_compress

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.guide import Section
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.read.text import chinese_date
from gkdir.service.address import article_path
from gkdir.service.guide import FIRST_SECTIONS, NEEDS
from gkdir.service.qr import MARGIN, QrCode, qr_code
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.sheets.notice import DocumentToBring, NoticeValue, notice_value

TEXT = "font-size:16px;line-height:1.9;color:#1c1b1a;"
STYLES = {
    "p": f"margin:0 0 14px;{TEXT}",
    "ul": f"margin:0 0 14px;padding:0 0 0 22px;{TEXT}",
    "ol": f"margin:0 0 14px;padding:0 0 0 24px;{TEXT}",
    "li": "margin:0 0 6px;",
    "table": "width:100%;margin:0 0 14px;border-collapse:collapse;font-size:15px;line-height:1.7;color:#1c1b1a;",
    "tr": "",
    "th": "padding:6px 8px;border:1px solid #d9d4cb;background:#f5f2ec;text-align:left;font-weight:bold;",
    "td": "padding:6px 8px;border:1px solid #d9d4cb;text-align:left;",
    "strong": "font-weight:bold;",
    "em": "font-style:italic;",
    "del": "text-decoration:line-through;",
    "blockquote": f"margin:0 0 14px;padding:4px 0 4px 14px;border-left:3px solid #d9d4cb;{TEXT}",
}
HEADING = "margin:26px 0 10px;font-size:18px;line-height:1.5;font-weight:bold;color:#a6231b;"
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"} | dict.fromkeys(
    ("dt", "dd", "caption", "pre", "figure", "summary"), "p"
)
SUBHEADING = "margin:20px 0 8px;font-size:16px;line-height:1.6;font-weight:bold;color:#1c1b1a;"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SKIPPED = ("script", "style")


def heading(text: str) -> str:
    """A heading of the article."""
    return f'<p style="{HEADING}">{escape(text)}</p>'


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f'<p style="{STYLES["p"]}">{escape(text)}</p>'


class InlineHtml(HTMLParser):
    """A parser that writes HTML for WeChat's editor: ``feed`` it sections, then take ``made`` and ``addresses``.

    The editor drops style sheets, classes, ids and links to other sites. So a link becomes its text and a number, and
    the caller draws a QR code for each of the numbered ``addresses``. Relative links are resolved against the address
    ``page``; without it only their text is kept.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self._page = page
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._silent = 0

    @property
    def made(self) -> str:
        """The HTML so far."""
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element that the editor keeps; replace a link or a picture by words."""
        attributes = dict(attrs)
        if tag in SKIPPED:
            self._silent += 1
        elif tag == "br":
            self._out.append("<br>")
        elif tag == "img":
            self._out.append(f"（图：{escape(attributes.get('alt') or '见网页')}）")
        elif tag == "a":
            self._open.append(("a", self._numbered(attributes.get("href") or "")))
        else:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and any still open in it."""
        if tag in SKIPPED:
            self._silent = max(0, self._silent - 1)
        elif any(opened == tag for opened, _ in self._open):
            while True:
                opened, closing = self._open.pop()
                if opened != "a" or not closing or not self.made.endswith(closing[1:-1]):  # its text is the address
                    self._out.append(closing)
                if opened == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Write the text, escaped."""
        if not self._silent:
            self._out.append(escape(data))

    def _begin(self, tag: str) -> None:
        name = "p" if tag in HEADINGS else SAME.get(tag, tag)
        style = SUBHEADING if tag in HEADINGS else STYLES.get(name)
        if style is not None:
            self._out.append(f'<{name} style="{style}">' if style else f"<{name}>")
            self._open.append((tag, f"</{name}>"))

    def _numbered(self, href: str) -> str:
        """What to write after a link's text: its number, or an email address; blank for a phone or an anchor."""
        if href.startswith("mailto:"):
            return f"（{escape(href.removeprefix('mailto:'))}）"
        address = urljoin(self._page, href) if self._page else href
        if href.startswith("#") or not address.startswith(("https://", "http://")):
            return ""
        if address not in self.addresses:
            self.addresses.append(address)
        return f"（二维码{self.addresses.index(address) + 1}）"


EXAMPLE = "示例：县名、地址、电话都是虚构的，请不要照着办事。"
DOTS = 6
"""Pixels per module of a QR code."""
MADE = '<meta name="generator" content="gkdir 公众号文章">'
CARD = "margin:0 0 20px;padding:14px 16px 2px;border:1px solid #d9d4cb;border-top:4px solid #a6231b;background:#faf8f4;"
SMALL = "margin:0 0 8px;font-size:14px;line-height:1.7;color:#57534e;"


def item_post(service: Service, site: Site) -> bytes:
    """What to do first, what to bring, where, how long; then the rest of the guide, and a QR code of the page."""
    notice = notice_value(service, site)
    sections = service.own.sections if service.own else ()
    first = [section for section in sections if section.title == FIRST_SECTIONS[0]]
    others = [section for section in sections if section.title != FIRST_SECTIONS[0]]
    page = _page(site, service.path)
    writer = InlineHtml(page)
    card = "".join(f'<p style="{SMALL}"><strong>{label}</strong>　{escape(text)}</p>' for label, text in _facts(notice))
    body = [
        *_example(site),
        *([paragraph(f"马上做：{notice.now}")] if notice.now else ()),
        paragraph(notice.summary),
        *_sections(first, writer, site),
        f'<section style="{CARD}">{card}</section>',
        *_sections(others, writer, site),
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
    body += _sections(article.sections, writer, site)
    return _document(article.title, body, writer.addresses, page)


def _example(site: Site) -> tuple[str, ...]:
    return (paragraph(EXAMPLE),) if site.catalog.overlay.example else ()


def _page(site: Site, path: str) -> str:
    return site.base + quote(path) if site.base else ""


def _facts(notice: NoticeValue) -> Iterator[tuple[str, str]]:
    if notice.served:
        yield "谁能办", "；".join(notice.served)
    if notice.papers is not None:
        yield from what_to_bring(notice.papers)
    if notice.due:
        yield "别错过", "；".join(notice.due)
    for spot in notice.spots:
        yield "去哪办", "，".join(filter(None, (spot.name, spot.address, spot.hours)))
    yield from ((label, text) for label, text in (("多久", notice.limit), ("多少钱", notice.fee)) if text)
    for label, phones in (("问谁", notice.consult), ("不满意找谁", notice.complaint)):
        yield label, "；".join(f"{one.name} {one.text}".strip() for one in phones)


def what_to_bring(papers: Sequence[DocumentToBring]) -> Iterator[tuple[str, str]]:
    """Label and text: what everybody brings, then what only some people bring, as on the page's card."""
    always, some = (
        [
            f"{one.name}（{one.note}）" if one.note not in ("", NEEDS["非必要"]) else one.name
            for one in papers
            if one.some == asked
        ]
        for asked in (False, True)
    )
    yield "带什么", "、".join(always) or ("一般不用带" if some else "不用带材料")
    if some:
        yield "有的人还要带" if always else "有的人要带", "；".join(some)


_WORDS = re.compile(r"(<details.*?</details>)(</figcaption></figure>)", re.DOTALL)
_ON_THE_PAGE = re.compile(r'<a[^>]* class="footnote-backref".*?</a>|<span class="away">.*?</span>', re.DOTALL)


def html_of(section: Section, site: Site) -> str:
    """The section as it can stand outside its page.

    Links to files have full addresses, footnotes no way back, and a picture's description follows it.
    """
    base = site.base
    html = str(MarkdownRenderer().render(section, "", (lambda path: base + quote(path)) if base else None))
    return _ON_THE_PAGE.sub("", _WORDS.sub(r"\2\1", html))


def _sections(sections: Iterable[Section], writer: InlineHtml, site: Site) -> Iterator[str]:
    for section in sections:
        before = len(writer.made)
        writer.feed(html_of(section, site))
        text = writer.made[before:]
        yield (heading(section.title) if section.title else "") + text


def _document(title: str, body: Iterable[str], addresses: Iterable[str], page: str) -> bytes:
    """The whole file, which shows nothing but what is to be copied."""
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
    """A QR code with its address as text, since not every phone can scan a picture in an article."""
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
    """The QR code with its margin as a two-colour picture."""
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
        (b"IDAT", bytes(zlib_compress(bytes(lines), 9))),
        (b"IEND", b""),
    )
    body = b"".join(pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data)) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + body
