"""A Markdown file with a YAML head between two lines of ``---`` → the nodes of its head, its sections, both texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.model.guide import Section
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.lookalike import INVISIBLE, invisible
from gkdir.yaml.nodes import Branch, Node, Scalar
from gkdir.yaml.parse import Document, parse_yaml
from gkdir.yaml.textfile import LONGEST, read_text

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DASHES = re.compile(r"\s*[-－–—―‐‑‒−﹣]+\s*")
_HEADING = re.compile(r"##[ \t]+(.*?)[ \t#]*")


EMPTY = "---\n---\n"
"""The content of a new guide or article: an empty head."""

_WHOLE = re.compile(r"(---[ \t]*(?:\r\n|\r|\n))(.*?)((?<=[\r\n])---[ \t]*(?:[\r\n].*)?)", re.S)


class Headed(Struct, frozen=True):
    """A parsed file: the nodes of its head, the sections of its body; ``troubles`` are those of its head."""

    place: Place
    head: Node
    sections: tuple[Section, ...]
    troubles: tuple[Trouble, ...]


def read_headed(path: Path, name: str, what: str, elements: str) -> Headed:
    """The file at ``path``, called ``name`` in places. Raises Unreadable.

    ``what`` and ``elements`` are the kind of file and its first elements, for the message if there is no head.
    """
    text, start = read_text(path, name), Place(name, 1, 1)
    if len(text) > LONGEST:
        raise Unreadable(
            start, f"这份{what}有 {len(text)} 个字符，超过 {LONGEST} 个。", "请分成几篇，或者把长的做成附件。"
        )
    lines = text.split("\n")
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if not lines or lines[0].rstrip() != "---" or end is None:
        message = f"{what}的开头要有一段写在两行“---”之间的内容。"
        hint = f"第一行写“---”，接着写{elements}等，再写一行“---”，然后才是正文。"
        if _DASHES.fullmatch(lines[0]):
            message += f"第一行的“{lines[0].strip()[:5]}”不是三个英文的短横线“-”。"
        trouble = Trouble(TroubleKind.MISSING_KEY, start, message, hint)
        return Headed(start, Branch((), start, start), _sections(lines, 0, name), (trouble,))
    document: Document = parse_yaml("\n".join(lines[1:end]), name, first_line=2)
    troubles = (*document.troubles, *_invisible(lines, end + 1, name))
    return Headed(start, _mapping(document.root), _sections(lines, end + 1, name), troubles)


def _invisible(lines: list[str], first: int, name: str) -> Iterator[Trouble]:
    for number, line in enumerate(lines[first:], first + 1):
        if not line.isprintable() and (faint := INVISIBLE.search(line)):
            yield invisible(line, faint[0], Place(name, number, faint.start() + 1))


def _mapping(root: Node) -> Node:
    return Branch((), root.place, root.key) if isinstance(root, Scalar) and root.blank else root


def headings(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The index and the text of each ``##`` heading outside code fences."""
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading is not None:
            yield index, heading[1].strip()


def _sections(lines: list[str], first: int, name: str) -> tuple[Section, ...]:
    """The body split at its headings; text before the first heading is a section without a title."""
    sections: list[Section] = []
    titles = {first + index: title for index, title in headings(lines[first:])}
    title, start = "", first
    body: list[str] = []
    for index, line in enumerate([*lines[first:], ""], first):
        if index < len(lines) and index not in titles:
            body.append(line)
            continue
        if title or any(text.strip() for text in body):
            written = next((at for at, text in enumerate(body) if text), 0)  # blank lines before the text are left out
            place = Place(name, start + 1, 1)
            sections.append(Section(title, "\n".join(body).strip("\n"), place, start + bool(title) + written + 1))
        title, start, body = titles.get(index, ""), index, []
    return tuple(sections)


def split_front_matter(text: str) -> tuple[str, str, str]:
    """Opening ``---``, head, and the rest from the closing ``---``; joined they are ``text``.

    :raises CannotEdit: there is no head
    """
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise CannotEdit("no head")
    return match[1], match[2], match[3]
