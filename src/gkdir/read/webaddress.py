"""A text → whether it is a web address that is safe in a page, a feed or a table."""

from __future__ import annotations

import re

MAX_LENGTH = 2_000
"""The most characters that every browser and mail program can open."""
SAFE_SCHEMES = ("http", "https", "mailto", "tel")
"""What an address in a page may begin with."""

_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\]"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_FOUR = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}")
# A last label that browsers read as a number: then the whole host is an IPv4 address, which must be in the usual form.
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_PORT = r"[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]"
# No quote, bracket or backslash: they have a meaning in HTML, XML or JSON, and none in an address. No user name before
# the host either: https://www.gov.cn@example.com leads to example.com.
_PATH = r"[^\s\x00-\x20\x7f-\x9f\"'<>\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]")
_STEPS = re.compile(r"/(?:\.|%2e){1,2}(?=/|\Z)|//", re.IGNORECASE)
_ADDRESS = re.compile(rf"https?://(?P<host>{_HOST})(?::(?:{_PORT}))?(?P<rest>[/?#]{_PATH})?", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an http or https address with a host, without characters that could end an attribute."""
    match = _ADDRESS.fullmatch(text) if len(text) <= MAX_LENGTH else None
    return match is not None and _is_host(match["host"]) and not _BAD_ESCAPE.search(match["rest"] or "")


def _is_host(text: str) -> bool:
    """Whether a browser accepts ``text`` as a host: an IP address, or a name without labels that are too long."""
    if text.startswith("["):
        from ipaddress import IPv6Address  # hardly any host is an IPv6 address

        try:
            return bool(IPv6Address(text[1:-1]))
        except ValueError:
            return False
    labels = text.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _FOUR.fullmatch(text) is not None
    return len(text) <= 253 and max(map(len, labels)) <= 63


def is_folder_address(text: str) -> bool:
    """Whether paths can be appended to ``text``: a web address without a query, an anchor, ``..``, ``.`` or ``//``."""
    return is_web_address(text) and not re.search("[?#]", text) and not _STEPS.search(text.partition("://")[2])
