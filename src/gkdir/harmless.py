"""Untrusted text → the same text, safe for a terminal, a log or a report: control characters are escaped visibly.

Escape sequences, unusual line ends and bidirectional marks could otherwise clear the screen, forge a line of output,
or display something else than is written. They are shown as ``\\x1b`` or ``\\u202e``.
"""

from __future__ import annotations

import json
import re

import msgspec

_LINE_CHARACTERS = "\t\n"
_UNSAFE_BMP = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_UNSAFE_BEYOND = "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
_UNSAFE = f"{_UNSAFE_BMP}\ud800-\udfff\ufdd0-\ufdef{_UNSAFE_BEYOND}"
_ONE_LINE = re.compile(f"[{_LINE_CHARACTERS}{_UNSAFE}]")
_LINES = re.compile(f"[{_UNSAFE}]")


def shown(text: str) -> str:
    """The text on one line: line breaks, unsafe characters and bytes that are not UTF-8 are escaped."""
    return text if text.isprintable() else _ONE_LINE.sub(lambda match: _escaped(match[0]), text)


def shown_lines(text: str) -> str:
    r"""As ``shown``, but ``\n`` and ``\t`` stay."""
    return _LINES.sub(lambda match: _escaped(match[0]), text)


def json_text(content: object, indent: int = 2) -> str:
    """The content as JSON that is safe on a terminal: control characters are escaped (``\\u009b``)."""
    try:
        dumped = msgspec.json.format(msgspec.json.encode(content), indent=indent).decode()
    except UnicodeEncodeError:  # a lone surrogate, which msgspec cannot write
        dumped = json.dumps(content, ensure_ascii=False, indent=indent)
    return _LINES.sub(lambda match: json.dumps(match[0])[1:-1], dumped)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
