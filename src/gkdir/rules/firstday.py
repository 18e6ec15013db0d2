"""The findings of a county just imported → one for each cause; hints that are of no use on the first day wait.

Until the clerk has gone through the directory and written a review date, what the website, the guides and the boards
still lack is no news: it is counted, and told from the day on which the date is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gkdir.finding import Finding, cause
from gkdir.model.county import County

DATE = "no-review-date"
LATER = frozenset(
    (
        "plain-copy", "channel-without-address", "board-without-sheet", "nothing-to-say", "items-without-guide",
        "unchecked-guides", "blanks-in-guides", "empty-column", "no-change-list", "incomplete-footer",
    )
)  # fmt: skip
"""Hints about what is not in a county's tables, or is still as the country wrote it."""
_NARROWED = frozenset(("on-request-without-ground", "narrowed-audience"))
"""An item is kept to a group and to whoever asks for the same reason."""


def is_first_day(county: County) -> bool:
    """Whether there is nothing yet but directories that nobody has reviewed."""
    own = county.overlay
    begun = own.website.written or county.guides or county.articles or county.forms or county.towns
    return bool(own.domains) and not begun and all(part.reviewed is None for part in own.domains.values())


def for_first_day(found: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each cause of ``found``, which are in the order of places; the missing date says what waits."""
    dated = all(each.name != DATE for each in found)  # the date is answered for: nothing would tell of what waits
    waiting = {each.name for each in found if each.name in LATER and not dated}
    causes: dict[object, list[Finding]] = {}
    for each in found:
        if each.name not in waiting:
            causes.setdefault(("narrowed", each.severity) if each.name in _NARROWED else cause(each), []).append(each)
    for same in causes.values():
        joined = _joined(same)
        if joined.name == DATE and waiting:
            later = f"另有 {len(waiting)} 类提示（网站、办事指南、公示栏等），写上审核日期以后再列出"
            joined = replace(joined, message=f"{joined.message}；{later}")
        yield joined


def _joined(same: Sequence[Finding]) -> Finding:
    """The first, with the words of one finding of each rule among them."""
    if len(same) == 1:
        return same[0]
    by_rule = {each.rule: each for each in reversed(same)}
    spoken = [each for each in same if by_rule[each.rule] is each]
    return replace(
        same[0],
        message=f"{'；'.join(each.message for each in spoken)}（同一个原因，共 {len(same)} 处）",
        hint="".join(dict.fromkeys(each.hint for each in spoken)),
        item=None,
        joined=tuple(same),
    )
