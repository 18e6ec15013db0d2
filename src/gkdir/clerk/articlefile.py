"""A question's file and the changes to it → the text of the file with these changes in head and body."""

from __future__ import annotations

from collections.abc import Container, Mapping

from gkdir.clerk.questions import ANSWER, KEYS
from gkdir.clerk.table import listed
from gkdir.model.article import Article
from gkdir.model.declared import keys
from gkdir.yaml.edit import at, put, remove
from gkdir.yaml.front_matter import parted
from gkdir.yaml.nodes import Scalar, Step
from gkdir.yaml.spans import tree

_KEYS = keys(Article)


def article_text(text: str, texts: Mapping[str, str]) -> str:
    """The text after the changes, by column key."""
    start, head, rest = parted(text)
    for key, label in KEYS.items():
        if key in texts:
            head = _said(head, key, label, texts[key])
    if ANSWER in texts:
        broken = "\r\n" if "\r\n" in start else "\n"
        rest = rest[:3] + broken + texts[ANSWER].replace("\n", broken) + broken
    return start + head + rest


def new_slug(day: str, taken: Container[str]) -> str:
    """An unused name for the file of a question of that day."""
    slug, count = f"faq-{day}", 1
    while slug in taken:
        count += 1
        slug = f"faq-{day}-{count}"
    return slug


def _said(head: str, key: str, label: str, text: str) -> str:
    there = at(tree(head), (label,))
    if not text:
        return head if there is None else remove(head, (label,))
    items = listed(text)
    alone = key != "items" or (len(items) == 1 and isinstance(there, Scalar))
    return put(head, (label,), text if alone else list(items), _order)


def _order(path: tuple[Step, ...], key: str) -> tuple[int, ...]:
    del path
    return (_KEYS.index(key) if key in _KEYS else len(_KEYS),)
