"""A county → a digest of each of its files and of each layer above, to see later what was changed after a review.

For a county's YAML the digest is of its values, without 审核: comments, quotes and line ends may change. For other
texts it is of the characters, for other files and the layers above of the bytes. Digests have only letters, so that no
run of digits looks like a phone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from gkdir.finding import Unreadable
from gkdir.harmless import shown
from gkdir.model.county import County
from gkdir.read.folder import Root, files_below
from gkdir.read.layerfiles import NAMES, layer_folder
from gkdir.resources import national_folder
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml

KEY = "审核"
ABOVE = "上级/"
"""The prefix of the names of layers above, which are published and reviewed with the county."""
_TEXTS = (".md", ".txt", ".csv")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_LENGTH = 16


def digests(project: Path, county: County) -> Mapping[str, str]:
    """The digest of every file of the county, by its path in its folder; and one for each layer above (``ABOVE``)."""
    return {name: digest() for name, digest in _digested(project, county)}


def digested(project: Path, county: County) -> tuple[str, ...]:
    """The keys of ``digests`` without the digests, which take as long as reading the county."""
    return tuple(name for name, _ in _digested(project, county))


def _digested(project: Path, county: County) -> Iterator[tuple[str, Callable[[], str]]]:
    root = Root.of(project)
    folder = root.path / county.folder
    for path in files_below(root, folder):
        yield shown(path.relative_to(folder).as_posix()), partial(_digest, path)
    for name, folders in _above(root, county):
        yield f"{ABOVE}{name}", partial(_layer_digest, folders)


def _above(root: Root, county: County) -> Iterator[tuple[str, Sequence[Path]]]:
    """The name of each layer above, and its files and folders."""
    yield "national", (national_folder(), root.path / "national")
    for layer in county.above:
        file = root.path / layer.place.file.removeprefix(f"{root.name.rstrip('/')}/")
        folder = layer_folder(file)
        yield layer.name, (file, *(folder / name for name in sorted(NAMES)))


def _layer_digest(parts: Sequence[Path]) -> str:
    found = {}
    for number, part in enumerate(parts):
        root = Root.of(part.parent)
        for path in files_below(root, part) if part.is_dir() else (part,):
            found[f"{number}/{root.relative(path)}"] = _short(_bytes(path))
    return digest_of_all(found)


def digest_of_all(files: Mapping[str, str]) -> str:
    """One digest for the files with these digests."""
    return _short("".join(f"{path}\0{files[path]}\n" for path in sorted(files)).encode())


def seal_of(stage: str, by: str, on: date, digest: str) -> str:
    """A digest of who signed what, when and at which stage."""
    return _short("\n".join((stage, by, on.isoformat(), digest)).encode())


def content_digest(name: str, data: bytes) -> str:
    """The digest of a file called ``name``."""
    if name.endswith((".yaml", ".yml", *_TEXTS)):
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if name.endswith(_TEXTS):
            return _short(text.encode("utf-8", "replace"))
        try:
            content = _content(parse_yaml(text, name).root)
        except (Unreadable, RecursionError):
            return _short(data)  # it cannot be read, which is reported elsewhere
        return _short(json.dumps(content, ensure_ascii=True).encode())
    return _short(data)


def _digest(path: Path) -> str:
    return content_digest(path.name, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:  # reported by its reader
        return b""


def _content(node: Node, top: bool = True) -> object:
    if isinstance(node, Scalar):
        return None if node.absent else node.text.strip()
    if isinstance(node, Listing):
        return [_content(child, top=False) for child in node.items]
    assert isinstance(node, Branch)
    return {key.text: _content(child, top=False) for key, child in node.entries if not (top and key.text == KEY)}


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LENGTH].translate(_LETTERS)
