"""A change that is about to be written, why and on which day → the same, and what it changes in 更新记录."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gkdir.desk.proposal import Proposal
from gkdir.diffing.recordfile import entries, lengthened
from gkdir.diffing.sides import county_side
from gkdir.diffing.words import sections
from gkdir.excel_form.apply import rehearsed
from gkdir.preview.draft import CountyDraft
from gkdir.read.declaredfiles import CHANGES


class Noted(Struct, frozen=True):
    """Why something is changed and by which document, blank if not known yet; the day."""

    reason: str
    basis: str
    day: date


def with_record(draft: CountyDraft, proposal: Proposal, noted: Noted) -> Proposal:
    """The proposal with the entries that ``gkdir diff --record`` would write.

    Raises Unreadable: the county's changes.yaml is no list that can be continued.
    """
    name = f"{draft.county.folder}/{CHANGES}"
    with rehearsed(draft.project, draft.county, proposal.files) as (project, county):
        found = sections(county_side(draft.project, draft.county), county_side(project, county))
    new = entries(found, draft.county.slug, noted.day, county.amendments)
    if not new:
        return proposal
    path = draft.project.folder / name
    now = path.read_bytes() if path.exists() else None
    before, after = proposal.files.get(name, (now, now))
    given = [
        replace(each, reason=each.reason or noted.reason or None, basis=each.basis or noted.basis or None)
        for each in new
    ]
    return replace(proposal, files={**proposal.files, name: (before, lengthened(after or b"", name, given))})
