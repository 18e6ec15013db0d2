"""The shape of ways.yaml, the country's and a county's own: moments of life, kinds of people, who needs what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key, Matching
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Names, Text

Lines = Mapping[str, Text]
"""By item, what it is."""
Slug = Annotated[
    Text, Matching(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,7}", "只用小写英文字母、数字和短横线，以字母开头，如 lost-job。")
]
Uses = Mapping[str, Text]
"""By item, what it is for; or by question, the item that answers it."""


class EventPart(Part, frozen=True, kw_only=True):
    """One moment of life."""

    called: ClassVar[str] = "一件事"
    slug: Annotated[Slug | None, Key("网址", "它的页面在网址里叫什么。新的一件事要写。", "lost-job")] = None
    line: Annotated[Text | None, Key("说明", "名称下面的一句短话。", "先登记，再申领失业保险金")] = None
    opening: Annotated[Text | None, Key("开头", "页面开头对当事人说的一句话。", "请节哀。符合哪条办哪条。")] = None
    uses: Annotated[
        Uses,
        Key(
            "事项",
            "按办理的先后：领域/编号，和办它做什么。只有一部分人办的，先写是什么样的人：“卡丢了的，马上挂失”。",
            {"employment/4.1": "先办失业登记"},
        ),
    ] = field(default_factory=dict)


class AudiencePart(Part, frozen=True, kw_only=True):
    """One kind of people."""

    called: ClassVar[str] = "人群"
    slug: Annotated[Slug | None, Key("网址", "它的页面在网址里叫什么。新的人群要写。", "veterans")] = None
    line: Annotated[Text | None, Key("说明", "名称下面的一句短话。")] = None


class WaysPart(Part, frozen=True, kw_only=True):
    """A ways.yaml."""

    called: ClassVar[str] = "入口"
    questions: Annotated[
        Uses,
        Key(
            "常有人问",
            "首页搜索框下面的问题，和回答它的事项：领域/编号。",
            {"失业了能领什么钱": "social_insurance/7.1"},
        ),
    ] = field(default_factory=dict)
    events: Annotated[
        Mapping[str, EventPart],
        Key("一件事", "人一生里的大事：名称，和要办的事项。写全国已有的名称，就是给它增加事项。"),
    ] = field(default_factory=dict)
    audiences: Annotated[Mapping[str, AudiencePart], Key("人群", "按人群找事项：有哪些人群。")] = field(
        default_factory=dict
    )
    served: Annotated[
        Mapping[str, Names],
        Key("谁会用", "事项（领域/编号）和会用到它的人群，用“、”隔开。", {"employment/1.6": "个人、农民工"}),
    ] = field(default_factory=dict)
    lines: Annotated[
        Lines,
        Key(
            "一句话",
            "事项（领域/编号）是什么，用一句大家都懂的话。没有办事指南的事项，页面上先说这一句。",
            {"employment/1.6": "看零工市场在哪里、今天有什么活。"},
        ),
    ] = field(default_factory=dict)
    notes: Annotated[
        Mapping[str, Names],
        Key(
            "提醒",
            "去办之前一定要知道的话，和它说的事项（领域/编号），用“、”隔开。写在事项的页面和用到它的一件事里。",
            {"不用您申请，社保经办机构统一办。": "social_insurance/7.6"},
        ),
    ] = field(default_factory=dict)
