"""An unknown key of a mapping → the trouble, with the key that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from gkdir.finding import Trouble, TroubleKind
from gkdir.model.columns import COLUMNS
from gkdir.yaml.lookalike import INVISIBLE, ODD_BLANK, name_of, wide_colon
from gkdir.yaml.nodes import Scalar

_LABELS = {alias: column.label for column in COLUMNS for alias in column.aliases}
_MOST = 200
"""The most unknown keys of one mapping that are reported one by one."""


def misspelt(unknown: Sequence[Scalar], missing: Sequence[str], whole: bool) -> set[str]:
    """The missing keys that are probably an unknown key of the same mapping, misspelt, so that they are reported once.

    ``whole``: it is the mapping of the whole file.
    """
    absorbed: set[str] = set()
    for key in unknown[:_MOST]:
        left = tuple(name for name in missing if name not in absorbed)
        meant = nearest(key.text, left)
        if meant is None and not whole:  # an inner mapping is about one thing; the file's own may well lack two keys
            meant = next(iter(left), None)
        if meant is not None:
            absorbed.add(meant)
    return absorbed


def unknown_keys(written: Sequence[Scalar], known: tuple[str, ...]) -> Iterator[Trouble]:
    """A trouble for each key of one mapping that is not ``known``; one for all that exceed a limit."""
    yield from (unknown_key(key, known) for key in written[:_MOST])
    if rest := written[_MOST:]:
        message = f"没有“{rest[0].text}”这个键，它后面还有 {len(rest) - 1} 个也没有。"
        hint = "请看看这些行是不是别的文件里的；改好前面的，再核对一次。"
        yield Trouble(TroubleKind.UNKNOWN_KEY, rest[0].place, message, hint)


def unknown_key(written: Scalar, known: tuple[str, ...]) -> Trouble:
    """The trouble of a key that is not one of ``known``."""
    key = written.text
    message, word = f"没有“{key}”这个键。", key
    if odd_blank := ODD_BLANK.search(key):
        message += f"它里面有{name_of(odd_blank[0])}。"
        word = ODD_BLANK.sub("", key)
    elif faint := INVISIBLE.search(key):
        message += f"它里面有{name_of(faint[0])}。"
        word = INVISIBLE.sub("", key)
    elif odd := wide_colon(key):
        message += odd.message
        word = key[: odd.column]
    elif ":" in key:
        message += "冒号后面没有空格。"
        word = key.partition(":")[0]
    meant = word if word in known else nearest(word, known)
    hint = f"您是不是想写“{meant}”？" if meant else f"这里可以写：{'、'.join(known)}。"
    return Trouble(TroubleKind.UNKNOWN_KEY, written.place, message, hint)


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The word of ``known`` that was probably meant."""
    if _LABELS.get(word) in known:
        return _LABELS[word]
    part = [name for name in known if len(word) > 1 and (word in name or name in word)]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return near[0] if near else part[0] if part else None
