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

    Its files are the country's, over which those of provinces, cities and counties are laid. ``glossary`` are the
    texts of English pages; ``reference`` are the laws, wordings, working days and benefit rules that counties are
    compared with; ``domains`` what is known of each domain, with or without a directory.
    ``allowances`` answer for findings about what counties share, and ``searched`` is what holds long numbers of that.
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
