"""A Site → the page 意见征集表: the three questions of the notice (四（四）), how to answer, and past results."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from gkdir.service.address import HOME, SURVEY
from gkdir.service.columns import COLUMNS, ArticleLine
from gkdir.service.meta import column_tags
from gkdir.service.site import Site
from gkdir.service.texts import SURVEY_ANSWERS, SURVEY_QUESTIONS, SURVEY_TITLE
from gkdir.site.page import Crumb, Page


class SurveyView(Struct, frozen=True):
    """The questions with the answers to choose from; ``form`` and ``mail`` are addresses, if the county has them."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    form: str | None
    mail: str | None
    results: tuple[ArticleLine, ...]


def survey_pages(site: Site) -> Iterator[Page]:
    """The page of the survey."""
    catalog, website = site.catalog, site.catalog.overlay.website
    survey = website.survey
    by_mail = survey is not None and "://" not in survey
    lines = [line for column in site.columns if column.kind == "consultations" for line in column.lines]
    view = SurveyView(
        questions=SURVEY_QUESTIONS,
        answers=SURVEY_ANSWERS,
        form=None if by_mail else survey,
        mail=_mailto(survey, catalog.overlay.name) if survey and by_mail else None,
        results=tuple(line for line in lines if line.closed and line.article.result),
    )
    yield Page(
        f"{{county}}/{SURVEY}",
        {"county": catalog.slug},
        view,
        title=SURVEY_TITLE,
        description=f"{catalog.overlay.name}就政务公开是否及时、范围是否全面、方式是否多样便民征集您的意见。",
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(SURVEY_TITLE)),
        meta=column_tags(website, COLUMNS["consultations"]),
    )


def _mailto(address: str, county: str) -> str:
    """A ``mailto:`` address with the questions as text, to be filled in and sent."""
    lines = [
        f"{number}. {question}（{'/'.join(SURVEY_ANSWERS)}）" for number, question in enumerate(SURVEY_QUESTIONS, 1)
    ]
    body = "\r\n".join([*lines, "您的意见："])
    return f"mailto:{address}?subject={quote(f'对{county}政务公开的意见')}&body={quote(body)}"
