"""The laws of a directory → the short names that its sheet uses for the often repeated ones, each explained once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gkdir.export.cells import clean
from gkdir.model.county import LaidDirectory

STATE = "中华人民共和国"
OFTEN, WORTH = 3, 15
"""A law gets a short name if it is named this often, and if that saves so many characters each time."""


def short_names(directory: LaidDirectory) -> Mapping[str, str]:
    """Full text → short name, in the order of the directory.

    Of texts that would share a name only the most frequent has it, so that a short name stands for one text.
    """
    bases = [basis for entry in directory.entries for basis in entry.item.basis if basis.name]
    times = Counter(clean(basis.text) for basis in bases)
    short = {clean(basis.text): f"《{(basis.name or '').removeprefix(STATE)}》" for basis in bases}
    owner = {short[text]: text for text, _ in reversed(times.most_common())}
    return {
        text: name
        for text, name in short.items()
        if owner[name] == text and times[text] >= OFTEN and len(text) - len(name) >= WORTH
    }


def shortened(cell: str, names: Mapping[str, str]) -> str:
    """A cell of 公开依据 with the short names; the longest text first, since one may begin another."""
    for text in sorted(names, key=len, reverse=True):
        cell = cell.replace(text, names[text])
    return cell
