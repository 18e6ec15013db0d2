"""A guide and its organisations → whom to ask, with the numbers to call."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.model.county import Organisation

_SAID = "“拨打话线：:"
_COUNTED = " ?(?:[元万亿份户件次条吨亩岁%％]|个(?!人)|人(?![工员力])|名(?!称)|天(?!天))"
"""What stands behind a number of things or money, not behind a phone: 12345元, but 12333人工服务."""
PHONE = re.compile(
    r"(?<![A-Za-z0-9_.@〕\]】-])(?<![A-Za-z]/)(?<!掌上)"
    r"(?:(?:0\d{2,3}(?:[-—–－]| ?- ?| )?|[(（]0\d{2,3}[)）][- ]?)\d{3,4}[- ]?\d{4}(?:[-—–－]\d{1,5})?"
    r"|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9}"
    rf"|(?:12|96)\d{{3,4}}(?:(?![”》」])|(?<=[{_SAID}]\d{{5}})|(?<=[{_SAID}]\d{{6}})))"
    rf"(?![\dA-Za-z_@-]|[./][A-Za-z]|号(?!码|热线)|{_COUNTED})"
)
"""A phone number in running words: with area code and extension, a 400 number, a mobile, a short one.

Not a phone: a part of an address, an e-mail or a document's number (〔2026〕12333号), what ends a name (掌上12333,
“清源12345”), and a number of things (12345元).
"""
_DASHES = str.maketrans("—–－", "---", "() （）")
_AREA = re.compile(r"[(（]?(0\d{2,3})")
OTHERS = re.compile(r"(?<=\d)(?:(?:[/／、]| ?或 ?)(?!20\d{6})\d{7,8}(?![\dA-Za-z_@.-]))+")
"""What follows a phone with its area code: others of that area, which are written without it (0600-5550102/5550103)."""


def dialled(text: str) -> str:
    """The first phone of a text as an address has it, 0600-5550101; the text if it has none."""
    found = PHONE.search(text)
    return (found[0] if found else text).translate(_DASHES)


class Phone(Struct, frozen=True):
    """Whom to ask, and the text with the number to call."""

    name: str
    text: str


def phones(text: str | None, found: tuple[Organisation, ...], field: str) -> tuple[Phone, ...]:
    """What the guide says, after the phones of its organisations if it says no number; a shared one is listed once."""
    written = (Phone("", text),) if text else ()
    if text and PHONE.search(text):
        return written
    names: dict[str, str] = {}
    for office in found:
        number = getattr(office, field)
        if number:
            names.setdefault(number, office.name)
    return (*(Phone(name, number) for number, name in names.items()), *written)


def area(phone: str) -> str:
    """The area code that a phone begins with; empty if it has none."""
    found = _AREA.match(phone)
    return found[1] if found else ""
