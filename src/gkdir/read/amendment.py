"""changes.yaml → the county's 更新记录, entry by entry, and all troubles. Bad content never raises."""

from __future__ import annotations

from pathlib import Path

from gkdir.finding import Trouble, Unreadable
from gkdir.model.amendment import Amended, Amendment
from gkdir.model.item import Written
from gkdir.read.schema.amendment import AmendedPart, AmendmentPart, AmendmentsPart
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import Document, read_yaml

FILE = "changes.yaml"

Read = tuple[tuple[Amendment, ...], tuple[Trouble, ...]]


def read_amendments(path: Path, name: str) -> Read:
    """The entries of the file at ``path``, called ``name`` in places, in its order."""
    try:
        return amendments(read_yaml(path, name))
    except Unreadable as error:
        return (), (error.trouble,)


def amendments(document: Document) -> Read:
    """The entries of the file that was read as ``document``."""
    if document.root.blank:  # only comments so far
        return (), document.troubles
    part, troubles = validate(AmendmentsPart, document.root, {})
    return tuple(_entry(each) for each in part.entries), document.troubles + troubles


def _entry(part: AmendmentPart) -> Amendment:
    written = part.written()
    return Amendment(
        day=part.date,
        kind=part.kind.text,
        subject=part.subject,
        id=written[part.subject].text,
        name=part.name.text,
        place=part.place,
        town=_text(part.town) or "",
        fields=tuple(_amended(each) for each in part.fields),
        reason=_text(part.reason),
        basis=_text(part.basis),
        formed=part.formed,
        written=written,
    )


def _amended(part: AmendedPart) -> Amended:
    removed, added = (tuple(each.text for each in said) for said in (part.removed, part.added))
    return Amended(part.label.text, _text(part.old), _text(part.new), removed, added)


def _text(written: Written | None) -> str | None:
    return written.text if written else None
