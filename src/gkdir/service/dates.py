"""Catalog → the newest date in its data, which dates the pages if no date is given."""

from __future__ import annotations

from datetime import date

from gkdir.model.county import Catalog
from gkdir.model.dated import dated, newest


def newest_date(catalog: Catalog) -> date:
    """The newest plausible date in ``catalog`` and its townships; the date of the notice if there is none."""
    return newest(each.day for each in dated(catalog))
