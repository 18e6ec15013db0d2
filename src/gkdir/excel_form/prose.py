"""A guide's plain words and questions: columns of its row in the form, and its body after they have been changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.excel_form.table import TableColumn
from gkdir.excel_form.tidy import plain
from gkdir.model.guide import PLAIN_SECTIONS, Guide
from gkdir.yaml.front_matter import headings
from gkdir.yaml.lines import CannotEdit

QUESTIONS = "常见问题"
_TITLES = (*PLAIN_SECTIONS, QUESTIONS)
PROSE: Mapping[str, str] = {f"prose/{title}": title for title in _TITLES}
"""Column → the heading above the words in a guide's body."""


def prose_columns() -> Iterator[TableColumn]:
    """One column for each heading."""
    text = "用群众听得懂的话写几句。分段的，中间空一行。空着的用上一级的。"
    asked = "每个问题一行，前面写“### ”，下面写怎么答。空着的用上一级的。"
    for key, title in PROSE.items():
        yield TableColumn(key, title, width=50, group="正文", prompt=asked if title == QUESTIONS else text)


def prose_texts(guide: Guide) -> Mapping[str, str]:
    """What the guide says itself, by column."""
    sections = {section.title: section.markdown for section in guide.sections}
    return {key: sections.get(title, "") for key, title in PROSE.items()}


def not_editable(guide: Guide) -> frozenset[str]:
    """The columns whose words can only be changed in the file: indented Markdown, a heading that comes twice."""
    titles = [section.title for section in guide.sections]
    texts = prose_texts(guide)
    return frozenset(key for key, title in PROSE.items() if titles.count(title) > 1 or plain(texts[key]) != texts[key])


def with_prose(rest: str, title: str, text: str) -> str:
    """A guide's file from the end of its head on, with ``text`` below the heading; without words, without it."""
    if rest.count("\r") != rest.count("\r\n") or rest.count("\r\n") not in (0, rest.count("\n")):
        raise CannotEdit("several kinds of line ends")
    lines = rest.replace("\r\n", "\n").split("\n")
    found = list(headings(lines))
    own = [number for number, (_, called) in enumerate(found) if called == title]
    if len(own) > 1:
        raise CannotEdit(f"{title} comes twice")
    if own:
        start = found[own[0]][0]
        end = found[own[0] + 1][0] if own[0] + 1 < len(found) else len(lines)
        section = [lines[start], "", *text.split("\n"), ""] if text else []
    else:
        start = end = next((at for at, called in found if _rank(called) > _rank(title)), len(lines))
        section = ["## " + title, "", *text.split("\n"), ""] if text else []
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


def _rank(title: str) -> int:
    return _TITLES.index(title) if title in _TITLES else len(_TITLES)
