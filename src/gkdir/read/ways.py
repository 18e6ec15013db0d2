"""ways.yaml → Ways: life events, audiences. The national file is ours or the project's; a county's own is laid over
it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.model.item import Written
from gkdir.model.ways import NO_WAYS, Audience, Event, Use, Ways
from gkdir.read.schema.part import Part
from gkdir.read.schema.validate import validate
from gkdir.read.schema.ways import AudiencePart, EventPart, WaysPart
from gkdir.yaml.nodes import Branch
from gkdir.yaml.parse import read_yaml

FILE = "ways.yaml"

Read = tuple[Ways, tuple[Trouble, ...]]


def read_national_ways(folders: Sequence[Path]) -> Read:
    """The ways of the first of ``folders`` that has a ways.yaml; none if there is no such file."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return NO_WAYS, ()
    ways, troubles = _read(path, f"national/{FILE}")
    return ways, (*troubles, *_addresses(ways), *_unknown_audiences(ways))


def read_county_ways(path: Path, name: str) -> Read:
    """A county's own ways.yaml at ``path``, called ``name`` in places. Bad content never raises."""
    return _read(path, name)


def _read(path: Path, name: str) -> Read:
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return NO_WAYS, (error.trouble,)
    if document.root.blank:  # only comments so far
        return NO_WAYS, ()
    part, troubles = validate(WaysPart, document.root, {})
    ways = Ways(
        part.questions,
        {name: _event(name, event) for name, event in part.events.items()},
        {name: _audience(name, audience) for name, audience in part.audiences.items()},
        part.served,
        places(part, "谁会用"),
        lines=part.lines,
        notes=part.notes,
    )
    return ways, document.troubles + troubles


def _event(name: str, part: EventPart) -> Event:
    return Event(name, part.place, said(part.slug), said(part.line), uses(part, part.uses), said(part.opening))


def _audience(name: str, part: AudiencePart) -> Audience:
    return Audience(name, part.place, said(part.slug), said(part.line))


def said(written: Written | None) -> str:
    """The text, empty where none was given."""
    return written.text if written else ""


def uses(part: Part, given: Mapping[str, Written]) -> tuple[Use, ...]:
    """The uses under 事项, each at the place of its item."""
    where = places(part, "事项")
    return tuple(Use(item, purpose.text, where[item]) for item, purpose in given.items())


def places(part: Part, key: str) -> Mapping[str, Place]:
    """Where each name under ``key`` was written."""
    node = part.node(key)
    return {name.text: name.place for name, _ in node.entries} if isinstance(node, Branch) else {}


def _addresses(ways: Ways) -> Iterator[Trouble]:
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


def _unknown_audiences(ways: Ways) -> Iterator[Trouble]:
    for names in ways.served.values():
        for name in names:
            if name.text not in ways.audiences:
                hint = f"可以写：{'、'.join(ways.audiences)}。" if ways.audiences else "请先在“人群”里写上它。"
                yield Trouble(TroubleKind.WRONG_VALUE, name.place, f"没有“{name.text}”这个人群。", hint)
