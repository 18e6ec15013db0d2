"""A town's own tables and the county's directory → draft and report; the draft → the new text of the town's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gkdir.importing.draft import AdditionDraft, DomainDraft, Draft, Report
from gkdir.importing.fieldchange import DraftChange
from gkdir.importing.overlayfile import Keys, written
from gkdir.importing.plan import plan
from gkdir.model.columns import COLUMN, FIELDS
from gkdir.model.county import Catalog, Organisation
from gkdir.model.declared import keys
from gkdir.model.item import Directory
from gkdir.overlay.layer import order as number_order
from gkdir.read.schema.layer import OMISSION_REASON, TownDomainPart, TownPart
from gkdir.service.town import own_entries
from gkdir.yaml.edit import at, put, put_or_remove, rank, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Branch, Scalar, Step
from gkdir.yaml.spans import tree

_TOP, _DOMAIN = keys(TownPart), keys(TownDomainPart)
_OMITTED = "不列入"
Path = tuple[Step, ...]


class TownIdentity(Struct, frozen=True):
    """The township or village of the tables; ``parent``: a village's township. ``by``, ``day``: its review, if any."""

    name: str
    code: str
    parent: str | None = None
    by: str = ""
    day: date | None = None

    @property
    def kind(self) -> str:
        """乡级 or 村级, from the length of its code."""
        return "村级" if len(self.code) > 9 else "乡级"


def plan_town(tables: Sequence[Directory], above: Catalog, town: TownIdentity) -> tuple[Draft, Report]:
    """Draft and report, compared with the directory ``above``. Only items of the town's level can be omitted."""
    base = {
        domain: Directory(domain, laid.title, above.overlay.place, items=tuple(entry.item for entry in laid.entries))
        for domain, laid in above.directories.items()
    }
    draft, report = plan(tables, base, town.name, town.code)
    own = {
        (domain, entry.item.number)
        for domain, laid in above.directories.items()
        for entry in own_entries(laid.entries, town.kind)
    }
    domains = tuple(
        replace(each, omitted=tuple(item for item in each.omitted if (each.domain, item.number) in own))
        for each in draft.domains
    )
    missed = tuple(item for item in report.omitted if (item.domain, item.number) in own)
    return replace(draft, domains=domains), replace(report, omitted=missed)


def town_text(text: str, draft: Draft, town: TownIdentity, known: Mapping[str, Organisation]) -> str:
    """The file's ``text`` edited to match the draft; everything that tables do not contain stays.

    ``known``: the organisations that the town can refer to, by key.
    """
    entries = {"名称": town.name, "代码": town.code, "级别": town.kind, "上级": town.parent or ""}
    for key, value in entries.items():
        if value and at(tree(text), (key,)) is None:
            text = put(text, (key,), value, _order)
    offices = {office.name: key for key, office in known.items()}
    for each in (each for each in draft.publishers if each.name not in offices):
        offices[each.name] = key = each.name if each.key in known else each.key
        given = {"名称": each.name, "电话": each.phone, "监督电话": each.complaint_phone}
        text = put(text, ("机构", key), {label: value for label, value in given.items() if value}, _order)
    for domain in draft.domains:
        text = _domain(text, domain, offices)
        path = ("目录", domain.domain)
        text = put(text, (*path, "审核日期"), town.day.isoformat(), _order) if town.day else text
        text = put(text, (*path, "审核人"), town.by, _order) if town.by else text
    return text


def _domain(text: str, domain: DomainDraft, offices: Keys) -> str:
    path: Path = ("目录", domain.domain)
    text = _fields(text, (*path, "默认"), domain.defaults, offices)
    changes = {item.number: item.changes for item in domain.items}
    omitted = {item.number for item in domain.omitted}
    existing = at(tree(text), (*path, "事项"))
    known = {key.text for key, _ in existing.entries} if isinstance(existing, Branch) else set()
    for number in sorted({*known, *omitted, *(each for each, change in changes.items() if change)}, key=number_order):
        entry = (*path, "事项", number)
        text = _fields(text, entry, changes.get(number, ()), offices)
        reason = _at(text, (*entry, _OMITTED))
        if number in omitted and reason is None:
            text = put(text, (*entry, _OMITTED), "", _order)
        elif number not in omitted and reason is not None:
            text = _without(text, (*entry, _OMITTED))
    if omitted and at(tree(text), (*path, OMISSION_REASON)) is None:
        text = put(text, (*path, OMISSION_REASON), "", _order)
    added: list[Value] = [_addition(each, offices) for each in domain.additions]
    return put_or_remove(text, (*path, "增加"), added, _order)


def _fields(text: str, path: Path, changes: Sequence[DraftChange], offices: Keys) -> str:
    """Write the changed columns at ``path``, and remove those that no longer differ from the directory above."""
    given = {change.key: written(change, offices) for change in changes}
    for field in FIELDS:
        place = (*path, COLUMN[field].label)
        if field in given:
            text = put(text, place, given[field], _order)
        elif at(tree(text), place) is not None:
            text = remove(text, place)
    return text


def _addition(addition: AdditionDraft, offices: Keys) -> Mapping[str, Value]:
    names = {
        "编号": addition.number,
        "一级事项": addition.level1,
        "二级事项": addition.level2,
        "三级事项": addition.level3,
    }
    entries: dict[str, Value] = {key: name for key, name in names.items() if name}
    return entries | {COLUMN[change.key].label: written(change, offices) for change in addition.changes}


def _at(text: str, path: Path) -> object:
    """The node at ``path``, even if it is a key without a value."""
    outer = at(tree(text), path[:-1])
    return outer.get(str(path[-1])) if isinstance(outer, Branch) else None


def _without(text: str, path: Path) -> str:
    """The text without the key at ``path``, even if it has no value."""
    node = _at(text, path)
    blank = isinstance(node, Scalar) and node.absent
    return remove(put(text, path, "x") if blank else text, path)


def _order(path: Path, key: str) -> tuple[int, ...]:
    if len(path) == 3 and path[2] == "事项":
        return number_order(key)
    order = _TOP if not path else _DOMAIN if len(path) == 2 and path[0] == "目录" else ()
    return rank(order, key)
