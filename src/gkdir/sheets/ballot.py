"""A Site → the survey slip: is disclosure timely, complete, varied and convenient?"""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.service.address import BALLOT, SURVEY
from gkdir.service.county import main_office
from gkdir.service.site import Site
from gkdir.service.texts import SURVEY_ANSWERS, SURVEY_QUESTIONS
from gkdir.sheets.sheet import PrintedSheet, Value, head


class BallotValue(Value, frozen=True):
    """The content of the slip, printed twice on an A4, to be cut apart."""

    subjects: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    office: str
    address: str
    phone: str


def ballot_sheets(site: Site) -> Iterator[PrintedSheet]:
    """The survey slip of the county."""
    catalog = site.catalog
    office = main_office(catalog)
    yield PrintedSheet(
        BALLOT,
        "ballot.typ",
        f"{catalog.overlay.name}政务公开意见征集表",
        BallotValue(
            head=head(site, SURVEY),
            subjects=catalog.subjects,
            questions=SURVEY_QUESTIONS,
            answers=SURVEY_ANSWERS,
            office=office.name if office else catalog.overlay.name,
            address=(office.address if office else None) or "",
            phone=(office.phone if office else None) or "12345",
        ),
    )
