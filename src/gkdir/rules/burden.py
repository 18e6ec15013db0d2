"""The materials of a layer and of the one above → what is asked for beyond those above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gkdir.model.guide import Material
from gkdir.rules.names import plain

MUST = "必要"
WHOLE = "原件"


def more_materials(
    materials: Sequence[Material], known: Sequence[Material], above: str
) -> Iterator[tuple[Material, str]]:
    """Each material that is not ``known``, or asked for in a stricter way; ``above`` is what to call who asks less."""
    for material in materials:
        same = _asked(material.name, known)
        if same is None:
            yield material, f"多要了{above}没有的材料“{material.name}”"
        elif stricter := _stricter(material, same, above):
            yield material, f"对材料“{material.name}”要得更严：{stricter}"


def _asked(name: str, materials: Sequence[Material]) -> Material | None:
    """The material above of that name, or one whose name holds it: 居民身份证 of 居民身份证或者社会保障卡."""
    same = (known for known in materials if plain(known.name) == plain(name))
    return next(same, None) or next((known for known in materials if within(name, known.name)), None)


def within(text: str, known: str) -> bool:
    """Whether the known name or condition contains the given one."""
    return bool(plain(text)) and plain(text) in plain(known)


def _stricter(material: Material, known: Material, above: str) -> str:
    """In what more is asked of the same material."""
    if material.necessity == MUST and known.necessity not in (None, MUST):
        return f"{above}是{known.necessity}，这里是必要"
    if WHOLE in (material.original or "") and known.original and WHOLE not in known.original:
        return f"{above}要{known.original}，这里要{material.original}"
    if _count(material.copies) > _count(known.copies) > 0:
        return f"{above}要{known.copies}份，这里要{material.copies}份"
    return ""


def _count(copies: str | None) -> int:
    number = re.match(r"\d+", copies or "")
    return int(number[0]) if number else 0
