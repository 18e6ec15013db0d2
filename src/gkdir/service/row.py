"""Entry → one row of the directory as a page shows it, and how it differs from a directory above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gkdir.model.columns import COLUMN
from gkdir.model.county import Entry
from gkdir.model.guide import Guide
from gkdir.model.item import Basis, Item, TimeLimit
from gkdir.service.address import entry_path


class RowDifference(Struct, frozen=True):
    """How one field differs.

    ``verb`` is 缩短, 增加, 减少, 明确为 or 调整为; ``now`` is the value here, ``before`` the one above.
    """

    field: str
    label: str
    verb: str
    now: tuple[str, ...]
    before: tuple[str, ...] = ()


class ServiceRow(Struct, frozen=True):
    """One row: the item, its page, and its differences from the national directory.

    ``title`` is its everyday name, ``official`` the directory's.
    """

    entry: Entry
    number: str
    title: str
    official: str
    path: str
    guided: bool
    differences: tuple[RowDifference, ...] = ()

    @property
    def item(self) -> Item:
        """The item of the row."""
        return self.entry.item

    @property
    def verbs(self) -> dict[str, str]:
        """Field that differs → verb."""
        return {difference.field: difference.verb for difference in self.differences}


def row_view(entry: Entry, guided: bool) -> ServiceRow:
    """The row of an entry; ``guided`` says whether it has a service guide."""
    item = entry.item
    number = item.number or ""
    return ServiceRow(
        entry=entry,
        number=number,
        title=entry.title,
        official=item.name,
        path=entry_path(entry),
        guided=guided,
        differences=tuple(differences(item, entry.national)) if entry.national else (),
    )


def guided_siblings(item: str, guides: Mapping[str, Guide], rows: Mapping[str, ServiceRow]) -> Iterator[ServiceRow]:
    """For an item without a guide: the rows of the same 二级事项 that have one, which help most."""
    if item not in guides and item in rows:
        own = rows[item].item
        for other, row in rows.items():
            if other in guides and (row.item.domain, row.item.level2) == (own.domain, own.level2):
                yield row


def differences(item: Item, above: Item) -> Iterable[RowDifference]:
    """The fields in which ``item`` differs from ``above``, in the order of the columns."""
    yield from _lists("content", item.content, above.content)
    if item.basis != above.basis:
        ours, theirs = ({_law(basis): basis.text for basis in of.basis} for of in (item, above))
        if gained := tuple(text for law, text in ours.items() if law not in theirs):
            yield _difference("basis", "增加", gained)
        if lost := tuple(text for law, text in theirs.items() if law not in ours):
            yield _difference("basis", "减少", lost)
    if item.time_limit.text != above.time_limit.text:
        verb = "缩短" if shorter(item.time_limit, above.time_limit) else "调整为"
        yield _difference("time_limit", verb, (item.time_limit.text,), (above.time_limit.text,))
    if set(item.publisher) > set(above.publisher):
        yield from _lists("publisher", item.publisher, above.publisher)
    elif item.publisher != above.publisher:
        yield _difference("publisher", "明确为", item.publisher, above.publisher)
    for field in ("channels", "audience", "mode", "levels"):
        yield from _lists(field, getattr(item, field) or (), getattr(above, field) or ())


def shorter(ours: TimeLimit, theirs: TimeLimit) -> bool:
    """Whether ``ours`` is clearly the shorter of two limits: immediate, or fewer of the same unit."""
    if theirs.kind != "within" or theirs.count is None:
        return False
    if ours.kind == "immediate":
        return True
    return ours.kind == "within" and ours.unit == theirs.unit and ours.count is not None and ours.count < theirs.count


def _lists(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterable[RowDifference]:
    if ours == theirs:
        return
    added = tuple(text for text in ours if text not in theirs)
    removed = tuple(text for text in theirs if text not in ours)
    if added:
        yield _difference(field, "增加", added)
    if removed:
        yield _difference(field, "减少", removed)


def _difference(field: str, verb: str, now: tuple[str, ...], before: tuple[str, ...] = ()) -> RowDifference:
    return RowDifference(field, COLUMN[field].label, verb, now, before)


def _law(basis: Basis) -> tuple[str, str]:
    """A key that is the same for all ways to cite a law: its title, and the number of a reissued document."""
    number = basis.number or ""
    return (basis.name or basis.text).removeprefix("中华人民共和国"), number if "〔" in number else ""
