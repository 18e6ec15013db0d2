"""Catalog → the slip on which people say whether disclosure is timely, complete, varied and convenient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdir.model.county import Catalog
from gkdir.pages.address import BALLOT, HOME
from gkdir.pages.county import main_office
from gkdir.pages.page import Site
from gkdir.sheets.sheet import Head, Sheet, head


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three questions of the notice, and what can be ticked."""

    text: str
    choices: tuple[str, ...]


QUESTIONS = (
    Question("信息公开得及时吗", ("及时", "有时不及时", "不及时", "说不清")),
    Question("公开的范围全面吗", ("全面", "有缺的", "缺得多", "说不清")),
    Question("公开的方式多样、方便吗", ("方便", "有时不方便", "不方便", "说不清")),
)
"""Notice 四（四）: 公开是否及时、范围是否全面、方式是否多样便民, exactly these."""


@dataclass(frozen=True, slots=True)
class BallotValue:
    """What the slip shows; it stands twice on an A4, to be cut apart."""

    head: Head
    questions: tuple[Question, ...]
    office: str
    address: str
    phone: str


def ballot_sheets(catalog: Catalog, site: Site) -> Iterator[Sheet]:
    """The slip of the county."""
    office = main_office(catalog)
    yield Sheet(
        BALLOT,
        "ballot.typ",
        f"{catalog.overlay.name}政务公开意见征集表",
        BallotValue(
            head=head(catalog, site, HOME),
            questions=QUESTIONS,
            office=office.name if office else catalog.overlay.name,
            address=(office.address if office else None) or "",
            phone=(office.phone if office else None) or "12345",
        ),
    )
