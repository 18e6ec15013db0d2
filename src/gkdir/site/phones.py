"""A Site → the page 电话和地址: the county's offices with phones and hours, and matters of other offices."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Organisation
from gkdir.service.address import HOME, PHONES
from gkdir.service.county import OtherOfficeMatter, other_office_matters
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.service.texts import PHONES_TITLE
from gkdir.site.page import Crumb, Page


class PhonesView(Struct, frozen=True):
    """The offices of the county, and the matters that other offices handle."""

    offices: tuple[Organisation, ...]
    others: tuple[OtherOfficeMatter, ...]


def phones_pages(site: Site) -> Iterator[Page]:
    """The one page."""
    catalog = site.catalog
    hotlines = {line.name for line in catalog.hotlines}  # the office of a matter that no local one handles
    others = (
        one for one in other_office_matters(catalog) if not {office.text for office in one.asked.offices} <= hotlines
    )
    described = f"{catalog.overlay.name}办事的地方、电话和办公时间，不归这里管的事该问谁。"
    yield Page(
        f"{{county}}/{PHONES}",
        {"county": catalog.slug},
        PhonesView(tuple(catalog.overlay.organisations.values()), tuple(others)),
        title=PHONES_TITLE,
        description=described,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(PHONES_TITLE)),
        meta=column_tags(catalog.overlay.website, WebsiteColumn(PHONES_TITLE, described, "电话,地址,机构", "机构职能")),
    )
