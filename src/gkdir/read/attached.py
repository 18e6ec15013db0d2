"""A text's sections and its folder → the sections with the files beside it that they link to."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Gathered, Trouble, Unreadable
from gkdir.model.attached import AttachedFile
from gkdir.model.guide import Section
from gkdir.read.folder import Root, contents, is_left_behind, strays
from gkdir.read.markdowntext import linked_path, text_links
from gkdir.read.picture import measured
from gkdir.yaml.textfile import read_text

LARGEST = 32 << 20
"""Bytes of the largest file that is examined; a rule reports larger ones."""
WORDS = ".txt"
"""海报.txt beside 海报.png says what is written in the picture."""
_SOURCE_SUFFIXES = (".md", ".yaml", ".yml")
"""Files that are sources of pages and are not published themselves."""
_MOST_MEMBERS = 100


class Joined(Struct, frozen=True):
    """The sections with their files, the paths that were ``used``, and what could not be read."""

    sections: tuple[Section, ...]
    used: frozenset[Path] = frozenset()
    troubles: tuple[Trouble, ...] = ()


def joined(root: Root, folder: Path, sections: tuple[Section, ...]) -> Joined:
    """The sections of one text in ``folder``, each with the files that it links to."""
    found: dict[str, AttachedFile | None] = {}
    used: set[Path] = set()
    troubles = Gathered()
    whole = []
    for section in sections:
        named = dict.fromkeys(path for link in text_links(section) if (path := linked_path(link.target)))
        for target in named:
            if target not in found:
                found[target] = attached(root, folder, target)
                if (file := found[target]) is not None:
                    used.add(folder / target)
                    found[target] = troubles.taken_from(_with_words(root, folder / target, file))
                    used.update(path for path in (_words_of(folder / target),) if file.picture)
        files = tuple(file for target in named if (file := found[target]) is not None)
        whole.append(replace(section, files=files) if files else section)
    return Joined(tuple(whole), frozenset(used), tuple(troubles))


def unlinked(root: Root, paths: Iterable[Path], used: Collection[Path], belongs: str) -> Iterator[Trouble]:
    """A trouble for each file or folder among ``paths`` that no text links to, or for the unlinked part of a folder."""
    for path in paths:
        if path in used:
            continue
        if path.is_dir() and any(one.is_relative_to(path) for one in used):
            found = contents(root, path)
            yield from found.troubles
            yield from unlinked(root, found.all, used, belongs)
        else:
            yield from strays(root, (path,), belongs)


def attached(root: Root, folder: Path, target: str) -> AttachedFile | None:
    """The file in ``folder``; ``None`` if there is none that may be published."""
    path = folder / target
    if path.suffix.lower() in _SOURCE_SUFFIXES or any(is_left_behind(part) for part in Path(target).parts):
        return None
    try:
        if not path.is_file() or not root.holds(path):
            return None
        size = path.stat().st_size
        file = AttachedFile(root.relative(path), size, target=target, place=root.place(path))
        if size > LARGEST:
            return file
        if file.picture:
            found = measured(path.read_bytes())
            return replace(file, width=found.width, height=found.height, located=found.located) if found else file
        return replace(file, members=members_of(path)) if file.suffix == "zip" else file
    except (OSError, ValueError):  # not a name that the system accepts, or no permission
        return None


def members_of(path: Path) -> tuple[str, ...]:
    """The names of the first hundred files in a zip, decoded; empty if the zip is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OverflowError, RuntimeError):
        return ()
    return tuple(_name(member) for member in listed[:_MOST_MEMBERS])


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows writes names in GBK without marking them."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _words_of(path: Path) -> Path:
    return path.with_suffix(WORDS)


def _with_words(root: Root, path: Path, file: AttachedFile) -> tuple[AttachedFile, tuple[Trouble, ...]]:
    words = _words_of(path)
    if not file.picture or not words.is_file() or not root.holds(words):
        return file, ()
    try:
        return replace(file, words=read_text(words, root.called(words)).strip() or None), ()
    except Unreadable as error:
        return file, (error.trouble,)
