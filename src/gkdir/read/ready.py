"""A ready file that is to be published → the reason why people could not open it, if any.

The file must be in the format of its suffix, complete, and not empty.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from gkdir.model.attached import PICTURES, FormFile
from gkdir.read.inside import compound, raw
from gkdir.read.inside.part import TooMuch
from gkdir.read.passages import whole_pdf
from gkdir.read.picture import ALIASES, measured
from gkdir.read.samebytes import once

LARGEST = 32 << 20
"""The most bytes; larger files can neither be searched nor downloaded on a phone."""
OFFICE = ("docx", "doc", "wps", "xlsx", "xls", "et", "ods", "odt", "pdf", "ofd", "rtf")
"""Formats of forms."""
LINKED = (*OFFICE, "pptx", "ppt", "dps", "odp", "csv", "txt", "zip", *PICTURES)
"""Formats of files that a text may link to."""
_MAIN: Mapping[str, str] = {
    "docx": r"word/document\d*\.xml",
    "xlsx": r"xl/workbook\d*\.xml",
    "pptx": r"ppt/presentation\d*\.xml",
    **dict.fromkeys(("ods", "odt", "odp"), r"content\.xml"),
    "ofd": r"ofd\.xml",
}
"""Format → the part that an archive of that format must have."""
_REQUIRED_CONTENT: Mapping[str, tuple[str, re.Pattern[bytes]]] = {
    "docx": (
        r"word/(?:document|header|footer)\d*\.xml",
        re.compile(rb">[^<]*[^<\s]|<w:drawing|<w:pict|<w:object|<w:altChunk"),
    ),
    "xlsx": (
        r"xl/(?:work|chart)sheets/[^/]+\.xml",
        re.compile(rb"<(?:\w+:)?(?:v|is|f|drawing|legacyDrawing|picture|oleObjects)[ />]"),
    ),
}
"""Format → the parts of which one must have content, and a pattern for that content."""
_STREAMS: Mapping[str, tuple[str, ...]] = {
    "doc": ("worddocument",),
    "xls": ("workbook", "book"),
    "ppt": ("powerpoint document",),
}
_WPS = ("wps", "et", "dps")
"""Formats of WPS, whose streams sometimes have other names."""
_FOUND = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_EXECUTABLE = (
    *(".exe", ".com", ".scr", ".bat", ".cmd", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".lnk", ".ps1"),
    *(".jar", ".apk", ".dll", ".reg", ".pif", ".cpl", ".chm"),
)
"""Suffixes of programs, which must not be in an archive on a government website."""
_LEFTOVER_PREFIXES = ("._", "~$")
"""Prefixes of the files that macOS and open documents leave beside a file."""
_NO_PAGE = "打不开，里面一页也没有"
_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<meta|<table|<style|<div|mime-version:)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)


def wrong(file: FormFile, project: Path, kinds: tuple[str, ...] = LINKED) -> str | None:
    """The reason why the file cannot be published as one of these ``kinds``; ``None`` if it can."""
    if file.size == 0:
        return "是空的"
    if file.suffix not in kinds:
        return f"类型是 {file.suffix or '（没有）'}，不是常用的文件（{'、'.join(kinds)}）"
    if file.size > LARGEST:
        return f"超过 {LARGEST >> 20} MB，太大了"
    try:
        data = (project / file.path).read_bytes()
    except OSError:
        return "读不出来"
    if not data.strip(b"\0 \r\n\t"):
        return "是空的"
    return _checked(data, file.suffix)


@once
def _checked(data: bytes, suffix: str) -> str | None:
    return _CHECKS[suffix](data, suffix)


def _archive(data: bytes, suffix: str) -> str | None:
    if data.startswith(compound.SIGNATURE):
        return _other_format(data, suffix, "加了密码，或者是旧格式的文件改了扩展名")
    try:
        with _opened(data) as archive:
            is_main = re.compile(_MAIN[suffix], re.IGNORECASE).fullmatch
            main = next((name for name in archive.namelist() if is_main(name.replace("\\", "/"))), None)
            if main is None:
                return _other_format(data, suffix)
            _part(archive, main)
            if suffix in _REQUIRED_CONTENT and not _holds(archive, *_REQUIRED_CONTENT[suffix]):
                return "打开来是空白的，什么也没有写"
    except BROKEN:
        return _other_format(data, suffix)
    return None


def _opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of the part; its checksum is verified if it is read to the end."""
    with archive.open(name) as part:
        return part.read(LARGEST)


def _holds(archive: zipfile.ZipFile, where: str, what: re.Pattern[bytes]) -> bool:
    parts = [member for member in archive.infolist() if re.fullmatch(where, member.filename, re.IGNORECASE)]
    return not parts or any(
        member.file_size > LARGEST or what.search(_part(archive, member.filename)) for member in parts
    )


def _old(data: bytes, suffix: str) -> str | None:
    if data.startswith(b"{\\rt") and suffix in ("doc", "wps"):
        return _rtf(data, suffix)
    if not data.startswith(compound.SIGNATURE):
        return _other_format(data, suffix)
    try:
        names = {stream.name.lower() for stream in compound.streams(data)}
    except (ValueError, IndexError, TooMuch, *BROKEN, struct.error):
        return f"打不开，不是完整的 {suffix}"
    wanted = _STREAMS.get(suffix)
    if not names or (wanted and names.isdisjoint((*wanted, "encryptedpackage"))):
        return f"打不开，内容不是 {suffix}"
    return None


def _rtf(data: bytes, suffix: str) -> str | None:
    whole = data.startswith(b"{\\rt") and data.rstrip(b"\0 \r\n\t").endswith(b"}")
    return None if whole else _other_format(data, suffix)


def _pdf(data: bytes, suffix: str) -> str | None:
    if not whole_pdf(data):
        return f"打不开，内容不是完整的 {suffix}"
    if _PDF_PAGE.search(data) or b"/Encrypt" in data:
        return None
    if b"/ObjStm" in data:
        from gkdir.read.inside.pdf import has_pages  # imports pypdf, which only compressed pages need

        return None if has_pages(data) else _NO_PAGE
    return _NO_PAGE


def _picture(data: bytes, suffix: str) -> str | None:
    found = measured(data)
    if found is None:
        return "打不开，图片坏了，或者不是图片"
    right = ALIASES.get(suffix, suffix)
    return None if found.kind == right else f"其实是 {found.kind}，扩展名却写成了 {suffix}"


def _text(data: bytes, suffix: str) -> str | None:
    return None if raw.decoded(data) is not None else f"打不开，内容不是 {suffix}"


def _zip(data: bytes, suffix: str) -> str | None:
    try:
        with _opened(data) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if not members:
                return "是空的压缩包"
            for member in members:
                path = PurePosixPath(member.filename.replace("\\", "/"))
                if path.suffix.lower() in _EXECUTABLE:
                    return f"里面有程序或者脚本“{path.name}”"
                if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                    return f"里面的“{path}”会解压到别的文件夹"
            if sum(member.file_size for member in members) <= LARGEST * 2 and not any(m.flag_bits & 1 for m in members):
                bad = archive.testzip()
                return f"打不开，里面的“{PurePosixPath(bad).name}”坏了" if bad else _inside(archive, members)
    except BROKEN:
        return f"打不开，内容不是完整的 {suffix}"
    return None


def _inside(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    """The problem of the first office file in the archive that does not open; ``None`` if all open."""
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        suffix = path.suffix[1:].lower()
        if suffix in OFFICE and not path.name.startswith(_LEFTOVER_PREFIXES):
            data = archive.read(member)
            problem = _CHECKS[suffix](data, suffix) if data.strip(b"\0 \r\n\t") else "是空的"
            if problem:
                return f"里面的“{path.name}”{problem}"
    return None


def _other_format(data: bytes, suffix: str, otherwise: str = "") -> str:
    """The message about the format that the file seems to have instead."""
    if _PAGE.match(data[:512].removeprefix(b"\xef\xbb\xbf")):
        return f"打不开，内容是网页，不是 {suffix}"
    if whole_pdf(data):
        return f"其实是 pdf，扩展名却写成了 {suffix}"
    try:
        with _opened(data) as archive:
            names = archive.namelist()
    except BROKEN:
        return f"打不开，{otherwise}" if otherwise else f"打不开，内容不是 {suffix}"
    kind = next((kind for begins, kind in _FOUND if any(name.startswith(begins) for name in names)), None)
    return f"其实是 {kind}，扩展名却写成了 {suffix}" if kind and kind != suffix else f"打不开，内容不是完整的 {suffix}"


_CHECKS: Mapping[str, Callable[[bytes, str], str | None]] = {
    **dict.fromkeys(_MAIN, _archive),
    **dict.fromkeys((*_STREAMS, *_WPS), _old),
    **dict.fromkeys(PICTURES, _picture),
    **dict.fromkeys(("csv", "txt"), _text),
    "rtf": _rtf,
    "pdf": _pdf,
    "zip": _zip,
}
