"""The three questions of the notice (四（四）), as page and paper ask them."""

from __future__ import annotations

TITLE = "意见征集表"


QUESTIONS = (
    "政务信息公开是否及时？",
    "公开的范围是否全面？",
    "公开的方式是否多样、方便您获取？",
)


ANSWERS = ("是", "基本是", "否")
