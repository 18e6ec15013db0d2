"""A Site and its other files → the page of everything to print, to put up, to read out and to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gkdir.model.county import Catalog, Entry
from gkdir.model.guide import PAPERS
from gkdir.service.address import (
    BALLOT,
    BOOKLET,
    HOME,
    KIOSK,
    MESSAGES,
    PRINT,
    directory_sheet_path,
    form_sheet_path,
    notice_path,
    poster_path,
    preview_path,
    record_path,
    town_directory_path,
    voice_path,
)
from gkdir.service.county import Link
from gkdir.service.guide import File
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.service.town import screens
from gkdir.site.page import Crumb, Page

TITLE = "打印、上屏和广播"
PDF = "PDF"

Paper = tuple[str, str]
"""A path, and the label of that PDF."""


class Printout(Struct, frozen=True):
    """A document to print: its files, and the picture of its first page if there is one."""

    title: str
    files: tuple[File, ...]
    picture: str | None = None


class PrintGroup(Struct, frozen=True):
    """Printouts of one kind, and their purpose."""

    title: str
    line: str
    printouts: tuple[Printout, ...]


class ItemSheets(Struct, frozen=True):
    """The files of one item: the notice, its picture, the text to read out."""

    notice: File | None
    picture: str | None
    voice: File | None


NO_SHEETS = ItemSheets(None, None, None)


class PrintView(Struct, frozen=True):
    """The page of printouts; empty groups are left out."""

    groups: tuple[PrintGroup, ...]
    screens: tuple[Link, ...]
    kiosk: str
    messages: File | None


def item_sheets(domain: str, number: str, files: Mapping[str, int]) -> ItemSheets:
    """The published files of an item."""
    notice, voice = notice_path(domain, number), voice_path(domain, number)
    return ItemSheets(
        _file(notice, "告知单", PDF, files), _picture(notice, files), _file(voice, "广播稿", "文本", files)
    )


def board_files(town: Catalog, files: Mapping[str, int]) -> tuple[File, ...]:
    """The printed files for the notice board of a township or village: posters, record slip, directories."""
    return _printout(town.overlay.name, files, *_board(town)).files


def print_pages(site: Site) -> Iterator[Page]:
    """The page of everything to print, to put up, to read out and to send."""
    catalog, files = site.catalog, site.files
    name = catalog.overlay.name
    column = WebsiteColumn(
        TITLE, "目录、公示栏海报、告知单、一本通和表格的打印件，电子屏，广播稿", "打印,公示栏,电子屏,广播", "办事服务"
    )
    yield Page(
        f"{{county}}/{PRINT}",
        {"county": catalog.slug},
        PrintView(
            groups=tuple(group for group in _groups(catalog, files) if group.printouts),
            screens=tuple(Link(place.overlay.name, path) for path, place, _ in screens(catalog)),
            kiosk=KIOSK,
            messages=_file(MESSAGES, "短信和微信文字", "CSV", files),
        ),
        title=TITLE,
        description=f"{name}的目录、公示栏海报、告知单、办事一本通和表格，供打印；电子屏、查询机页面和广播稿。",
        breadcrumbs=(Crumb(name, HOME), Crumb(TITLE)),
        meta=column_tags(catalog.overlay.website, column),
    )


def _groups(catalog: Catalog, files: Mapping[str, int]) -> Iterator[PrintGroup]:
    entries = tuple(catalog.entries())

    def group(title: str, line: str, printouts: Iterable[Printout]) -> PrintGroup:
        return PrintGroup(title, line, tuple(printout for printout in printouts if printout.files))

    yield group(
        "目录",
        "整张标准目录，放在公开查阅点。",
        (
            _printout(directory.title, files, (directory_sheet_path(directory.domain), "A3横放"))
            for directory in catalog.directories.values()
        ),
    )
    yield group(
        "乡镇和村",
        "乡镇、村的公示栏用，只列本级的事项，一张装不下就分几张。贴的时候填张贴记录。目录放在公开查阅点。",
        (_printout(town.overlay.name, files, *_board(town)) for town in catalog.towns),
    )
    yield group(
        "册子和意见表",
        "一本通放在窗口和村里；意见表放在窗口，填好投进意见箱。",
        (_printout("办事一本通", files, (BOOKLET, "A5双面")), _printout("意见征集表", files, (BALLOT, "A4两份"))),
    )
    yield group(
        "表格",
        "空白表和填好的示范文本。",
        (_printout(form.title, files, *_form(form.name)) for form in catalog.forms.values()),
    )
    yield group(
        "一次性告知单",
        "一个事项一张，在窗口递给来办事的人。",
        (_printout(entry.title, files, (notice_path(*_key(entry)), "A4"), pictured=False) for entry in entries),
    )
    yield group(
        "广播稿",
        "给村里的大喇叭和热线的接线员念。",
        (_printout(entry.title, files, (voice_path(*_key(entry)), "广播稿"), kind="文本") for entry in entries),
    )


def _board(town: Catalog) -> tuple[Paper, ...]:
    slug = town.slug
    directories = (
        (town_directory_path(slug, directory.domain), f"{directory.label or directory.title}目录")
        for directory in town.directories.values()
    )
    return (
        (poster_path(slug, "a2"), "A2"), (poster_path(slug, "a3"), "A3"), (record_path(slug), "张贴记录"), *directories
    )  # fmt: skip


def _form(name: str) -> tuple[Paper, ...]:
    return tuple((form_sheet_path(name, kind), label) for kind, label in PAPERS.items())


def _printout(title: str, files: Mapping[str, int], *papers: Paper, kind: str = PDF, pictured: bool = True) -> Printout:
    made = tuple(File(path, label, kind, files[path]) for path, label in papers if path in files)
    return Printout(title, made, _picture(papers[0][0], files) if pictured else None)


def _file(path: str, label: str, kind: str, files: Mapping[str, int]) -> File | None:
    return File(path, label, kind, files[path]) if path in files else None


def _picture(path: str, files: Mapping[str, int]) -> str | None:
    picture = preview_path(path)
    return picture if picture in files else None


def _key(entry: Entry) -> tuple[str, str]:
    return entry.item.domain, entry.item.number or ""
