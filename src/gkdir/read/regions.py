"""A six-digit code and a name → what contradicts them in the table of regions.

The table, national/regions.csv, is of 30 June 2023 (PROVENANCE.md). It lacks regions founded later, so an unknown one
is a doubt, not an error.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from gkdir.resources import national_folder

FILE = "regions.csv"
AS_OF = "2023年6月30日"
EXAMPLES = "99"
"""The first digits of codes that no region has, for invented counties."""


class Region(Struct, frozen=True):
    """One line of the table; ``into`` is the code of the region that an abolished one was merged into."""

    code: str
    name: str
    into: str | None = None


@cache
def regions() -> Mapping[str, Region]:
    """The table, by code."""
    text = (national_folder() / FILE).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines()[1:])
    return {code: Region(code, name, into or None) for code, name, into in lines}


def whole_name(region: Region) -> str:
    """The names of its province, its city and itself: ``浙江省杭州市拱墅区``."""
    above = (region.code[:2] + "0000", region.code[:4] + "00", region.code)
    return "".join(regions()[code].name for code in dict.fromkeys(above) if code in regions())


def doubt(name: str, code: str) -> str | None:
    """The reason to doubt that the region ``name`` has that code; ``None`` if there is none."""
    if code.startswith(EXAMPLES) or not (len(code) == 6 and code.isascii() and code.isdecimal()):
        return None
    known = regions().get(code)
    if known is None:
        called = [one for one in regions().values() if one.name == name and one.into is None]
        text = "、".join(f"{whole_name(one)} {one.code}" for one in called[:3])
        return f"代码 {code} 不在截至{AS_OF}的行政区划代码表里" + (f"；表里有{text}" if text else "")
    if known.into:
        return f"代码 {code}（{whole_name(known)}）已经不用，现在是 {known.into}（{whole_name(regions()[known.into])}）"
    if known.name in name or name in whole_name(known):
        return None
    return f"代码 {code} 是{whole_name(known)}的，名称写的是“{name}”"
