"""A number or name that matched nothing → the items that it could have meant."""

from __future__ import annotations

import difflib
import unicodedata

from gkdir.model.county import LaidDirectory

_MANY = 3


def candidates(said: str, directory: LaidDirectory) -> tuple[str, ...]:
    """At most three such as ``4.1 失业登记``, the likeliest first: by number, by name, or by both in one text."""
    said = unicodedata.normalize("NFKC", said).replace("。", ".").replace("、", ".").replace("-", ".").strip()
    spellings: dict[str, str] = {}
    for entry in directory.entries:
        shown = f"{entry.item.number} {entry.item.name}"
        spellings |= {entry.item.name: shown, shown: shown, entry.item.number or "": shown}
    within = [shown for word, shown in spellings.items() if len(said) > 1 and said in word and not said.isdecimal()]
    near = [spellings[word] for word in difflib.get_close_matches(said, spellings, n=_MANY, cutoff=0.6)]
    exact = [spellings[said]] if said in spellings else []
    return tuple(dict.fromkeys([*exact, *near, *within]))[:_MANY]
