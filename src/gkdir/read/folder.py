"""The project's folder: names of files in places, which files may be read, and the contents of each folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from os import scandir
from os.path import lexists, realpath
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.harmless import shown

_IGNORED = re.compile(r"\..*|~\$.*|.*~|.*\.(?:bak|tmp|swp)|thumbs\.db|desktop\.ini|readme(?:\..*)?", re.IGNORECASE)
"""Files that editors, systems and people leave behind, not meant to be published."""

_SLUG = re.compile(r"[^\W_][\w-]{0,63}")
_UNSAFE = re.compile(r"[\x00-\x20\x7f/\\:*?\"<>|#%&\u3000\u115f\u1160\u3164\uffa0]")
_MOST_BYTES = 150
"""The most bytes of a name: with what the site adds, it still fits into file systems and paths of Windows."""

_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))


class Root(Struct, frozen=True):
    """A project's folder: its ``path``, its ``name`` as the user wrote it, and its ``real`` path, links resolved."""

    path: Path
    name: str
    real: Path

    @classmethod
    def of(cls, folder: Path) -> Root:
        """The root of the project in ``folder``."""
        name = folder.as_posix()
        return cls(folder, "" if name == "." else name, Path(realpath(folder)))

    def relative(self, path: Path) -> str:
        """``path`` from the project's folder, with ``/``."""
        return "/".join(path.parts[len(self.path.parts) :]) or "."

    def called(self, path: Path) -> str:
        """The name of ``path`` for places."""
        relative = shown(self.relative(path))
        return f"{self.name.rstrip('/')}/{relative}" if self.name else relative

    def place(self, path: Path) -> Place:
        """The place of a whole file or folder."""
        return Place(self.called(path))

    def holds(self, path: Path) -> bool:
        """Whether ``path``, with links resolved, is inside the project."""
        try:
            return path.resolve().is_relative_to(self.real)
        except (OSError, RuntimeError, ValueError):  # a circular link, or a name that the system rejects
            return False


class Contents(Struct, frozen=True):
    """The contents of one folder, sorted by name; links out of the project are only in ``outside`` and ``troubles``."""

    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    outside: tuple[Path, ...] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """Files, then folders."""
        return (*self.files, *self.folders)


def contents(root: Root, folder: Path) -> Contents:
    """The files and folders in ``folder``, sorted by name; empty if there is no such folder.

    A folder that is a link out of the project counts as empty. The contents of its parent report it; if its parent is
    the project's folder, its own contents do.
    """
    if not lexists(folder):  # nor if there is no permission for its parent, which is reported there
        return Contents()
    if not root.holds(folder):
        return Contents(troubles=(outside(root, folder),) if folder.parent == root.path else ())
    try:
        with scandir(folder) as listed:  # scandir entries know what is a folder and what a link; other calls are slow
            entries = {folder / one.name: one for one in listed if not is_left_behind(one.name)}
        paths = sorted(entries)
        if paths:
            paths[0].lstat()  # a folder that may be listed but not entered
        # the folder itself is inside the project, so only links can lead out
        folder_or_not = {
            path: entries[path].is_dir() for path in paths if not entries[path].is_symlink() or root.holds(path)
        }
    except NotADirectoryError:
        return Contents(troubles=(_trouble(root, folder, "这里应当是一个文件夹，却是一个文件。", "请改名或移走它。"),))
    except OSError:
        return Contents(troubles=(_trouble(root, folder, "打不开这个文件夹。", "请检查文件夹的权限。"),))
    leading_out = tuple(path for path in paths if path not in folder_or_not)
    return Contents(
        tuple(path for path, is_folder in folder_or_not.items() if not is_folder),
        tuple(path for path, is_folder in folder_or_not.items() if is_folder),
        tuple(outside(root, path) for path in leading_out),
        leading_out,
    )


def files_below(root: Root, folder: Path) -> Iterator[Path]:
    """Every file in ``folder`` and below, without ignored ones; links to folders are not followed."""
    found = contents(root, folder)
    yield from found.files
    for inner in found.folders:
        if not inner.is_symlink():
            yield from files_below(root, inner)


def _trouble(root: Root, path: Path, message: str, hint: str) -> Trouble:
    return Trouble(TroubleKind.UNREADABLE, root.place(path), message, hint)


def outside(root: Root, path: Path) -> Trouble:
    """The trouble of a link out of the project."""
    message = "这是一个指向项目文件夹之外的链接，不能读取。"
    return Trouble(TroubleKind.OUTSIDE, root.place(path), message, "请把文件本身放进项目文件夹。")


def is_left_behind(name: str) -> bool:
    """Whether it is the name of a file that editors and systems leave behind, which is never published."""
    return _IGNORED.fullmatch(name) is not None


def files_within(root: Root, folder: Path) -> Iterator[Path]:
    """Every file under ``folder`` in the order of paths, except targets of links out of ``root``."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and root.holds(path))


def links_leading_out(root: Root, folder: Path) -> Iterator[Trouble]:
    """The troubles of all links in and under ``folder`` that lead out of the project."""
    found = contents(root, folder)
    yield from found.troubles
    for path in found.folders:
        yield from links_leading_out(root, path)


def strays(root: Root, paths: tuple[Path, ...], what_belongs: str) -> Iterator[Trouble]:
    """A trouble for each of ``paths``, which nothing reads; ``what_belongs`` says what may be in that folder."""
    for path in paths:
        message = f"没有用到{'文件夹' if path.is_dir() else '文件'}“{shown(path.name)}”。"
        yield Trouble(TroubleKind.STRAY_FILE, root.place(path), message, f"{what_belongs}请改名、移走或删去它。")


def is_slug(name: str) -> bool:
    """Whether ``name`` can be a folder of the site: letters, digits, ``-`` and ``_``, and not a device of Windows."""
    return _SLUG.fullmatch(name) is not None and _is_portable(name)


def is_file_name(name: str) -> bool:
    """Whether ``name`` can be (part of) a file's name in the site: no blanks and none of ``/\\:*?"<>|#%&``."""
    return (
        shown(name) == name
        and name.isprintable()
        and _UNSAFE.search(name) is None
        and not name.startswith((".", "-"))
        and not name.endswith((".", ".html", ".htm"))  # Windows drops the dot; the others are the site's pages
        and _is_portable(name)
    )


def _is_portable(name: str) -> bool:
    """Whether every file system can store the name unchanged, with what the site adds to it."""
    device = unicodedata.normalize("NFKC", name).partition(".")[0].casefold() in _DEVICES
    return unicodedata.is_normalized("NFC", name) and not device and len(name.encode("utf-8", "replace")) <= _MOST_BYTES


def folded(name: str) -> str:
    """The name as case-insensitive file systems and our addresses compare it."""
    return unicodedata.normalize("NFC", name.casefold()).replace(".", "-").strip("-")


def without_clashes(root: Root, paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Trouble, ...]]:
    """The paths without those whose name clashes with an earlier one on some system, and a trouble for each of these.

    A description and a folder with the same stem belong together.
    """
    kept: dict[str, str] = {}
    good, troubles = [], []
    for path in sorted(paths, key=lambda path: (path.name != path.name.casefold(), path.name)):
        name = path.stem if path.suffix in (".yaml", ".md", ".xlsx", ".xls", ".ods") else path.name
        first = kept.setdefault(folded(name), name)
        if first == name:
            good.append(path)
        else:
            message = f"“{shown(name)}”和“{shown(first)}”在有的系统里、在网址里是同一个名称。"
            hint = "请改一个名称，不要只差大小写或标点。"
            troubles.append(Trouble(TroubleKind.WRONG_VALUE, root.place(path), message, hint))
    return tuple(good), tuple(troubles)


def bad_name(root: Root, path: Path, hint: str) -> Trouble:
    """The trouble of a name that cannot be part of an address."""
    return Trouble(TroubleKind.WRONG_VALUE, root.place(path), f"名称“{shown(path.name)}”不能用作网址的一部分。", hint)
