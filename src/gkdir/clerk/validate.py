"""Validation: a changed row → its problems, each with column, message and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gkdir.clerk.change import RowChange
from gkdir.clerk.complete import Said, kept_problems
from gkdir.clerk.directory import DELETE, GROUP, NAMES, NOTES, PARTS
from gkdir.clerk.form import KEPT, ExcelForm
from gkdir.clerk.guides import FIRST, ITEM
from gkdir.clerk.organisations import PLACES
from gkdir.clerk.table import Table, TableRow
from gkdir.model.columns import AUDIENCES, COLUMN


def problems(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    """The problems of a change; none if it can be made. ``among``: all changes until now."""
    table, row = change.table, change.row
    if change.removed:
        if DELETE in row.locked:
            yield DELETE, f"{row.name}不能删去，没有改动。", "没有开展的业务请写“不列入的原因”。"
    elif table.key == PLACES:
        yield from _organisation(change, among)
    elif table.key in form.ground.catalog.directories:
        yield from _item(change, among)
    elif table.key in FIRST:
        yield from _element(table, row, change.after.texts)
    elif table.key in KEPT:
        yield from kept_problems(form, change, among)


def _organisation(change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    after = change.after.texts
    if not after["name"]:
        yield "name", f"机构“{after['key']}”没有名称，没有改动。", "请写机构全称。"
    if not change.new:
        return
    if not after["key"]:
        yield "key", "新增的机构没有简称，没有增加。", "请起一个简称，别的表里就写它。"
    elif after["key"] in change.table.by_id or _twice(_of_table(change, among), "key", after["key"]):
        yield "key", f"简称“{after['key']}”已经有了，没有增加。", "请另起一个简称；要改原来的机构，请改它那一行。"


def _of_table(change: RowChange, among: Sequence[RowChange]) -> Sequence[RowChange]:
    """The changes of the same table."""
    return [each for each in among if each.table.key == change.table.key]


def _twice(among: Sequence[RowChange], key: str, text: str) -> bool:
    return sum(change.new and change.texts.get(key) == text for change in among) > 1


def _item(change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    row, texts, after = change.row, change.texts, change.after.texts
    if after[GROUP] and not after[f"audience/{AUDIENCES[1]}"]:
        yield GROUP, "写了特定群体是谁，没有勾选“特定群体”，没有改动。", "请在“特定群体”一栏打“√”，或者清空这一格。"
    if change.new:
        yield from _newcomer(change.table, after, _of_table(change, among))
        return
    if DELETE not in row.locked:  # the county's own item: blank fields are inherited
        if "level3" not in row.locked and not after["level3"] and not after["level2"]:
            yield "level2", f"{row.name}没有名称了，没有改动。", "请写名称；不要了的，在“删去”栏选“删去”。"
        return
    if after["omitted"]:
        yield from _left_out(change)
        return
    for field, parts in PARTS.items():
        if any(key in texts for key in parts) and not any(after[key] for key in parts if key != GROUP):
            label = COLUMN[field].label
            message = f"{row.name}的“{label}”清空了，没有改动。"
            yield parts[0], message, "要和国家目录一样的，请照国家目录填上，不要清空。"


def _left_out(change: RowChange) -> Iterator[Said]:
    """An omitted item has no other values, and none of the county's own items below it."""
    row, texts = change.row, change.texts
    changed = [key for parts in PARTS.values() for key in parts if key in texts]
    if "omitted" in texts:
        changed += [key for key in NOTES if texts.get(key)]
    if changed:
        labels = "、".join(dict.fromkeys(change.table.column(key).label for key in changed))
        message = f"{row.name}写了“不列入的原因”，不列入的事项别的栏目（{labels}）用不上，都没有改动。"
        yield "omitted", message, "不列入的就不用改别的；要列入的请清空“不列入的原因”。"
    below = [each.name for each in change.table.rows if each.id.startswith(f"{row.id}.") and DELETE not in each.locked]
    if below and "omitted" in texts:
        message = f"{row.name}下面有本县增加的{'、'.join(below)}，不能不列入，没有改动。"
        yield "omitted", message, "请先在那几行的“删去”栏选“删去”，导入以后再写“不列入的原因”。"


def _newcomer(table: Table, after: Mapping[str, str], among: Sequence[RowChange]) -> Iterator[Said]:
    number = after["number"]
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){1,5}", number, re.ASCII):
        yield "number", "新增的事项没有编号，或者编号写得不对，没有增加。", "请接着往下编，如 1.6；三级事项如 4.1.1。"
    elif number in table.by_id or _twice(among, "number", number):
        yield "number", f"编号 {number} 已经有了，没有增加。", "请接着往下编一个没有用过的编号。"
    if not after["level2"] and not after["level3"]:
        yield "level2", "新增的事项没有名称，没有增加。", "请写二级事项；设在二级事项下面的，写三级事项。"
    for key in ("ground", "omitted"):
        if after[key]:
            yield key, "新增的事项用不到这一栏，没有增加。", "请清空这一格。"
    if number and not any(after[key] for key in after if key not in NAMES) and not after["level3"]:
        yield "content", f"新增的事项 {number} 只有名称，没有增加。", "请写公开内容、公开依据、公开时限等栏目。"


def _element(table: Table, row: TableRow, after: Mapping[str, str]) -> Iterator[Said]:
    first = FIRST[table.key]
    label = table.column(first).label
    if not after[first]:
        what = f"{row.name}的“{label}”清空了，没有改动。" if row.id else f"新增的一行没有写“{label}”，没有增加。"
        yield first, what, "请写上；这一行不要了的，在“删去”栏选“删去”。"
    if not after[ITEM]:
        yield ITEM, "新增的一行没有选是哪个事项的，没有增加。", "请从“事项”一栏的列表里选。"
    if first == "kind" and not after["target"]:
        yield "target", "办理方式没有写去哪里，没有改动。", "请写上；这一行不要了的，在“删去”栏选“删去”。"
