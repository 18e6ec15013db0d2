"""changes.yaml → the county's 更新记录, entry by entry, and all troubles. Bad content never raises."""

from __future__ import annotations

from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.amendment import Amendment, Amendments
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import Document, read_yaml

FILE = "changes.yaml"

Read = tuple[tuple[Amendment, ...], tuple[Trouble, ...]]


def read_amendments(path: Path, name: str) -> Read:
    """The entries of the file at ``path``, called ``name`` in places, in its order."""
    try:
        return amendments(read_yaml(path, name))
    except Unreadable as error:
        return (), (error.trouble,)


def amendments(document: Document) -> Read:
    """The entries of the file that was read as ``document``."""
    if document.root.blank:  # only comments so far
        return (), document.troubles
    read, troubles = validate(Amendments, document.root, {})
    return read.entries, document.troubles + troubles
