"""One page before rendering: its template, which is also its address, its view, its head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct


class Crumb(Struct, frozen=True):
    """One step of the breadcrumbs; ``path`` inside the county's folder, ``None`` for the page itself."""

    title: str
    path: str | None = None


class Page(Struct, frozen=True, dict=True):
    """One page: ``template`` is the address with names in braces, ``at`` are the values for these names.

    ``view`` is what the template shows; ``meta`` are the government tags, name and content; ``item`` is the
    id of the item that the page is about.
    """

    template: str
    at: Mapping[str, str]
    view: object
    title: str
    description: str = ""
    breadcrumbs: tuple[Crumb, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    item: str | None = None
    updated: date | None = None
    chinese: str | None = None
    """For an English page: the Chinese page that it corresponds to, inside the county's folder."""
    english: str | None = None
    """For other pages: the English version, if there is one."""

    @property
    def path(self) -> str:
        """The path relative to the folder that holds the counties."""
        return self.template.format_map(self.at)

    @cached_property
    def inner(self) -> str:
        """The path relative to the county's folder."""
        return self.path.removeprefix(f"{self.at['county']}/") if "county" in self.at else self.path
