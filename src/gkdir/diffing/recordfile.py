"""Differences → entries of a county's record of changes (变更记录), added to its changes.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gkdir.diffing.compare import Difference, DifferenceKind, amended
from gkdir.diffing.words import WORDS, DiffSection
from gkdir.export.cells import clean
from gkdir.finding import Place, Unreadable
from gkdir.model.amendment import Amended, Amendment
from gkdir.output import write_file
from gkdir.read.declaredfiles import amendments
from gkdir.read.text import shortened
from gkdir.yaml.emit import entry as line
from gkdir.yaml.nodes import Branch, Listing, Node
from gkdir.yaml.parse import parse_yaml
from gkdir.yaml.textfile import decoded, read_text

MAX_CHARS = 120
"""The most characters of a text in the record; of a longer one, the part where old and new differ."""

_CONTEXT_CHARS = 20


def entries(found: Sequence[DiffSection], county: str, day: date, known: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """The differences of ``county`` in ``found``, except those that the last entry about the same thing in ``known``
    has.
    """
    last = {entry.about: entry for entry in known}
    made = (entry for section in found if section.county == county for entry in _entries(section, day))
    return tuple(entry for entry in made if entry.about not in last or last[entry.about].content != entry.content)


def _entries(section: DiffSection, day: date) -> Iterator[Amendment]:
    for one in section.differences:
        fields = tuple(_short(amended(change)) for change in one.fields) if one.kind is DifferenceKind.CHANGED else ()
        yield Amendment.of(
            one.subject,
            one.id,
            day=day,
            kind=WORDS[one.kind],
            name=_line(one.name),
            place=Place(""),
            town=section.town,
            fields=fields,
            reason=_line(_reason(one)) or None,
        )


def _reason(one: Difference) -> str:
    return one.reason if one.kind is DifferenceKind.STOPPED else ""


def _short(field: Amended) -> Amended:
    old, new = _around(field.old, field.new)
    return replace(
        field,
        label=_line(field.label),
        old=old,
        new=new,
        removed=tuple(_cut(text) for text in field.removed),
        added=tuple(_cut(text) for text in field.added),
    )


def _around(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Both texts, from shortly before the first character that differs."""
    if not old or not new or max(len(old), len(new)) <= MAX_CHARS:
        return old and _cut(old), new and _cut(new)
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _CONTEXT_CHARS)
    dots = "…" if start else ""
    return f"{dots}{_cut(old[start:])}", f"{dots}{_cut(new[start:])}"


def _cut(text: str) -> str:
    return shortened(_line(text), MAX_CHARS)


def _line(text: str) -> str:
    """The text on one line, without characters that YAML cannot hold."""
    return " ".join(clean(text).replace("\ufeff", "").split())


HEAD = """\
# 更新记录，早的在前；网站的“更新记录”页和订阅由它而来，最新的排在最前。
# gkdir diff 原来的 现在的 --record 在末尾续写。理由和依据请补上；写错了可以改，不要改日期。
"""
KEY = "记录"


def recorded(path: Path, name: str) -> tuple[Amendment, ...]:
    """The existing entries; none if there is no file.

    :raises Unreadable: there are troubles in it
    """
    return _parsed(read_text(path, name), name) if path.exists() else ()


def append(path: Path, name: str, new: Sequence[Amendment]) -> None:
    """Add ``new`` to the end of the file at ``path``, called ``name`` in messages; create it if there is none.

    :raises Unreadable: the file is no list that can be continued
    """
    raw = path.read_bytes() if path.exists() else b""
    write_file(path, lengthened(raw, name, new), own=raw.__eq__)


def lengthened(raw: bytes, name: str, new: Sequence[Amendment]) -> bytes:
    """The bytes of the file with ``new`` at its end; existing bytes, line ends and comments are unchanged.

    :raises Unreadable: the file is no list that can be continued
    """
    text = decoded(raw, name) if raw else ""
    longer = continued(text, name, new)
    ends = "\r\n" if b"\r\n" in raw else "\n"
    kept, more = (raw, longer.removeprefix(text)) if longer.startswith(text) else (b"", longer)
    return kept + more.replace("\n", ends).encode()


def continued(text: str, name: str, new: Sequence[Amendment]) -> str:
    """``text`` with ``new`` at its end.

    :raises Unreadable: it is no list that can be continued
    """
    was = _parsed(text, name)
    start, indent = _open_list(text, name)
    longer = start + "".join(f"{each}\n" for entry in new for each in _lines(entry, indent))
    now = _parsed(longer, name)
    if [_content(each) for each in now] != [_content(each) for each in (*was, *new)]:
        raise Unreadable(Place(name), "这份更新记录没法在末尾续写。", "请把每一条都写成以“- ”开头的几行，再试。")
    return longer


def _parsed(text: str, name: str) -> tuple[Amendment, ...]:
    found, troubles = amendments(parse_yaml(text, name))
    if troubles:
        first = troubles[0]
        raise Unreadable(first.place, first.message, first.hint or "请先改好它。")
    return found


def _open_list(text: str, name: str) -> tuple[str, int]:
    """The text up to where the next entry goes, and the indentation of entries."""
    text = text if not text or text.endswith("\n") else f"{text}\n"
    root = parse_yaml(text, name).root
    listed = root.get(KEY) if isinstance(root, Branch) else None
    if listed is None:
        return f"{text or HEAD}{KEY}:\n", 2
    if isinstance(listed, Listing) and listed.items:
        return text, _indent(text, listed.items[0])
    if isinstance(listed, Listing):  # 记录: []
        return re.sub(rf"^({KEY}\s*:)[ \t]*\[\s*\]", r"\1", text, count=1, flags=re.MULTILINE), 2
    return text, 2  # 记录: without a value


def _indent(text: str, item: Node) -> int:
    """The indentation of the dash before the first entry."""
    before = text.split("\n")[(item.place.line or 1) - 1][: (item.place.column or 1) - 1]
    dash = re.fullmatch(r"( *)- +", before)
    return len(dash[1]) if dash else 2


def _lines(entry: Amendment, indent: int) -> Iterator[str]:
    """The lines of the entry as a clerk would write it, with 理由 and 依据 left to be filled in."""
    first, *rest = _keys(entry, indent + 2)
    yield f"{' ' * indent}- {first.lstrip()}"
    yield from rest


def _keys(entry: Amendment, indent: int) -> Iterable[str]:
    yield f"{' ' * indent}日期: {entry.day.isoformat()}"
    yield from line("类型", entry.kind, indent)
    if entry.town:
        yield from line("乡镇村", entry.town, indent)
    yield from line(entry.subject, entry.id, indent)
    yield from line("名称", entry.name, indent)
    if entry.fields:
        yield f"{' ' * indent}改动:"
    for field in entry.fields:
        first, *rest = line("栏目", field.label, indent + 4)
        yield f"{' ' * (indent + 2)}- {first.lstrip()}"
        yield from rest
        pairs = (("原", field.old), ("现", field.new), ("去掉", field.removed), ("增加", field.added))
        for key, value in pairs:
            if value:
                yield from line(key, value, indent + 4)
    for key, text in (("理由", entry.reason), ("依据", entry.basis)):
        yield from line(key, text, indent) if text else [f"{' ' * indent}{key}:"]


def _content(entry: Amendment) -> tuple[object, ...]:
    return entry.day, entry.name, entry.reason, entry.basis, *entry.content
