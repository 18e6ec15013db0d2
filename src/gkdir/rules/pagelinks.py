"""Finished pages of a project with templates of its own → links that lead to no page, no file or no place on a page.

What ``href()`` makes is right; a template can also write an address itself, or an anchor that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

from gkdir.finding import Place
from gkdir.read.folder import Root, files_within
from gkdir.read.markdowntext import SCHEME
from gkdir.rules.addresses import dead_link
from gkdir.rules.rule import Fault, Rule

_LINK = re.compile(r"<[A-Za-z][^<>]*?\s(?:href|src)\s*=\s*[\"']([^\"'<>]*)[\"']")
_ID = re.compile(r"\s(?:id|name)\s*=\s*[\"']([^\"'<>]+)[\"']")
_LARGEST = 2 << 20


def faults(
    files: Mapping[str, bytes], there: Container[str], project: Path, county: str
) -> Iterator[tuple[Rule, Fault]]:
    """One fault for each address that leads nowhere, where a template writes it, or at the first page that has it.

    ``there`` are the paths of other files that are published.
    """
    if not (project / "templates").is_dir():
        return
    dead: dict[str, list[str]] = {}
    ids = cache(lambda path: frozenset(map(unescape, _ID.findall(files[path].decode("utf-8", "replace")))))
    for path, data in files.items():
        if path.endswith(".html"):
            for target in dict.fromkeys(_LINK.findall(data.decode("utf-8", "replace"))):
                address, _, anchor = unescape(target).partition("#")
                target_path = _target_path(path, address)
                if target_path is None:
                    continue
                if target_path in there and target_path not in files:
                    continue
                page = target_path if target_path in files else f"{target_path.rstrip('/')}/index.html".lstrip("/")
                named = not anchor or not page.endswith(".html") or page not in files
                if page not in files or not (named or {anchor, unquote(anchor)} & ids(page)):
                    dead.setdefault(target, []).append(path)
    for target, pages in dead.items():
        place = _written(project, target)
        if place is None and "#" in target:
            continue  # one of ours, to what a template of the project's leaves out
        more = f"，另有 {len(pages) - 1} 页也有" if len(pages) > 1 else ""
        message = f"网页 {pages[0]} 上的链接“{unescape(target)[:120]}”指向的网页、小标题或者文件不存在{more}"
        yield (
            dead_link,
            Fault(
                place or Place(f"{county}/{pages[0]}"),
                message,
                "请改正模板里的地址；到本站的网页用 href('faq/index.html') 这样的写法。",
            ),
        )


def _target_path(page: str, address: str) -> str | None:
    """The path inside the county's folder that an address leads to from a page; ``None`` if out of the folder."""
    if SCHEME.match(address) or address.startswith("/"):
        return None
    path = unquote(address.partition("?")[0])
    if not path:
        return page
    target_path = normpath(join(page.rpartition("/")[0], path))
    return None if target_path.startswith("..") else "" if target_path == "." else target_path


def _written(project: Path, target: str) -> Place | None:
    """The line of the template that writes the address."""
    root = Root.of(project)
    for path in files_within(root, root.path / "templates"):
        if path.stat().st_size <= _LARGEST:
            text = path.read_bytes().decode("utf-8", "replace")
            at = next((text.find(f"{mark}{target}{mark}") for mark in "\"'" if f"{mark}{target}{mark}" in text), -1)
            if at >= 0:
                return Place(root.called(path), text.count("\n", 0, at) + 1, 1)
    return None
