"""Ways of writing that must not be published: one entry of a wording.yaml, as values."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.declared import Key

PhraseKind = Literal["国名地名", "错别字", "机构"]


class Phrase(Struct, frozen=True):
    """Some wrong ways to write one thing: what is right instead, why, and where they are no mistake."""

    called: ClassVar[str] = "不该出现的写法"

    place: Place
    right: Annotated[str, Key("应为", "改成什么；写了“音近”的不用写。", "登录")] = ""
    wrong: Annotated[tuple[str, ...], Key("错", "错的写法，一个个写出来；# 代表一个数字。", ["登陆网站"])] = ()
    kind: Annotated[PhraseKind, Key("类别", "国名地名按错误报，错别字和机构按警告报。", "错别字")] = "错别字"
    why: Annotated[str | None, Key("为什么", "为什么错。", "上网是登录")] = None
    within: Annotated[tuple[str, ...], Key("除外", "这些词里的不算。", ["登陆舰"])] = ()
    beside: Annotated[tuple[str, ...], Key("见到", "同一个分句里有其中一个词，才算。", ["网站"])] = ()
    unless: Annotated[tuple[str, ...], Key("不算", "同一个分句里有其中一个词，就不算。", ["台风"])] = ()
    alike: Annotated[tuple[str, ...], Key("音近", "这些词语（三个字以上）写成同音、形近的别字的。", ["行政复议"])] = ()
    near: Annotated[bool, Key("近似", "“应为”的名称错、漏、颠倒一个字的，都算。")] = False
