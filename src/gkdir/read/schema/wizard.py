"""The shape of wizard.yaml: a question, its answers, and below each answer the next question or a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Text
from gkdir.read.schema.ways import Slug, Uses


class AnswerPart(Part, frozen=True, kw_only=True):
    """One answer: leads to a question, to a result, or to the page that another answer leads to."""

    called: ClassVar[str] = "回答"
    slug: Annotated[Slug | None, Key("网址", "下一页在网址里叫什么，各页不同。", "lost-job")] = None
    page: Annotated[Slug | None, Key("转到", "不另写一页：去哪个网址的那一页。两处之前问的问题要一样多。")] = None
    question: Annotated[Text | None, Key("问", "接着问什么。", "您办过失业登记吗？")] = None
    hint: Annotated[Text | None, Key("提示", "问题下面的一句话：怎么选。")] = None
    answers: Annotated[Mapping[str, AnswerPart], Key("回答", "可以怎样回答：每个回答通向下一个问题或者结果。")] = field(
        default_factory=dict
    )
    result: Annotated[Text | None, Key("结果", "不再问了：这样的人可以办什么，一句话。")] = None
    line: Annotated[Text | None, Key("说明", "结果下面的一句话。")] = None
    uses: Annotated[Uses, Key("事项", "结果里的事项，按先后：领域/编号，和办它做什么。")] = field(default_factory=dict)


class WizardPart(Part, frozen=True, kw_only=True):
    """The first question."""

    called: ClassVar[str] = "我能办什么"
    question: Annotated[Text, Key("问", "第一个问题。", "您替谁办事？")]
    hint: Annotated[Text | None, Key("提示", "问题下面的一句话：怎么选。")] = None
    answers: Annotated[Mapping[str, AnswerPart], Key("回答", "可以怎样回答。")]
