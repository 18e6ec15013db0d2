"""Text that is set above or below the line → marks that no number can swallow: 20¹个工作日 is never 201.

A raised figure behind a word or a number is the mark of a note. Readers write it in raised characters here; the builder
of a grid takes those out of the text and names them. Behind a letter (m², CO₂) it belongs to the word and stays.
"""

from __future__ import annotations

import re

_FIGURES = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_MARK = re.compile(r"[\[(（〔【]?注?(?:[\d]{1,3}|[①-⑳])[\])）〕】]?")
_NOTE = re.compile("(?<![A-Za-z米⁰¹²³⁴-⁹₀-₉])[⁰¹²³⁴-⁹₀-₉]+")


def raised(text: str) -> str:
    """What a text says that is set above or below the line; the mark of a note in raised figures."""
    mark = text.strip()
    if not _MARK.fullmatch(mark):
        return text
    number = mark.strip("[](（）〔〕【】注)")
    return (str(ord(number) - 0x245F) if "①" <= number <= "⑳" else number).translate(_FIGURES)


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the marks of notes, and those."""
    marks = tuple(_NOTE.findall(text))
    return (_NOTE.sub("", text), marks) if marks else (text, ())
