"""guides/<domain>/<number>.md → Guide: the YAML head's elements, and the Markdown body in sections."""

from __future__ import annotations

from pathlib import Path

from gkdir.finding import Trouble
from gkdir.model.guide import Guide
from gkdir.read.schema.validate import validate
from gkdir.yaml.front_matter import read_headed


def read_guide(path: Path, name: str, domain: str, number: str) -> tuple[Guide, tuple[Trouble, ...]]:
    """The guide at ``path``, called ``name`` in places, and troubles. Raises Unreadable."""
    page = read_headed(path, name, "办事指南", "简述、办理材料")
    given = {"domain": domain, "number": number, "place": page.place, "sections": page.sections}
    guide, met = validate(Guide, page.head, {}, given)
    return guide, page.troubles + met
