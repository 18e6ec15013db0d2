"""Catalog → links inside a county's folder, the office that answers for its directories, and what others answer."""

from __future__ import annotations

from itertools import islice

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation
from gkdir.model.synonyms import Elsewhere

_EXAMPLES = 4
"""So many of what people say tell what an affair is."""


class Link(Struct, frozen=True):
    """A title and a path inside the county's folder."""

    title: str
    path: str


def main_office(catalog: Catalog) -> Organisation | None:
    """The office that answers for the directories: 人社部门 if there is one, else the first with a phone."""
    offices = [office for office in catalog.organisations.values() if office.phone]
    return next((office for office in offices if office.kind == "人社部门"), offices[0] if offices else None)


class OthersAffair(Struct, frozen=True):
    """What people ask us and another office does: ``office`` if it is one of the county's, and the number to call."""

    asked: Elsewhere
    office: Organisation | None
    phone: str

    @property
    def line(self) -> str:
        """Whose affair it is, in a sentence."""
        return self.asked.line.text

    @property
    def words(self) -> tuple[str, ...]:
        """What people say."""
        return tuple(word.text for word in self.asked.asked)

    @property
    def examples(self) -> tuple[str, ...]:
        """The first of that, without patterns and English."""
        whole = (word for word in self.words if "…" not in word and not word.isascii())
        return tuple(islice(whole, _EXAMPLES))


def others_affairs(catalog: Catalog) -> tuple[OthersAffair, ...]:
    """What other offices do, each with the county's own office if it has one of that name."""
    return tuple(_others_affair(one, tuple(catalog.organisations.values())) for one in catalog.synonyms.elsewhere)


def _others_affair(asked: Elsewhere, here: tuple[Organisation, ...]) -> OthersAffair:
    names = tuple(office.text for office in asked.offices)
    office = next((one for one in here if one.key in names or one.name.endswith(names)), None)
    phone = asked.phone.text if asked.phone else ""
    return OthersAffair(asked, office, (office.phone if office else None) or phone)
