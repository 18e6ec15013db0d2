"""hant.yaml → Traditional: whether Traditional pages are wanted, and the exceptions; a lower file goes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.read.schema.traditional import Pairs, TraditionalPart
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import read_yaml

FILE = "hant.yaml"

_MARKUP = re.compile(r'^$|[<>"]')
"""What no text of a page contains: there is nothing to convert."""


def read_national_traditional(folders: Sequence[Path]) -> tuple[Traditional, tuple[Trouble, ...]]:
    """What the hant.yaml of each of ``folders`` says, an earlier folder's over a later one's."""
    files = {(folder / FILE).resolve(): None for folder in folders if (folder / FILE).is_file()}  # each once
    laid, troubles = NO_TRADITIONAL, list[Trouble]()
    for file in reversed(files):
        said, met = read_traditional(file, f"national/{FILE}")
        laid = said.over(laid)
        troubles += met
    return laid, tuple(troubles)


def read_traditional(path: Path, name: str) -> tuple[Traditional, tuple[Trouble, ...]]:
    """The hant.yaml at ``path``, called ``name`` in places. Bad content never raises."""
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return NO_TRADITIONAL, (error.trouble,)
    if document.root.blank:  # nothing yet but remarks
        return NO_TRADITIONAL, ()
    part, troubles = validate(TraditionalPart, document.root, {})
    return Traditional(part.wanted, _texts(part.words), _texts(part.characters)), document.troubles + troubles


def _texts(pairs: Pairs) -> dict[str, str]:
    """The pairs, each value on one line: a page is converted line by line."""
    return {
        simplified: " ".join(written.text.split())
        for simplified, written in pairs.items()
        if not _MARKUP.search(simplified)
    }
