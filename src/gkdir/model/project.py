"""What a project holds: its national directories, what its counties are compared with, its counties' names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Trouble
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.everyday import NO_WORDS, Everyday
from gkdir.model.item import Directory
from gkdir.model.reference import NO_REFERENCE, Reference
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.model.ways import NO_WAYS, Ways


class Project(Struct, frozen=True):
    """What there is to build: ``national`` directories by domain, ``counties`` by the names of their folders.

    ``words`` are the everyday words of the whole country, ``traditional`` what its Traditional pages need,
    ``glossary`` what its English ones say, ``ways`` the ways in that hold in all of it; ``reference`` are the laws,
    wordings, working days and benefit rules that counties are compared with.
    """

    folder: Path
    national: Mapping[str, Directory]
    counties: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    words: Everyday = NO_WORDS
    traditional: Traditional = NO_TRADITIONAL
    ways: Ways = NO_WAYS
    glossary: Glossary = NO_GLOSSARY
    reference: Reference = NO_REFERENCE
