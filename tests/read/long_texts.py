"""Every grammar of cells over hostile texts of every shape; as a program, it reads all and prints the slowest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import process_time

from gkdir.read.bases import bases
from gkdir.read.channels import beside_blank, channels
from gkdir.read.remarks import is_note
from gkdir.read.text import line, take_number
from gkdir.read.ticks import after_mark, tick
from gkdir.read.timelimit import time_limit
from gkdir.read.unread import unread
from gkdir.read.words import audience, blank_words, elements, group, levels, mode, publishers

LETTERS = 4000
PIECES = (
    *"a1自法县日第(（《■",
    *(
        "《》",
        "（）",
        "《甲",
        "（1",
        "1.",
        "1.甲\n",
        "甲、",
        "甲,",
        "甲 ",
        "甲\n",
        "，其中",
        "每年",
        "或",
        "之日起",
        "不超过",
    ),
    *(
        "■政府网站",
        "t政府网站",
        "政府网站",
        "政府网站 ",
        "其他",
        "其他（",
        "主动",
        "特定群体",
        "另有规定",
        "法定",
        "承诺",
    ),
    *(
        "、",
        "；",
        "t",
        "公开",
        "依据",
        "法律：",
        "法律法规",
        "令",
        "县乡",
        "全社会",
        "填报人",
        "√失业",
        "（全社会",
        "政 ",
        "■ ",
    ),
    *("●a", "1.1", "(1)", "\n1", "《甲》1", "《甲》、第一条", "法\n", "其他：", "其他 政府网站", "人社局 "),
    *("20个工作日", "2020年", "1月31日前", "信息形成", "人社发〔2012〕11号"),
)
AROUND_BLANKS = ("a", "b"), ("》", "甲"), ("（", "甲"), ("■", "甲"), ("1", "."), ("第", "号")
"""The text before and after a long run of blanks."""
COLUMNS = ("time_limit", "content", "channels", "audience", "mode", "levels", "basis")
GRAMMARS: Mapping[str, Callable[[str], object]] = {
    "time_limit": time_limit, "channels": channels, "bases": bases, "elements": elements, "publishers": publishers,
    "audience": audience, "mode": mode, "levels": levels, "group": group, "at blank boxes": blank_words,
    "channels at blank boxes": beside_blank, "line": line, "number": take_number, "tick": tick,
    "behind tick": after_mark, "note": is_note,
    **{f"unread {column}": partial(unread, column) for column in COLUMNS},
}  # fmt: skip


def read_all() -> tuple[int, float]:
    """How many texts were read, and the processor seconds of the slowest."""
    texts = [piece * (LETTERS // len(piece)) + end for piece in PIECES for end in ("", "x")]
    texts += [head + " " * LETTERS + tail for head, tail in AROUND_BLANKS]
    slowest = 0.0
    for grammar in GRAMMARS.values():
        for text in texts:
            begun = process_time()
            grammar(text)
            slowest = max(slowest, process_time() - begun)
    return len(texts) * len(GRAMMARS), slowest


if __name__ == "__main__":
    print(*read_all())
