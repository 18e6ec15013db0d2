"""Clean HTML of a section → HTML that survives pasting into WeChat's editor: inline styles, no class, no link.

The editor drops style sheets, classes, ids and links to other sites. A link becomes its text and a number; the caller
draws a QR code for each of the addresses.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

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
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "dt": "p", "dd": "p", "caption": "p", "pre": "p"}
SUBHEADING = "margin:20px 0 8px;font-size:16px;line-height:1.6;font-weight:bold;color:#1c1b1a;"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SKIPPED = ("script", "style")


def heading(text: str) -> str:
    """A heading of the article."""
    return f'<p style="{HEADING}">{escape(text)}</p>'


def paragraph(text: str) -> str:
    """A paragraph of plain words."""
    return f'<p style="{STYLES["p"]}">{escape(text)}</p>'


class InlineHtml(HTMLParser):
    """Feed it sections; ``made`` is what it has written, ``addresses`` what the numbers at the links stand for.

    ``page`` is the address that relative links are resolved against; without it these are only words.
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
        """Open an element that the editor keeps; write a link or a picture as words."""
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
        """Ends the element, and those in it that were left open."""
        if tag in SKIPPED:
            self._silent = max(0, self._silent - 1)
        elif any(opened == tag for opened, _ in self._open):
            while True:
                opened, closing = self._open.pop()
                self._out.append(closing)
                if opened == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Words stay words."""
        if not self._silent:
            self._out.append(escape(data))

    def _begin(self, tag: str) -> None:
        name = "p" if tag in HEADINGS else SAME.get(tag, tag)
        style = SUBHEADING if tag in HEADINGS else STYLES.get(name)
        if style is not None:
            self._out.append(f'<{name} style="{style}">' if style else f"<{name}>")
            self._open.append((tag, f"</{name}>"))

    def _numbered(self, href: str) -> str:
        """What follows the words of a link: the number of its address; nothing for a phone or a place on the page."""
        address = urljoin(self._page, href) if self._page else href
        if href.startswith("#") or not address.startswith(("https://", "http://")):
            return ""
        if address not in self.addresses:
            self.addresses.append(address)
        return f"（二维码{self.addresses.index(address) + 1}）"
