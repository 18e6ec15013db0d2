"""LaidDirectory → its rows in groups, its omissions with reasons, its downloads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.county import Catalog, LaidDirectory, Omitted
from gkdir.service.address import data_path
from gkdir.service.guide import File
from gkdir.service.meta import WebsiteColumn
from gkdir.service.row import ServiceRow, row_view


class Group(Struct, frozen=True):
    """The rows of one 一级事项; ``anchor`` is its place on the page."""

    title: str
    anchor: str
    rows: tuple[ServiceRow, ...]


class OmittedView(Struct, frozen=True):
    """An omitted item, with the reason given."""

    number: str
    name: str
    reason: str
    layer: str
    approved_by: str | None
    on: date | None


class DomainView(Struct, frozen=True):
    """A directory as its page shows it."""

    domain: str
    title: str
    label: str
    mark: str
    everyday: str
    ministry: str
    groups: tuple[Group, ...]
    omitted: tuple[OmittedView, ...]
    count: int
    guided: int
    added: int
    changed: int
    national_count: int
    reviewed: date | None
    downloads: tuple[File, ...]
    levels: tuple[str, ...]


def domain_view(directory: LaidDirectory, catalog: Catalog, files: Mapping[str, int]) -> DomainView:
    """The table of one domain; ``files`` are the published files by path, with their sizes."""
    groups = tuple(
        Group(name, f"c{index}", tuple(row_view(entry, entry.item.id in catalog.guides) for entry in entries))
        for index, (name, entries) in enumerate(directory.first_levels(), start=1)
    )
    rows = [row for group in groups for row in group.rows]
    return DomainView(
        domain=directory.domain,
        title=directory.title,
        label=directory.label or directory.title,
        mark=directory.facts.mark if directory.facts else "",
        everyday=directory.facts.everyday if directory.facts else "",
        ministry=directory.facts.ministry if directory.facts else "",
        groups=groups,
        omitted=omitted_views(directory.omitted),
        count=len(rows),
        guided=sum(row.guided for row in rows),
        added=sum(row.entry.local for row in rows),
        changed=sum(bool(row.differences) for row in rows),
        national_count=directory.national_count,
        reviewed=directory.reviewed,
        downloads=downloads(directory.domain, files),
        levels=tuple(dict.fromkeys(level for row in rows for level in row.item.levels or ())),
    )


def omitted_views(omitted: tuple[Omitted, ...]) -> tuple[OmittedView, ...]:
    """The omitted items, with the reasons given."""
    return tuple(
        OmittedView(
            number=one.item.number or "",
            name=one.item.name,
            reason=one.omission.reason,
            layer=one.layer.name,
            approved_by=one.omission.approved_by,
            on=one.omission.on,
        )
        for one in omitted
    )


def downloads(domain: str, files: Mapping[str, int]) -> tuple[File, ...]:
    """The directory's files that are published."""
    kinds = (
        ("xlsx", "表格", "Excel 工作簿，版式与全国目录相同"),
        ("csv", "纯文本表格", "CSV"),
        ("json", "数据", "JSON，供程序读取"),
    )
    paths = ((data_path(domain, suffix), label, kind) for suffix, label, kind in kinds)
    return tuple(File(path, label, kind, files[path]) for path, label, kind in paths if path in files)


def column(directory: LaidDirectory, kind: str) -> WebsiteColumn:
    """The directory as a column of the website."""
    label = directory.label or directory.title
    names = [name for name, _ in directory.first_levels()]
    return WebsiteColumn(
        name=directory.title,
        description=f"公开{label}领域的基层政务公开标准目录、办事指南和表格",
        keywords=",".join([label, *names]),
        kind=kind,
    )
