"""A file to download → every text in it, and the parts that no program can read.

Everything in a file is published with it: hidden sheets, deleted text, notes, properties, embedded files. Formats are
recognised by the first bytes, not by the name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from gkdir.finding import Place
from gkdir.read.inside import compound, markup, mime, package, raw, rtf
from gkdir.read.inside.part import Budget, InsideText, Look, Looked, TooMuch, Unseen, not_repeated

__all__ = ["Budget", "InsideText", "Unseen", "inside"]

PICTURES = (
    *(
        b"\xff\xd8\xff",
        b"\x89PNG",
        b"GIF8",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"RIFF",
        b"\xd7\xcd\xc6\x9a",
        b"\x01\0\0\0\x6c\0",
    ),
    *(b"\x01\0\x09\0", b"\0\0\x01\0"),
)
FONTS = (b"\0\x01\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")


def inside(data: bytes, place: Place) -> Iterator[InsideText | Unseen]:
    """All texts of the file, the most readable first, and the parts that cannot be read; never raises."""
    budget = Budget()
    try:
        names: set[str] = set()
        for cell in package.cells(data, place) if data.startswith(package.SIGNATURE) else ():
            names.add(cell.text.strip())
            yield cell
        for found in _inside(data, "", budget):
            if isinstance(found, Unseen):
                yield found
            else:
                yield from not_repeated((found,), names)
    except TooMuch:
        yield Unseen("太大，或者一层套一层的文件太多，没有看完")


def _inside(data: bytes, name: str, budget: Budget) -> Looked:
    """``name`` is that of a part within the file, and empty for the file itself."""
    budget.spend(len(data))
    look = partial(_inside, budget=budget)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    with budget.deeper():
        if data.startswith(package.SIGNATURE):
            yield from package.texts(data, name, budget, look)
        elif b"%PDF-" in data[:1024]:
            from gkdir.read.inside import pdf  # imports pypdf, which only a pdf needs

            yield from pdf.texts(data, name, budget, look)
        elif data.startswith(compound.SIGNATURE):
            yield from compound.texts(data, name, budget, look)
        elif start.startswith(b"{\\rt"):
            yield from rtf.texts(data, name, look)
        elif mime.is_mail(start):
            yield from mime.texts(data, name, look)
        elif data.startswith(PICTURES):
            yield Unseen(f"图片{name and ' '}{name}")
            yield from raw.texts(data)
        elif not data.startswith(FONTS):
            yield from _plain_or_unknown(data, name, budget, look)


def _plain_or_unknown(data: bytes, name: str, budget: Budget, look: Look) -> Looked:
    text = raw.decoded(data)
    if text is None and zipfile.is_zipfile(BytesIO(data)):  # something precedes its signature
        yield from package.texts(data, name, budget, look)
    elif text is None:
        yield from raw.texts(data)
        yield Unseen(f"看不懂的部分{name and ' '}{name}")
    else:
        yield from markup.texts(text)
