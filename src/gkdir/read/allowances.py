"""allowances.yaml of a project → its Allowances: findings about the files that all counties share."""

from __future__ import annotations

from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.allowance import Allowance
from gkdir.read.layer import allowances
from gkdir.read.schema.layer import AllowancesPart
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import read_yaml

FILE = "allowances.yaml"


def read_allowances(path: Path, name: str) -> tuple[tuple[Allowance, ...], tuple[Trouble, ...]]:
    """The allowances in the file at ``path``, called ``name`` in places; none if there is no such file."""
    if not path.is_file():
        return (), ()
    try:
        document = read_yaml(path, name)
    except Unreadable as error:
        return (), (error.trouble,)
    if document.root.blank:  # nothing yet but remarks
        return (), ()
    part, troubles = validate(AllowancesPart, document.root, {})
    return allowances(part.allowances), document.troubles + troubles
