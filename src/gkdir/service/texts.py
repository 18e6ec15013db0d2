"""Texts that several pages and sheets share, in a template as ``texts``: column labels, the survey."""

from __future__ import annotations

from types import SimpleNamespace

from msgspec import Struct, field

from gkdir.model.columns import COLUMNS


def _labels() -> SimpleNamespace:
    return SimpleNamespace(**{column.key: column.label for column in COLUMNS})


AZ_TITLE = "按拼音找"
PHONES_TITLE = "电话和地址"
"""The page of all items by letter."""


class Texts(Struct, frozen=True):
    """Texts used by more than one template."""

    labels: SimpleNamespace = field(default_factory=_labels)
    column: str = "基层政务公开标准目录"
    asking: tuple[str, ...] = (
        "我这种情况能不能办？要符合哪些条件？",
        "要带哪些材料？原件还是复印件？要不要先填表？",
        "到哪里办？几楼几号窗口？几点到几点有人？",
        "能不能在手机上、网上或者打电话办？",
        "多久能办好？要不要交钱？有没有最晚哪天要办的？",
        "我去不了，家里人能不能替我办？要多带什么？",
    )
    """Questions to ask on the phone about an item without a guide."""


TEXTS = Texts()
SURVEY_TITLE = "意见征集表"
SURVEY_QUESTIONS = (
    "政务信息公开是否及时？",
    "公开的范围是否全面？",
    "公开的方式是否多样、方便您获取？",
)
SURVEY_ANSWERS = ("是", "基本是", "否")
