"""words.yaml → Everyday: how people ask. The country's is ours or the project's; a county lays its own over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gkdir.finding import Place, Trouble, Unreadable
from gkdir.model.synonyms import Elsewhere, Synonyms
from gkdir.read.schema.part import Part
from gkdir.read.schema.validate import validate
from gkdir.read.schema.words import NationalWordsPart, WordsPart
from gkdir.yaml.nodes import Branch
from gkdir.yaml.parse import read_yaml

FILE = "words.yaml"


def read_national_words(folders: Sequence[Path]) -> tuple[Synonyms, tuple[Trouble, ...]]:
    """The words of the first of ``folders`` that has a words.yaml; none if there is no such file."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return Synonyms(), ()
    try:
        document = read_yaml(path, f"national/{FILE}")
    except Unreadable as error:
        return Synonyms(), (error.trouble,)
    part, troubles = validate(NationalWordsPart, document.root, {})
    words = Synonyms(part.items, groups=part.groups, places=_places(part, "事项"), elsewhere=_elsewhere(part))
    return words, document.troubles + troubles


def read_county_words(path: Path, name: str) -> tuple[Synonyms, tuple[Trouble, ...]]:
    """A county's own words.yaml at ``path``, called ``name`` in places. Bad content never raises."""
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return Synonyms(), (error.trouble,)
    if document.root.blank:  # nothing yet but remarks
        return Synonyms(), ()
    part, troubles = validate(WordsPart, document.root, {})
    places = {**_places(part, "去掉"), **_places(part, "增加")}
    return Synonyms(part.added, part.removed, part.groups, places, _elsewhere(part)), document.troubles + troubles


def _elsewhere(part: WordsPart | NationalWordsPart) -> tuple[Elsewhere, ...]:
    return tuple(Elsewhere(one.asked, one.line, one.offices or (), one.phone) for one in part.elsewhere)


def _places(part: Part, key: str) -> Mapping[str, Place]:
    """Where each item under ``key`` was written."""
    node = part.node(key)
    return {name.text: name.place for name, _ in node.entries} if isinstance(node, Branch) else {}
