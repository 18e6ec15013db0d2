"""Navigation → 我能办什么: a page for each question and each result that leads to an item of the county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from gkdir.model.county import Catalog
from gkdir.model.navigation import Question, Result
from gkdir.service.address import HOME, WIZARD, wizard_path
from gkdir.service.bundle import Bundle
from gkdir.service.county import Link
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.navigation import WIZARD_TITLE
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

FIRST = f"{{county}}/{WIZARD}"
QUESTION = "{county}/wizard/{step}/index.html"
RESULT = "{county}/wizard/{result}/index.html"
COLUMN = WebsiteColumn(
    WIZARD_TITLE, "一页一个问题，答完告诉您能办哪些事、带什么、问谁", "我能办什么,办事,引导", "办事服务"
)


class GivenAnswer(Struct, frozen=True):
    """An earlier question and its answer; ``path`` is the page to change the answer on."""

    question: str
    answer: str
    path: str


class AnswerPath(Struct, frozen=True):
    """How a page is reached: the ``answers`` common to all paths, and links ``back`` to the previous questions."""

    answers: tuple[GivenAnswer, ...] = ()
    back: tuple[Link, ...] = ()


class QuestionView(Struct, frozen=True):
    """One question: number ``number`` (from 1) of a total of ``least`` to ``most``, depending on the answers."""

    question: Question
    answers: tuple[Link, ...]
    way: AnswerPath
    number: int
    least: int
    most: int


class ResultView(Struct, frozen=True):
    """The page of a result."""

    result: Result
    bundle: Bundle
    way: AnswerPath


class _ReachedPage(Struct, frozen=True):
    """A page that answers lead to, and the answers on each path to it."""

    then: Question | Result
    ways: list[tuple[GivenAnswer, ...]] = field(default_factory=list)


def wizard_pages(site: Site) -> Iterator[Page]:
    """The pages from the first question on; none if no result has an item of the county."""
    first, bundler = site.first_question, site.bundler
    number, reached = 1, {"": _ReachedPage(first, [()])} if first else {}
    while reached:
        below: dict[str, _ReachedPage] = {}
        for slug, page in reached.items():
            path, way = wizard_path(slug) if slug else WIZARD, _way(page.ways)
            if isinstance(page.then, Question):
                yield _page(slug, _question(page.then, way, number), bundler.catalog)
                for answer in page.then.answers:
                    given = (*way.answers, GivenAnswer(page.then.text, answer.text, path))
                    below.setdefault(answer.slug, _ReachedPage(answer.then)).ways.append(given)
            else:
                bundle = bundler.bundle(page.then.uses)
                if bundle:
                    yield _page(slug, ResultView(page.then, bundle, way), bundler.catalog)
        number, reached = number + 1, below


def left(then: Question | Result) -> tuple[int, int]:
    """The least and the most questions still to be answered, including this one."""
    if isinstance(then, Result):
        return 0, 0
    below = [left(answer.then) for answer in then.answers]
    return 1 + min(least for least, _ in below), 1 + max(most for _, most in below)


def _way(ways: Sequence[tuple[GivenAnswer, ...]]) -> AnswerPath:
    same = 0
    while all(len(given) > same and given[same] == ways[0][same] for given in ways):
        same += 1
    back = dict.fromkeys(Link(given[-1].question, given[-1].path) for given in ways if given)
    return AnswerPath(ways[0][:same], tuple(back))


def _question(question: Question, way: AnswerPath, number: int) -> QuestionView:
    answers = tuple(Link(answer.text, wizard_path(answer.slug)) for answer in question.answers)
    least, most = (number - 1 + count for count in left(question))
    return QuestionView(question, answers, way, number, least, most)


def _page(slug: str, view: QuestionView | ResultView, catalog: Catalog) -> Page:
    """The page of a question, the first one without a slug, or of a result."""
    first = not slug
    if isinstance(view, ResultView):
        template, at, title = RESULT, {"result": slug}, f"{view.result.title}（{WIZARD_TITLE}）"
    elif first:
        template, at, title = FIRST, {}, WIZARD_TITLE
    else:
        answer = view.way.answers[-1].answer if view.way.answers else ""
        template, at = QUESTION, {"step": slug}
        title = (
            f"{view.question.text}{f'（{answer}）' if answer else ''}"  # the same question is asked on several pages
        )
    name = catalog.overlay.name
    return Page(
        template,
        {"county": catalog.slug, **at},
        view,
        title=title,
        description=COLUMN.description if first else f"{name}{WIZARD_TITLE}：{title}",
        breadcrumbs=(Crumb(name, HOME), Crumb(WIZARD_TITLE) if first else Crumb(WIZARD_TITLE, WIZARD)),
        meta=column_tags(catalog.overlay.website, COLUMN),
    )
