"""A guide and its organisations → contacts with phone numbers; and the pattern of phone numbers."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.model.county import Organisation

_BEFORE_SHORT_NUMBER = "“拨打话线：:"
_COUNTS_THINGS = " ?(?:[元万亿份户件次条吨亩岁%％]|个(?!人)|人(?![工员力])|名(?!称)|天(?!天))"
"""Units that follow an amount but not a phone number: 12345元, but 12333人工服务."""
PHONE = re.compile(
    r"(?<![A-Za-z0-9_.@〕\]】-])(?<![A-Za-z]/)(?<!掌上)"
    r"(?:(?:0\d{2,3}(?:[-—–－]| ?- ?| )?|[(（]0\d{2,3}[)）][- ]?)\d{3,4}[- ]?\d{4}(?:[-—–－]\d{1,5})?"
    r"|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9}"
    rf"|(?:12|96)\d{{3,4}}(?:(?![”》」])|(?<=[{_BEFORE_SHORT_NUMBER}]\d{{5}})|(?<=[{_BEFORE_SHORT_NUMBER}]\d{{6}})))"
    rf"(?![\dA-Za-z_@-]|[./][A-Za-z]|号(?!码|热线)|{_COUNTS_THINGS})"
)
"""A phone number in running text: with area code and extension, a 400 number, a mobile number, a short number.

It does not match parts of addresses, e-mails or document numbers (〔2026〕12333号), numbers at the end of a name
(掌上12333, “清源12345”), or amounts (12345元).
"""
_DASHES = str.maketrans("—–－", "---", "() （）")
_AREA = re.compile(r"[(（]?(0\d{2,3})")
FURTHER_NUMBERS = re.compile(r"(?<=\d)(?:(?:[/／、]| ?或 ?)(?!20\d{6})\d{7,8}(?![\dA-Za-z_@.-]))+")
"""Further numbers after a phone with area code, written without the code (0600-5550102/5550103)."""


def dialled(text: str) -> str:
    """The first phone number in a text as ``tel:`` addresses have it, 0600-5550101; the text if it has none."""
    found = PHONE.search(text)
    return (found[0] if found else text).translate(_DASHES)


class Phone(Struct, frozen=True):
    """A contact: the name of an office (may be empty), and a text with the number to call."""

    name: str
    text: str


def phones(text: str | None, found: tuple[Organisation, ...], field: str) -> tuple[Phone, ...]:
    """The contact ``text`` of a guide; without a number in it, first the offices' numbers (``field``), each once."""
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
