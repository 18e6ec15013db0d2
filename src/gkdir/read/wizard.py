"""wizard.yaml → the tree of questions: unique pages, paths of limited length, no cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable, wrong_value
from gkdir.model.declared import Key
from gkdir.model.item import Written
from gkdir.model.navigation import DEPTH, SLUG, Answer, Question, Result, Uses
from gkdir.read.declaredfiles import first_of
from gkdir.read.schema.validate import filled
from gkdir.yaml.parse import read_yaml

FILE = "wizard.yaml"


def read_wizard(folders: Sequence[Path]) -> tuple[Question | None, tuple[Trouble, ...]]:
    """The first question, from the first of ``folders`` with a wizard.yaml, ``None`` if there is none; and troubles."""
    path = first_of(folders, FILE)
    if path is None:
        return None, ()
    try:
        document = read_yaml(path, f"national/{FILE}")
    except Unreadable as error:
        return None, (error.trouble,)
    part: WrittenQuestions | None
    part, troubles = filled(WrittenQuestions, document.root)
    if part is None:
        return None, document.troubles + troubles
    graph = _Graph(part.answers)
    question = Question(part.question, part.hint, graph.answers(part.answers, 1))
    return question if question.answers else None, document.troubles + troubles + tuple(graph.troubles)


class WrittenAnswer(Struct, frozen=True):
    """One answer, which leads to a question, a result, or the page of another answer."""

    called: ClassVar[str] = "回答"

    place: Place
    slug: Annotated[Annotated[Written, SLUG] | None, Key("网址", "下一页在网址里叫什么，各页不同。", "lost-job")] = None
    page: Annotated[
        Annotated[Written, SLUG] | None, Key("转到", "不另写一页：去哪个网址的那一页。两处之前问的问题要一样多。")
    ] = None
    question: Annotated[Written | None, Key("问", "接着问什么。", "您办过失业登记吗？")] = None
    hint: Annotated[str, Key("提示", "问题下面的一句话：怎么选。")] = ""
    answers: Annotated[Mapping[str, WrittenAnswer], Key("回答", "可以怎样回答：每个回答通向下一个问题或者结果。")] = (
        field(default_factory=dict)
    )
    result: Annotated[Written | None, Key("结果", "不再问了：这样的人可以办什么，一句话。")] = None
    line: Annotated[str, Key("说明", "结果下面的一句话。")] = ""
    uses: Annotated[Uses, Key("事项", "结果里的事项，按先后：领域/编号，和办它做什么。")] = ()


class WrittenQuestions(Struct, frozen=True):
    """The first question."""

    called: ClassVar[str] = "我能办什么"
    question: Annotated[str, Key("问", "第一个问题。", "您替谁办事？")]
    answers: Annotated[Mapping[str, WrittenAnswer], Key("回答", "可以怎样回答。")]
    hint: Annotated[str, Key("提示", "问题下面的一句话：怎么选。")] = ""


class _Graph:
    """Builds the questions and collects troubles.

    A page that several answers lead to is written under one of them, and has the same number of questions before it for
    all: so there are no cycles, and each page has one question number.
    """

    def __init__(self, answers: Mapping[str, WrittenAnswer]) -> None:
        self.troubles: list[Trouble] = []
        self.written: dict[str, tuple[str, WrittenAnswer, int]] = {}
        self.built: dict[str, Question | Result | None] = {}
        self.index(answers, 1)

    def index(self, answers: Mapping[str, WrittenAnswer], depth: int) -> None:
        """Index the answers by the address of their pages, with the number of questions before each."""
        for text, part in answers.items():
            if part.slug:
                self.written.setdefault(part.slug.text, (text, part, depth))
            self.index(part.answers, depth + 1)

    def answers(self, parts: Mapping[str, WrittenAnswer], depth: int) -> tuple[Answer, ...]:
        """The answers of the question at ``depth``, without those that lead nowhere."""
        built = (self.answer(text, part, depth) for text, part in parts.items())
        return tuple(answer for answer in built if answer is not None)

    def answer(self, text: str, part: WrittenAnswer, depth: int) -> Answer | None:
        """One answer with its subtree; ``None``, and a trouble, if it leads nowhere."""
        slug = part.page or part.slug
        if not slug or not (self.is_shared_page(slug, depth) if part.page else self.is_own_page(slug, part)):
            if not slug:
                hint = "请写上“网址: …”，用英文小写；或者“转到: …”。"
                self.troubles.append(Trouble(TroubleKind.MISSING_KEY, part.place, f"“{text}”里缺少“网址”。", hint))
            return None
        if slug.text not in self.built:
            self.built[slug.text] = self.target(*self.written[slug.text])
        then = self.built[slug.text]
        return Answer(text, slug.text, then) if then else None

    def is_own_page(self, slug: Written, part: WrittenAnswer) -> bool:
        """Whether the address belongs to this answer only; otherwise adds a trouble."""
        first = self.written[slug.text][1]
        if first is not part and first.slug:
            taken = f"网址“{slug.text}”已经用在第 {first.slug.place.line} 行。"
            self.trouble(slug.place, taken, "每一页的网址要不同，请换一个；要去同一页，写“转到”。")
        return first is part

    def is_shared_page(self, slug: Written, depth: int) -> bool:
        """Whether there is such a page with the same number of questions before it; otherwise adds a trouble."""
        if slug.text not in self.written:
            self.trouble(slug.place, f"没有网址是“{slug.text}”的一页。", "“转到”后面请写这个文件里已有的网址。")
            return False
        before = self.written[slug.text][2]
        if before != depth:
            message = f"“{slug.text}”那一页前面问 {before} 个问题，这里问 {depth} 个。"
            self.trouble(slug.place, message, "只能转到问题一样多的一页。")
        return before == depth

    def target(self, text: str, part: WrittenAnswer, depth: int) -> Question | Result | None:
        """The question or result of an answer; ``None``, and a trouble, if there is none."""
        if (part.question is None) == (part.result is None):
            self.trouble(part.place, f"“{text}”要么接着“问”，要么给“结果”。", "请写其中一个，只写一个。")
        elif part.question is None:
            return self.result(part)
        elif not part.answers:
            self.trouble(part.question.place, f"“{part.question.text}”没有可选的回答。", "请写上“回答”，或改成“结果”。")
        elif depth == DEPTH:
            message = f"“{part.question.text}”是第 {DEPTH + 1} 个问题，最多问 {DEPTH} 个。"
            self.trouble(part.question.place, message, "请少问一层，给出“结果”。")
        else:
            answers = self.answers(part.answers, depth + 1)
            return Question(part.question.text, part.hint, answers) if answers else None
        return None

    def result(self, part: WrittenAnswer) -> Result | None:
        """The result: what somebody in this situation can do; ``None``, and a trouble, if it is empty."""
        if part.result and not part.uses:
            self.trouble(part.result.place, f"“{part.result.text}”里没有事项。", "请写上“事项”。")
            return None
        return Result(part.result.text if part.result else "", part.line, part.uses)

    def trouble(self, place: Place, message: str, hint: str) -> None:
        """Add a trouble."""
        self.troubles.append(wrong_value(place, message, hint))
