"""A project: national directories, defaults for all counties, reference data, names of counties."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Trouble
from gkdir.model.allowance import Allowance
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.item import Directory
from gkdir.model.reference import NO_REFERENCE, Reference
from gkdir.model.synonyms import NO_WORDS, Synonyms
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.model.ways import NO_WAYS, Ways


class Project(Struct, frozen=True):
    """The input of a build: ``national`` directories by domain, ``counties`` by the names of their folders.

    National defaults: ``words`` are synonyms, ``traditional`` the settings of Traditional pages, ``glossary`` the
    texts of English pages, ``ways`` the navigation. ``reference`` are the laws, wordings, working days and benefit
    rules that counties are compared with. ``allowances`` answer for findings about what counties share.
    """

    folder: Path
    national: Mapping[str, Directory]
    counties: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    words: Synonyms = NO_WORDS
    traditional: Traditional = NO_TRADITIONAL
    ways: Ways = NO_WAYS
    glossary: Glossary = NO_GLOSSARY
    reference: Reference = NO_REFERENCE
    allowances: tuple[Allowance, ...] = ()
