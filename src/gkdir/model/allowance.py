"""允许 as a value: a finding that a county has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.declared import InForm, Key
from gkdir.model.item import Written


class Allowance(Struct, frozen=True):
    """允许: a finding that the county has reviewed and accepted, with reason and end date."""

    called: ClassVar[str] = "允许"

    rule: Annotated[
        str,
        Key("规则", "规则的编号或名称。", "GK203"),
        InForm(30, "哪一条规则的问题，从列表里选，或者写编号。", takes="items", of="rules"),
    ]
    place: Place
    item: Annotated[
        str | None,
        Key("事项", "只对这个事项：领域/编号。", "employment/4.1"),
        InForm(30, "只对这个事项；空着就是都算。", takes="items", of="items"),
    ] = None
    only: Annotated[
        str | None, Key("只限", "只对写着这段话的问题：文件的路径，或者遮住了中间的号码。", "138******00"), InForm(30)
    ] = None
    reason: Annotated[str | None, Key("理由", "为什么可以这样。"), InForm(50, "为什么可以这样，必须写。")] = None
    until: Annotated[date | None, Key("截止", "到哪一天为止。", "2027-06-30"), InForm(13, "到哪一天为止。")] = None
    written: Mapping[str, Written] = field(default_factory=dict)


class SharedAllowances(Struct, frozen=True):
    """The project's own allowances, for files that all counties share."""

    called: ClassVar[str] = "项目的允许"

    allowances: Annotated[
        tuple[Allowance, ...], Key("允许", "各县共用的工作簿、词表和模板里，已经知晓并说明理由的问题。")
    ] = ()
