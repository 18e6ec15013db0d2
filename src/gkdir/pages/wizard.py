"""Ways → 我能办什么: a page for each question and each result, as far as the county has something to offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import Catalog
from gkdir.model.ways import Answer, Question, Result, Ways
from gkdir.pages.address import HOME, WIZARD, wizard_path
from gkdir.pages.bundle import Bundle, Bundler
from gkdir.pages.county import Link
from gkdir.pages.meta import Column, column_tags
from gkdir.pages.page import Crumb, Page
from gkdir.pages.row import Row

TITLE = "我能办什么"
FIRST = f"{{county}}/{WIZARD}"
QUESTION = "{county}/wizard/{step}/index.html"
RESULT = "{county}/wizard/{result}/index.html"
COLUMN = Column(TITLE, "一页一个问题，答完告诉您能办哪些事、带什么、问谁", "我能办什么,办事,引导", "办事服务")


class Said(Struct, frozen=True):
    """What was asked and answered on the way; ``path`` is the page to answer otherwise."""

    question: str
    answer: str
    path: str


class QuestionView(Struct, frozen=True):
    """One question: ``number`` counts from 1, ``back`` is the question before it."""

    question: Question
    answers: tuple[Link, ...]
    said: tuple[Said, ...]
    number: int
    back: str | None


class ResultView(Struct, frozen=True):
    """Where the answers lead."""

    result: Result
    bundle: Bundle
    said: tuple[Said, ...]
    back: str


def wizard_pages(ways: Ways, bundler: Bundler) -> Iterator[Page]:
    """The pages from the first question on; none where the county has no item that a result names."""
    first = offered(ways.wizard, bundler.rows) if ways.wizard else None
    if first:
        yield from _question(first, WIZARD, (), bundler)


def offered(question: Question, rows: Mapping[str, Row]) -> Question | None:
    """The question with those answers that lead to an item of the county; ``None`` where none does."""
    kept: list[Answer] = []
    for answer in question.answers:
        if isinstance(answer.then, Question):
            below = offered(answer.then, rows)
            kept += [replace(answer, then=below)] if below else []
        elif any(use.item in rows for use in answer.then.uses):
            kept.append(answer)
    return replace(question, answers=tuple(kept)) if kept else None


def _question(question: Question, path: str, said: tuple[Said, ...], bundler: Bundler) -> Iterator[Page]:
    answers = tuple(Link(answer.text, wizard_path(answer.slug)) for answer in question.answers)
    view = QuestionView(question, answers, said, len(said) + 1, said[-1].path if said else None)
    at = {} if path == WIZARD else {"step": path.split("/")[1]}
    yield _page(QUESTION if at else FIRST, at, view, question.text if said else TITLE, bundler.catalog)
    for answer in question.answers:
        yield from _then(answer, (*said, Said(question.text, answer.text, path)), bundler)


def _then(answer: Answer, said: tuple[Said, ...], bundler: Bundler) -> Iterator[Page]:
    if isinstance(answer.then, Question):
        yield from _question(answer.then, wizard_path(answer.slug), said, bundler)
        return
    bundle = bundler.bundle(answer.then.uses)
    if bundle:
        view = ResultView(answer.then, bundle, said, said[-1].path)
        yield _page(RESULT, {"result": answer.slug}, view, answer.then.title, bundler.catalog)


def _page(template: str, at: dict[str, str], view: object, title: str, catalog: Catalog) -> Page:
    first = template == FIRST
    name = catalog.overlay.name
    return Page(
        template,
        {"county": catalog.slug, **at},
        view,
        title=title,
        description=COLUMN.description if first else f"{name}{TITLE}：{title}",
        breadcrumbs=(Crumb(name, HOME), Crumb(TITLE) if first else Crumb(TITLE, WIZARD)),
        meta=column_tags(catalog.overlay.website, COLUMN),
    )
