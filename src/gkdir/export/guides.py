"""A guide and its forms → plain values for JSON, with the keys of the model."""

from __future__ import annotations

from collections.abc import Callable

from gkdir.model.guide import Form, Guide, GuideStep, Material
from gkdir.model.item import TimeLimit


def guide_json(guide: Guide) -> dict[str, object]:
    """The guide's elements; those that it does not give are ``null``."""
    return {
        "summary": guide.summary,
        "served": _listed(guide.served),
        "conditions": _listed(guide.conditions),
        "materials": None if guide.materials is None else [_material(material) for material in guide.materials],
        "steps": None if guide.steps is None else [_step(step) for step in guide.steps],
        "ways": None if guide.ways is None else [{"kind": way.kind, "target": way.target} for way in guide.ways],
        "online_degree": guide.online_degree,
        "statutory_limit": _limit(guide.statutory),
        "promised_limit": _limit(guide.promised),
        "delivery": guide.delivery,
        "fee": guide.fee,
        "offices": _listed(guide.offices),
        "hours": guide.hours,
        "consult": guide.consult,
        "complaint": guide.complaint,
        "checked": guide.checked.isoformat() if guide.checked else None,
        "further": {told.name: told.text for told in guide.further},
        "without": {told.name: told.text for told in guide.without},
        "related": list(guide.related),
        "sections": [{"title": section.title, "markdown": section.markdown} for section in guide.sections],
    }


def form_json(form: Form, path: Callable[[str], str]) -> dict[str, object]:
    """The name and title of the form, and the path of its page in the county's folder."""
    return {"name": form.name, "title": form.title, "url": path(form.name)}


def _material(material: Material) -> dict[str, object]:
    return {
        "name": material.name,
        "form": material.form,
        "original": material.original,
        "copies": material.copies,
        "medium": material.medium,
        "source": material.source,
        "necessity": material.necessity,
        "note": material.note,
    }


def _step(step: GuideStep) -> dict[str, object]:
    return {"name": step.name, "text": step.text, "limit": _limit(step.limit), "office": step.office}


def _limit(limit: TimeLimit | None) -> str | None:
    return limit.text if limit else None


def _listed(texts: tuple[str, ...] | None) -> list[str] | None:
    return None if texts is None else list(texts)
