"""Simplified texts → Traditional, by OpenCC's dictionary and a county's exceptions to it. Needs the extra ``hant``.

OpenCC's configuration ``s2tw`` converts whole phrases, to the characters that Big5 and every font have (裡 為 群, not
裏 爲 羣). Terms stay the mainland's (信息, not 資訊 as in ``s2twp``), so that people find the same words at the
counter. See docs/languages.md. The dictionaries of ``s2tw`` are merged beforehand (scripts/traditional_tables.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Protocol

from gkdir.kepttexts import kept_texts
from gkdir.model.county import Catalog
from gkdir.model.traditional import Traditional
from gkdir.patterns import uncached_pattern

CONFIGURATION = Path(__file__).parent / "traditional" / "s2tw.json"
BETWEEN = '"'
"""Separates texts that are converted together; no text to convert contains it."""

_MAX_CACHED = 20_000
"""How many conversions are cached for the next county and the next run; a dozen counties have about as many texts."""

_ISSUERS = (
    "国办发函厅字财税劳医保人社部民政令规知通委联建农教市省府中组审司公安"
    "统卫残妇团贸监应党编粮银纪资环晋辽沪苏闽赣鲁粤琼贵云陕宁"
)
DOCUMENT_NUMBER = rf"[{_ISSUERS}]{{1,12}}[〔\[（(]\d{{4}}[〕\]）)]第?\d+号"
"""人社部发〔2019〕61号: documents are searched for by their exact number, so it is never converted."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


class Converter:
    """Converts texts; ``exceptions`` map Simplified to Traditional, longer ones first."""

    def __init__(self, exceptions: Mapping[str, str]) -> None:
        self._exceptions = exceptions
        words = sorted(exceptions, key=lambda word: (-len(word), word))
        first = "".join(sorted({re.escape(word[0]) for word in words if word}))
        # A fast test first: most characters begin none of the hundred words.
        begins = f"(?=[{_ISSUERS}{first}])"
        self._pattern = uncached_pattern(f"({begins}(?:{'|'.join((*map(re.escape, words), DOCUMENT_NUMBER))}))")

    def table(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Each text → its conversion. All are converted in one call, because a call costs more than the conversion."""
        wanted = tuple(dict.fromkeys(texts))
        if not wanted:
            return {}
        parts = self._pattern.split(BETWEEN.join(wanted))
        parts[1::2] = [self._exceptions.get(word, word) for word in parts[1::2]]
        parts[0::2] = _converted([part.split(BETWEEN) for part in parts[0::2]])
        return dict(zip(wanted, "".join(parts).split(BETWEEN), strict=True))


def _converted(parts: Sequence[Sequence[str]]) -> Sequence[str]:
    """Each part's texts, converted and joined by the separator; no phrase matches across it."""
    kept = kept_texts("traditional", _MAX_CACHED, str)
    fresh = sorted(kept.lacking(chain.from_iterable(parts)))
    if fresh:
        kept.add(dict(zip(fresh, _converter().convert(BETWEEN.join(fresh)).split(BETWEEN), strict=True)))
    return [BETWEEN.join(map(kept.made.__getitem__, part)) for part in parts]


def script(exceptions: Mapping[str, str], characters: Mapping[str, str], names: Iterable[str]) -> Converter:
    """The converter of one place.

    ``names`` are converted as a whole, character by character as ``characters`` says: in a name 范 stays 范, not 範,
    and 涌 is not 湧; but 后勤 in an organisation's name is 後勤, by ``exceptions``.
    """
    plain = Converter(exceptions)
    if not characters:
        return plain
    names = sorted({name for name in names if BETWEEN not in name})
    proper, common = Converter({**characters, **exceptions}).table(names), plain.table(names)
    return Converter({**exceptions, **{name: proper[name] for name in names if proper[name] != common[name]}})


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("opencc") is not None


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # the extra may be missing, and not every build converts

    converter: _Converter = OpenCC(str(CONFIGURATION))
    return converter


_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔\d{4}〕\d+号")
_NAMED = re.compile("姓名|名称|地址|住址|签名")
"""Matches the fields of a form whose sample value is a name."""


def county_converter(traditional: Traditional, catalog: Catalog) -> Converter:
    """The converter for a county's pages and those of its towns."""
    kept = {number: number for number in _numbers(catalog)}
    return script({**kept, **traditional.words}, traditional.characters, _names(catalog))


def _names(catalog: Catalog) -> Iterator[str]:
    """The names of places, offices and people in samples, and the offices' addresses."""
    for place in (*catalog.layers, *(town.overlay for town in catalog.towns)):
        yield from filter(None, (place.name, place.short_name))
        for office in place.organisations.values():
            yield from filter(None, (office.name, office.address))
    for section in (section for form in catalog.forms.values() for section in form.sections):
        yield from (blank.example for blank in section.fields if blank.example and _NAMED.search(blank.label))


def _numbers(catalog: Catalog) -> Iterator[str]:
    """Registration and document numbers, which must not be converted; 国务院令第711号 counts as a name."""
    website = catalog.overlay.website
    yield from filter(None, (website.icp, website.police))
    given = [article.number or "" for article in catalog.articles]
    given += [basis.number or "" for entry in catalog.entries() for basis in entry.item.basis]
    yield from (number for number in given if "〔" in number)
    for standards in (layer.standards for layer in catalog.layers):
        amounts = (getattr(standards, name) for name in standards.__struct_fields__)
        yield from (number for amount in amounts if amount for number in _NUMBER.findall(amount.source or ""))
