"""Catalog → links inside a county's folder, its main office, and matters that other offices handle."""

from __future__ import annotations

from itertools import islice

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation
from gkdir.model.synonyms import HandledElsewhere

_EXAMPLES = 4
"""How many of people's own words are enough to describe a matter."""


class Link(Struct, frozen=True):
    """A title and a path inside the county's folder."""

    title: str
    path: str


def main_office(catalog: Catalog) -> Organisation | None:
    """The office that answers for the directories: 人社部门 if there is one, else the first with a phone."""
    offices = [office for office in catalog.organisations.values() if office.phone]
    return next((office for office in offices if office.kind == "人社部门"), offices[0] if offices else None)


class OtherOfficeMatter(Struct, frozen=True):
    """A matter that another office handles: that ``office`` if the county lists it, and the number to call."""

    asked: HandledElsewhere
    office: Organisation | None
    phone: str

    @property
    def line(self) -> str:
        """A sentence that says who handles it."""
        return self.asked.line.text

    @property
    def words(self) -> tuple[str, ...]:
        """The words that people use for it."""
        return tuple(word.text for word in self.asked.asked)

    @property
    def examples(self) -> tuple[str, ...]:
        """The first of these words, without patterns and English."""
        whole = (word for word in self.words if "…" not in word and not word.isascii())
        return tuple(islice(whole, _EXAMPLES))


def other_office_matters(catalog: Catalog) -> tuple[OtherOfficeMatter, ...]:
    """The matters that other offices handle, each with the office of that name in the county, if there is one."""
    return tuple(_other_office_matter(one, tuple(catalog.organisations.values())) for one in catalog.synonyms.elsewhere)


def _other_office_matter(asked: HandledElsewhere, offices: tuple[Organisation, ...]) -> OtherOfficeMatter:
    names = tuple(office.text for office in asked.offices)
    office = next((one for one in offices if one.key in names or one.name.endswith(names)), None)
    phone = asked.phone.text if asked.phone else ""
    return OtherOfficeMatter(asked, office, (office.phone if office else None) or phone)
