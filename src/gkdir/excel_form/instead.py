"""A locked cell that a clerk has changed → advice where to write the change instead."""

from __future__ import annotations

from gkdir.excel_form.directory import DELETE, DELETED
from gkdir.excel_form.table import CHECKED, Table, TableRow

_NAMED = 3
"""How many columns to name at most."""


def instead(table: Table, row: TableRow, key: str) -> str:
    """What to do: what the column says about it, or else which columns of the row can be changed."""
    columns = {column.key: column for column in table.columns}
    free = [each.label for each in table.columns if each.key not in {*row.locked, CHECKED, DELETE}]
    if key == CHECKED:
        return "“核对”只写程序查出来的，不读；请改有问题的那一格。"
    if not free:
        return "这一行是上级定的，县里一格也不改；有不同意见的，请报上级改。"
    if columns[key].instead:
        return columns[key].instead
    if key in table.identity and table.spare:
        delete = f"；这一行不要了的，请在“{DELETED}”栏选“{DELETED}”" if DELETE in {*columns} - row.locked else ""
        return f"要写另外一样，请写在最下面的空行里{delete}。"
    if not row.texts.get(key):
        return f"这一行用不着“{columns[key].label}”，请空着。"
    if key not in table.identity and len(free) > _NAMED:
        return "它在项目的文件里比这一格放得下的多，请管项目文件的人在文件里改。"
    labels = "".join(f"“{label}”" for label in free[:_NAMED])
    return f"这一行能写的是{labels}{'等栏' if len(free) > _NAMED else '栏'}；说别的，请写在它自己那一行。"
