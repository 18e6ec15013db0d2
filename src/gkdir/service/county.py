"""Catalog → links inside a county's folder, and the office that answers for its directories."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation


class Link(Struct, frozen=True):
    """A title and a path inside the county's folder."""

    title: str
    path: str


def main_office(catalog: Catalog) -> Organisation | None:
    """The office that answers for the directories: 人社部门 if there is one, else the first with a phone."""
    offices = [office for office in catalog.organisations.values() if office.phone]
    return next((office for office in offices if office.kind == "人社部门"), offices[0] if offices else None)
