"""The YAML files whose keys are exactly the fields of a declared value → these values, and all troubles. Bad content
never raises.

They are words.yaml, hant.yaml, en.yaml, ways.yaml, allowances.yaml, domains.yaml, changes.yaml and 评分.yaml. For the
national ones the project's own file replaces the one that comes with gkdir; only hant.yaml is merged with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Gathered, Place, Trouble, TroubleKind, Unreadable
from gkdir.model.allowance import Allowance, SharedAllowances
from gkdir.model.amendment import Amendment, Amendments
from gkdir.model.domain import DomainFacts
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.navigation import NO_NAVIGATION, Navigation
from gkdir.model.scoring import ScoreSheet
from gkdir.model.synonyms import NO_WORDS, NationalSynonyms, Synonyms
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.read.schema.validate import filled, validate
from gkdir.yaml.nodes import Node
from gkdir.yaml.parse import Document, read_yaml

WORDS, HANT, WAYS, ALLOWANCES = "words.yaml", "hant.yaml", "ways.yaml", "allowances.yaml"

V = TypeVar("V", bound=Struct)
Troubles = tuple[Trouble, ...]

_MARKUP = re.compile(r'^\Z|[<>"]')
"""Keys that cannot be converted, because no text of a page is empty or contains these characters."""


def first_of(folders: Sequence[Path], name: str) -> Path | None:
    """The file of that name in the first of ``folders`` that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def read_declared(empty: V, path: Path, name: str) -> tuple[V, Troubles]:
    """The file at ``path``, called ``name`` in places, as a value of the type of ``empty``, and troubles.

    ``empty`` itself if the file cannot be read or has only comments.
    """
    root, troubles = _root(path, name)
    if root is None:
        return empty, troubles
    value, more = validate(type(empty), root, {})
    return value, troubles + more


def _root(path: Path, name: str) -> tuple[Node | None, Troubles]:
    """The root of the file, ``None`` if it cannot be read or has only comments, and troubles."""
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return None, (error.trouble,)
    return None if document.root.blank else document.root, document.troubles


def _national(empty: V, folders: Sequence[Path], file: str) -> tuple[V, Troubles]:
    path = first_of(folders, file)
    return read_declared(empty, path, f"national/{file}") if path else (empty, ())


def read_national_words(folders: Sequence[Path]) -> tuple[Synonyms, Troubles]:
    """The national synonyms."""
    words, troubles = _national(NationalSynonyms(), folders, WORDS)
    return words.over(NO_WORDS), troubles


def read_county_words(path: Path, name: str) -> tuple[Synonyms, Troubles]:
    """A county's synonyms."""
    return read_declared(NO_WORDS, path, name)


def read_glossary(folders: Sequence[Path]) -> tuple[Glossary, Troubles]:
    """The glossary of English names; empty without such a file, and then there are no English pages."""
    return _national(NO_GLOSSARY, folders, "en.yaml")


def read_allowances(path: Path, name: str) -> tuple[tuple[Allowance, ...], Troubles]:
    """The findings that a project allows in what all counties share."""
    if not path.is_file():
        return (), ()
    shared, troubles = read_declared(SharedAllowances(), path, name)
    return shared.allowances, troubles


def read_domains(folders: Sequence[Path]) -> tuple[tuple[DomainFacts, ...], Troubles]:
    """The facts about each domain."""
    path = first_of(folders, "domains.yaml")
    root, troubles = _root(path, "national/domains.yaml") if path else (None, ())
    if root is None:
        return (), troubles
    facts: Any
    facts, more = filled(Mapping[str, DomainFacts], root)
    return tuple((facts or {}).values()), troubles + more


def read_national_traditional(folders: Sequence[Path]) -> tuple[Traditional, Troubles]:
    """The settings of Traditional pages in each of ``folders``, an earlier folder's over a later one's."""
    files = {(folder / HANT).resolve(): None for folder in folders if (folder / HANT).is_file()}  # without duplicates
    laid, troubles = NO_TRADITIONAL, Gathered()
    for file in reversed(files):
        laid = troubles.taken_from(read_traditional(file, f"national/{HANT}")).over(laid)
    return laid, tuple(troubles)


def read_traditional(path: Path, name: str) -> tuple[Traditional, Troubles]:
    """The settings of Traditional pages, each value on one line: a page is converted line by line."""
    own, troubles = read_declared(NO_TRADITIONAL, path, name)
    return replace(own, words=_on_one_line(own.words), characters=_on_one_line(own.characters)), troubles


def _on_one_line(pairs: Mapping[str, str]) -> dict[str, str]:
    return {key: " ".join(text.split()) for key, text in pairs.items() if not _MARKUP.search(key)}


def read_county_navigation(path: Path, name: str) -> tuple[Navigation, Troubles]:
    """A county's life events and audiences."""
    return read_declared(NO_NAVIGATION, path, name)


def read_national_navigation(folders: Sequence[Path]) -> tuple[Navigation, Troubles]:
    """The national life events and audiences."""
    ways, troubles = _national(NO_NAVIGATION, folders, WAYS)
    return ways, (*troubles, *_addresses(ways), *_unknown_audiences(ways))


def _addresses(ways: Navigation) -> Iterator[Trouble]:
    for named in (ways.events, ways.audiences):
        taken: dict[str, str] = {}
        for name, one in named.items():
            if not one.slug:
                yield Trouble(
                    TroubleKind.MISSING_KEY, one.place, f"“{name}”里缺少“网址”。", "请写上“网址: …”，用英文小写。"
                )
            elif one.slug in taken:
                message = f"“{name}”的网址“{one.slug}”已经是“{taken[one.slug]}”的。"
                yield Trouble(TroubleKind.WRONG_VALUE, one.place, message, "请换一个网址。")
            taken.setdefault(one.slug, name)


def _unknown_audiences(ways: Navigation) -> Iterator[Trouble]:
    for names in ways.served.values():
        for name in names:
            if name.text not in ways.audiences:
                hint = f"可以写：{'、'.join(ways.audiences)}。" if ways.audiences else "请先在“人群”里写上它。"
                yield Trouble(TroubleKind.WRONG_VALUE, name.place, f"没有“{name.text}”这个人群。", hint)


CHANGES = "changes.yaml"


def read_amendments(path: Path, name: str) -> tuple[tuple[Amendment, ...], Troubles]:
    """The entries of the changes.yaml at ``path``, called ``name`` in places, in their order."""
    try:
        return amendments(read_yaml(path, name))
    except Unreadable as error:
        return (), (error.trouble,)


def amendments(document: Document) -> tuple[tuple[Amendment, ...], Troubles]:
    """The entries of the parsed file ``document``."""
    if document.root.blank:  # only comments so far
        return (), document.troubles
    read, troubles = validate(Amendments, document.root, {})
    return read.entries, document.troubles + troubles


SCORES = "评分.yaml"
_MOST_PERCENT = 100
"""The highest 满分线: nobody does more than everything."""


def read_score_sheet(folders: Sequence[Path]) -> ScoreSheet:
    """The sheet in the first of ``folders`` that has one.

    :raises Unreadable: there is none, or anything is wrong in it, because wrong scores would be worse than none
    """
    path = first_of(folders, SCORES) or folders[-1] / SCORES
    name = path.as_posix() if path.parent == folders[0] else f"gkdir/national/{SCORES}"
    document = read_yaml(path, name)
    sheet, troubles = filled(ScoreSheet, document.root)
    for trouble in (*document.troubles, *troubles):
        raise Unreadable(trouble.place, trouble.message, trouble.hint)
    assert isinstance(sheet, ScoreSheet)
    numbers: set[str] = set()
    for each in sheet.indicators:
        if (each.measure is None) == (not each.rules):
            raise Unreadable(
                each.place, f"指标“{each.name}”要写“比例”或者“规则”，只写一个。", "请看看附带的评分.yaml。"
            )
        if each.full > _MOST_PERCENT:
            raise Unreadable(each.place, f"指标“{each.name}”的满分线 {each.full}% 谁也做不到。", "请写 1 到 100。")
        if each.number in numbers:
            raise Unreadable(each.place, f"编号 {each.number} 用了两次。", "每个指标一个编号。")
        numbers.add(each.number)
    if not sheet.indicators:
        raise Unreadable(Place(name, 1), "评分表里没有指标。", "请至少写一个，或者删去这个文件，用附带的。")
    return sheet
