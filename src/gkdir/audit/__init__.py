"""A published copy and its manifest → what was changed, added or lost, and what does not belong on its pages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from html import unescape
from pathlib import Path

from msgspec import Struct

from gkdir.audit.page import WRITTEN_OUT, AuditedPage, host_of, leads_to
from gkdir.audit.written import RISKY
from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown
from gkdir.publish.manifest import MANIFEST, read_manifest
from gkdir.publish.swap import LOCK
from gkdir.read.folder import is_slug
from gkdir.service.address import GOVERNMENTAL, LOST

PAGES = (".html", ".htm", ".svg", ".xml")
TEXTS = (*PAGES, ".js", ".css", ".json", ".txt", ".csv", ".md")
"""Files whose words and addresses are audited; of ``PAGES`` also the elements."""
GOVERNMENT = ".gov.cn"
STANDARDS = frozenset(("www.w3.org", "schema.org", "www.sitemaps.org", "a9.com", "json-schema.org"))
"""Hosts in identifiers of XML and JSON vocabularies, from which nothing is loaded."""
_SEPARATORS = re.compile(r"[\W_]+")
LONG_WORD = 4
"""From this length on, the characters of a word do not occur in sequence by chance."""


class MismatchKind(StrEnum):
    """How a copy can differ from what was published."""

    CHANGED = "changed"
    ADDED = "added"
    LOST = "lost"
    HOST = "foreign-host"
    CODE = "foreign-code"
    HIDDEN = "hidden-text"
    SPAM = "spam-words"


MISMATCHES: Mapping[MismatchKind, str] = {
    MismatchKind.CHANGED: "内容被改动",
    MismatchKind.ADDED: "多出来的文件",
    MismatchKind.LOST: "丢失的文件",
    MismatchKind.HOST: "链接到陌生网站",
    MismatchKind.CODE: "不是 gkdir 写的代码",
    MismatchKind.HIDDEN: "藏起来的文字",
    MismatchKind.SPAM: "暗链常用的词",
}
"""The Chinese name of each kind."""


class Mismatch(Struct, frozen=True):
    """One thing that differs from what was published; ``detail`` says how."""

    kind: MismatchKind
    place: Place
    detail: str = ""


class Criteria(Struct, frozen=True):
    """The criteria: ``hosts`` that may be linked to besides government sites; ``spam``, words that no such page has."""

    hosts: Collection[str] = ()
    spam: Collection[str] = ()


def audit(folder: Path, manifest: Path | None = None, criteria: Criteria = Criteria()) -> tuple[Mismatch, ...]:  # noqa: B008
    """The mismatches of a published ``folder`` (a county's, or the one that holds the counties), in the order of paths.

    ``manifest`` is a copy kept elsewhere, because somebody who changes pages can change their manifest too.

    :raises Unreadable: there is no manifest
    """
    digests = _digests(folder, manifest or folder / MANIFEST)
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _counts(path)}
    for name in (MANIFEST, LOCK):
        there.pop(name, None)
    known = set(digests)
    found = [Mismatch(MismatchKind.LOST, Place(shown(name))) for name in digests if name not in there]
    for name, path in there.items():
        content = _content(path)
        if name not in digests:
            found.append(Mismatch(MismatchKind.ADDED, Place(shown(name))))
        elif hashlib.sha256(content).hexdigest() != digests[name]:
            found.append(Mismatch(MismatchKind.CHANGED, Place(shown(name))))
        if path.suffix.lower() in TEXTS:
            found += _suspicious(name, content.decode("utf-8", "replace"), criteria, known)
    return tuple(sorted(found, key=lambda one: (one.place.order, one.kind, one.detail)))


def _counts(path: Path) -> bool:
    """Whether it is a file, a link or a pipe, not a folder."""
    return path.is_symlink() or not path.is_dir()


def _content(path: Path) -> bytes:
    """The content of a file; empty if it cannot be read, or is a link, which gkdir never publishes."""
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except OSError:
        return b""


def _digests(folder: Path, path: Path) -> Mapping[str, str]:
    """Path → digest by the manifest at ``path``; that of all counties lists the counties' manifests, which list their
    files.
    """
    place = Place(path.as_posix())
    try:
        manifest = json.loads(path.read_bytes())
        digests = {str(name): str(digest) for name, digest in manifest["files"].items()}
        counties = {str(slug): str(digest) for slug, digest in manifest.get("counties", {}).items()}
    except OSError:
        hint = "请指到 gkdir 生成的文件夹（里面有 manifest.json），或用 --manifest 指出另存的清单。"
        raise Unreadable(place, "找不到发布清单。", hint) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable(place, "发布清单读不懂，可能被改过。", "请用 --manifest 指出另存的清单。") from None
    for slug, digest in counties.items():
        digests[f"{slug}/{MANIFEST}"] = digest
        own = read_manifest(folder / slug) if is_slug(slug) else None
        digests |= {f"{slug}/{name}": sum_ for name, sum_ in own.files.items()} if own else {}
    return digests


def _suspicious(name: str, text: str, criteria: Criteria, known: set[str]) -> Iterator[Mismatch]:
    """What does not belong in a file.

    ``known`` are the files that pages link to; any other linked file is reported once, and then added.
    """
    for word, line in _spam(text, criteria.spam):
        yield Mismatch(MismatchKind.SPAM, Place(shown(name), line), word)
    if not name.lower().endswith(PAGES):
        yield from _in_data(name, text, criteria)
        return
    page = AuditedPage()
    page.feed(text)
    page.close()
    for address, line in page.links:
        host = host_of(address)
        if host and _foreign(host, criteria.hosts):
            yield Mismatch(MismatchKind.HOST, Place(shown(name), line), shown(host))
        elif (file := leads_to(address, name)) and not _listed(file, name, known):
            known.add(file)
            yield Mismatch(MismatchKind.CODE, Place(shown(name), line), shown(f"{file[:60]} 不在清单里"))
    for words, line in page.hidden:
        yield Mismatch(MismatchKind.HIDDEN, Place(shown(name), line), shown(words))
    for what, line in page.code:
        yield Mismatch(MismatchKind.CODE, Place(shown(name), line), shown(what))


def _listed(file: str, page: str, known: set[str]) -> bool:
    """Whether ``file`` is in ``known``; 404.html links from the root of the website, wherever the folder is on it."""
    if page != LOST:
        return file in known
    parts = file.strip("/").split("/")
    return any("/".join(parts[start:]) in known for start in range(len(parts)))


def _in_data(name: str, text: str, criteria: Criteria) -> Iterator[Mismatch]:
    """In a file that is not a page: foreign hosts, code that gkdir's scripts never have, formulas in cells."""
    kind = name.lower().rpartition(".")[2]
    for number, line in enumerate(text.splitlines(), 1):
        place = Place(shown(name), number)
        for host in WRITTEN_OUT.findall(line):
            if _foreign(host.lower(), criteria.hosts):
                yield Mismatch(MismatchKind.HOST, place, host.lower())
        if kind in ("js", "css") and (risky := RISKY.search(line)):
            yield Mismatch(MismatchKind.CODE, place, shown(risky[0]))
    if kind == "csv":
        for row in csv.reader(io.StringIO(text, newline="")):
            formulas = (cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")))
            yield from (Mismatch(MismatchKind.CODE, Place(shown(name)), shown(cell[:40])) for cell in formulas)


def _foreign(host: str, hosts: Collection[str]) -> bool:
    return not (host in GOVERNMENTAL or host.endswith(GOVERNMENT) or host in hosts or host in STANDARDS)


def _spam(text: str, spam: Collection[str]) -> Iterator[tuple[str, int]]:
    """The words of ``spam`` in the text with their lines, also if split by punctuation or tags, or in full-width
    characters.
    """
    within = _spam_finder(tuple(spam))
    for number, line in enumerate(text.splitlines(), 1):
        if words := within(line):
            yield "、".join(words), number


@lru_cache(maxsize=1)
def _spam_finder(spam: Sequence[str]) -> Callable[[str], Sequence[str]]:
    """A cached function that finds the words in a line; most lines of a site are on many pages."""
    by_first: dict[str, list[str]] = {}
    for word in spam:
        by_first.setdefault(word[:1], []).append(word)

    @lru_cache(maxsize=1 << 16)
    def within(line: str) -> Sequence[str]:
        plain = unicodedata.normalize("NFKC", unescape(line)).lower()
        characters = set(plain)
        begun = (word for first in by_first.keys() & characters for word in by_first[first])
        likely = [word for word in begun if characters.issuperset(word)]
        if not likely:
            return ()
        bare = re.sub("<[^>]*>", " ", plain)
        joined = _SEPARATORS.sub("", bare)
        found = (word for word in likely if word in plain or (word in joined and _is_split(word, bare)))
        return tuple(sorted(found))

    return within


def _is_split(word: str, text: str) -> bool:
    """Whether the characters of the word were deliberately separated.

    Those of a short word may be neighbours by chance, at the end of one sentence and the beginning of the next: it
    counts only if every character stands alone.
    """
    return len(word) >= LONG_WORD or re.search(r"[\W_]+".join(map(re.escape, word)), text) is not None
