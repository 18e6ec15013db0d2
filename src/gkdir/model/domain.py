"""The 26 domains of grassroots disclosure: whose they are, and whom to call about them."""

from __future__ import annotations

from msgspec import Struct


class Hotline(Struct, frozen=True):
    """A national phone number, and what it is for."""

    number: str
    name: str
    line: str = ""


FOR_ALL = Hotline("12345", "政务服务便民热线", "各类政务咨询、建议和投诉")
"""The hotline for everything, and for complaints."""


class DomainFacts(Struct, frozen=True):
    """One domain: its workbook's stem and its other names, its ministry, its office in a county, its hotline."""

    name: str
    stem: str
    names: tuple[str, ...] = ()  # 也叫
    everyday: str = ""  # 通俗名称
    ministry: str = ""  # 部门
    office: str = ""  # 县里
    hotline: Hotline = FOR_ALL


def facts_of(domain: str, label: str, every: tuple[DomainFacts, ...]) -> DomainFacts:
    """The facts of the domain whose workbook has that stem, or whose title has that name; else none but its name."""
    found = (facts for facts in every if domain in (facts.stem, facts.name, *facts.names) or facts.name == label)
    return next(found, DomainFacts(label or domain, domain))
