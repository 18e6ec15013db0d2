"""The options of a build → a key for each county: the digest of everything that it is made from.

The same key means that neither the county's pages nor its findings can have changed. No file is read twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from os.path import realpath
from pathlib import Path

from gkdir.buildoptions import BuildOptions
from gkdir.resources import national_folder, template_folder
from gkdir.stamps import CannotStamp, Entry, FolderDigests, digest_of, program, stamped

COUNTIES = "counties"
ARCHIVES = "存档"
"""The desk's folder of dated archives in a project: it grows every day, and is no source."""


class Sources:
    """Digests of shared sources, taken on creation, before anything is read, and of each county, taken by ``look``.

    ``contents``: takes the digests; ``None`` if no keys can be had. ``out``: the output folder, which is no source.
    """

    def __init__(self, options: BuildOptions, contents: FolderDigests | None, out: Path | None = None) -> None:
        self._options, self._contents, self._out = options, contents, out
        self._project = Path(realpath(options.project))
        self._folders: dict[str, str | None] = {}
        self.shared = None if contents is None else digest_of(self._all_shared(contents))

    def look(self, slug: str) -> None:
        """Take the digest of a county's folder, if that has not been done."""
        if slug in self._folders or self._contents is None:
            return
        folder = self._project / COUNTIES / slug
        self._folders[slug] = None
        if not (folder.is_symlink() or folder.parent.is_symlink()):
            with suppress(OSError, ValueError, CannotStamp):  # as in digest_of
                self._folders[slug] = self._contents.of(slug, folder)

    @property
    def folders(self) -> dict[str, str | None]:
        """The digests of the counties' folders that were looked at, ``None`` if unknown."""
        return self._folders

    def learn(self, folders: Mapping[str, str | None]) -> None:
        """Take over digests from another process."""
        self._folders.update(folders)

    def key(self, sources: Sequence[str] | None) -> str | None:
        """The key of a county made from the folders ``sources``; ``None`` if they are unknown or not all looked at."""
        found = [self._folders.get(source) for source in sources or ()]
        if not found or None in found or self.shared is None:
            return None
        return digest_of(part.encode() for part in (self.shared, *(each for each in found if each)))

    def _all_shared(self, contents: FolderDigests) -> Iterator[bytes]:
        options = self._options
        yield program().encode()
        chosen = (options.base_url, options.today, options.strict, options.sheets, options.hant, options.fragments)
        named = (options.project.as_posix(), options.national, options.fonts, options.require_review)
        yield repr((*named, *chosen)).encode(errors="surrogateescape")
        yield from stamped(template_folder())
        for folder in (options.national or national_folder(), *options.fonts):
            yield from stamped(folder)
        yield contents.of("", self._project, self._is_not_shared).encode()

    def _is_not_shared(self, entry: Entry) -> bool:
        """Whether a file or folder of the project is not a shared source."""
        path = Path(entry.path)
        if path.parent == self._project and (entry.name in (COUNTIES, ARCHIVES) or entry.name.startswith(".")):
            return True
        return path == self._out


def name_of(kind: str, *paths: Path) -> str:
    """The name in the cache for something about these folders."""
    named = "\0".join(map(str, paths)).encode(errors="surrogateescape")
    return f"{kind}-{hashlib.sha256(named).hexdigest()[:32]}"
