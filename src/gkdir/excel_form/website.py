"""A county's website → a table: one row for each key of 网站."""

from __future__ import annotations

from collections.abc import Mapping

from gkdir.excel_form.table import Table, TableColumn
from gkdir.excel_form.tidy import row
from gkdir.model.county import County, Website
from gkdir.model.declared import DeclaredKey, declared

WEBSITE = "@website"
"""The key of the table, which no domain can have."""
SECTION = "网站"
VALUE = "value"
_KEYS: Mapping[str, DeclaredKey] = {one.key.name: one for one in declared(Website)}
KEYS = tuple(_KEYS)
"""The keys of 网站 in the order of their declaration, which are the row ids."""
_COLUMNS = (
    TableColumn("what", "内容", width=16),
    TableColumn(VALUE, "本县的", width=50, prompt="照本级政府网站底部写。没有的空着。", count=True),
    TableColumn("about", "说明", width=50),
)


def website_table(county: County) -> Table:
    """One row for each key, so that missing ones are visible."""
    rows = tuple(
        row(
            _COLUMNS,
            name,
            f"{SECTION} {name}",
            {"what": name, VALUE: getattr(county.overlay.website, one.field), "about": _about(one)},
            locked=frozenset(("what", "about")),
        )
        for name, one in _KEYS.items()
    )
    about = "公开目录的政府网站。网页的底部和标题照这里写，请和本级政府网站底部的内容一致。"
    return Table(WEBSITE, SECTION, about, _COLUMNS, rows, ("what",))


def _about(one: DeclaredKey) -> str:
    """The explanation of a key, without the advice about quotes, which only YAML needs."""
    return one.key.about.replace("，加英文引号", "")
