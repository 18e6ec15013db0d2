"""A text → whether it is a web address that is safe in a page, a feed or a table."""

from __future__ import annotations

import re

MAX_LENGTH = 2_000
"""Characters: what every browser and mail program still follows."""

_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\]"
_PORT = r"[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]"
# No quote, bracket or backslash: they have a meaning in HTML, XML or JSON, and none in an address. No name before
# the host either: https://www.gov.cn@example.com leads to example.com.
_PATH = r"[^\s\x00-\x20\x7f-\x9f\"'<>\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
_ADDRESS = re.compile(rf"https?://(?:{_HOST})(?::(?:{_PORT}))?(?P<rest>[/?#]{_PATH})?", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an ``http`` or ``https`` address with a host, and nothing that could end a quotation."""
    return len(text) <= MAX_LENGTH and _ADDRESS.fullmatch(text) is not None


def is_folder_address(text: str) -> bool:
    """Whether paths can be put after ``text``: a web address without a query and without an anchor."""
    return is_web_address(text) and not re.search("[?#]", text)
