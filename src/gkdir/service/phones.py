"""A guide and its organisations → whom to ask, with the numbers to call."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.model.county import Organisation

PHONE = re.compile(
    r"(?<![\d-])(?<!掌上)(?:0\d{2,3}-?\d{7,8}(?:-\d{1,5})?|400-?\d{3}-?\d{4}|1[3-9]\d{9}|(?:12|96)\d{3,4})(?![\d-])"
)
"""A phone number in running words: with area code and extension, a 400 number, a mobile, a short one; 掌上12333 is
the name of an app."""


class Phone(Struct, frozen=True):
    """Whom to ask, and the text with the number to call."""

    name: str
    text: str


def phones(said: str | None, found: tuple[Organisation, ...], field: str) -> tuple[Phone, ...]:
    """The phones in the guide, else those of its organisations; a shared number is listed once."""
    if said:
        return (Phone("", said),)
    names: dict[str, str] = {}
    for office in found:
        number = getattr(office, field)
        if number:
            names.setdefault(number, office.name)
    return tuple(Phone(name, number) for number, name in names.items())
