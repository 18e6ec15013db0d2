"""A file with a YAML head between two lines of ``---`` → its first line, the head, and the rest."""

from __future__ import annotations

import re

from gkdir.clerk.yamltree import CannotEdit

NEW = "---\n---\n"
"""An empty guide or article."""

_HEAD = re.compile(r"(---[ \t]*(?:\r\n|\r|\n))(.*?)((?<=[\r\n])---[ \t]*(?:[\r\n].*)?)", re.S)


def parted(text: str) -> tuple[str, str, str]:
    """The three parts, which make up the text again. :raises CannotEdit: there is no head"""
    match = _HEAD.fullmatch(text)
    if match is None:
        raise CannotEdit("no head")
    return match[1], match[2], match[3]
