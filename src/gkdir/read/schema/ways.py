"""The shape of ways.yaml, the country's and a county's own: moments of life, kinds of people, who needs what."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict

from gkdir.model.item import Written
from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import Matching, Text, ValueReader, mapping, text, texts

_BETWEEN = re.compile(r"[、，,；;\s]+")


def _names(node: Any) -> tuple[Written, ...]:
    """Names in a list, or in one text with 、 between them; each once."""
    found: dict[str, Written] = {}
    for child in texts(node):
        written = text(child)
        for name in filter(None, _BETWEEN.split(written.text)):
            found.setdefault(name, Written(name, written.place))
    return tuple(found.values())


_STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Names = Annotated[tuple[Written, ...], ValueReader(_names, _STRINGS)]
Lines = Annotated[dict[str, Text], BeforeValidator(mapping)]
"""By item, what it is."""
Slug = Annotated[
    Text, Matching(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,7}", "只用小写英文字母、数字和短横线，以字母开头，如 lost-job。")
]
Uses = Annotated[dict[str, Text], BeforeValidator(mapping)]
"""By item, what it is for; or by question, the item that answers it."""


class EventPart(Part):
    """One moment of life."""

    model_config = ConfigDict(title="一件事")
    slug: Slug | None = key("网址", "它的页面在网址里叫什么。新的一件事要写。", "lost-job", default=None)
    line: Text | None = key("说明", "名称下面的一句短话。", "先登记，再申领失业保险金", default=None)
    uses: Uses = key("事项", "按办理的先后：领域/编号，和办它做什么。", {"employment/4.1": "先办失业登记"}, default={})


class AudiencePart(Part):
    """One kind of people."""

    model_config = ConfigDict(title="人群")
    slug: Slug | None = key("网址", "它的页面在网址里叫什么。新的人群要写。", "veterans", default=None)
    line: Text | None = key("说明", "名称下面的一句短话。", default=None)


class WaysPart(Part):
    """A ways.yaml."""

    model_config = ConfigDict(title="入口")
    questions: Uses = key(
        "常有人问",
        "首页搜索框下面的问题，和回答它的事项：领域/编号。",
        {"失业了能领什么钱": "social_insurance/7.1"},
        default={},
    )
    events: Annotated[dict[str, EventPart], BeforeValidator(mapping)] = key(
        "一件事", "人一生里的大事：名称，和要办的事项。写全国已有的名称，就是给它增加事项。", default={}
    )
    audiences: Annotated[dict[str, AudiencePart], BeforeValidator(mapping)] = key(
        "人群", "按人群找事项：有哪些人群。", default={}
    )
    served: Annotated[dict[str, Names], BeforeValidator(mapping)] = key(
        "谁会用", "事项（领域/编号）和会用到它的人群，用“、”隔开。", {"employment/1.6": "个人、农民工"}, default={}
    )
    lines: Lines = key(
        "一句话",
        "事项（领域/编号）是什么，用一句大家都懂的话。没有办事指南的事项，页面上先说这一句。",
        {"employment/1.6": "看零工市场在哪里、今天有什么活。"},
        default={},
    )
    notes: Annotated[dict[str, Names], BeforeValidator(mapping)] = key(
        "提醒",
        "去办之前一定要知道的话，和它说的事项（领域/编号），用“、”隔开。写在事项的页面和用到它的一件事里。",
        {"不用您申请，社保经办机构统一办。": "social_insurance/7.6"},
        default={},
    )
