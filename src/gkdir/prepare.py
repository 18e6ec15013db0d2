"""A request → what its build begins with, one after the other: the inputs, then each county's tables to download."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from gkdir.dates import newest_date
from gkdir.model.county import Catalog
from gkdir.model.project import Inputs, Tables
from gkdir.overlay import lay
from gkdir.request import Request

Preparing = Callable[[], Inputs | Tables]
"""Gives what ``prepared`` does, one after the other."""


def prepared(request: Request) -> Iterator[Inputs | Tables]:
    """The inputs, and then the tables of those counties that were read with them, in their order.

    Raises Unreadable where there is no such project. Tables that cannot be made are left to whoever asks for them:
    the county is most likely to be held back for the same reason.
    """
    from gkdir.read.project import read_inputs  # heavy: a process that is handed what was read spares it

    inputs = read_inputs(request.project, request.counties, request.national)
    yield inputs
    for slug, county in inputs.counties.items():
        try:
            yield Tables(slug, tables_of(request, lay(inputs.project, county)))
        except Exception:
            yield Tables(slug, None)


def tables_of(request: Request, catalog: Catalog) -> Mapping[str, bytes]:
    """The tables that a county's pages offer, by path inside its folder."""
    from gkdir.publish.tables import tables  # heavy: openpyxl

    return dict(tables(catalog, build_date(request, catalog)))


def build_date(request: Request, catalog: Catalog) -> date:
    """The date that a county's pages carry: what was asked for, or the newest in its own data."""
    return request.today or newest_date(catalog)
