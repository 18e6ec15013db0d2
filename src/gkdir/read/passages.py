"""A county's folder → every text in its files that holds a long number, with its place.

Phones, identity numbers and cards have eleven digits or more; texts without such a number say nothing of a person
that a program could know, and are most of all texts.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.read.folder import Root, contents
from gkdir.read.officetext import office_texts

TEXTS = (".yaml", ".yml", ".md", ".txt", ".csv", ".tsv", ".json", ".html", ".htm", ".xml", ".svg")
OFFICE = (".xlsx", ".docx", ".pptx", ".xlsm", ".docm", ".ods", ".odt", ".odp", ".ofd")
LARGEST = 32 << 20
"""Bytes that one file, or one part of an archive, may have: a form is far smaller, a bomb far larger."""
APART = "\u00a0\u3000\u200b\u200c\u200d\u2009 -‐‑‒–—―−－"
"""What people put between the groups of a number."""
LONG_NUMBER = re.compile(rf"\d(?:[{APART}]?\d){{10}}")
_FOLDED = str.maketrans("０１２３４５６７８９ＸｘＡ＋．" + APART, "0123456789XxA+." + "      " + " -" + "--------")
LEGACY = (".doc", ".xls", ".wps", ".et", ".rtf")


class Passage(Struct, frozen=True):
    """A piece of text as a reader would see it: a line of a file, or a part of an office file."""

    text: str
    place: Place

    @property
    def plain(self) -> str:
        """The text, as long as it is, with digits, blanks and hyphens of one kind each."""
        return self.text.translate(_FOLDED)


class Sealed(Struct, frozen=True):
    """A file whose text nobody but a person can look through: encrypted, too large, an old or unknown format."""

    place: Place
    why: str


def passages(project: Path, county: str, above: Sequence[str] = ()) -> Iterator[Passage | Sealed]:
    """All files below the folder ``county`` of the project, in the order of their names, and the files ``above`` it.

    What a province or city writes is published by each of its counties; its files are named as places name them.
    """
    root = Root.of(project)
    layers = (root.path / name.removeprefix(root.name).lstrip("/") for name in above)
    for path in chain(layers, _files(root, root.path / county)):
        if not path.is_file():  # a pipe would have us wait for ever
            continue
        place = root.place(path)
        suffix = path.suffix.lower()
        if path.stat().st_size > LARGEST:
            yield Sealed(place, "太大")
        elif suffix in TEXTS:
            yield from _lines(path, place)
        elif suffix in OFFICE:
            yield from _office(path, place)
        elif suffix == ".pdf":
            yield from _pdf(path, place)
        elif suffix in LEGACY:
            yield from _legacy(path, place)


def _files(root: Root, folder: Path, followed: frozenset[Path] = frozenset()) -> Iterator[Path]:
    found = contents(root, folder)
    yield from found.files
    for inner in found.folders:
        links = followed
        if inner.is_symlink():
            target = inner.resolve()
            if target in followed or folder.resolve().is_relative_to(target):
                continue  # a link to where we are leads on for ever
            links = followed | {target}
        yield from _files(root, inner, links)


def _lines(path: Path, place: Place) -> Iterator[Passage]:
    text = path.read_bytes().decode("utf-8", "replace")
    if LONG_NUMBER.search(text):
        for number, line in enumerate(text.splitlines(), 1):
            if LONG_NUMBER.search(line):
                yield Passage(line, Place(place.file, number, 1))


def _office(path: Path, place: Place) -> Iterator[Passage | Sealed]:
    if not zipfile.is_zipfile(path):
        return  # no such file at all, whatever it is called: the rule about forms says so
    try:
        for text, where in office_texts(path, place):
            if LONG_NUMBER.search(text):
                yield Passage(text, where)
    except Unreadable as error:
        yield Sealed(place, error.trouble.message.rstrip("。"))


def is_whole_pdf(path: Path) -> bool:
    """Whether the file begins and ends as a pdf does: a download that broke off has no end."""
    with path.open("rb") as file:
        begins = b"%PDF-" in file.read(1024)
        file.seek(max(0, path.stat().st_size - 2048))
        return begins and b"%%EOF" in file.read()


def _pdf(path: Path, place: Place) -> Iterator[Passage | Sealed]:
    if not is_whole_pdf(path):
        return  # the rule about forms says so
    from pypdf import PdfReader  # loaded only where there is a pdf
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        for number, page in enumerate(reader.pages, 1):
            for line in page.extract_text().splitlines():
                if LONG_NUMBER.search(line):
                    yield Passage(line, Place(place.file, sheet=f"第{number}页"))
        for value in (reader.metadata or {}).values():
            yield Passage(str(value), Place(place.file, sheet="文件属性"))
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError):
        yield Sealed(place, "打不开，可能加了密")


def _legacy(path: Path, place: Place) -> Iterator[Passage]:
    """What plain digits an old binary file holds, in either of the two ways that such files store text."""
    content = path.read_bytes()
    for text in (content.decode("latin-1"), content.decode("utf-16-le", "ignore")):
        for run in re.findall(r"[0-9Xx \-]{11,}", text):
            yield Passage(run, place)
