"""wizard.yaml → the questions as a tree: no page twice, no path longer than people have patience for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gkdir.finding import Kind, Place, Trouble, Unreadable
from gkdir.model.ways import DEPTH, Answer, Question, Result
from gkdir.read.schema.validate import validate
from gkdir.read.schema.wizard import AnswerPart, WizardPart
from gkdir.read.ways import said, uses
from gkdir.read.yamlfile import read_yaml

FILE = "wizard.yaml"


def read_wizard(folders: Sequence[Path]) -> tuple[Question | None, tuple[Trouble, ...]]:
    """The questions of the first of ``folders`` that has a wizard.yaml; none where none has."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return None, ()
    try:
        document = read_yaml(path, f"national/{FILE}")
    except Unreadable as error:
        return None, (error.trouble,)
    part, troubles = validate(WizardPart, document.root, {"问": "", "回答": ()})
    tree = _Tree()
    question = Question(part.question.text, said(part.hint), tree.answers(part.answers, 1))
    return question if question.answers else None, document.troubles + troubles + tuple(tree.troubles)


class _Tree:
    """Grows the tree, and keeps which addresses are taken and what went wrong."""

    def __init__(self) -> None:
        self.taken: dict[str, Place] = {}
        self.troubles: list[Trouble] = []

    def answers(self, parts: Mapping[str, AnswerPart], depth: int) -> tuple[Answer, ...]:
        """The answers of a question that is the ``depth``-th to be asked, without those that lead nowhere."""
        grown = (self.answer(text, part, depth) for text, part in parts.items())
        return tuple(answer for answer in grown if answer is not None)

    def answer(self, text: str, part: AnswerPart, depth: int) -> Answer | None:
        """One answer with all below it; ``None``, and a trouble, where it leads nowhere."""
        if not self.sound(text, part, depth):
            return None
        slug = part.slug.text
        self.taken[slug] = part.slug.place
        if part.question is None:
            return Answer(text, slug, Result(said(part.result), said(part.line), uses(part, part.uses)))
        answers = self.answers(part.answers, depth + 1)
        return Answer(text, slug, Question(part.question.text, said(part.hint), answers)) if answers else None

    def sound(self, text: str, part: AnswerPart, depth: int) -> bool:
        """Whether the answer leads on to one page of its own; a trouble where it does not."""
        known = len(self.troubles)
        if (part.question is None) == (part.result is None):
            self.trouble(part.place, f"“{text}”要么接着“问”，要么给“结果”。", "请写其中一个，只写一个。")
        elif part.question is not None and not part.answers:
            self.trouble(part.question.place, f"“{part.question.text}”没有可选的回答。", "请写上“回答”，或改成“结果”。")
        elif part.result is not None and not part.uses:
            self.trouble(part.result.place, f"“{part.result.text}”里没有事项。", "请写上“事项”。")
        elif part.question is not None and depth == DEPTH:
            message = f"“{part.question.text}”是第 {DEPTH + 1} 个问题，最多问 {DEPTH} 个。"
            self.trouble(part.question.place, message, "请少问一层，给出“结果”。")
        elif part.slug.text in self.taken:
            message = f"网址“{part.slug.text}”已经用在第 {self.taken[part.slug.text].line} 行。"
            self.trouble(part.slug.place, message, "每一页的网址要不同，请换一个。")
        return len(self.troubles) == known

    def trouble(self, place: Place, message: str, hint: str) -> None:
        """Keep a trouble."""
        self.troubles.append(Trouble(Kind.WRONG_VALUE, place, message, hint))
