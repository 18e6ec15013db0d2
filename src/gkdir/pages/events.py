"""Moments of life, in the words of those who live them → the items that then matter. Two tables, by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One moment: its name, a second line, the ids of the items, the most asked first."""

    name: str
    line: str
    items: tuple[str, ...]


EVENTS: tuple[Event, ...] = (
    Event("找工作", "招聘信息、求职登记、职业指导", ("employment/1.2", "employment/1.3", "employment/2.2")),
    Event("失业了", "先登记，再申领失业保险金", ("employment/4.1", "social_insurance/7.1", "employment/6.1")),
    Event("想创业", "开业指导、补贴和担保贷款", ("employment/2.3", "employment/5.1", "employment/5.2")),
    Event("毕业了", "接收手续、见习和社保补贴", ("employment/7.1", "employment/7.2", "employment/7.4")),
    Event(
        "要退休", "办退休手续，按月领养老金",
        ("social_insurance/5.1", "social_insurance/5.2", "social_insurance/1.5"),
    ),
    Event(
        "受了工伤", "先认定，再鉴定，后领待遇",
        ("social_insurance/6.4", "social_insurance/6.5", "social_insurance/6.21"),
    ),
    Event(
        "亲人去世", "丧葬补助金、抚恤金和遗属待遇",
        ("social_insurance/5.6", "social_insurance/5.8", "social_insurance/7.2"),
    ),
    Event(
        "社保卡", "申领、挂失、补领和换领",
        ("social_insurance/9.1", "social_insurance/9.6", "social_insurance/9.7"),
    ),
    Event(
        "单位办事", "职工参保、人员增减和缴费申报",
        ("social_insurance/1.4", "social_insurance/3.1", "social_insurance/3.2"),
    ),
)  # fmt: skip

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("失业了能领什么钱", "social_insurance/7.1"),
    ("社保卡丢了怎么办", "social_insurance/9.6"),
    ("农村老人怎么领养老金", "social_insurance/5.2"),
)
"""What people really ask, each with the item that answers it."""
