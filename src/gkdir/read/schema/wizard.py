"""The shape of wizard.yaml: a question, its answers, and below each answer the next question or a result."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import Text, mapping
from gkdir.read.schema.ways import Slug, Uses


class AnswerPart(Part):
    """One answer: leads to a question, to a result, or to the page that another answer leads to."""

    model_config = ConfigDict(title="回答")
    slug: Slug | None = key("网址", "下一页在网址里叫什么，各页不同。", "lost-job", default=None)
    page: Slug | None = key("转到", "不另写一页：去哪个网址的那一页。两处之前问的问题要一样多。", default=None)
    question: Text | None = key("问", "接着问什么。", "您办过失业登记吗？", default=None)
    hint: Text | None = key("提示", "问题下面的一句话：怎么选。", default=None)
    answers: Annotated[dict[str, AnswerPart], BeforeValidator(mapping)] = key(
        "回答", "可以怎样回答：每个回答通向下一个问题或者结果。", default={}
    )
    result: Text | None = key("结果", "不再问了：这样的人可以办什么，一句话。", default=None)
    line: Text | None = key("说明", "结果下面的一句话。", default=None)
    uses: Uses = key("事项", "结果里的事项，按先后：领域/编号，和办它做什么。", default={})


class WizardPart(Part):
    """The first question."""

    model_config = ConfigDict(title="我能办什么")
    question: Text = key("问", "第一个问题。", "您替谁办事？")
    hint: Text | None = key("提示", "问题下面的一句话：怎么选。", default=None)
    answers: Annotated[dict[str, AnswerPart], BeforeValidator(mapping)] = key("回答", "可以怎样回答。")
