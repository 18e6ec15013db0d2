"""Clean HTML of a section → the same with the pictures and files of the text's folder as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

from markupsafe import Markup, escape
from msgspec import Struct

from gkdir.model.attached import AttachedFile
from gkdir.publish.filters import HREF, file_size
from gkdir.read.markdowntext import linked_path

_ATTRIBUTES = r'(?: [\w-]+="[^"]*")*'
_ALONE = re.compile(rf"<p>\s*(<img{_ATTRIBUTES}>)\s*</p>")
_IMG = re.compile(rf"<img{_ATTRIBUTES}>")
_SRC = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_LINK = re.compile(rf"<a({_ATTRIBUTES})>(.*?)</a>", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")


class ShownFile(Struct, frozen=True):
    """A file in the text's folder, and its address as seen from the page."""

    file: AttachedFile
    address: str


Shown = Mapping[str, ShownFile]
"""A section's files, by the path with which the text links to them."""
NOTHING: Shown = {}


def filtered(shown: Shown) -> Callable[[str, str, str], str | None]:
    """A filter of attributes for cleaning HTML: pictures are loaded only from ``shown``."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src":
            found = _found(value, shown)
            return value if found and found.file.picture else None
        return value

    return keep


def with_files(html: str, shown: Shown) -> str:
    """The HTML with its pictures, and with every link to a file saying what it leads to.

    A link or picture that is not in ``shown`` is replaced by its words.
    """
    html = _ALONE.sub(lambda match: _figure(match[1], shown) or match[0], html)
    html = _IMG.sub(lambda match: match[0] if 'class="' in match[0] else _inline(match[0], shown), html)
    return _LINK.sub(lambda match: _link(match, shown), html)


def words_of_image(alt: str) -> str:
    """The text in place of a picture that is not published."""
    return f"（图：{alt}）" if alt else ""


def _found(address: str, shown: Shown) -> ShownFile | None:
    path = linked_path(unescape(address).strip())
    return shown.get(path) if path else None


def _of(tag: str, shown: Shown) -> tuple[ShownFile | None, str]:
    """The file that an ``<img>`` tag shows (``None`` if it is not shown), and its alternative text, escaped."""
    source, alt = _SRC.search(tag), _ALT.search(tag)
    words = alt[1].strip().replace("<", "&lt;").replace(">", "&gt;") if alt else ""
    return (_found(source[1], shown) if source else None), words


def _tag(one: ShownFile, alt: str) -> str:
    size = f' width="{one.file.width}" height="{one.file.height}"' if one.file.width else ""
    return f'<img class="picture" src="{escape(one.address)}" alt="{alt}"{size} loading="lazy" decoding="async">'


def _figure(tag: str, shown: Shown) -> str | None:
    """A picture that is a whole paragraph as a figure: a link to the picture alone, and its long description."""
    one, alt = _of(tag, shown)
    if one is None:
        return None
    words = ""
    if one.file.words:
        parts = (part for part in _BLANK_LINES.split(one.file.words) if part.strip())
        text = "".join(Markup("<p>{}</p>").format(Markup("<br>").join(part.strip().splitlines())) for part in parts)
        words = f'<details class="picture-words"><summary>图里写的字</summary>{text}</details>'
    about = f"{one.file.suffix}，{file_size(one.file.size)}"
    caption = (
        f'<a href="{escape(one.address)}">看大图<span class="away">：{alt}</span></a><small>{about}</small>{words}'
    )
    return f"<figure>{_tag(one, alt)}<figcaption>{caption}</figcaption></figure>"


def _inline(tag: str, shown: Shown) -> str:
    one, alt = _of(tag, shown)
    return words_of_image(alt) if one is None else _tag(one, alt)


def _link(match: re.Match[str], shown: Shown) -> str:
    led = HREF.search(match[1])
    one = _found(led[1], shown) if led else None
    if one is None or led is None:
        return match[0]
    file = one.file
    about = f"{file.suffix}，{file_size(file.size)}"
    if file.members:
        names = "、".join(name.rpartition("/")[2] for name in file.members[:_SHOWN])
        about += f"，内有{len(file.members)}个文件：{names}{'等' if len(file.members) > _SHOWN else ''}"
    saved = "" if file.picture else f' download="{escape(file.name)}"'
    others = match[1].replace(led[0], "", 1)
    link = f'<a href="{escape(one.address)}"{saved}{others}>{match[2]}</a>'
    return f'{link}<small class="file-about">（{escape(about)}）</small>'


_SHOWN = 8
"""How many names of a zip's files a page lists."""
