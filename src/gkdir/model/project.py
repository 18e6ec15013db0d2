"""A project: national directories, defaults for all counties, reference data, names of counties."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gkdir.finding import Trouble
from gkdir.model.allowance import Allowance
from gkdir.model.county import LayerFiles
from gkdir.model.domain import DomainFacts
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.item import Directory
from gkdir.model.reference import NO_REFERENCE, Reference
from gkdir.model.searched import Searched


class Project(LayerFiles, frozen=True):
    """The input of a build: ``national`` directories by domain, ``counties`` by the names of their folders.

    Its files are the national ones, over which those of provinces, cities and counties are laid. ``glossary``: texts
    of English pages. ``reference``: the laws, wordings, working days and benefit rules that counties are compared
    with. ``domains``: facts about each domain, with or without a directory. ``allowances``: accepted findings about
    shared files. ``searched``: the passages with long numbers in shared files.
    """

    folder: Path
    national: Mapping[str, Directory]
    counties: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    glossary: Glossary = NO_GLOSSARY
    reference: Reference = NO_REFERENCE
    allowances: tuple[Allowance, ...] = ()
    domains: tuple[DomainFacts, ...] = ()
    searched: tuple[Searched, ...] = ()
