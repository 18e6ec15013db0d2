"""The shape of hant.yaml: the country's, a project's and a county's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import Flag, Matching, Text, mapping

Plain = Annotated[Text, Matching(r'[^<>"&]+', "请只写要显示的字，不要写网页的标记。")]
"""It is put into finished pages as it is."""
Pairs = Annotated[dict[str, Plain], BeforeValidator(mapping)]


class TraditionalPart(Part):
    """A hant.yaml."""

    model_config = ConfigDict(title="繁体页面")
    wanted: Flag | None = key("生成", "要不要繁体页面；不写就要。", False, default=None)
    words: Pairs = key("词语", "自动转换会错的词，左边简体，右边繁体。", {"签合同": "簽合同"}, default={})
    characters: Pairs = key(
        "名称用字", "地名、机构名和地址里，这些字用哪个繁体字。", {"范": "范", "涌": "涌"}, default={}
    )
