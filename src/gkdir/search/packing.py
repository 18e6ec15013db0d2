"""The script of an index → the same with two bytes for each hanzi instead of three; compressed, a tenth less.

The characters from U+0100 on stand for the hanzi that the index has, in the order of GB 2312, which browsers know:
which these are takes one character each. Capitals stand for the commonest. The index is then one text, which
search-text.js unpacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from gkdir.search.sounds import common_hanzi

START, END = "window.gkdirIndex=", ";\n"
_FIRST, _BEYOND = 0x100, 0x800  # what UTF-8 writes in two bytes, but for what names and laws contain: · × °
_STEP = 93
"""How many hanzi further the next one is, as a character: from ^ on, so that nothing has to be escaped."""
_NATIVE = re.compile(f"[A-Z{chr(_FIRST)}-{chr(_BEYOND - 1)}]")
_ESCAPED = re.compile(r"[\\']")


def packed(script: bytes) -> bytes:
    """The script of ``county_index`` or ``root_index``, as it is published."""
    text = script.decode().removeprefix(START).removesuffix(END)
    text = _NATIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    counts = Counter(text)
    places = [place for place, hanzi in enumerate(common_hanzi()) if counts[hanzi]][: _BEYOND - _FIRST]
    used = [common_hanzi()[place] for place in places]
    often = "".join(sorted(used, key=counts.__getitem__, reverse=True)[: len(ascii_uppercase)])
    codes = {ord(hanzi): chr(_FIRST + code) for code, hanzi in enumerate(used)}
    text = text.translate(codes | dict(zip(map(ord, often), ascii_uppercase, strict=False)))
    text = _ESCAPED.sub(r"\\\g<0>", text)
    return f"{START}{{often:'{often}',steps:'{''.join(_steps(places))}',text:'{text}'}}{END}".encode()


def _steps(places: Iterable[int]) -> Iterator[str]:
    last = -1
    for place in places:
        yield chr(_STEP + place - last)
        last = place
