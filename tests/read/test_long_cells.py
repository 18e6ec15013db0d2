"""A cell of 30,000 characters costs its length, not its square: nobody can hold the reader with one."""

from __future__ import annotations

import subprocess
import sys

LONG = """
from gkdir.read import channels, remarks, text, ticks, unread, words
N = 30_000
blanks = " " * N
pieces = (
    "《|》|（|《甲》|《甲》、第一条|1.|1.1|(1)|（1|a |甲\\n|\\n1|、|；|其他：|政府网站|政 |■|■ |t|公开|法律：|法律法规"
    "|依据|人社部发〔2014〕|人社局 |令|●a|全社会|县乡|《甲》1|其他 政府网站|（全社会|填报人|√失业"
)
ends = ("a", "b"), ("》", "甲"), ("（", "甲"), ("■", "甲"), ("1", "."), ("第", "号")
cells = [
    *(piece * (N // len(piece)) for piece in pieces.split("|")),
    *(head + blanks + tail for head, tail in ends),
    "法\\n" * (N // 4) + "《" * (N // 4),
    "（" * (N // 2) + "）" * (N // 2),
    "1." * (N // 4) + "《甲》" * (N // 8),
]
for cell in cells:
    for grammar in (
        words.elements, words.bases, words.publishers, words.channels, words.audience, words.mode, words.levels,
        words.group, text.line, text.take_number, ticks.tick, ticks.after_mark, remarks.is_note,
    ):
        grammar(cell)
    for key in ("audience", "mode", "levels", "channels", "content", "basis"):
        unread.unread(key, cell)
"""


def test_long_cells_are_read_in_their_length() -> None:
    # About six seconds; each of the squares that this is about takes as long by itself, and most take far longer.
    done = subprocess.run([sys.executable, "-c", LONG], timeout=180, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
