"""A file to download → what its writers left in it: tracked changes, comments, their names."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from msgspec import Struct

from gkdir.read.oldtraces import OLD, left_in

_MOST = 16 << 20
"""Bytes of one part that are looked through."""
_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml|content\.xml")
_REVISED = re.compile(r"<w:(?:ins|del|moveFrom|moveTo) |<text:tracked-changes\b[^>]*>\s*<text:changed-region\b")
_COMMENTS = re.compile(r"word/comments\.xml|xl/comments\d*\.xml|xl/threadedcomments/.*\.xml", re.IGNORECASE)
_COMMENT = re.compile(r"<w:comment |<comment |<threadedComment |<office:annotation\b")
_PROPERTIES = ("docProps/core.xml", "meta.xml")
_NAMES = re.compile(
    r"<(dc:creator|cp:lastModifiedBy|meta:initial-creator)>([^<>]{1,60})</\1>|\bw:author=\"([^\"<>]{1,60})\""
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_NOT_A_PERSON = re.compile(
    r"用户|管理|办公|微软|电脑|计算机|系统|政府|人社|社保|就业|中心|科\Z|局\Z|股\Z|室\Z|厅\Z|委\Z|所\Z|站\Z|作者|未知"
)
_BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)


class Traces(Struct, frozen=True):
    """``people`` are the names that look like a person's."""

    revised: bool = False
    commented: bool = False
    people: tuple[str, ...] = ()


def traces(path: Path) -> Traces:
    """What is left in the file at ``path``; nothing in one that cannot be opened."""
    revised = commented = False
    people: dict[str, None] = {}
    try:
        if path.suffix.lower().removeprefix(".") in OLD:
            if path.stat().st_size > _MOST:
                return Traces()
            revised, commented, names = left_in(path.read_bytes())
            return Traces(revised, commented, tuple(dict.fromkeys(filter(_is_person, names))))
        for name, text in _parts(path):
            looked = _TEXTS.fullmatch(name) is not None
            revised = revised or (looked and _REVISED.search(text) is not None)
            commented = commented or _COMMENT.search(text) is not None
            found = (unescape(match[2] or match[3]).strip() for match in _NAMES.finditer(text))
            people |= dict.fromkeys(filter(_is_person, found))
    except _BROKEN:  # the rule about broken files speaks of it
        return Traces()
    return Traces(revised, commented, tuple(people))


def _is_person(name: str) -> bool:
    return _PERSON.fullmatch(name) is not None and not _NOT_A_PERSON.search(name)


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            name = member.filename
            wanted = _TEXTS.fullmatch(name) or _COMMENTS.fullmatch(name) or name in _PROPERTIES
            if wanted and member.file_size <= _MOST:
                with archive.open(member) as file:
                    yield name, file.read(_MOST).decode("utf-8", "replace")
