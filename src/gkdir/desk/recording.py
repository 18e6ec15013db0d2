"""A change about to be written, with its reason and day → the same with its entries in 更新记录."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gkdir.desk.proposal import Proposal
from gkdir.diffing.recordfile import entries, lengthened
from gkdir.diffing.sides import county_side
from gkdir.diffing.words import sections
from gkdir.excel_form.apply import trial_copy
from gkdir.preview.draft import CountyDraft
from gkdir.read.declaredfiles import CHANGES


class ChangeNote(Struct, frozen=True):
    """The reason for a change and the document it is based on (blank if not known yet), and the day."""

    reason: str
    basis: str
    day: date


def with_record(draft: CountyDraft, proposal: Proposal, noted: ChangeNote) -> Proposal:
    """The proposal with the entries that ``gkdir diff --record`` would write.

    :raises Unreadable: the county's changes.yaml is no list that entries can be added to
    """
    name = f"{draft.county.folder}/{CHANGES}"
    with trial_copy(draft.project, draft.county, proposal.files) as (project, county):
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
