"""A guide → its texts with their places, the offices that it names, and its missing elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gkdir.finding import Place
from gkdir.model.county import Organisation
from gkdir.model.declared import Asked, declared
from gkdir.model.guide import Fee, Guide, Limits
from gkdir.overlay.elements import NOT_NEEDED, OTHER, kind_of
from gkdir.rules.blank import says_none
from gkdir.rules.rule import Context

VETO = 4
"""The number of missing key elements that is a veto in the website inspection (国办秘函〔2019〕19号)."""
_ASKED = [one for one in declared(Guide) if one.marks(Asked)]
_EXPECTED = [one for one in _ASKED if any(asked.expected for asked in one.marks(Asked))]


def texts(guide: Guide, words: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """The elements of the head, then the lines of those sections of the body that contain one of ``words``."""
    yield from head_texts(guide)
    yield from _body(guide, words)


def _body(guide: Guide, words: Iterable[str]) -> Iterator[tuple[str, Place]]:
    for section in guide.sections:
        if not any(word in section.markdown for word in words):  # scanning a whole section is faster than its lines
            continue
        for number, line in enumerate(section.markdown.splitlines(), section.line):
            yield line, Place(section.place.file, number, 1)


def head_texts(guide: Guide) -> Iterator[tuple[str, Place]]:
    """The elements of the head, which are binding, unlike the body."""
    yield from demands(guide)
    for index, step in enumerate(guide.steps or ()):
        yield from _each(guide, f"办理流程.{index}", step.place, {"环节": step.name, "说明": step.text})
    for way in guide.ways or ():
        yield way.target, way.place
    for entry in (*guide.further, *guide.without):
        yield f"{entry.name} {entry.text}", entry.place
    for one in _ASKED:
        value = getattr(guide, one.field)
        text = value.text if isinstance(value, Fee) else value
        if isinstance(text, str):
            yield text, place(guide, one.key.name)


def explanations(guide: Guide, words: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """The explanations: the steps, and the body as in ``texts``."""
    for index, step in enumerate(guide.steps or ()):
        yield from _each(guide, f"办理流程.{index}", step.place, {"说明": step.text})
    yield from _body(guide, words)


def demands(guide: Guide) -> Iterator[tuple[str, Place]]:
    """The requirements for applicants: conditions and materials."""
    for key, texts in (("服务对象", guide.served), ("办理条件", guide.conditions)):
        for index, text in enumerate(texts or ()):
            yield text, place(guide, f"{key}.{index}", key)
    for index, material in enumerate(guide.materials or ()):
        stated = {"名称": material.name, "要求": material.note, "来源": material.source}
        yield from _each(guide, f"办理材料.{index}", material.place, stated)


def _each(guide: Guide, key: str, where: Place, stated: Mapping[str, str | None]) -> Iterator[tuple[str, Place]]:
    """The texts of one entry of a list, each with its place."""
    for name, text in stated.items():
        if text:
            written = guide.written.get(f"{key}.{name}")
            yield text, written.place if written else where


def place(guide: Guide, *keys: str) -> Place:
    """The place of the first of these keys that was written, else of the guide."""
    return next((guide.written[key].place for key in keys if key in guide.written), guide.place)


def missing_key_elements(guide: Guide, context: Context) -> list[str]:
    """Which key elements are missing; of the eight, name and basis are not looked at: they come from the directory."""
    offices = offices_of(guide, context)
    reported = _unresolved(guide, context)
    there = {
        "申请条件": bool(guide.conditions),
        "办理材料": guide.materials is not None,
        "办理地点": reported or bool(guide.ways) or any(office.address for office in offices),
        "办理时间": _has_content(guide.hours) if guide.hours else reported or any(office.hours for office in offices),
        "联系电话": _has_content(guide.consult)
        if guide.consult
        else reported or any(office.phone for office in offices),
        "办理流程": any(_has_content(step.name) for step in guide.steps or ()),
    }
    return _without_reason(guide, there)


def missing_elements(guide: Guide, context: Context) -> list[str]:
    """Which of the other elements of a complete guide are missing."""
    has_complaint_phone = _unresolved(guide, context) or any(
        office.complaint_phone for office in offices_of(guide, context)
    )
    there = {one.key.name: _has_value(getattr(guide, one.field)) for one in _EXPECTED}
    there["监督投诉"] = _has_content(guide.complaint) if guide.complaint else has_complaint_phone
    return _without_reason(guide, there) + _unwritten(guide, context)


def _has_value(value: object) -> bool:
    """Whether an element has content; in a list of texts, one with content is enough."""
    if isinstance(value, Limits):
        return any(limit is not None and _has_content(limit.text) for limit in (value.promised, value.statutory))
    if isinstance(value, str):
        return _has_content(value)
    return (
        any(not isinstance(one, str) or _has_content(one) for one in value)
        if isinstance(value, tuple)
        else value is not None
    )


def _has_content(text: str | None) -> bool:
    """Whether an element has content: 无 does not answer who, where or when."""
    return text is not None and not says_none(text)


def _without_reason(guide: Guide, there: Mapping[str, bool]) -> list[str]:
    """The missing elements without those for which there is a reason, or that are left to a lower layer."""
    excused = open_or_needless(guide) | {kind_of(entry.name) for entry in guide.without} - {OTHER}
    return [name for name, present in there.items() if not present and kind_of(name) not in excused]


def open_or_needless(guide: Guide) -> frozenset[str]:
    """The kinds of elements that the guide leaves to a lower layer, or that its 办理类型 does not need."""
    blank = {kind_of(left.name.partition(".")[0]) for left in guide.pending} - {OTHER}
    return NOT_NEEDED.get(guide.nature or "", (frozenset[str](), ""))[0] | blank


def _unwritten(guide: Guide, context: Context) -> list[str]:
    """The elements that only this item's 公开内容 names, and that the guide lacks."""
    entry = context.catalog.entry(guide.id) if context.catalog else None
    named = {each.name for each in (*guide.further, *guide.without, *guide.pending)}
    return [word for word in (entry.item.content if entry else ()) if kind_of(word) is OTHER and word not in named]


def offices_of(guide: Guide, context: Context) -> list[Organisation]:
    """The organisations that the guide names: its 办理机构, and the counters to go to."""
    catalog = context.catalog
    if catalog is None:
        return []
    names = [*(guide.offices or ()), *(way.target for way in guide.ways or () if way.kind == "窗口")]
    return [office for name in names if (office := catalog.organisation(name)) is not None]


def _unresolved(guide: Guide, context: Context) -> bool:
    """Whether an office's details are unknown because the office is misspelt, or 机构 could not be read."""
    if context.troubled(context.county.overlay.place.file):
        return True
    catalog = context.catalog
    return catalog is None or any(catalog.organisation(office) is None for office in guide.offices or ())


WRITTEN_AS = {"申请条件": "办理条件", "办理地点": "办理方式", "办理时间": "办事时间", "联系电话": "咨询"}
"""Key element → the key in the file, if it has another name."""


def place_of_element(guide: Guide, element: str) -> Place:
    """The place where a missing element was left blank, else of the guide."""
    return place(guide, WRITTEN_AS.get(element, element))


def vetoed(guide: Guide, context: Context) -> bool:
    """Whether so many elements are missing that other findings about the guide are pointless."""
    return len(missing_key_elements(guide, context)) >= VETO
