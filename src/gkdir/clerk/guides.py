"""A county's guides → four tables: single elements, materials, steps and ways to apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gkdir.clerk.directory import DELETE, DELETED
from gkdir.clerk.organisations import short_names
from gkdir.clerk.table import Table, TableColumn, TableRow, Takes
from gkdir.clerk.tidy import row
from gkdir.model.county import Catalog, County
from gkdir.model.guide import Guide
from gkdir.read.schema.guide import WAYS

GUIDES, MATERIALS, STEPS, WAYS_TABLE = "@guides", "@materials", "@steps", "@ways"
"""Keys of tables, which no domain can have: a domain is called as its workbook."""
LISTS: Mapping[str, str] = {MATERIALS: "办理材料", STEPS: "办理流程", WAYS_TABLE: "办理方式"}
"""The tables for lists, and the key of each in a guide's head."""
ITEM = "item"

PATHS: Mapping[str, tuple[str, ...]] = {
    "summary": ("简述",),
    "served": ("服务对象",),
    "conditions": ("办理条件",),
    "statutory": ("办理时限", "法定"),
    "promised": ("办理时限", "承诺"),
    "online_degree": ("网上办理深度",),
    "delivery": ("结果送达",),
    "standard": ("收费", "标准"),
    "fee_basis": ("收费", "依据"),
    "offices": ("办理机构",),
    "hours": ("办事时间",),
    "consult": ("咨询",),
    "complaint": ("监督投诉",),
    "checked": ("核对", "日期"),
    "example_note": ("示例说明",),
}
"""Column of the first table → its path in the head of a guide."""
SHORT: Mapping[str, str] = {"办理时限": "承诺", "收费": "标准", "核对": "日期"}
"""Keys whose value may be plain text, and the inner key that the text stands for."""

INNER: Mapping[str, Mapping[str, str]] = {
    MATERIALS: {
        "name": "名称", "original": "形式", "copies": "份数", "medium": "介质", "source": "来源",
        "necessity": "必要性", "form": "表格", "note": "要求",
    },
    STEPS: {"name": "环节", "text": "说明", "limit": "时限", "office": "办理单位"},
    WAYS_TABLE: {"kind": "方式", "target": "去哪里"},
}  # fmt: skip
"""Column → key of one element, in the tables for lists."""
_BY: Mapping[str, tuple[str, ...]] = {
    MATERIALS: (ITEM, "name"), STEPS: (ITEM, "name"), WAYS_TABLE: (ITEM, "kind", "target"),
}  # fmt: skip
FIRST: Mapping[str, str] = {MATERIALS: "name", STEPS: "name", WAYS_TABLE: "kind"}


def guide_tables(catalog: Catalog, county: County) -> tuple[Table, ...]:
    """The four tables. Every item has a row in the first: an item without a guide gets one by filling its row."""
    names = item_names(catalog, county)
    keys = short_names(catalog)
    offices = tuple(dict.fromkeys(keys.values()))
    choice = TableColumn(
        ITEM, "事项", width=30, choices=tuple(names.values()), only=True, prompt="新增一行时，从列表里选是哪个事项的。"
    )
    delete = TableColumn(
        DELETE, DELETED, width=7, choices=(DELETED,), only=True, prompt="这一行不要了，从列表里选“删去”。"
    )
    forms = tuple(county.forms)
    layouts = {
        MATERIALS: (choice, *_material_columns(forms), delete),
        STEPS: (choice, *_step_columns(offices), delete),
        WAYS_TABLE: (choice, *_way_columns(), delete),
    }
    abouts = {
        MATERIALS: "一行一样材料，同一个事项的排在一起。要增加的写在最下面的空行里，不要了的在“删去”栏选“删去”。",
        STEPS: "一行一个环节，按先后排。要增加的写在最下面的空行里，加在那个事项的最后。",
        WAYS_TABLE: "窗口写“机构”表里的简称，网上写网址，其他写怎么办。",
    }
    titles = {MATERIALS: "材料", STEPS: "流程", WAYS_TABLE: "办理方式"}
    first = _guide_columns(keys)
    rows = tuple(_guide(first, id_, name, county.guides.get(id_)) for id_, name in names.items())
    about = "一行一个事项的办事指南。空着的行是还没有指南的事项，写上就会新建一份。有几样的，一行写一样。"
    listed = tuple(
        Table(key, titles[key], abouts[key], layout, tuple(_listed(key, layout, county, names)), _BY[key], 20)
        for key, layout in layouts.items()
    )
    return Table(GUIDES, "指南", about, first, rows, (ITEM,)), *listed


def item_names(catalog: Catalog, county: County) -> Mapping[str, str]:
    """Item id → the name that clerks see."""
    names = {}
    for domain, directory in catalog.directories.items():
        for entry in directory.entries:
            names[f"{domain}/{entry.item.number}"] = f"{directory.label} {entry.item.number} {entry.item.name}"
    return {**names, **{id_: f"{id_}（不在目录里）" for id_ in county.guides if id_ not in names}}


def _guide_columns(keys: Mapping[str, str]) -> tuple[TableColumn, ...]:
    degrees = ("不可网办", "原件预审", "原件核验", "全程网办")
    return (
        TableColumn(ITEM, "事项", width=30),
        TableColumn("summary", "简述", width=36, prompt="一两句话说清是什么事。"),
        TableColumn("served", "服务对象", Takes.LINES, 26, prompt="谁可以办，一行一类。"),
        TableColumn("conditions", "办理条件", Takes.LINES, 30, prompt="符合什么条件，一行一条。"),
        TableColumn("statutory", "法定时限", Takes.LIMIT, 14, "办理时限", prompt="法律法规规定的，如 10个工作日。"),
        TableColumn("promised", "承诺时限", Takes.LIMIT, 14, "办理时限", prompt="本县承诺的，不长于法定时限。"),
        TableColumn("online_degree", "网上办理深度", width=12, choices=degrees, prompt="从列表里选。"),
        TableColumn("delivery", "结果送达", width=26, prompt="结果怎样交给申请人。"),
        TableColumn("standard", "标准", width=14, group="收费", prompt="不收费的写“不收费”。"),
        TableColumn("fee_basis", "依据", width=20, group="收费", prompt="收费的，写依据哪个文件。"),
        TableColumn("offices", "办理机构", Takes.LINES, 14, prompt="一行一个，写“机构”表里的简称。", keys=keys),
        TableColumn("hours", "办事时间", Takes.HOURS, 22, prompt="不写的，用机构的办公时间。"),
        TableColumn("consult", "咨询", Takes.PHONE, 22, prompt="不写的，用机构的电话。"),
        TableColumn("complaint", "监督投诉", Takes.PHONE, 22, prompt="不写的，用机构的监督电话。"),
        TableColumn("checked", "核对日期", Takes.DAY, 13, prompt="最近一次核对这份指南的日期。"),
        TableColumn("example_note", "示例说明", width=24, prompt="哪些内容是示例。"),
    )


def _material_columns(forms: tuple[str, ...]) -> Iterator[TableColumn]:
    yield TableColumn("name", "材料名称", width=34, prompt="必须写。")
    yield TableColumn("original", "形式", width=14, choices=("原件", "复印件", "原件及复印件"))
    yield TableColumn("copies", "份数", width=7, count=True)
    yield TableColumn("medium", "介质", width=9, choices=("纸质", "电子", "纸质或电子"))
    yield TableColumn("source", "来源", width=20)
    yield TableColumn("necessity", "必要性", width=12, choices=("必要", "非必要", "容缺后补"))
    yield TableColumn("form", "表格", width=24, choices=forms, prompt="如果是一张表，从列表里选。")
    yield TableColumn("note", "要求", width=36)


def _step_columns(offices: tuple[str, ...]) -> Iterator[TableColumn]:
    yield TableColumn("name", "环节", width=14, prompt="这一步叫什么，必须写。")
    yield TableColumn("text", "说明", width=50, prompt="这一步做什么。")
    yield TableColumn("limit", "时限", Takes.LIMIT, 16, prompt="这一步多久，如 3个工作日。")
    yield TableColumn("office", "办理单位", width=16, choices=offices, prompt="谁来办，从列表里选。")


def _way_columns() -> Iterator[TableColumn]:
    yield TableColumn("kind", "方式", width=10, choices=WAYS, only=True, prompt="从列表里选。")
    yield TableColumn("target", "去哪里", Takes.PHONE, 60, prompt="窗口写机构的简称，网上写网址。")


def _guide(columns: tuple[TableColumn, ...], id_: str, name: str, guide: Guide | None) -> TableRow:
    texts: dict[str, str | None] = {ITEM: name}
    if guide is not None:
        texts |= {key: _one(guide, key) for key in PATHS}
    return row(columns, id_, f"指南 {name}", texts, locked=frozenset((ITEM,)))


def _one(guide: Guide, key: str) -> str | None:
    if key in ("standard", "fee_basis"):
        written = guide.written.get(".".join(PATHS[key]))
        return written.text if written else None
    if key in ("served", "conditions", "offices"):
        return "\n".join(" ".join(text.split()) for text in getattr(guide, key) or ())
    if key in ("statutory", "promised"):
        limit = getattr(guide, key)
        return limit.text if limit else None
    if key == "checked":
        return guide.checked.isoformat() if guide.checked else None
    text = getattr(guide, key)
    assert text is None or isinstance(text, str)
    return text


def _listed(
    table: str, columns: tuple[TableColumn, ...], county: County, names: Mapping[str, str]
) -> Iterator[TableRow]:
    for id_, name in names.items():
        guide = county.guides.get(id_)
        for element, texts in identified(elements(guide, table) if guide else ()):
            locked = {ITEM} | ({"kind"} if table == WAYS_TABLE else set())
            shown = f"{LISTS[table]} {name} {element}"
            yield row(columns, f"{id_}/{element}", shown, {ITEM: name, **texts}, locked=frozenset(locked))


def elements(guide: Guide, table: str) -> Iterator[Mapping[str, str | None]]:
    """The texts of the guide's elements of one kind, in order."""
    if table == MATERIALS:
        for material in guide.materials or ():
            yield {key: getattr(material, key) for key in INNER[MATERIALS]}
    elif table == STEPS:
        for step in guide.steps or ():
            limit = step.limit.text if step.limit else None
            yield {"name": step.name, "text": step.text, "limit": limit, "office": step.office}
    else:
        for way in guide.ways or ():
            yield {"kind": way.kind, "target": way.target}


def identified(each: Iterable[Mapping[str, str | None]]) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Each element with an id that is unique in its guide and does not depend on its position."""
    seen: dict[str, int] = {}
    for texts in each:
        name = texts.get("name") or f"{texts.get('kind')}：{texts.get('target')}"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}（{seen[name]}）"), texts


def guide_of(row: TableRow) -> str:
    """The id of the item that a row of these tables is about."""
    return "/".join(row.id.split("/")[:2])
