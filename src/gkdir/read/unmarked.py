"""Source text of a page or a template → the visible text, line for line, without markup.

Looked at only where figures touch a mark: bold, tags, entities and escapes can part a number that the page shows whole.
"""

from __future__ import annotations

import re
from html import unescape

from gkdir.read.longnumber import without

_MARKED = re.compile(r"\d(?:[<&]|[*_~`\\\[\]{$^]{1,4}+(?!\*)[^\s\u4e00-\u9fff]{0,200}?\d)")
_SIGNS = (("<!--", "-->"), ("{#", "#}"), ("{%", "%}"), ("{:", "}"))
"""Delimiters of comments and template tags, which are invisible."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<(?:/?(?:p|div|li|tr|td|th|h[1-6])|br|hr)\b[^<>]*>", re.IGNORECASE)
_TARGET = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]")
_CODED = re.compile(r"%3(\d)")
_ENTITY = re.compile(r"&#?\w{1,31};?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[*_~`\[\]^$]+|\{\{-?\s{0,9}|\s{0,9}-?\}\}")
_PARTS = re.compile(r"[\"']\s{0,9}[~+]?\s{0,9}[\"']")
_QUOTES = re.compile(r"(?<=\d)[\"']+|[\"']{1,3}(?=\d)")


def is_marked(source: str) -> bool:
    """Whether figures touch a mark, or are written as something else."""
    return "&#" in source or "%3" in source or "{:" in source or _MARKED.search(source) is not None


def unmarked(source: str) -> str:
    """The text without its marks, with as many lines."""
    text = source
    for opening, closing in _SIGNS:
        text = without(text, opening, closing)
    text = _TAG.sub(_line_ends, _BREAK.sub(lambda tag: " " + _line_ends(tag), text))
    text = _ESCAPE.sub(r"\1", unescaped(_TARGET.sub("", text)))
    return _QUOTES.sub("", _PARTS.sub("", _MARKS.sub("", text)))


def unescaped(source: str) -> str:
    """The text with its entities and the codes of its addresses written out, with as many lines."""
    return _ENTITY.sub(_meaning, _CODED.sub(r"\1", source))


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _meaning(match: re.Match[str]) -> str:
    return unescape(match[0]).replace("\n", " ")
