"""One thing that is due on a day, as a value."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gkdir.finding import Place

KINDS = {
    "review": "目录审核",
    "guide": "指南核对",
    "article": "文章失效",
    "consultation": "意见征集截止",
    "result": "征集结果",
    "response": "回应关切复核",
    "column": "栏目更新",
    "urgent": "紧急通知",
    "allowance": "允许到期",
    "law": "依据失效",
    "amount": "待遇标准核对",
    "publication": "二十个工作日",
    "workdays": "放假安排",
}
"""What can be due, and how it is called."""


class Deadline(Struct, frozen=True):
    """``what`` is due on ``day``, the last on which it is still in time; ``todo`` says what to do about it."""

    day: date
    kind: str
    county: str
    what: str
    todo: str
    place: Place

    @property
    def order(self) -> tuple[object, ...]:
        """By day, and on one day by place."""
        return self.day, self.county, self.place.order, self.what

    def days(self, today: date) -> int:
        """How many days are left; less than none once it is over."""
        return (self.day - today).days
