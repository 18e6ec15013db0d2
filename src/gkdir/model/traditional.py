"""A hant.yaml as values: whether Traditional pages are wanted, and exceptions to the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.model.declared import Key, Matching

Pairs = Mapping[str, Annotated[str, Matching(r'[^<>"&]+', "请只写要显示的字，不要写网页的标记。")]]
"""Replacements in finished pages, so without markup."""


class Traditional(Struct, frozen=True):
    """The content of one hant.yaml, or of several laid over each other; every mapping is Simplified → Traditional.

    ``words`` apply everywhere; ``characters`` in the names of the place and its organisations, outside ``words``.
    ``wanted`` is ``None`` if the file does not have it.
    """

    called: ClassVar[str] = "繁体页面"

    wanted: Annotated[bool | None, Key("生成", "要不要繁体页面；不写就要。", False)] = None
    words: Annotated[Pairs, Key("词语", "自动转换会错的词，左边简体，右边繁体。", {"签合同": "簽合同"})] = field(
        default_factory=dict
    )
    characters: Annotated[
        Pairs, Key("名称用字", "地名、机构名和地址里，这些字用哪个繁体字。", {"范": "范", "涌": "涌"})
    ] = field(default_factory=dict)

    def over(self, above: Traditional) -> Traditional:
        """This file laid over ``above``; its entries take precedence."""
        wanted = above.wanted if self.wanted is None else self.wanted
        return Traditional(wanted, {**above.words, **self.words}, {**above.characters, **self.characters})


NO_TRADITIONAL = Traditional()
"""The default: pages are wanted, without exceptions."""
