"""A township's or village's Catalog → its poster (A2 and A3) and the slip that records when it was put up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import Catalog, Entry, LaidDirectory
from gkdir.model.item import TimeLimit
from gkdir.model.townguide import TownGuide
from gkdir.service.address import poster_path, record_path, town_path
from gkdir.service.service import service_of
from gkdir.service.site import Site
from gkdir.service.summary import summary_of
from gkdir.service.town import shown_entries, town_guides
from gkdir.sheets.directory import full_name
from gkdir.sheets.sheet import PICTURE_DOTS, PrintedSheet, Value, head

PAPERS: tuple[tuple[str, float | None], ...] = (("a2", PICTURE_DOTS / 2), ("a3", None))
"""Formats of posters, each with the resolution of its picture; only the larger one has one."""


class PosterLine(Struct, frozen=True):
    """One item on the poster: its number, its everyday name, and the name in the directory (empty if equal).

    ``limit``: how long it takes. ``where``: the place to go, if a guide names it and it is not the group's.
    """

    number: str
    name: str
    official: str
    limit: str
    where: str


class PosterGroup(Struct, frozen=True):
    """The items of one 一级事项, and where to go for most of them."""

    title: str
    where: str
    lines: tuple[PosterLine, ...]


class PosterDomain(Struct, frozen=True):
    """The items of one domain."""

    label: str
    count: int
    groups: tuple[PosterGroup, ...]


class PosterPhone(Struct, frozen=True):
    """Whom to call, and what for."""

    name: str
    number: str


class PosterOffice(Struct, frozen=True):
    """Where to go."""

    name: str
    address: str
    hours: str


class TownValue(Value, frozen=True):
    """The content of poster and slip. ``paper`` is the poster's format."""

    paper: str
    name: str
    full: str
    count: int
    domains: tuple[PosterDomain, ...]
    calls: tuple[PosterPhone, ...]
    offices: tuple[PosterOffice, ...]


def town_sheets(site: Site) -> Iterator[PrintedSheet]:
    """A poster in two sizes and a slip for each township and village."""
    for town in site.catalog.towns:
        slug, name = town.slug, town.overlay.name
        for paper, dots in PAPERS:
            value = _value(town, site, paper)
            title = f"{name}政务公开事项（公示栏{paper.upper()}）"
            yield PrintedSheet(poster_path(slug, paper), "poster.typ", title, value, dots=dots)
        record = _value(town, site, "a4")
        yield PrintedSheet(record_path(slug), "record.typ", f"{name}公示栏张贴记录", record, dots=None)


def _value(town: Catalog, site: Site, paper: str) -> TownValue:
    county, name = site.catalog, town.overlay.name
    domains = tuple(_domain(directory, town, county.overlay.name) for directory in town.directories.values())
    reviewed = max((directory.reviewed for directory in town.directories.values() if directory.reviewed), default=None)
    return TownValue(
        head=head(site, town_path(town.slug), reviewed),
        paper=paper,
        name=name,
        full=full_name(town, county),
        count=sum(domain.count for domain in domains),
        domains=tuple(domain for domain in domains if domain.count),
        calls=tuple(_calls(town)),
        offices=tuple(
            PosterOffice(office.name, office.address or "", office.hours or "")
            for office in town.overlay.organisations.values()
        ),
    )


def _domain(directory: LaidDirectory, town: Catalog, county: str) -> PosterDomain:
    entries, guides = shown_entries(directory, town), town_guides(town, directory.domain)
    groups: dict[str, list[PosterLine]] = {}
    for entry in entries:
        line = _line(entry, town, guides.get(entry.item.number or ""), county)
        groups.setdefault(entry.item.level1, []).append(line)
    named = tuple(_group(title, lines) for title, lines in groups.items())
    return PosterDomain(directory.label or directory.title, len(entries), named)


def _group(title: str, lines: list[PosterLine]) -> PosterGroup:
    """A group; the place of most of its items is printed once, unless an item's place is unknown."""
    places = Counter(line.where for line in lines)
    most, times = places.most_common(1)[0]
    if "" in places or times < 2:
        return PosterGroup(title, "", tuple(lines))
    return PosterGroup(title, most, tuple(replace(line, where="") if line.where == most else line for line in lines))


def _line(entry: Entry, town: Catalog, guide: TownGuide | None, county: str) -> PosterLine:
    """The place's own guide takes precedence over the county's."""
    item, service = entry.item, service_of(entry, town)
    brief = summary_of(service, town)
    limit = guide.promised if guide and guide.promised else service.limit
    where = guide.where if guide and guide.where else brief.office.name if brief.office and brief.guided else ""
    return PosterLine(
        number=item.number or "",
        name=service.title,
        official=item.name if item.name != service.title else "",
        limit=short_limit(limit) if limit else "",
        where=_short(where, county),
    )


UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "hour": "小时"}


def short_limit(limit: TimeLimit) -> str:
    """``1个工作日`` for 自收到申请之日起1个工作日内; a limit with further words, or of another kind, as written."""
    if limit.kind == "within" and limit.count and limit.unit and not limit.left:
        return f"{limit.count}{UNITS[limit.unit]}"
    return limit.text


def _short(name: str, county: str) -> str:
    """``县政务服务中心``: the name with only the last character of the county's."""
    return county[-1] + name.removeprefix(county) if name.startswith(county) and name != county else name


def _calls(town: Catalog) -> Iterator[PosterPhone]:
    """The town's own phones, the number for complaints, and the national numbers, each once."""
    names: set[str] = set()
    own = town.overlay.organisations.values()
    calls = [
        *(PosterPhone(office.name, office.phone) for office in own if office.phone),
        *(PosterPhone("监督投诉", office.complaint_phone) for office in own if office.complaint_phone),
        *(PosterPhone(hotline.name, hotline.number) for hotline in town.hotlines),
    ]
    for call in calls:
        if call.number not in names:
            names.add(call.number)
            yield call
