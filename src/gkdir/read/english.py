"""en.yaml → Glossary: names in English. The project's own file replaces ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.english import NO_GLOSSARY, EnglishItem, Glossary
from gkdir.read.schema.english import EnglishPart, Phrases
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import read_yaml

FILE = "en.yaml"


def read_glossary(folders: Sequence[Path]) -> tuple[Glossary, tuple[Trouble, ...]]:
    """The glossary of the first of ``folders`` that has an en.yaml; no English where none has."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return NO_GLOSSARY, ()
    try:
        document = read_yaml(path, f"national/{FILE}")
    except Unreadable as error:
        return NO_GLOSSARY, (error.trouble,)
    part, troubles = validate(EnglishPart, document.root, {})
    return _glossary(part), document.troubles + troubles


def _glossary(part: EnglishPart) -> Glossary:
    items = {
        number: EnglishItem(item.chinese.text, item.name.text, item.line.text if item.line else None)
        for number, item in part.items.items()
    }
    return Glossary(
        part.wanted,
        _texts(part.domains),
        _texts(part.groups),
        items,
        _texts(part.words),
        _texts(part.hours),
        _texts(part.wants),
    )


def _texts(phrases: Phrases) -> dict[str, str]:
    return {chinese: english.text for chinese, english in phrases.items() if chinese}
