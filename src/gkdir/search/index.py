"""A Site → the script that the search box loads on first use: items with their words, answers, places, policies."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_uppercase

from msgspec import Struct

from gkdir.model.county import Organisation
from gkdir.model.item import Directory
from gkdir.model.synonyms import Names, Synonyms
from gkdir.read.text import nfkc
from gkdir.search.lines import SearchLine, articles, entrances, policies, questions
from gkdir.search.record import BETWEEN, SearchRecord, county_records, national_records, texts
from gkdir.search.sounds import common_hanzi, rare_sounds
from gkdir.service.address import town_path
from gkdir.service.county import OtherOfficeMatter, other_office_matters
from gkdir.service.site import Site

START, END = "window.gkdirIndex=", ";\n"
_FIRST, _BEYOND = 0x100, 0x800  # two bytes in UTF-8, above · × ° which names and laws contain
_STEP = 93
"""Added to the distance between two hanzi to make it a character: from ^ on, nothing has to be escaped."""
_NATIVE = re.compile(f"[A-Z{chr(_FIRST)}-{chr(_BEYOND - 1)}]")
_ESCAPED = re.compile(r"[\\']")


def packed(script: bytes) -> bytes:
    """The script of ``county_index`` or ``root_index``, compressed, as it is published.

    The hanzi of the index are replaced by characters from U+0100 on (two bytes, not three), the commonest by capitals.
    Which hanzi they stand for is written as distances in GB 2312, an order that browsers know, one character each. The
    whole index is one text, which search-text.js unpacks.
    """
    text = script.decode().removeprefix(START).removesuffix(END)
    text = _NATIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    counts = Counter(text)
    places = [place for place, hanzi in enumerate(common_hanzi()) if counts[hanzi]][: _BEYOND - _FIRST]
    used = [common_hanzi()[place] for place in places]
    often = "".join(sorted(used, key=counts.__getitem__, reverse=True)[: len(ascii_uppercase)])
    codes = {ord(hanzi): chr(_FIRST + code) for code, hanzi in enumerate(used)}
    text = text.translate(codes | dict(zip(map(ord, often), ascii_uppercase, strict=False)))
    text = _ESCAPED.sub(r"\\\g<0>", text)
    return f"{START}{{often:'{often}',steps:'{''.join(_steps(places))}',text:'{text}'}}{END}".encode()


def _steps(places: Iterable[int]) -> Iterator[str]:
    last = -1
    for place in places:
        yield chr(_STEP + place - last)
        last = place


PATH = "assets/search-index.js"
_OTHER = re.compile(r"[^0-9A-Za-z_\s\u3400-\u9fff-]")


class SearchPlace(Struct, frozen=True):
    """A county in the index of all counties: folder, name, and the ids of the national items that it omits."""

    slug: str
    name: str
    omitted: tuple[str, ...] = ()


def county_index(site: Site) -> bytes:
    """The index of one county; docs/search.md describes each key."""
    catalog = site.catalog
    offices: dict[Organisation, int] = {}
    records = county_records(site)
    numbers = {record.id: number for number, record in enumerate(records)}
    paths = {record.path: number for number, record in enumerate(records)}
    towns = [[town_path(town.slug), town.overlay.name] for town in catalog.towns]
    return _script(
        {
            "county": catalog.overlay.name,
            "items": [_item(record, offices) for record in records],
            "offices": [_office(office) for office in offices],
            "groups": _joined(catalog.synonyms.groups),
            "alike": _joined(catalog.synonyms.alike),
            "places": [["", catalog.overlay.name], *towns],
            "elsewhere": [_elsewhere(one) for one in other_office_matters(catalog)],
            "questions": _questions(questions(catalog), paths),
            "articles": _lines(articles(catalog)),
            "policies": [_policy(line, records, paths) for line in policies(catalog)],
            "ways": [[way.title, way.path, way.note, [numbers[item] for item in way.items]] for way in entrances(site)],
        }
    )


def root_index(places: Iterable[SearchPlace], national: Mapping[str, Directory], everyday: Synonyms) -> bytes:
    """The index of all counties: the national items once, and each county's name and omitted items."""
    records = national_records(national, everyday)
    numbers = {record.id: number for number, record in enumerate(records)}
    return _script(
        {
            "items": [_item(record, {}) for record in records],
            "groups": _joined(everyday.groups),
            "alike": _joined(everyday.alike),
            "places": [
                [place.slug, place.name, [numbers[item] for item in place.omitted if item in numbers]]
                for place in places
            ],
        }
    )


def _item(record: SearchRecord, offices: dict[Organisation, int]) -> dict[str, object]:
    """The record without empty values; offices are replaced by their index in ``offices``, which may grow."""
    item: dict[str, object] = {
        "id": record.id,
        "path": "" if record.path == _usual_path(record.id) else record.path,
        "title": record.title,
        "official": "" if record.official == record.title else record.official,
        "category": record.category,
        "words": BETWEEN.join(sorted(record.words)),  # similar ones together compress better
        "now": record.now,
        "omitted": record.omitted,
        "consult": record.consult,
        "offices": [offices.setdefault(office, len(offices)) for office in record.offices],
    }
    given = {key: value for key, value in item.items() if value}
    return given if record.bring is None else given | {"bring": record.bring}


def _usual_path(item: str) -> str:
    """The path that most items have, which the engine also makes from the id."""
    return f"{item.replace('.', '-')}/index.html"


def _joined(groups: Iterable[Names]) -> list[str]:
    return [BETWEEN.join(group) for group in texts(groups)]


def _lines(lines: Iterable[SearchLine]) -> list[list[str]]:
    return [[line.title, line.path, line.note] for line in lines]


def _elsewhere(affair: OtherOfficeMatter) -> list[str]:
    """What people call it, what to tell them, and the office."""
    office = affair.office
    named = (office.name, office.address or "") if office else ("", "")
    return [BETWEEN.join(affair.words), affair.line, named[0], affair.phone, named[1]]


def _questions(lines: Iterable[SearchLine], paths: Mapping[str, int]) -> list[list[object]]:
    """Each title with its path and note; those of one section of a guide together.

    A section is given by the item's number and its own, negative if the section's title is the question. The browser
    makes the addresses from these numbers and the titles.
    """
    rows: list[list[object]] = []
    for where, together in groupby(lines, lambda line: _section(line, paths)):
        if where:
            rows.append([[line.title for line in together], *where])
        else:
            rows += [[line.title, line.path, line.note] for line in together]
    return rows


def _policy(line: SearchLine, records: Sequence[SearchRecord], paths: Mapping[str, int]) -> list[object]:
    """The title, the index of the first item based on it, and the note with * in place of that item's title."""
    number = paths[line.path.partition("#")[0]]
    return [line.title, number, line.note.replace(records[number].title, "*")]


def _section(line: SearchLine, paths: Mapping[str, int]) -> tuple[int, int] | None:
    path, _, anchor = line.path.partition("#")
    section, _, rest = anchor.removeprefix("s").partition("-")
    if path not in paths or not section.isdigit() or rest not in ("", _slug(line.title)):
        return None
    return paths[path], int(section) if rest else -int(section)


def _slug(heading: str) -> str:
    """The heading's anchor as search-asked.js makes it, which knows only ASCII letters and hanzi."""
    kept = _OTHER.sub("", nfkc(heading)).strip().lower()
    return re.sub(r"[-\s]+", "-", kept)


def _office(office: Organisation) -> list[str]:
    return [office.name, office.address or "", office.phone or "", office.hours or ""]


def _script(index: dict[str, object]) -> bytes:
    """A classic script, which also runs from disk, where browsers do not allow ``fetch``."""
    sounds = rare_sounds(_texts(index))
    if sounds:
        index["sounds"] = sounds
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    # U+2028 and U+2029, which older JavaScript does not allow in strings; and no HTML tags.
    for character in "\u2028\u2029<":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{START}{text}{END}".encode("utf-8", "replace")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
