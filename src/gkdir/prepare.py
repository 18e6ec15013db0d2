"""A request → what its build begins with, one after the other: the inputs, then the downloads of each county."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from gkdir import __version__
from gkdir.dates import newest_date
from gkdir.model.county import Catalog
from gkdir.model.project import Downloads, Inputs, Project
from gkdir.overlay import lay
from gkdir.pages.county import base_address
from gkdir.pages.page import Site
from gkdir.request import Request

Preparing = Callable[[], Inputs | Downloads]
"""Gives what ``prepared`` does, one after the other."""


def prepared(request: Request) -> Iterator[Inputs | Downloads]:
    """The inputs, and then the downloads of those counties that were read with them, in their order.

    Raises Unreadable where there is no such project. Downloads that cannot be made are left to whoever asks for
    them: the county is most likely to be held back for the same reason.
    """
    from gkdir.read.project import read_inputs  # heavy: a process that is handed what was read spares it

    inputs = read_inputs(request.project, request.counties, request.national)
    yield inputs
    for slug, county in inputs.counties.items():
        catalog = lay(inputs.project.national, county)
        try:
            yield Downloads(slug, downloads_of(inputs.project, request, catalog))
        except Exception:
            yield Downloads(slug, None)


def downloads_of(project: Project, request: Request, catalog: Catalog) -> Mapping[str, bytes]:
    """The files that a county's pages offer, by path inside its folder."""
    from gkdir.publish.downloads import downloads  # heavy: it writes workbooks

    today = build_date(request, catalog)
    address = base_address(catalog, Site(today, request.base_url, __version__))
    return downloads(project.folder, catalog, today, address)


def build_date(request: Request, catalog: Catalog) -> date:
    """The date that a county's pages carry: what was asked for, or the newest in its own data."""
    return request.today or newest_date(catalog)
