"""Pages → those that can be pasted into a content management system, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.service.address import ENGLISH, FRAGMENTS, HOME, SCREENS
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/fragments/index.html"


class Fragment(Struct, frozen=True):
    """A page to paste: the file with its main part, and the address that other fragments link to.

    ``address`` is absolute if the county's address is known, else relative to its folder.
    """

    page: Page
    path: str
    address: str


def fragments_of(pages: Iterable[Page], base: str | None) -> tuple[Fragment, ...]:
    """Every page except the screens, which need their scripts and the whole window."""
    return tuple(
        Fragment(page, f"{FRAGMENTS}pages/{page.inner}", (base or "") + quote(page.inner))
        for page in pages
        if page.inner.endswith(".html") and not page.inner.removeprefix(ENGLISH).startswith(SCREENS)
    )


def fragments_page(fragments: tuple[Fragment, ...], catalog: Catalog) -> Page:
    """The list of the fragments, with the values for the fields of the content management system."""
    return Page(
        TEMPLATE,
        {"county": catalog.slug},
        fragments,
        title="网页片段",
        description="粘贴到本单位网站的栏目里用的片段，和栏目、标题、日期等标签的内容。",
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb("网页片段")),
    )
