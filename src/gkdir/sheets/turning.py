"""A county's Script → a converter to Traditional script for the values of sheets and the texts of templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from gkdir.publish.script import Script

_TEXT = re.compile(r'([\u2e80-\U0003ffff][^<>"\\\0]*)')
"""A run of text that begins with a Chinese character, up to the control characters that the script uses."""


def turning(script: Script) -> Callable[[str], str]:
    """Each run of Chinese is converted by itself, so that a template's function has the same name in every call."""

    def turn(text: str) -> str:
        parts = _TEXT.split(text)
        turned = script.table(parts[1::2])
        parts[1::2] = [turned[part] for part in parts[1::2]]
        return "".join(parts)

    return turn
