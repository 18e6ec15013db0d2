"""A built folder and an object store → the same files below the store's address; no object of others is touched.

A store cannot replace a county in one step. So nothing is sent before all is built; then, county by county, new objects
are sent first, then papers, styles and scripts, then pages, then the manifest that lists them; last, old objects are
removed. No link is broken at any moment. A list of what will be sent is written first, under ``.gkdir/sent``, so that
the run after an interrupted one knows what was sent, continues, and can tell it from objects of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from threading import Event, Thread
from typing import TypeVar

import msgspec
from msgspec import Struct

from gkdir.finding import Trouble, Unreadable
from gkdir.publish.manifest import KIND, MANIFEST, Manifest, digest, manifest_bytes, manifest_of
from gkdir.publish.obstacles import EDITED, FOREIGN, Foreign, Obstacle, refuse, refuse_another
from gkdir.publish.store import Store, StoredObject, etag
from gkdir.read.folder import is_slug

FOLDER = ".gkdir/lock"
_CLOCK = ".gkdir/clock"
_RELEASED = b"free"
_RENEWAL_SECONDS = 60
"""Seconds between two renewals of the claim."""
_CLAIM_EXPIRES = timedelta(minutes=10)


@contextmanager
def only_publisher(store: Store) -> Iterator[Callable[[], None]]:
    """Hold the only right to write to the store; yields a function that raises Unreadable if another took over.

    There is no lock that ends with the process, so the publisher renews its claim every minute; after ten minutes
    without renewal another may take over. Claims are numbered; the store writes an object only if there is none (a
    conditional write), so only one of two publishers gets the next number. Times are the store's own.

    :raises Unreadable: another publisher is at work, or the store has no conditional writes
    """
    mine = token_hex(16).encode()
    number = _next(store)
    if not _created(store, f"{FOLDER}/{number:012}", mine):
        raise _busy(store)
    ended = Event()

    def keep() -> None:
        if max(store.objects(FOLDER)) != f"{number:012}":
            raise Unreadable(store.place(), "另一个 gkdir 接着往这里发布了，这一个停下来。", "请等它做完，再运行一次。")

    def beat() -> None:
        while not ended.wait(_RENEWAL_SECONDS):
            with suppress(Unreadable):  # sending will report the same error
                store.send({f"{FOLDER}/{number:012}": mine})

    beating = Thread(target=beat, daemon=True)
    beating.start()
    try:
        store.remove(f"{FOLDER}/{name}" for name in store.objects(FOLDER) if name < f"{number:012}")
        yield keep
    finally:
        ended.set()
        beating.join()
        with suppress(Unreadable):  # the claim then expires by itself
            store.send({f"{FOLDER}/{number:012}": _RELEASED})


def _next(store: Store) -> int:
    """The number to claim.

    :raises Unreadable: another publisher is at work
    """
    there = store.objects(FOLDER)
    if not there:
        return 1
    last = max(there)
    if store.read(f"{FOLDER}/{last}") != _RELEASED:
        store.send({_CLOCK: b""})
        now = store.objects(".gkdir")["clock"].written
        if now - there[last].written < _CLAIM_EXPIRES:
            raise _busy(store)
    return int(last) + 1


def _created(store: Store, path: str, mine: bytes) -> bool:
    """Whether this process wrote the object.

    :raises Unreadable: the store has no conditional writes
    """
    if not store.create(path, mine) and store.read(path) != mine:  # perhaps ours, if only the answer was lost
        return False
    if store.create(path, mine):
        message = "这个对象存储不认“没有才写”（If-None-Match），挡不住两个人同时发布，什么也没有送。"
        hint = "请先生成到文件夹（-o site），再用对象存储自己的工具传上去。"
        raise Unreadable(store.place(), message, hint)
    return True


def _busy(store: Store) -> Unreadable:
    hint = "请等它做完，再运行一次。要是它已经断了，十分钟以后这里就不再等它。"
    return Unreadable(store.place(), "另一个 gkdir 正在往这里发布。", hint)


_SENT = ".gkdir/sent"
_ALL = f"{_SENT}/all.json"
"""Where the digest of each county's manifest is kept, as last sent completely."""

Value = TypeVar("Value")
Sums = dict[str, list[str]]
"""Path → the digests and ETags that gkdir's object there may have."""


class MirrorPart(Struct, frozen=True):
    """A county's folder or, with an empty ``slug``, the files beside the counties' folders.

    ``manifest`` is to be sent, ``before`` is the one in the store; ``there`` are the objects in the store, and
    ``known`` the sums of those that gkdir wrote.
    """

    slug: str
    folder: Path
    manifest: Manifest
    before: Manifest | None
    there: Mapping[str, StoredObject]
    known: Sums

    def path(self, inner: str) -> str:
        """The path of one of its objects in the store."""
        return f"{self.slug}/{inner}" if self.slug else inner

    @property
    def note(self) -> str:
        """Where the sums of its objects are kept."""
        return f"{_SENT}/counties/{self.slug}.json" if self.slug else f"{_SENT}/root.json"


class Mirror:
    """A folder, and its copy in the store.

    ``keep`` is called before each part, and raises if another publisher took over.
    """

    def __init__(self, store: Store, folder: Path, keep: Callable[[], None] = lambda: None) -> None:
        self._store, self._folder, self._keep = store, folder, keep
        self.sent = self.removed = 0

    def pull(self) -> None:
        """Fetch the manifests of counties that are only in the store, so that the page of all counties lists them."""
        for slug in self._store.folders():
            here = self._folder / slug
            if is_slug(slug) and not here.exists():
                content = self._store.read(f"{slug}/{MANIFEST}") or b""
                manifest = manifest_of(content)
                if manifest is not None and KIND not in manifest.about:
                    here.mkdir(parents=True)
                    (here / MANIFEST).write_bytes(content)

    def send(self, slugs: Sequence[str], tell: Callable[[], None]) -> Iterator[tuple[str | None, Trouble]]:
        """Send the counties, then the files beside them; yields a trouble where objects of others are in the way.

        With it comes the county's name, ``None`` for the files beside them. ``tell`` is called after each county.
        """
        last = _decoded(self._store.read(_ALL), dict[str, str]) or {}
        new = {slug: digest(manifest_bytes(self._folder / slug)) for slug in slugs}
        whole = {slug: sum_ for slug, sum_ in last.items() if slug not in new or new[slug] == sum_}
        if whole != last:
            self._note(_ALL, whole)
        for slug in slugs:
            if slug not in whole:
                trouble = self._sent(slug)
                if trouble is None:
                    whole[slug] = new[slug]
                else:
                    yield slug, trouble
            tell()
        trouble = self._sent("")
        if trouble is not None:
            yield None, trouble
        if whole != last:
            self._note(_ALL, whole)

    def _sent(self, slug: str) -> Trouble | None:
        """Send one part; return the trouble if objects of others are in the way."""
        self._keep()
        part = self._part(slug)
        if part is None:
            return None
        try:
            self._put(part)
        except Obstacle as way:
            return way.trouble
        return None

    def _part(self, slug: str) -> MirrorPart | None:
        folder = self._folder / slug
        manifest = manifest_of(manifest_bytes(folder))
        if manifest is None:
            return None
        store = self._store
        now = store.read(f"{slug}/{MANIFEST}" if slug else MANIFEST)
        before = manifest_of(now or b"")
        before = before if before and before.about.get(KIND) == manifest.about.get(KIND) else None
        part = MirrorPart(slug, folder, manifest, before, {}, {})
        known = _decoded(store.read(part.note), Sums) or {}
        for path, sum_ in before.files.items() if before else ():
            known.setdefault(path, []).append(sum_)
        if before is not None and now is not None:
            known.setdefault(MANIFEST, []).append(digest(now))
        there = store.objects(slug) if slug else self._beside({*manifest.files, *known, MANIFEST})
        return msgspec.structs.replace(part, there=there, known=known)

    def _beside(self, paths: Iterable[str]) -> dict[str, StoredObject]:
        """The objects beside the counties' folders that gkdir wants to write or has written."""
        wanted = set(paths)
        found = self._store.top()
        for folder in sorted({path.partition("/")[0] for path in wanted if "/" in path}):
            found |= {f"{folder}/{path}": one for path, one in self._store.objects(folder).items()}
        return {path: one for path, one in found.items() if path in wanted}

    def _put(self, part: MirrorPart) -> None:
        """Send what has changed, then remove what is gone.

        :raises Obstacle: objects of others are in the way; nothing was sent
        """
        lost = f"{part.slug} 没有发布" if part.slug else "所有县的首页没有更新"
        place = str(self._store.place(part.slug))
        if part.before:
            refuse_another(place, part.before, part.manifest.about, lost)
        wanted = [*part.manifest.files, MANIFEST]
        same, gone, foreign = self._compared(part, frozenset(wanted))
        refuse(place, foreign, lost)
        changed = [path for path in wanted if path not in same]
        sums = {path: [sum_] for path, sum_ in part.manifest.files.items()}
        for path in wanted:
            content = (part.folder / path).read_bytes()
            sums[path] = [digest(content), etag(content)]
        if not changed and not gone:
            return
        both = {path: sorted({*sums.get(path, ()), *part.known.get(path, ())}) for path in {*sums, *part.known}}
        self._note(part.note, both)
        for paths in _in_order(changed, part.there):
            self._store.send({part.path(path): (part.folder / path).read_bytes() for path in paths})
        self._store.remove(part.path(path) for path in gone)
        self._note(part.note, sums)
        self.sent, self.removed = self.sent + len(changed), self.removed + len(gone)

    def _compared(self, part: MirrorPart, wanted: frozenset[str]) -> tuple[set[str], list[str], list[Foreign]]:
        """The objects in the store that are already right, gkdir's objects to remove, and objects of others."""
        same, gone, foreign = set(), [], []
        for path, one in sorted(part.there.items()):
            content = (part.folder / path).read_bytes() if path in wanted else None
            if content is not None and one.etag == etag(content):
                same.add(path)
                continue
            known = part.known.get(path, ())
            if one.etag not in known:  # a store's ETag need not be the MD5 of the content
                found = digest(self._store.read(part.path(path)) or b"")
                if content is not None and found == digest(content):
                    same.add(path)
                    continue
                if found not in known:
                    if part.slug or path in wanted:
                        foreign.append((path, EDITED if known else FOREIGN))
                    continue
            if path not in wanted:
                gone.append(path)
        return same, gone, foreign

    def _note(self, path: str, value: object) -> None:
        self._store.send({path: msgspec.json.encode(value, order="sorted")})


def _in_order(paths: Iterable[str], there: Mapping[str, StoredObject]) -> Iterator[list[str]]:
    """The paths in groups to send one after another: new files, what pages load, pages, the manifest."""
    stages: list[list[str]] = [[], [], [], []]
    for path in paths:
        stage = 3 if path == MANIFEST else 0 if path not in there else 2 if path.endswith(".html") else 1
        stages[stage].append(path)
    yield from filter(None, stages)


def _decoded(content: bytes | None, kind: type[Value]) -> Value | None:
    """The note with this content; ``None`` if there is none, or gkdir did not write it."""
    try:
        return msgspec.json.decode(content, type=kind) if content else None
    except msgspec.DecodeError:
        return None
