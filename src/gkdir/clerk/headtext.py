"""A file with a YAML head between two lines of ``---`` → its first line, the head, and the rest."""

from __future__ import annotations

import re

NEW = "---\n---\n"
"""The file of a guide or article that says nothing yet."""

_HEAD = re.compile(r"(---[ \t]*(?:\r\n|\r|\n))(.*?)((?<=[\r\n])---[ \t]*(?:[\r\n].*)?)", re.S)


def parted(text: str) -> tuple[str, str, str]:
    """The three parts, which make up the text again; the file was read without trouble, so that it has a head."""
    match = _HEAD.fullmatch(text)
    assert match is not None, "a file that was read without trouble has a head"
    return match[1], match[2], match[3]
