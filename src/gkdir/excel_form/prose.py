"""The body of a guide (plain words and questions) → columns of its row; changed columns → the new body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.excel_form.table import TableColumn
from gkdir.excel_form.tidy import plain
from gkdir.model.guide import PLAIN_SECTIONS, Guide, Section
from gkdir.yaml.front_matter import headings
from gkdir.yaml.lines import CannotEdit

QUESTIONS = "常见问题"
_TITLES = (*PLAIN_SECTIONS, QUESTIONS)
PROSE: Mapping[str, str] = {f"prose/{title}": title for title in _TITLES}
"""Column key → heading in a guide's body."""
OTHERS = "prose/"
"""The key of the column for sections under any other heading."""


def prose_columns() -> Iterator[TableColumn]:
    """One column for each heading."""
    text = "用群众听得懂的话写几句。分段的，中间空一行。空着的用上一级的。"
    asked = "每个问题一行，前面写“### ”，下面写怎么答。空着的用上一级的。"
    for key, title in PROSE.items():
        yield TableColumn(key, title, width=50, group="正文", prompt=asked if title == QUESTIONS else text)
    others = "本县自己的小标题：单独一行，前面写“## ”，下面写内容，可以有几个。空着的用上一级的。"
    yield TableColumn(OTHERS, "别的小标题", width=50, group="正文", prompt=others)


def prose_texts(guide: Guide) -> Mapping[str, str]:
    """Column key → text of the guide's own body."""
    sections = {section.title: section.markdown for section in guide.sections}
    others = whole(section for section in guide.sections if section.title not in _TITLES)
    return {**{key: sections.get(title, "") for key, title in PROSE.items()}, OTHERS: others}


def whole(sections: Iterable[Section]) -> str:
    """The sections as one text, with their headings."""
    return "\n\n".join(
        f"## {section.title}\n\n{section.markdown}" if section.title else section.markdown for section in sections
    )


def not_editable(guide: Guide) -> frozenset[str]:
    """The columns whose text can only be changed in the file.

    Reasons are indented Markdown, a repeated heading, other headings that are scattered, text above the first heading.
    """
    titles = [section.title for section in guide.sections]
    texts = prose_texts(guide)
    blocked = {key for key, title in PROSE.items() if titles.count(title) > 1}
    if "" in titles or _scattered([at for at, title in enumerate(titles) if title not in _TITLES]):
        blocked.add(OTHERS)
    return frozenset(key for key, text in texts.items() if key in blocked or plain(text) != text)


def with_prose(rest: str, title: str, text: str) -> str:
    """``rest`` (a guide's file after its head) with ``text`` under the heading ``title``; blank ``text`` removes it.

    Without a ``title``, ``text`` holds all sections under headings without a column of their own, with their headings.
    """
    if rest.count("\r") != rest.count("\r\n") or rest.count("\r\n") not in (0, rest.count("\n")):
        raise CannotEdit("several kinds of line ends")
    lines = rest.replace("\r\n", "\n").split("\n")
    found = list(headings(lines))
    own = [number for number, (_, called) in enumerate(found) if (called == title if title else called not in _TITLES)]
    if _scattered(own) or (title and len(own) > 1):
        raise CannotEdit(f"{title} comes twice")
    heading = [f"## {title}", ""] if title else []
    if own:
        start = found[own[0]][0]
        end = found[own[-1] + 1][0] if own[-1] + 1 < len(found) else len(lines)
        heading = [lines[start], ""] if title else []
    else:
        start = end = next((at for at, called in found if _rank(called) > _rank(title)), len(lines))
    section = [*heading, *text.split("\n"), ""] if text else []
    before = lines[:start]
    if section and not own:
        while len(before) > 1 and not before[-1]:
            before.pop()
        before += [""] if len(before) > 1 else []
    after = lines[end:]
    if not section and not after and before[-1]:
        after = [""]
    done = "\n".join([*before, *section, *after])
    return done.replace("\n", "\r\n") if "\r\n" in rest else done


def _scattered(places: Sequence[int]) -> bool:
    """Whether the places are not consecutive."""
    return bool(places) and places[-1] - places[0] + 1 != len(places)


def _rank(title: str) -> int:
    return _TITLES.index(title) if title in _TITLES else len(_TITLES)
