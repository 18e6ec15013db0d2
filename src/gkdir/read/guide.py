"""guides/<domain>/<number>.md → Guide: the YAML head's elements, and the Markdown body in sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gkdir.finding import Trouble
from gkdir.model.guide import Guide, GuideStep, Material, Told, Way
from gkdir.model.item import TimeLimit, Written
from gkdir.read.schema.guide import WAYS, GuideHead, MaterialPart, StepPart, WayPart
from gkdir.read.schema.part import Part
from gkdir.read.schema.validate import declared, validate
from gkdir.read.timelimit import time_limit
from gkdir.yaml.front_matter import Headed, read_headed


def read_guide(path: Path, name: str, domain: str, number: str) -> tuple[Guide, tuple[Trouble, ...]]:
    """The guide at ``path``, called ``name`` in places, and troubles. Raises Unreadable."""
    page = read_headed(path, name, "办事指南", "简述、办理材料")
    head, met = validate(GuideHead, page.head, {})
    return _guide(head, page, domain, number), page.troubles + met


def _guide(head: GuideHead, page: Headed, domain: str, number: str) -> Guide:
    return Guide(
        domain=domain,
        number=number,
        place=page.place,
        summary=_text(head.summary),
        served=_texts(head.served),
        conditions=_texts(head.conditions),
        materials=None if head.materials is None else tuple(material(each) for each in head.materials),
        steps=None if head.steps is None else tuple(_step(each) for each in head.steps),
        ways=None if head.ways is None else tuple(way for each in head.ways for way in _ways(each)),
        online_degree=_text(head.online_degree),
        statutory=_limit(head.limit.statutory if head.limit else None),
        promised=_limit(head.limit.promised if head.limit else None),
        delivery=_text(head.delivery),
        fee=_fee(head),
        offices=_texts(head.offices),
        hours=_text(head.hours),
        consult=_text(head.consult),
        complaint=_text(head.complaint),
        checked=head.checked.on if head.checked else None,
        example_note=_text(head.example_note),
        sections=page.sections,
        further=_told(head.further),
        without=_told(head.without),
        related=tuple(each.text for each in head.related),
        written=_written(head),
    )


def _text(written: Written | None) -> str | None:
    return written.text if written else None


def _texts(written: tuple[Written, ...] | None) -> tuple[str, ...] | None:
    return None if written is None else tuple(each.text for each in written)


def _told(written: Mapping[str, Written]) -> tuple[Told, ...]:
    return tuple(Told(name, each.text, each.place) for name, each in written.items())


def _limit(written: Written | None) -> TimeLimit | None:
    return time_limit(written.text) if written else None


def _fee(head: GuideHead) -> str | None:
    if head.fee is None:
        return None
    standard = head.fee.standard.text
    return f"{standard}（依据：{head.fee.basis.text}）" if head.fee.basis else standard


def material(part: MaterialPart) -> Material:
    """One line of 办理材料."""
    return Material(
        name=part.name.text,
        place=part.place,
        form=_text(part.form),
        original=_text(part.original),
        copies=_text(part.copies),
        medium=_text(part.medium),
        source=_text(part.source),
        necessity=_text(part.necessity),
        note=_text(part.note),
    )


def _step(part: StepPart) -> GuideStep:
    return GuideStep(part.name.text, part.place, _text(part.text), _limit(part.limit), _text(part.office))


def _ways(part: WayPart) -> tuple[Way, ...]:
    targets: Mapping[str, tuple[Written, ...] | None] = {
        one.key.name: getattr(part, one.field) for one in declared(WayPart)
    }
    return tuple(Way(kind, each.text, each.place) for kind in WAYS for each in targets[kind] or ())


def _written(head: GuideHead) -> Mapping[str, Written]:
    """Where each element was written: 办理时限.承诺 as well as 办理时限; 办理条件.0 and 办理材料.0.表格 in lists."""
    written = {**head.written(), **head.left_blank()}
    for key, inner in (("办理时限", head.limit), ("核对", head.checked), ("收费", head.fee)):
        if inner is not None:
            written |= {f"{key}.{name}": each for name, each in inner.written().items()}
    for key, texts in (
        ("服务对象", head.served),
        ("办理条件", head.conditions),
        ("办理机构", head.offices),
        ("相关事项", head.related),
    ):
        written |= {f"{key}.{index}": each for index, each in enumerate(texts or ())}
    parts: Iterable[tuple[str, Sequence[Part]]] = (("办理材料", head.materials or ()), ("办理流程", head.steps or ()))
    for key, listed in parts:
        for index, part in enumerate(listed):
            written |= {f"{key}.{index}.{name}": each for name, each in part.written().items()}
    return written
