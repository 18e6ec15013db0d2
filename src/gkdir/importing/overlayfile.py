"""The draft of an overlay → the text of county.yaml, as a clerk would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.importing.draft import AdditionDraft, DomainDraft, DoubtDraft, Draft
from gkdir.importing.fieldchange import DraftChange
from gkdir.importing.organisations import Publisher
from gkdir.model.columns import COLUMN
from gkdir.yaml.emit import Value, comment, entry, scalar

_REASON_HINT = "  # 表里没有这一项。请写明理由，例如：本县未开展此项业务；如果开展，请删去这两行"
MIN_SHARED_REASON = 2
"""The least number of omitted items for which one reason is asked for all of them."""

Keys = Mapping[str, str]
"""Full name → key of 机构."""

_HEAD = (
    "# 由 gkdir import 从本县现有的目录表写成。只写与国家目录不同的地方，没有写到的与国家目录一样。",
    "# 每个键怎么写，见 gkdir 的文档 docs/overlay.md；改完运行 gkdir check 核对。",
)


def overlay_text(draft: Draft) -> str:
    """The whole file. For a county without changes it only has the county's name and code."""
    keys = {publisher.name: publisher.key for publisher in draft.publishers}
    blocks = [
        [*_HEAD, f"名称: {scalar(draft.name)}", f"代码: {scalar(draft.code)}"],
        list(_organisations(draft.publishers)),
        list(_directories(draft.domains, keys)),
        list(_doubts([*(doubt for domain in draft.domains for doubt in domain.doubts), *draft.unassigned], keys)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _organisations(publishers: Sequence[Publisher]) -> Iterator[str]:
    if not publishers:
        return
    yield "# 表里只有名称的，请补上地址、电话、监督电话、办公时间。"
    yield "机构:"
    for publisher in publishers:
        yield f"  {scalar(publisher.key)}:"
        yield from entry("名称", publisher.name, 4)
        if publisher.phone:
            yield from entry("电话", publisher.phone, 4)
        if publisher.complaint_phone:
            yield from entry("监督电话", publisher.complaint_phone, 4)


def _directories(domains: Iterable[DomainDraft], keys: Keys) -> Iterator[str]:
    differing = [domain for domain in domains if not domain.empty]
    if differing:
        yield "目录:"
    for domain in differing:
        yield f"  {domain.domain}:"
        yield "    # 审核日期: 请写最近一次审核这份目录的日期，例如 2026-03-01"
        if domain.defaults:
            yield "    默认:"
            yield from _changes(domain.defaults, keys, 6)
        yield from _items(domain, keys)
        if domain.additions:
            yield "    增加:"
            for addition in domain.additions:
                yield from _addition(addition, keys, 6)


def _items(domain: DomainDraft, keys: Keys) -> Iterator[str]:
    changed = [item for item in domain.items if item.changes]
    if not changed and not domain.omitted:
        return
    several = len(domain.omitted) >= MIN_SHARED_REASON
    if several:
        yield f"    # 表里没有的 {len(domain.omitted)} 项，理由在这里写一次；各项不一样的，写在各项的“不列入”后面；"
        yield "    # 其实开展了的，删去“事项”里它的那两行。"
        yield '    不列入的理由: ""  # 例如：本县未开展此项业务'
    yield "    事项:"
    # Changed and omitted items together in number order, as in the table.
    for item in sorted((*changed, *domain.omitted), key=lambda item: _order(item.number)):
        yield f'      "{item.number}":  # {item.name}'
        yield from (comment(note, 8) for note in item.notes)
        if item.changes:
            yield from _changes(item.changes, keys, 8)
        else:
            yield '        不列入: ""' + ("" if several else _REASON_HINT)


def _changes(changes: Iterable[DraftChange], keys: Keys, indent: int) -> Iterator[str]:
    for change in changes:
        yield from entry(COLUMN[change.key].label, written(change, keys), indent)


def written(change: DraftChange, keys: Keys) -> Value:
    """The value of the change in a layer's file."""
    if change.key == "time_limit":
        return change.value.texts[0]
    texts = [_spelled(change, text, keys) for text in change.value.texts]
    return {"增加": texts} if change.adds else texts


def _spelled(change: DraftChange, text: str, keys: Keys) -> str:
    if change.key == "publisher":
        return keys.get(text, text)
    if change.key == "audience" and change.value.detail and text == "特定群体":
        return f"{text}（{change.value.detail}）"
    return text


def _addition(addition: AdditionDraft, keys: Keys, indent: int) -> Iterator[str]:
    yield from (comment(note, indent) for note in addition.notes)
    first, *others = _addition_lines(addition, keys, indent + 2)
    yield f"{' ' * indent}- {first.lstrip()}"
    yield from others


def _addition_lines(addition: AdditionDraft, keys: Keys, indent: int) -> Iterator[str]:
    if addition.number:
        yield f'{" " * indent}编号: "{addition.number}"'
    for label, name in (
        ("一级事项", addition.level1),
        ("二级事项", addition.level2),
        ("三级事项", addition.level3),
    ):
        if name is not None:
            yield from entry(label, name, indent)
    yield from _changes(addition.changes, keys, indent)


def _doubts(doubts: Sequence[DoubtDraft], keys: Keys) -> Iterator[str]:
    """The rows in doubt, each with all its values, so that a clerk can move it to where it belongs."""
    if doubts:
        yield "存疑:"
    for doubt in doubts:
        yield f"  - 出处: {scalar(doubt.source)}"
        if doubt.domain is not None:
            yield from entry("领域", doubt.domain, 4)
        if doubt.candidates:
            yield from entry("可能是", [one.item.numbered_name for one in doubt.candidates], 4)
        if doubt.addition is not None:
            yield from _addition_lines(doubt.addition, keys, 4)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdecimal())
