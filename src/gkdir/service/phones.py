"""A guide and its organisations → whom to ask, with the numbers to call."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.county import Organisation


class Phone(Struct, frozen=True):
    """Whom to ask, and the words with the number to call."""

    name: str
    text: str


def phones(said: str | None, found: tuple[Organisation, ...], field: str) -> tuple[Phone, ...]:
    """What the guide says, else the phones of its organisations; a number shared by two stands once."""
    if said:
        return (Phone("", said),)
    names: dict[str, str] = {}
    for office in found:
        number = getattr(office, field)
        if number:
            names.setdefault(number, office.name)
    return tuple(Phone(name, number) for number, name in names.items())
