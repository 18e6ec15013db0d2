"""What one page is before it is rendered: its template, which is also its address, its view, its head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct


class Crumb(Struct, frozen=True):
    """One step of the breadcrumbs; ``path`` inside the county's folder, ``None`` for the page itself."""

    title: str
    path: str | None = None


class Page(Struct, frozen=True):
    """One page: ``template`` is the address with names in braces, ``at`` what stands in their place.

    ``view`` is the value that the template shows; ``meta`` are the government tags, name and content;
    ``item`` is the id that the page's root carries as ``data-item``.
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
    """Of an English page: the page inside the county's folder that it is about."""
    english: str | None = None
    """Of any other: its English version, if it has one."""

    @property
    def path(self) -> str:
        """Where the page is published, from the folder that holds the counties."""
        return self.template.format_map(self.at)

    @property
    def inner(self) -> str:
        """Where the page is published, from its county's folder."""
        return self.path.removeprefix(f"{self.at['county']}/") if "county" in self.at else self.path
