"""A file's path → its text: UTF-8 with or without a BOM, of a bearable size, without control characters."""

from __future__ import annotations

import re
from pathlib import Path

from gkdir.finding import Place, Unreadable

LIMIT = 2 * 1024 * 1024
"""Bytes. A county's own words never come near it; anything larger is some other file."""

SAVE_AS_UTF8 = "请用记事本或 WPS 打开，另存为时把编码选成 UTF-8。"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""With the line ends that no editor shows (U+0085, U+2028, U+2029): YAML counts them and people do not."""


def read_text(path: Path, name: str) -> str:
    r"""The text of the file at ``path``, called ``name`` in places; a leading BOM is dropped, lines end in ``\n``.

    Raises Unreadable: no such file, a folder, no permission, too large, not UTF-8, control characters.
    """
    text = _decode(_bytes(path, name), name).replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        place = _place_at(name, text, control.start())
        raise Unreadable(place, f"文件里有看不见的控制字符（U+{ord(control[0]):04X}）。", "请删去这个字符后重新保存。")
    return text


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(Place(name), "这里应当是一个文件，却是一个文件夹。", "请改名或移走这个文件夹。")
        if path.exists() and not path.is_file():  # a pipe would have us wait for ever
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
