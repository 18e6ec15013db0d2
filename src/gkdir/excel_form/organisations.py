"""A county's organisations and review dates → the first tables of its form."""

from __future__ import annotations

from collections.abc import Mapping

from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.table import Table, TableColumn, Takes
from gkdir.excel_form.tidy import row
from gkdir.model.county import Catalog, County, Organisation

REVIEWS, PLACES = "@reviews", "@organisations"
"""Keys of tables, which no domain can have: a domain is called as its workbook."""

PLACE_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(Organisation)}
"""The columns of an organisation, without its short name."""
PLACE_COLUMNS = (
    TableColumn(
        "key",
        "简称",
        width=14,
        prompt="别的表里就写这个简称。新增机构时自己起一个，不能和已有的相同。",
        count=True,
        instead="改了名称的，请写在“名称”栏，简称照旧；另一个机构，请写在最下面的空行里。",
    ),
    *(each.column(Choices()) for each in PLACE_CELLS.values()),
)


def review_table(catalog: Catalog, county: County) -> Table:
    """The last review of each directory."""
    columns = (
        TableColumn("what", "内容", width=40),
        TableColumn(
            "day", "日期", Takes.DAY, width=18, prompt="最近一次对照政策逐项审核这份目录的日期，如 2026-03-01。"
        ),
        TableColumn(
            "omitted",
            "不列入的同一个理由",
            width=40,
            prompt="原来的表里没列出的事项，写一个都合适的理由，如 本县未开展此项业务。不一样的，写在那一项的行里。",
            instead="现在没有用同一个理由的事项，请写在这个领域目录的“不列入的原因”栏，一项一项写。",
        ),
    )
    rows = tuple(
        row(
            columns,
            domain,
            f"{directory.label}目录的审核日期",
            {
                "what": f"{directory.label}目录：最近一次审核的日期",
                "day": _reviewed(county, domain),
                "omitted": _shared_reason(county, domain) or "",
            },
            locked=frozenset(("what", "omitted") if _shared_reason(county, domain) is None else ("what",)),
        )
        for domain, directory in catalog.directories.items()
    )
    return Table(
        REVIEWS,
        "审核日期",
        "每年至少对照新政策审核一遍目录，审核以后改这里的日期；不要只改日期。",
        columns,
        rows,
        identity=("what",),
    )


def _reviewed(county: County, domain: str) -> str | None:
    part = county.overlay.domains.get(domain)
    return part.reviewed.isoformat() if part and part.reviewed else None


def _shared_reason(county: County, domain: str) -> str | None:
    """The reason for omission given once for all unlisted items; ``None`` if no item has it."""
    part = county.overlay.domains.get(domain)
    omissions = (item.omission for item in part.items) if part else ()
    return next((each.reason for each in omissions if each is not None and each.shared), None)


def organisation_table(county: County) -> Table:
    """One row for each organisation that the county itself has declared."""
    rows = tuple(
        row(PLACE_COLUMNS, each.key, f"机构 {each.key}", place_texts(each), locked=frozenset(("key",)))
        for each in county.overlay.organisations.values()
    )
    about = "一行一个机构。地址、电话、办公时间变了，改在这里，所有页面都会跟着变。要增加机构，写在下面的空行里。"
    return Table(PLACES, "机构", about, PLACE_COLUMNS, rows, ("key",), spare=10)


def place_texts(organisation: Organisation) -> Mapping[str, str | None]:
    """The organisation's row: column key → text."""
    return {"key": organisation.key, **{key: each.text(organisation) for key, each in PLACE_CELLS.items()}}


def short_names(catalog: Catalog) -> Mapping[str, str]:
    """Full name → short name of every organisation the county can refer to."""
    names: dict[str, str] = {}
    for key, organisation in catalog.organisations.items():
        names.setdefault(organisation.name, key)
    return names
