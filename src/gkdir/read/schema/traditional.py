"""The shape of hant.yaml: the country's, a project's and a county's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key, Matching
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Flag, Text

Plain = Annotated[Text, Matching(r'[^<>"&]+', "请只写要显示的字，不要写网页的标记。")]
"""It is put into finished pages as it is."""
Pairs = Mapping[str, Plain]


class TraditionalPart(Part, frozen=True, kw_only=True):
    """A hant.yaml."""

    called: ClassVar[str] = "繁体页面"
    wanted: Annotated[Flag | None, Key("生成", "要不要繁体页面；不写就要。", False)] = None
    words: Annotated[Pairs, Key("词语", "自动转换会错的词，左边简体，右边繁体。", {"签合同": "簽合同"})] = field(
        default_factory=dict
    )
    characters: Annotated[
        Pairs, Key("名称用字", "地名、机构名和地址里，这些字用哪个繁体字。", {"范": "范", "涌": "涌"})
    ] = field(default_factory=dict)
