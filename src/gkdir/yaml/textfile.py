"""A file's path → its text: UTF-8 with or without a BOM, of limited size, without control characters."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from gkdir.finding import Place, Unreadable

LIMIT = 2 * 1024 * 1024
"""The most bytes of a text file; a larger one is something else."""

LONGEST = 100_000
"""The most characters of a guide or article (sixty printed pages): checking may take a thousand steps for each."""

SAVE_AS_UTF8 = "请用记事本或 WPS 打开，另存为时把编码选成 UTF-8。"

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ud800-\udfff"
    f"\U000e0000-\U000e007f{''.join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}]"
)
"""Characters that no text may contain: controls; line ends that editors do not show but YAML counts (U+0085, U+2028,
U+2029); bidirectional marks, which display other words than are written; non-characters.
"""


def read_text(path: Path, name: str) -> str:
    r"""The text of the file at ``path``, called ``name`` in places; a leading BOM is dropped, lines end in ``\n``.

    Raises Unreadable: no such file, a folder, no permission, too large, not UTF-8, control characters.
    """
    return decoded(_bytes(path, name), name)


def decoded(content: bytes, name: str) -> str:
    """The text of the ``content`` of the file ``name``, as ``read_text`` returns it. Raises Unreadable."""
    text = _decode(content, name).replace("\r\n", "\n").replace("\r", "\n")
    # All forbidden characters are unprintable: testing for printable text first is far quicker.
    if not text.replace("\n", "").isprintable() and (control := FORBIDDEN.search(text)):
        place = _place_at(name, text, control.start())
        if control[0] == "\0" and text.count("\0") > len(text) // 4:
            raise Unreadable(place, "文件编码像是 UTF-16，不是 UTF-8。", SAVE_AS_UTF8)
        raise Unreadable(place, *forbidden(control[0]))
    return text


def forbidden(character: str) -> tuple[str, str]:
    """Message and remedy for a forbidden character."""
    code = f"U+{ord(character):04X}"
    if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return f"这里有看不见的、改变文字方向的控制字符（{code}）。", "请删去这个字符，或把这一行重新打一遍。"
    return f"这里有看不见的控制字符（{code}）。", "请删去这个字符后重新保存。"


def _bytes(path: Path, name: str) -> bytes:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable(Place(name), "这里应当是一个文件，却是一个文件夹。", "请改名或移走这个文件夹。")
        if not stat.S_ISREG(kind):  # reading a pipe would block
            raise Unreadable(Place(name), "这不是一个普通的文件。", "请换成普通的文件。")
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise Unreadable(Place(name), "找不到这个文件。", "请检查文件名和所在的文件夹。") from None
    except PermissionError:
        raise Unreadable(Place(name), "没有权限读取这个文件。", "请检查文件的权限。") from None
    except OSError:
        raise Unreadable(Place(name), "打不开这个文件。", "请检查它是不是普通的文件、磁盘是否完好。") from None
    if len(content) > LIMIT:
        megabytes = LIMIT // 1024 // 1024
        raise Unreadable(Place(name), f"文件超过 {megabytes} MB，不像是手写的文件。", "请检查是否放错了文件。")
    return content


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Place(name, 1, 1), "文件编码是 UTF-16，不是 UTF-8。", SAVE_AS_UTF8)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_at(name, content[: error.start].decode("utf-8-sig"), None)
        reads_as_gbk = _reads_as_gbk(content)
        what = "文件编码是 GBK，不是 UTF-8。" if reads_as_gbk else "文件编码不是 UTF-8。"
        what = "文件编码像是 UTF-16，不是 UTF-8。" if b"\0" in content else what
        raise Unreadable(place, what, SAVE_AS_UTF8) from None


def _reads_as_gbk(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in content


def _place_at(name: str, text: str, index: int | None) -> Place:
    before = text[:index]
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
