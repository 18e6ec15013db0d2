"""A county's Script → what a press turns texts with: the values of sheets, and the words of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from gkdir.publish.script import Script

_TEXT = re.compile(r'([\u2e80-\U0003ffff][^<>"\\\0]*)')
"""What follows a Chinese character in a template or in JSON, up to what the script keeps for itself."""


def turning(script: Script) -> Callable[[str], str]:
    """Every run of Chinese is turned for itself: a function of a template keeps one name wherever it is called."""

    def turn(text: str) -> str:
        parts = _TEXT.split(text)
        turned = script.table(parts[1::2])
        parts[1::2] = [turned[part] for part in parts[1::2]]
        return "".join(parts)

    return turn
