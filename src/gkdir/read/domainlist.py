"""domains.yaml → DomainFacts: what is known of each domain. The project's own file takes the place of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.domain import FOR_ALL, DomainFacts, Hotline
from gkdir.model.item import Written
from gkdir.read.schema.domains import DomainFactsPart
from gkdir.read.schema.validate import validate
from gkdir.yaml.nodes import Branch
from gkdir.yaml.parse import read_yaml

FILE = "domains.yaml"


def read_domains(folders: Sequence[Path]) -> tuple[tuple[DomainFacts, ...], tuple[Trouble, ...]]:
    """The domains of the first of ``folders`` that has a domains.yaml; none if there is no such file."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        return (), ()
    try:
        document = read_yaml(path, f"national/{FILE}")
    except Unreadable as error:
        return (), (error.trouble,)
    facts, troubles = [], list(document.troubles)
    for name, node in document.root.entries if isinstance(document.root, Branch) else ():
        part, met = validate(DomainFactsPart, node, {"文件": name.text})
        troubles += met
        facts.append(_facts(name.text, part))
    return tuple(facts), tuple(troubles)


def _facts(name: str, part: DomainFactsPart) -> DomainFacts:
    hotline = Hotline(part.hotline.text, _text(part.hotline_name) or name) if part.hotline else FOR_ALL
    names = tuple(each.text for each in part.names or ())
    return DomainFacts(
        name, part.stem.text, names, _text(part.everyday), _text(part.ministry), _text(part.office), hotline
    )


def _text(written: Written | None) -> str:
    return written.text if written else ""
