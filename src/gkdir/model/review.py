"""审核: who read which version of a county's files before it was published, as values. A record, without passwords."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.declared import Key, Matching, OneLine, OneOf

STAGES = ("一审", "二审", "三审")
GONE = "无"
"""Used as the digest of a file that has been deleted."""
_AGAIN = "这是 gkdir review sign 写的，请不要手改；改乱了的，删去这一条，再签一次。"


class Signing(Struct, frozen=True):
    """One entry, written by ``gkdir review sign``: who has read, at which stage, the files with these digests.

    ``digest`` is that of all of them. ``files`` is empty where an earlier entry with the same digest has them.
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
