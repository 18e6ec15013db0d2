"""Bytes of an unknown format → their text, or the runs of digits in them if they are binary."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from gkdir.read.inside.part import InsideText

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_EIGHT = re.compile(
    rb"(?:[0-9]|\xef\xbc[\x90-\x99]|\xa3[\xb0-\xb9])"
    rb"(?:[0-9XxOolI .\-\x07\x09]|\xef\xbc[\x90-\x99]|\xa3[\xb0-\xb9]){10,200}"
)
_SIXTEEN = re.compile(rb"(?:[0-9]\x00|[\x10-\x19]\xff)(?:[0-9XxOolI .\-\x07\x09]\x00|[\x10-\x19]\xff){10,200}")
"""Two bytes a character, at even or odd offsets."""
_AROUND = 48


def decoded(data: bytes) -> str | None:
    """The bytes decoded as declared, as UTF-8 or as GB 18030; ``None`` if they are not text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    if data[1:2] == b"\0" and data[3:4] == b"\0":
        return _text(data, "utf-16-le")
    if data[:1] == b"\0" and data[2:3] == b"\0":
        return _text(data, "utf-16-be")
    declared = _DECLARED.search(data[:1024])
    declared_names = [declared[1].decode()] if declared and declared[1].lower() != b"gb2312" else []
    return next(
        (text for text in (_text(data, name) for name in (*declared_names, "utf-8", "gb18030")) if text is not None),
        None,
    )


def markup(data: bytes) -> str:
    """The bytes of an XML part as text, with replacements for what cannot be decoded."""
    if (
        data[:3] in (codecs.BOM_UTF8, b"<?x")
        and (declared := _DECLARED.search(data[:200]))
        and declared[1].lower() == b"utf-8"
    ):
        return data.decode("utf-8", "replace")  # nearly all parts are UTF-8, and they are long
    return decoded(data) or data.decode("utf-8", "replace")


def _text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _BINARY.search(text) else text


def texts(data: bytes, where: str | None = None, again: bool = False) -> Iterator[InsideText]:
    """The runs of digits in the bytes, stored with one or two bytes a character, each with the text around it."""
    for run in _EIGHT.finditer(data):
        yield InsideText(_in_context(data, run, "gb18030"), where, None, again)
    for run in _SIXTEEN.finditer(data):
        yield InsideText(_in_context(data, run, "utf-16-le"), where, None, again)


def _in_context(data: bytes, run: re.Match[bytes], encoding: str) -> str:
    """The run with the readable text before and after it."""
    before = data[max(0, run.start() - _AROUND) : run.start()].decode(encoding, "replace")
    after = data[run.end() : run.end() + _AROUND].decode(encoding, "replace")
    figures = run[0].decode(encoding, "replace").replace("\x07\x07", "\t\r").replace("\x07", "\t")
    return f"{_readable(before, last=True)}{figures}{_readable(after, last=False)}"


def _readable(text: str, *, last: bool) -> str:
    """The end (``last``) or beginning of the text as far as it is Chinese; other characters are decoded garbage."""
    pieces = re.split("[^\u4e00-\u9fff\uff00-\uff5e：:（）()￥¥]+", text)
    return pieces[-1] if last else pieces[0]
