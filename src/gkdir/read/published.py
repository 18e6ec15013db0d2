"""A county's folder → the whole text that its files publish, and the file names that become addresses.

What is not published is blanked: comments, 允许, 存疑, 审核, 责任人, and web addresses. Marks within a line are
removed, so that a word with a bold part is whole; line numbers do not change.
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
"""Files with texts of pages; not words.yaml and hant.yaml, which have spoken words and parts of words."""
_LARGEST = 2 << 20
_ADDRESS = "网址"
"""The replacement for an address in the text."""

_UNPUBLISHED = re.compile(
    r"^([ ]*)(?:- )?(?:允许|存疑|审核|责任人|审核人|核对人)[ ]*:.*\n?(?:(?:\1[ -].*|[ ]*)(?:\n|\Z))*", re.MULTILINE
)
_BREAK = re.compile("\n")
_UNPUBLISHED_KEYS = ("允许", "存疑", "审核:", "责任人", "审核人", "核对人")
_YAML_COMMENT = re.compile(r"#(?<![^\s]#).*")
_LINK = re.compile(
    r"(?<![A-Za-z0-9.])(?:[A-Za-z]{2,8}[ ]?[:：;；][/\\]{1,3}|https?[/\\]{2}|[A-Za-z]:\\(?=\w)"
    r"|(?<![A-Za-z])[A-Za-z]:/(?=[\w\u4e00-\u9fff])|(?<![\\A-Za-z\d(])\\\\(?=[\w.-]+\\)|(?:www|WWW)[.。，,](?=\w))"
    r"[^\s)）\]}\"'，。；、<>|]*"
    r"|\]\([ ]*(?:<[ ]*>[ ]*)?\)|<[aA]\s[^<>\n]{0,200}?\b(?i:href)\s*=\s*(?:\"[ ]?\"|'[ ]?'|(?=>))"
    r"|<[aA](?=[\s>])(?![^<>\n]{0,200}?\b(?i:href|id|name)\s*=)[^<>\n]{0,200}>"
)
_EMPTY = ("]", "<")
"""The beginnings of a match that is a link without an address."""
_ADDRESS_SIGNS = ("www", "WWW", "](", "<a", "<A", *(f"{sign}{slash}" for sign in ":：;；/\\" for slash in "/\\"))
"""Every address has one of these on the line where it begins."""
_EMPHASIS = re.compile(r"(\*{1,3}|~{1,2})(?=[^\s*~])([^\n]{0,400}?[^\s*~])\1(?![*~])")
"""Marks in pairs; single ones are shown, as in **局."""
_MOST_ASTERISKS = 20_000
"""More ``*`` and ``~`` than any text has; a text with more keeps them, since the finished pages are examined too."""
_MARKS = re.compile(r"[`\u00ad\u200b-\u200f\u2060\ufeff]|</?[A-Za-z][^<>\n]{0,200}>")
_MARKING = ("`", "<")
"""Every printable mark has one of these; the others are not printable."""
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_HEAD = re.compile(r"---\r?\n(.*?)(?:^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)


class PublishedText(Struct, frozen=True, dict=True):
    """One file's text as people read it, or (``part`` is "name") a file name that is part of an address.

    Otherwise ``part`` is the subfolder that the file is in, "forms" for any file to download, or "" for the file of a
    layer.
    """

    file: str
    part: str
    text: str
    addresses: tuple[tuple[int, str], ...] = ()
    """The web addresses removed from the text, empty for an empty link: (line, address)."""
    lined: bool = True
    """Whether its lines are those of the file; false for the text of an office file."""

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.file) if self.part == "name" else self.at(bisect_left(self._ends, offset) + 1)

    def at(self, line: int) -> Place:
        """The place of a line of the text; for an office file, of the file."""
        return Place(self.file, line, 1) if self.lined else Place(self.file)

    @cached_property
    def _ends(self) -> list[int]:
        """The offsets of the line ends; cached, because a text may have thousands of findings."""
        return [match.start() for match in _BREAK.finditer(self.text)]

    def line(self, offset: int) -> str:
        """The line of the text with the character at ``offset``."""
        start, end = self.text.rfind("\n", 0, offset) + 1, self.text.find("\n", offset)
        return self.text[start : end if end >= 0 else None]


class PublishedTexts(Struct, frozen=True):
    """All published texts of a county."""

    texts: tuple[PublishedText, ...]


def published(project: Path, county: str, above: Sequence[str] = ()) -> PublishedTexts:
    """The texts of the folder ``county`` and of the layers ``above`` it."""
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
    """The text of a file to download."""
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
    """The text of a CSV, in any known encoding."""
    try:
        return decoded(path.read_bytes()[:_LARGEST], Place(path.name))
    except (OSError, Unreadable):  # reported by the rule about files that do not open
        return ""


def shown(file: str, part: str, text: str) -> PublishedText:
    """The published part of the text of a file, on the same lines."""
    if file.endswith(".md"):
        head = _HEAD.match(text)
        end = head.end() if head else 0
        text = _yaml(text[:end]) + without(text[end:], "<!--", "-->")
    elif file.endswith(".yaml"):
        text = _yaml(text)
    addresses: tuple[tuple[int, str], ...] = ()
    if lines := lines_with(text, _ADDRESS_SIGNS):
        text, addresses = _without_addresses(text, lines)
    while 0 < text.count("*") + text.count("~") <= _MOST_ASTERISKS:
        text, found = _EMPHASIS.subn(r"\2", text)
        if not found:
            break
    if any(sign in text for sign in _MARKING) or not text.replace("\n", "").isprintable():
        text = _MARKS.sub("", text)
    return PublishedText(file, part, text, addresses)


def _without_addresses(text: str, lines: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text with ``_ADDRESS`` for each address, and the addresses: (line, address), ``""`` for an empty link.

    ``lines`` are the (start, end) of the lines where addresses may begin.
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
        stop = text.find("\n", last + 1)  # an address may continue on the next line
        for match in _LINK.finditer(text, max(start, end), stop if stop >= 0 else len(text)):
            if match.start() > last:
                break
            end = match.end()
            yield match


def _yaml(text: str) -> str:
    if "\\u" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if "#" in text:
        text = _YAML_COMMENT.sub("", text)
    return _UNPUBLISHED.sub(line_ends, text) if any(key in text for key in _UNPUBLISHED_KEYS) else text


_SILENT = (
    *(("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")),
    *(("<script", "</script>"), ("<style", "</style>")),
)
"""The invisible parts of a template."""
_TAG = re.compile("<[^<>]*>")


def template_texts(project: Path) -> Iterator[PublishedText]:
    """The visible text of a project's own templates, on the same lines."""
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.suffix.lower() in (".html", ".htm", ".xml", ".svg", ".js", ".typ"):
            text = _read(path)
            for opening, closing in _SILENT:
                text = without(text, opening, closing)
            yield PublishedText(root.called(path), "", _TAG.sub(line_ends, text))
