"""我能办什么 → its questions, with only the answers that lead to items the county has."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec.structs import replace

from gkdir.model.ways import Answer, Question, Result

TITLE = "我能办什么"


def offered(question: Question, there: Container[str]) -> Question | None:
    """The question with those answers that lead to one of the items ``there``; ``None`` if no answer does."""
    kept: list[Answer] = []
    for answer in question.answers:
        if isinstance(answer.then, Question):
            below = offered(answer.then, there)
            kept += [replace(answer, then=below)] if below else []
        elif any(use.item in there for use in answer.then.uses):
            kept.append(answer)
    return replace(question, answers=tuple(kept)) if kept else None


def results(question: Question | None) -> Iterator[tuple[str, Result]]:
    """All results that its answers lead to, each with the address of its page, as often as answers lead there."""
    for answer in question.answers if question else ():
        if isinstance(answer.then, Question):
            yield from results(answer.then)
        else:
            yield answer.slug, answer.then
