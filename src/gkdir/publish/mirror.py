"""A built folder and a store → the same below the store's address, no object touched that is not gkdir's.

A store cannot put a county in place in one step. So nothing is sent before all is built; then, county by county, first
what is new, then papers, styles and scripts, then the pages, then the manifest that lists them, and last what is gone
is removed: no link is broken at any moment. A list of what will be sent is written first, under ``.gkdir/sent``,
so that the next run knows what a broken one has sent, goes on, and tells it from what somebody else put there.
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
_FREE = b"free"
_BEAT = 60
"""Seconds."""
_SILENT = timedelta(minutes=10)


@contextmanager
def alone_in(store: Store) -> Iterator[Callable[[], None]]:
    """Hold the right; yield a function that raises Unreadable if another has taken over meanwhile.

    There is no lock that ends with the process, so the publisher renews his claim every minute; after ten minutes
    without renewal another may take over. Each right has a number; the store writes an object only
    if there is none (a conditional write), so only one of two gets the next number. Times are the store's own.
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
        while not ended.wait(_BEAT):
            with suppress(Unreadable):  # the next thing that is sent says so too
                store.send({f"{FOLDER}/{number:012}": mine})

    beating = Thread(target=beat, daemon=True)
    beating.start()
    try:
        store.remove(f"{FOLDER}/{name}" for name in store.objects(FOLDER) if name < f"{number:012}")
        yield keep
    finally:
        ended.set()
        beating.join()
        with suppress(Unreadable):  # then it ends by itself
            store.send({f"{FOLDER}/{number:012}": _FREE})


def _next(store: Store) -> int:
    """The number to ask for. Raises Unreadable if somebody is at work."""
    there = store.objects(FOLDER)
    if not there:
        return 1
    last = max(there)
    if store.read(f"{FOLDER}/{last}") != _FREE:
        store.send({_CLOCK: b""})
        now = store.objects(".gkdir")["clock"].written
        if now - there[last].written < _SILENT:
            raise _busy(store)
    return int(last) + 1


def _created(store: Store, path: str, mine: bytes) -> bool:
    """Whether the object could be written by us alone. Raises Unreadable where the store knows no such thing."""
    if not store.create(path, mine) and store.read(path) != mine:  # it may be ours, and only the answer was lost
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
"""The digest of each county's manifest as it was last sent whole."""

Value = TypeVar("Value")
Sums = dict[str, list[str]]
"""Path → the digests and ETags that gkdir's object there may have."""


class MirrorPart(Struct, frozen=True):
    """A county's folder, or with an empty ``slug`` the files beside them: what is to be, and what is there now.

    ``before`` is the manifest that is there; ``known`` are the sums of gkdir's objects.
    """

    slug: str
    folder: Path
    manifest: Manifest
    before: Manifest | None
    there: Mapping[str, StoredObject]
    known: Sums

    def path(self, inner: str) -> str:
        """The path of one of its objects below the address."""
        return f"{self.slug}/{inner}" if self.slug else inner

    @property
    def note(self) -> str:
        """Where the sums of its objects are noted."""
        return f"{_SENT}/counties/{self.slug}.json" if self.slug else f"{_SENT}/root.json"


class Mirror:
    """A folder, and its copy in the store. ``keep`` is called before each part, and raises if another took over."""

    def __init__(self, store: Store, folder: Path, keep: Callable[[], None] = lambda: None) -> None:
        self._store, self._folder, self._keep = store, folder, keep
        self.sent = self.removed = 0

    def pull(self) -> None:
        """Bring the manifests of counties that are live and not in the folder: the page of all counties lists them."""
        for slug in self._store.folders():
            here = self._folder / slug
            if is_slug(slug) and not here.exists():
                content = self._store.read(f"{slug}/{MANIFEST}") or b""
                manifest = manifest_of(content)
                if manifest is not None and KIND not in manifest.about:
                    here.mkdir(parents=True)
                    (here / MANIFEST).write_bytes(content)

    def send(self, slugs: Sequence[str], tell: Callable[[], None]) -> Iterator[tuple[str | None, Trouble]]:
        """Send the counties and then what is beside them; the troubles with what is in the way, by county.

        ``tell`` is called after each county.
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
        """Send one part; the trouble if something is in the way."""
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
        """Those of the objects beside the counties' folders that gkdir wants or has written."""
        wanted = set(paths)
        found = self._store.top()
        for folder in sorted({path.partition("/")[0] for path in wanted if "/" in path}):
            found |= {f"{folder}/{path}": one for path, one in self._store.objects(folder).items()}
        return {path: one for path, one in found.items() if path in wanted}

    def _put(self, part: MirrorPart) -> None:
        """Send what has changed and remove what is gone. Raises Obstacle, and has sent nothing."""
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
        """The existing objects that are already right, those of gkdir's to remove, and those that are not gkdir's."""
        same, gone, foreign = set(), [], []
        for path, one in sorted(part.there.items()):
            content = (part.folder / path).read_bytes() if path in wanted else None
            if content is not None and one.etag == etag(content):
                same.add(path)
                continue
            known = part.known.get(path, ())
            if one.etag not in known:  # a store may have ETags of its own making
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
    """What is sent together: the new, which nothing links to yet; what pages load; pages; the manifest."""
    stages: list[list[str]] = [[], [], [], []]
    for path in paths:
        stage = 3 if path == MANIFEST else 0 if path not in there else 2 if path.endswith(".html") else 1
        stages[stage].append(path)
    yield from filter(None, stages)


def _decoded(content: bytes | None, kind: type[Value]) -> Value | None:
    """The note with this content; ``None`` if there is none, or it is none of ours."""
    try:
        return msgspec.json.decode(content, type=kind) if content else None
    except msgspec.DecodeError:
        return None
