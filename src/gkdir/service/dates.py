"""A laid Catalog → the newest date that its data carry: what pages are dated with when no date is given."""

from __future__ import annotations

from datetime import date

from gkdir.model.county import Catalog
from gkdir.model.dated import dated, newest


def newest_date(catalog: Catalog) -> date:
    """The newest date of ``catalog`` and of its townships that can be true; that of the notice where there is none."""
    return newest(each.day for each in dated(catalog))
