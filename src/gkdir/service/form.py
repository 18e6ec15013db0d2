"""The fields of a form → its blanks, arranged in lines."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.guide import FormField


class Blank(Struct, frozen=True):
    """One blank of a printed form, ``span`` twelfths of the line wide."""

    field: FormField
    span: int


def form_lines(fields: tuple[FormField, ...]) -> tuple[Blank, ...]:
    """The blanks in lines of twelve columns; the last blank of a line is widened to its end."""
    blanks: list[Blank] = []
    used = 0
    for field in fields:
        width = min(max(field.width, 2), 12)
        if used + width > 12:
            blanks[-1] = Blank(blanks[-1].field, blanks[-1].span + 12 - used)
            used = 0
        blanks.append(Blank(field, width))
        used = (used + width) % 12
    if used:
        blanks[-1] = Blank(blanks[-1].field, blanks[-1].span + 12 - used)
    return tuple(blanks)
