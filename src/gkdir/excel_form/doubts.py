"""A county's rows in doubt → a table of its form; a row with the clerk's decision → the change that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from gkdir.excel_form.directory import FIELD_COLUMNS, NAMES, CountyCatalogs, columns, item_texts
from gkdir.excel_form.organisations import short_names
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow
from gkdir.excel_form.tidy import BadText, only_match, row
from gkdir.model.columns import COLUMN
from gkdir.model.county import Addition, County, Doubt
from gkdir.model.item import Item
from gkdir.overlay.layer import changed

DOUBTS = "@doubts"
VERDICT, REASON = "verdict", "reason"
NEW, REFUSED, IS = "本县自己的事项", "不采用", "就是 "

_COLUMNS = (
    TableColumn("source", "出处", width=24),
    TableColumn("name", "表里的事项", width=30),
    TableColumn("said", "表里写的", width=60),
    TableColumn("near", "可能是", width=28),
    TableColumn(
        VERDICT, "怎么处理", width=28, prompt="从列表里选。就是国家目录另外一项的，写“就是”和它的编号。", count=True
    ),
    TableColumn(REASON, "不采用的理由", width=28, prompt="选了“不采用”的，写为什么。"),
)
_ABOUT = (
    "导入原来的目录时拿不准的行，一行一个，请逐个定下来；没有定的不会公布。"
    "定下来以后，国家目录那一项没有开展的，另写不列入的原因。"
)


def doubt_table(catalogs: CountyCatalogs, county: County) -> Table:
    """One row for each 存疑 entry, including those omitted with a reason."""
    rows = tuple(_row(catalogs, id_, doubt) for id_, doubt in identified(county.overlay.doubts).items())
    return Table(DOUBTS, "存疑", _ABOUT, _COLUMNS, rows, ("source", "name"))


def identified(doubts: Iterable[Doubt]) -> Mapping[str, Doubt]:
    """The rows in doubt by an id made from their source, with a suffix where several have the same."""
    every = tuple(doubts)
    return dict(zip(ids([each.source for each in every]), every, strict=True))


def ids(sources: Sequence[str]) -> list[str]:
    """The sources, with a suffix where several are equal."""
    return [
        source if source not in sources[:place] else f"{source}（{sources[:place].count(source) + 1}）"
        for place, source in enumerate(sources)
    ]


def _row(catalogs: CountyCatalogs, id_: str, doubt: Doubt) -> TableRow:
    item = doubt.item
    names = [name for name in (item.level1, item.level2, item.level3) if name] if item else []
    texts = {
        "source": doubt.source,
        "name": "\n".join(names) or "（没有读懂这一行，请看原来的表）",
        "said": "\n".join(_as_written(item)) if item else "",
        "near": "\n".join(doubt.candidates),
        VERDICT: REFUSED if doubt.reason else "",
        REASON: doubt.reason or "",
    }
    offered = [IS + each for each in doubt.candidates] if doubt.domain in catalogs.catalog.directories else []
    offered += [NEW] if item and doubt.domain in catalogs.catalog.directories else []
    made = row(_COLUMNS, id_, f"存疑 {names[-1] if names else id_}", texts, locked=frozenset(texts) - {VERDICT, REASON})
    return replace(made, choices={VERDICT: (*offered, REFUSED)})


def _as_written(item: Addition) -> Iterable[str]:
    for change in item.changes:
        yield f"{COLUMN[change.field].label}：{'；'.join(each.text for each in change.elements)}"


def settled(catalogs: CountyCatalogs, doubt: Doubt, change: RowChange, tables: Mapping[str, Table]) -> RowChange:
    """The change that follows from the clerk's decision on a row in doubt.

    :raises BadText: the decision is incomplete, contradictory or unknown, or would overwrite the county's own text
    """
    verdict, reason = change.after.texts[VERDICT], change.after.texts[REASON]
    if not verdict and not reason:
        return replace(change, texts={REASON: ""})
    if verdict == REFUSED or (reason and not verdict):
        if not reason:
            raise BadText(f"{change.row.name}选了“不采用”，没有写理由，没有改动。", "请在“不采用的理由”一栏写明。")
        return replace(change, texts={REASON: reason})
    if reason and REASON in change.texts:
        raise BadText(f"{change.row.name}写了不采用的理由，又选了“{verdict}”，没有改动。", "请只留下一样。")
    table = tables.get(doubt.domain or "")
    if doubt.item is None or table is None:
        raise BadText(
            f"{change.row.name}看不出是哪个领域的，不能在这里定。", "请写到那个领域的表里，这里选“不采用”，写明理由。"
        )
    ruling = _ruling(catalogs, table, doubt.item)
    if verdict == NEW:
        names = {key: getattr(doubt.item, key) or "" for key in NAMES}
        alias = {"alias": doubt.item.alias or "", "note": doubt.item.note or ""}
        whole = {**{column.key: "" for column in table.columns}, **names, **alias, **ruling}
        return RowChange(table, TableRow("", "", {}), whole, change.place, settles=change.row.id)
    target = _target(table, verdict)
    if target is None:
        raise BadText(
            f"“{verdict[:30]}”看不出是哪一项，没有改动。", "请从下拉列表里选；或者写“就是”和编号，如 就是 4.1。"
        )
    if _has_own_words(catalogs, table.key, target):
        message = f"{target.name}本县已经写了自己的内容，不能再用这一行，没有改动。"
        raise BadText(message, f"请在“{table.title}”里改那一项，这里选“不采用”，写明理由。")
    texts = {key: text for key, text in ruling.items() if text != target.texts[key]}
    texts |= {"omitted": ""} if target.texts["omitted"] else {}
    return RowChange(table, target, texts, change.place, settles=change.row.id)


def _target(table: Table, verdict: str) -> TableRow | None:
    called = {each.name: each for each in table.rows}
    named = verdict.removeprefix("就是").strip().removeprefix(table.title.removesuffix("目录")).strip()
    return table.by_id.get(named) or called.get(only_match(named, tuple(called)) or "")


def _has_own_words(catalogs: CountyCatalogs, domain: str, target: TableRow) -> bool:
    """Whether the county has changed the item, or added it."""
    laid, above = (
        next((each.item for each in catalog.directories[domain].entries if each.item.number == target.id), None)
        for catalog in (catalogs.catalog, catalogs.above)
    )
    if above is None:
        return True
    return laid is not None and any(getattr(laid, field) != getattr(above, field) for field in FIELD_COLUMNS)


def _ruling(catalogs: CountyCatalogs, table: Table, item: Addition) -> Mapping[str, str]:
    """The cells of the fields that the row in doubt has a value for, normalised."""
    stated = changed(Item(table.key, item.number, "", ""), item.changes)
    layout = columns(short_names(catalogs.catalog))
    texts = row(layout, "", "", item_texts(stated)).texts
    return {key: texts[key] for change in item.changes for key in FIELD_COLUMNS[change.field]}
