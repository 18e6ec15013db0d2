"""审核: who reviewed which version of a county's files before publication, as values. Signatures need no password."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.declared import Key, Matching, OneLine, OneOf

STAGES = ("一审", "二审", "三审")
GONE = "无"
"""The digest of a deleted file."""
_AGAIN = "这是 gkdir review sign 写的，请不要手改；改乱了的，删去这一条，再签一次。"


class Signing(Struct, frozen=True):
    """One entry, written by ``gkdir review sign``: who reviewed the files with these digests, at which stage.

    ``digest``: the digest of all ``files``, which are empty if an earlier entry with that digest lists them.
    """

    called: ClassVar[str] = "一次审核"

    stage_name: Annotated[str, OneOf(STAGES), Key("阶段", "一审、二审或三审。", "一审")]
    by: Annotated[str, OneLine(), Key("人", "谁审的。", "张某")]
    on: Annotated[date, Key("日期", "哪一天审的。", "2026-03-01")]
    digest: Annotated[
        str, Matching("[a-p]{16}", _AGAIN), Key("摘要", "审的是哪一版：这些内容的校验码。", "aaaabbbbccccdddd")
    ]
    place: Place
    files: Annotated[
        Mapping[str, Annotated[str, Matching(f"[a-p]{{16}}|{GONE}", _AGAIN)]],
        Key("内容", "审了哪些文件，各自的校验码；和前面一次摘要相同的不再列。", {"county.yaml": "aaaabbbbccccdddd"}),
    ] = {}
    seal: Annotated[
        str | None,
        Matching("[a-p]{16}", _AGAIN),
        Key("校验", "阶段、人、日期和摘要的校验码：哪一样手改过，都看得出来。", "aaaabbbbccccdddd"),
    ] = None

    @property
    def stage(self) -> int:
        """1 to 3."""
        return STAGES.index(self.stage_name) + 1
