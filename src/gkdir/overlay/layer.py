"""One laid directory and what the next layer says about it → the directory with that layer laid over it."""

from __future__ import annotations

import difflib
import unicodedata

from msgspec.structs import replace

from gkdir.model.county import DomainOverlay, Entry, ItemOverlay, LaidDirectory, Omitted, Overlay, Step, Unmatched
from gkdir.overlay.addition import add
from gkdir.overlay.change import changed, effective


def lay_layer(directory: LaidDirectory, layer: Overlay, part: DomainOverlay) -> LaidDirectory:
    """``directory`` with ``part`` of ``layer`` laid over it: changes and omissions first, then additions."""
    said = {item.number: item for item in part.items}
    entries: list[Entry] = []
    omitted = list(directory.omitted)
    for entry in directory.entries:
        item = said.get(entry.item.number or "")
        if item is not None and item.omission is not None:
            omitted.append(Omitted(entry.item, item.omission, layer))
        else:
            entries.append(_laid(entry, item, layer, part))
    known = {entry.item.number for entry in directory.entries}
    unmatched = [_unmatched(item, directory, layer) for item in part.items if item.number not in known]
    laid = replace(
        directory,
        entries=tuple(entries),
        omitted=tuple(omitted),
        unmatched=(*directory.unmatched, *unmatched),
        reviewed=part.reviewed or directory.reviewed,
    )
    return add(laid, layer, part)


def _laid(entry: Entry, item: ItemOverlay | None, layer: Overlay, part: DomainOverlay) -> Entry:
    changes = effective(part.defaults, item.changes if item else ())
    ground = item.ground if item else None
    if changes or ground:
        after = changed(entry.item, changes)
        place = item.place if item else changes[0].place
        step = Step(layer, place, after, entry.item, changes, ground)
        entry = replace(entry, item=after, steps=(*entry.steps, step))
    if item and (item.alias or item.note):
        entry = replace(entry, alias=item.alias or entry.alias, note=item.note or entry.note)
    return entry


def _unmatched(item: ItemOverlay, directory: LaidDirectory, layer: Overlay) -> Unmatched:
    gone = next((each.item for each in directory.omitted if each.item.number == item.number), None)
    if gone is not None:
        return Unmatched(layer, directory.domain, item.number, item.place, (f"{gone.number} {gone.name}",), "omitted")
    return Unmatched(layer, directory.domain, item.number, item.place, candidates(item.number, directory))


_MANY = 3


def candidates(said: str, directory: LaidDirectory) -> tuple[str, ...]:
    """At most three such as ``4.1 失业登记``, the likeliest first: by number, by name, or by both in one text."""
    said = unicodedata.normalize("NFKC", said).replace("。", ".").replace("、", ".").replace("-", ".").strip()
    spellings: dict[str, str] = {}
    for entry in directory.entries:
        shown = f"{entry.item.number} {entry.item.name}"
        spellings |= {entry.item.name: shown, shown: shown, entry.item.number or "": shown}
    within = [shown for word, shown in spellings.items() if len(said) > 1 and said in word and not said.isdecimal()]
    near = [spellings[word] for word in difflib.get_close_matches(said, spellings, n=_MANY, cutoff=0.6)]
    exact = [spellings[said]] if said in spellings else []
    return tuple(dict.fromkeys([*exact, *near, *within]))[:_MANY]
