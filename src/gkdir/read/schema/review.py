"""The shape of 审核: one entry for each reading of what is to be published, written by ``gkdir review sign``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key, Matching, OneOf
from gkdir.model.review import GONE, STAGES
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Day, Name, Text

_AGAIN = "这是 gkdir review sign 写的，请不要手改；改乱了的，删去这一条，再签一次。"

Digest = Annotated[Text, Matching("[a-p]{16}", _AGAIN)]
FileDigest = Annotated[Text, Matching(f"[a-p]{{16}}|{GONE}", _AGAIN)]


class SigningPart(Part, frozen=True, kw_only=True):
    """One reading."""

    called: ClassVar[str] = "一次审核"
    stage: Annotated[Annotated[Text, OneOf(STAGES)], Key("阶段", "一审、二审或三审。", "一审")]
    by: Annotated[Name, Key("人", "谁审的。", "张某")]
    on: Annotated[Day, Key("日期", "哪一天审的。", "2026-03-01")]
    digest: Annotated[Digest, Key("摘要", "审的是哪一版：这些内容的校验码。", "aaaabbbbccccdddd")]
    files: Annotated[
        Mapping[str, FileDigest],
        Key("内容", "审了哪些文件，各自的校验码；和前面一次摘要相同的不再列。", {"county.yaml": "aaaabbbbccccdddd"}),
    ] = field(default_factory=dict)
