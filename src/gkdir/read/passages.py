"""A folder → every published text with a long number, with its place.

Phones, identity numbers and cards have eleven digits or more; in texts without such a number, which most are, a program
cannot recognise personal data. Names of files are published too, in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from gkdir.finding import Place, Unreadable
from gkdir.model.attached import PICTURES
from gkdir.model.item import Directory
from gkdir.model.searched import Passage, Searched
from gkdir.read.folder import Root, contents
from gkdir.read.inside import InsideText, Unseen, inside
from gkdir.read.layerfiles import FOLDERS, FORMS, GUIDES, NAMES, layer_folder
from gkdir.read.longnumber import LONG_NUMBER, long_lines
from gkdir.read.markdowntext import is_marked, unescaped, unmarked
from gkdir.read.samebytes import once
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml

YAML = (".yaml", ".yml")
TEMPLATES = (".html", ".htm", ".js", ".css", ".svg", ".xml")
TEXTS = (*YAML, *TEMPLATES, ".md", ".txt", ".csv", ".tsv", ".json")
FILES = (
    *(
        ".xlsx",
        ".docx",
        ".pptx",
        ".xlsm",
        ".docm",
        ".ods",
        ".odt",
        ".odp",
        ".ofd",
        ".pdf",
        ".rtf",
        ".mht",
        ".mhtml",
        ".eml",
        ".zip",
    ),
    *(".doc", ".xls", ".wps", ".et", ".ppt", ".dps"),
)
PHOTOS = tuple(f".{suffix}" for suffix in PICTURES)
_TABLES = (".md", ".csv", ".tsv", ".txt")
_SUM = re.compile(
    r"(?:金额|总额|预算|决算|造价|投资额|余额)(?:[（(][^（）()\n]{1,8}[）)])?|[（(](?:单位[:：])?[百千万亿]{0,3}元[）)]"
)
_AMOUNTS = re.compile(rf"[^\n|,\t（(]{{0,12}}(?:{_SUM.pattern})")
"""The heading of a column of amounts, which ends in ``_SUM``; searching for that first is ten times as fast."""
_AMOUNT = re.compile(r"\s*1[3-9]\d{9}\s*")
OURS = "gkdir/national/"
"""The beginning of the places of workbooks that come with gkdir."""
LARGEST = 32 << 20
"""The most bytes of one file; a form is far smaller."""


def county_files(root: Root, folder: Path, above: Sequence[str] = ()) -> Iterator[Searched]:
    """Each file with something to report: of the layers ``above``, then below the ``folder`` of a county, by name.

    The files of a province or city are published by each of its counties; ``above`` has the files of these
    layers themselves, named as in places.
    """
    layers = chain.from_iterable(
        _layer(root, root.path / name.removeprefix(root.name).lstrip("/"), folder) for name in above
    )
    if LONG_NUMBER.search(folder.name):
        yield Searched(root.place(folder), (Passage(folder.name, root.place(folder)),))
    yield from _searched(root, chain(layers, _files(root, folder)))


def _layer(root: Root, file: Path, county: Path) -> Iterator[Path]:
    """The file of a layer above the ``county``, and those that belong to it."""
    yield file
    if (folder := layer_folder(file)) != county:
        yield from (folder / name for name in NAMES if name not in FOLDERS and (folder / name).is_file())
        yield from chain.from_iterable(_files(root, folder / name) for name in FOLDERS)


def project_files(root: Root, national: Iterable[Directory]) -> Iterator[Searched]:
    """What every county publishes from the project: items, word lists, guides, forms and templates.

    The national workbooks are not published as files, but the texts of their items are.
    """
    for directory in national:
        if not directory.place.file.startswith(OURS):
            yield Searched(directory.place, tuple(_written(directory)))
    lists = (path for path in contents(root, root.path / "national").files if path.suffix.lower() in YAML)
    parts = (root.path / "national" / GUIDES, root.path / "national" / FORMS, root.path / "templates")
    yield from _searched(root, chain(lists, *(_files(root, part) for part in parts)))


def _written(directory: Directory) -> Iterator[Passage]:
    """The texts with a long number of the items and notes; a cell of several items once."""
    items = (written for item in directory.items for written in item.written.values())
    for text, place in dict.fromkeys((written.text, written.place) for written in (*items, *directory.notes)):
        if LONG_NUMBER.search(text):
            yield Passage(text, place)


def _searched(root: Root, paths: Iterator[Path]) -> Iterator[Searched]:
    """Each file with something to report."""
    for path in paths:
        place = root.place(path)
        found = list(_file(path, place))
        if LONG_NUMBER.search(path.name):
            found.insert(0, Passage(path.name, place))
        if found:
            unseen = tuple(dict.fromkeys(one.what for one in found if isinstance(one, Unseen)))
            yield Searched(place, tuple(one for one in found if isinstance(one, Passage)), unseen)


def _file(path: Path, place: Place) -> Iterator[Passage | Unseen]:
    suffix = path.suffix.lower()
    if suffix not in TEXTS and suffix not in FILES and suffix not in PHOTOS:
        return
    try:
        if not path.is_file():  # reading a pipe would block
            return
        if path.stat().st_size > LARGEST:
            yield Unseen("太大")
            return
        data = path.read_bytes()
    except OSError:
        yield Unseen("读不出")
        return
    if suffix in PHOTOS:  # its metadata; the picture itself is reported by GK967
        yield from (_passage(one, place) for one in _within(data, suffix) if isinstance(one, InsideText))
    elif suffix in TEXTS:
        yield from shown_text(data.decode("utf-8", "replace"), place, suffix)
    elif suffix != ".pdf" or whole_pdf(data):  # the rule about forms reports a truncated one
        for one in _within(data, suffix):
            yield _passage(one, place) if isinstance(one, InsideText) else one


@once
def _within(data: bytes, _suffix: str) -> tuple[InsideText | Unseen, ...]:
    return tuple(inside(data, Place("")))


def _passage(text: InsideText, place: Place) -> Passage:
    words = f"{text.heading}：{text.text}" if text.heading else text.text
    return Passage(words, Place(place.file, sheet=text.where, cell=text.cell), text.again)


def _files(root: Root, folder: Path, followed: frozenset[Path] = frozenset()) -> Iterator[Path]:
    found = contents(root, folder)
    yield from found.files
    for inner in found.folders:
        links = followed
        if inner.is_symlink():
            target = inner.resolve()
            if target in followed or folder.resolve().is_relative_to(target):
                continue  # a link to an ancestor would recurse endlessly
            links = followed | {target}
        if LONG_NUMBER.search(inner.name):
            yield inner
        yield from _files(root, inner, links)


def is_text(path: str) -> bool:
    """Whether the file is plain text."""
    return path.lower().endswith(TEXTS)


def shown_text(text: str, place: Place, suffix: str) -> Iterator[Passage]:
    """The lines with a long number as written, and again as shown if the text has marks or escapes."""
    for line, passage in long_lines(_with_marked_amounts(text) if suffix in _TABLES else text):
        yield Passage(passage, Place(place.file, line, 1))
    if suffix in TEMPLATES or is_marked(text):
        for shown in (unmarked(text), unescaped(text)):
            yield from (Passage(lines, Place(place.file, line, 1), True) for line, lines in long_lines(shown))
    if "\\" in text and (suffix in YAML or suffix == ".md"):
        yield from _values(text, place, suffix)


def _with_marked_amounts(text: str) -> str:
    """The text with ￥ before each amount in its tables, because the heading that says so is on another line."""
    if _SUM.search(text) is None:
        return text
    lines = text.split("\n")
    columns: set[int] = set()
    width = 0
    for at, line in enumerate(lines):
        sign = next((sign for sign in "|\t," if sign in line), "\n")
        cells = line.split(sign)
        if len(cells) != width:
            width, columns = len(cells), set()
        columns.update(index for index, cell in enumerate(cells) if index and _AMOUNTS.fullmatch(cell.strip()))
        for index in columns:
            if _AMOUNT.fullmatch(cells[index]):
                start = sum(len(cell) + 1 for cell in cells[:index]) + len(cells[index]) - len(cells[index].lstrip())
                lines[at] = f"{lines[at][: start - 1]}￥{lines[at][start:]}"
    return "\n".join(lines)


def _values(text: str, place: Place, suffix: str) -> Iterator[Passage]:
    """The values of a YAML file or of front matter, where digits can be escaped."""
    first = 1
    if suffix == ".md":
        parts = text.replace("\r\n", "\n").split("---\n", 2)
        if len(parts) < 3 or parts[0].strip():
            return
        text, first = parts[1], parts[0].count("\n") + 2
    if "\\" in text:
        try:
            yield from _scalars(parse_yaml(text, place.file, first_line=first).root)
        except Unreadable:  # reported by its reader
            return


def _scalars(node: Node) -> Iterator[Passage]:
    if isinstance(node, Scalar):
        if LONG_NUMBER.search(node.text):
            yield Passage(node.text.replace("\n", " "), node.place, True)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Branch):
        for key, value in node.entries:
            yield from _scalars(key)
            yield from _scalars(value)


def whole_pdf(data: bytes) -> bool:
    """Whether the file begins and ends like a pdf: a download that was cut off has no end."""
    return b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]
