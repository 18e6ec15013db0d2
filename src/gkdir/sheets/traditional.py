"""A county's Converter → the function that puts values of sheets and texts of templates into Traditional script."""

from __future__ import annotations

import re
from collections.abc import Callable

from gkdir.publish.converter import Converter

_TEXT = re.compile(r'([\u2e80-\U0003ffff][^<>"\\\0]*)')
"""A run of text that begins with a Chinese character, up to the control characters that the script uses."""


def to_traditional(script: Converter) -> Callable[[str], str]:
    """Each run of Chinese is converted by itself, so that a template's function has the same name in every call."""

    def turn(text: str) -> str:
        parts = _TEXT.split(text)
        turned = script.table(parts[1::2])
        parts[1::2] = [turned[part] for part in parts[1::2]]
        return "".join(parts)

    return turn
