"""A county's folder → the full text that its files publish, and the file names that become addresses.

What is not published is blanked: remarks, 允许, 存疑, 审核, who answers for it, and addresses of the web. Marks within
a line are taken out, so that a word with a part in bold is whole; lines stay where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Unreadable
from gkdir.read.attached import members_of
from gkdir.read.county import TOWNS
from gkdir.read.folder import Root, files_below, files_within
from gkdir.read.layerfiles import FOLDERS, layer_folder
from gkdir.read.longnumber import without
from gkdir.read.markdowntext import line_ends
from gkdir.read.officetext import is_office, is_old, office_text, old_text
from gkdir.read.plaintext import decoded
from gkdir.read.signs import lines_with
from gkdir.yaml.textfile import LONGEST

_FILES = ("changes.yaml", "ways.yaml")
"""Those with texts of the pages; words.yaml holds what people say, hant.yaml parts of words."""
_LARGEST = 2 << 20
_ADDRESS = "网址"
"""What stands for an address in the text."""

_UNPUBLISHED = re.compile(
    r"^([ ]*)(?:- )?(?:允许|存疑|审核|责任人|审核人|核对人)[ ]*:.*\n?(?:(?:\1[ -].*|[ ]*)(?:\n|\Z))*", re.MULTILINE
)
_BREAK = re.compile("\n")
_KEPT = ("允许", "存疑", "审核:", "责任人", "审核人", "核对人")
_REMARK = re.compile(r"#(?<![^\s]#).*")
_LINK = re.compile(
    r"(?<![A-Za-z0-9.])(?:[A-Za-z]{2,8}[ ]?[:：;；][/\\]{1,3}|https?[/\\]{2}|[A-Za-z]:\\(?=\w)"
    r"|(?<![A-Za-z])[A-Za-z]:/(?=[\w\u4e00-\u9fff])|(?<![\\A-Za-z\d(])\\\\(?=[\w.-]+\\)|(?:www|WWW)[.。，,](?=\w))"
    r"[^\s)）\]}\"'，。；、<>|]*"
    r"|\]\([ ]*(?:<[ ]*>[ ]*)?\)|<[aA]\s[^<>\n]{0,200}?\b(?i:href)\s*=\s*(?:\"[ ]?\"|'[ ]?'|(?=>))"
    r"|<[aA](?=[\s>])(?![^<>\n]{0,200}?\b(?i:href|id|name)\s*=)[^<>\n]{0,200}>"
)
_EMPTY = ("]", "<")
"""How an empty link begins."""
_SIGNS = ("www", "WWW", "](", "<a", "<A", *(f"{sign}{slash}" for sign in ":：;；/\\" for slash in "/\\"))
"""One of these is in every such address, on the line where it begins."""
_EMPHASIS = re.compile(r"(\*{1,3}|~{1,2})(?=[^\s*~])([^\n]{0,400}?[^\s*~])\1(?![*~])")
"""Asterisks in pairs; those alone are shown, as in **局."""
_MOST_ASTERISKS = 20_000
"""With more than any text has, they are left: what comes of it is looked at in the finished pages as well."""
_MARKS = re.compile(r"[`\u00ad\u200b-\u200f\u2060\ufeff]|</?[A-Za-z][^<>\n]{0,200}>")
_MARKING = ("`", "<")
"""One of these is in every mark that is seen: the others are not printable."""
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_HEAD = re.compile(r"---\r?\n(.*?)(?:^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)


class PublishedText(Struct, frozen=True, dict=True):
    """One file's text as it is read, or (``part`` is "name") the name of a file that is part of an address.

    ``part`` is the folder of the county's that it lies in, or "" for the file of a layer.
    """

    file: str
    part: str
    text: str
    addresses: tuple[tuple[int, str], ...] = ()
    """The addresses of the web that were taken out of it, and of empty links, each with its line."""
    lined: bool = True
    """Whether its lines are those of the file, and not what an office file says."""

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.file) if self.part == "name" else self.at(bisect_left(self._ends, offset) + 1)

    def at(self, line: int) -> Place:
        """The place of a line of the text: of an office file, the file."""
        return Place(self.file, line, 1) if self.lined else Place(self.file)

    @cached_property
    def _ends(self) -> list[int]:
        """Where its lines end: what is found in each of thousands has to be placed."""
        return [match.start() for match in _BREAK.finditer(self.text)]

    def line(self, offset: int) -> str:
        """The line that a character of the text stands on."""
        start, end = self.text.rfind("\n", 0, offset) + 1, self.text.find("\n", offset)
        return self.text[start : end if end >= 0 else None]


class PublishedTexts(Struct, frozen=True):
    """All such texts of a county."""

    texts: tuple[PublishedText, ...]


def published(project: Path, county: str, above: Sequence[str] = ()) -> PublishedTexts:
    """The texts of the folder ``county`` and of the layers ``above`` it, in the order of names."""
    root = Root.of(project)
    layers = [root.path / name.removeprefix(root.name).lstrip("/") for name in above]
    paths: dict[Path, str] = {}
    for file in (*layers, root.path / county / "county.yaml"):
        folder = layer_folder(file)
        paths |= dict.fromkeys((file, *(folder / name for name in _FILES)), "")
        for part in (*FOLDERS, TOWNS):
            paths |= dict.fromkeys(files_below(root, folder / part), part)
    return PublishedTexts(tuple(_texts(root, paths)))


def _texts(root: Root, paths: Mapping[Path, str]) -> Iterator[PublishedText]:
    names: set[str] = set()
    for path, part in paths.items():
        called = root.called(path)
        for name in (path.parent.name, path.name) if part else ():
            if not name.isascii() and name not in names:
                names.add(name)
                yield PublishedText(called, "name", name)
        if path.suffix in (".yaml", ".md", ".txt") and (text := _read(path)):
            yield shown(called, part, text)
        elif part and path.suffix.lower() == ".csv":
            yield shown(called, "forms", _table(path))
        elif part and (text := _text_of_download(path)):
            yield replace(shown(called, "forms", text), lined=False)


def _text_of_download(path: Path) -> str:
    """What a file to download says."""
    if is_office(path):
        return office_text(path)
    if path.suffix.lower() == ".zip":
        return "\n".join(members_of(path))
    return old_text(path) if is_old(path) else ""


def _read(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:  # reported by its reader
        return ""
    return "" if path.suffix == ".md" and len(text) > LONGEST else text  # reported as well


def _table(path: Path) -> str:
    """What a table of plain text says, in whichever encoding it is written."""
    try:
        return decoded(path.read_bytes()[:_LARGEST], Place(path.name))
    except (OSError, Unreadable):  # reported by who looks whether it opens
        return ""


def shown(file: str, part: str, text: str) -> PublishedText:
    """What of the text of a file is published, on the lines where it stands."""
    if file.endswith(".md"):
        head = _HEAD.match(text)
        end = head.end() if head else 0
        text = _yaml(text[:end]) + without(text[end:], "<!--", "-->")
    elif file.endswith(".yaml"):
        text = _yaml(text)
    addresses: tuple[tuple[int, str], ...] = ()
    if lines := lines_with(text, _SIGNS):
        text, addresses = _without_addresses(text, lines)
    while 0 < text.count("*") + text.count("~") <= _MOST_ASTERISKS:
        text, found = _EMPHASIS.subn(r"\2", text)
        if not found:
            break
    if any(sign in text for sign in _MARKING) or not text.replace("\n", "").isprintable():
        text = _MARKS.sub("", text)
    return PublishedText(file, part, text, addresses)


def _without_addresses(text: str, lines: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text with a word for each address, and the addresses, ``""`` for an empty link, each with its line.

    They begin on the ``lines``.
    """
    parts, addresses = [], []
    line, end = 1, 0
    for match in _links(text, lines):
        parts.append(text[end : match.start()])
        line += parts[-1].count("\n")
        addresses.append((line, "" if match[0].startswith(_EMPTY) else match[0]))
        line += match[0].count("\n")
        end = match.end()
    return _ADDRESS.join((*parts, text[end:])), tuple(addresses)


def _links(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    end = 0
    for start, last in lines:
        stop = text.find("\n", last + 1)  # an address may go on in the next line
        for match in _LINK.finditer(text, max(start, end), stop if stop >= 0 else len(text)):
            if match.start() > last:
                break
            end = match.end()
            yield match


def _yaml(text: str) -> str:
    if "\\u" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if "#" in text:
        text = _REMARK.sub("", text)
    return _UNPUBLISHED.sub(line_ends, text) if any(key in text for key in _KEPT) else text


_SILENT = (
    *(("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")),
    *(("<script", "</script>"), ("<style", "</style>")),
)
"""What of a template nobody reads."""
_TAG = re.compile("<[^<>]*>")


def template_texts(project: Path) -> Iterator[PublishedText]:
    """What a project's own templates say, on the lines where it stands."""
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.suffix.lower() in (".html", ".htm", ".xml", ".svg", ".js", ".typ"):
            text = _read(path)
            for opening, closing in _SILENT:
                text = without(text, opening, closing)
            yield PublishedText(root.called(path), "", _TAG.sub(line_ends, text))
