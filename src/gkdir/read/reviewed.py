"""A county's folder → a digest of each file in it, by which a later reader knows whether it was changed.

Of YAML the digest is of what it says: remarks, quotes and line ends may change, and 审核 itself is left out. Of other
texts it is of the characters, else of the bytes. Digests have letters only: no row of figures passes for a phone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from gkdir.finding import Unreadable
from gkdir.harmless import shown
from gkdir.read.folder import Root, files_below
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml

KEY = "审核"
_TEXTS = (".md", ".txt", ".csv")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_LENGTH = 16


def digests(project: Path, county: str) -> Mapping[str, str]:
    """The digest of every file in the folder ``county`` of the project, by its path in that folder."""
    root = Root.of(project)
    folder = root.path / county
    return {shown(path.relative_to(folder).as_posix()): _digest(path) for path in files_below(root, folder)}


def digest_of_all(files: Mapping[str, str]) -> str:
    """One digest for the files with these digests."""
    return _short("".join(f"{path}\0{files[path]}\n" for path in sorted(files)).encode())


def content_digest(name: str, data: bytes) -> str:
    """The digest of a file called ``name``."""
    if name.endswith((".yaml", ".yml", *_TEXTS)):
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if name.endswith(_TEXTS):
            return _short(text.encode("utf-8", "replace"))
        try:
            said = _said(parse_yaml(text, name).root)
        except (Unreadable, RecursionError):
            return _short(data)  # it says nothing; that is reported elsewhere
        return _short(json.dumps(said, ensure_ascii=True).encode())
    return _short(data)


def _digest(path: Path) -> str:
    try:
        return content_digest(path.name, path.read_bytes() if path.is_file() else b"")
    except OSError:  # reported by its reader
        return _short(b"")


def _said(node: Node, top: bool = True) -> object:
    if isinstance(node, Scalar):
        return None if node.absent else node.text.strip()
    if isinstance(node, Listing):
        return [_said(child, top=False) for child in node.items]
    assert isinstance(node, Branch)
    return {key.text: _said(child, top=False) for key, child in node.entries if not (top and key.text == KEY)}


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LENGTH].translate(_LETTERS)
