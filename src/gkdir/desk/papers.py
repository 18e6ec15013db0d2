"""A county's draft → what can be printed, by kind, and one PDF of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.preview.draft import CountyDraft
from gkdir.resources import template_folder
from gkdir.sheets import county_sheets
from gkdir.sheets.sheet import PrintedSheet

_GROUPS = (("贴在公示栏的", "print/towns/"), ("群众带走的告知单", ""), ("表格：空白的和填好的样子", "print/forms/"))
"""Kinds of sheets by the beginnings of their paths; the second takes one folder for each domain."""
_FIRST = "整份的目录、一本通"


class PaperGroup(Struct, frozen=True):
    """Sheets of one kind: path below ``print/`` and title of each."""

    title: str
    sheets: tuple[tuple[str, str], ...]


def paper_groups(draft: CountyDraft) -> tuple[PaperGroup, ...]:
    """What there is, what is put up on the board first. Raises Unreadable where nothing can be printed."""
    titles = (_GROUPS[0][0], _FIRST, *(title for title, _ in _GROUPS[1:]))
    found: dict[str, list[tuple[str, str]]] = {title: [] for title in titles}
    for sheet in _sheets(draft):
        found[_group(sheet.path)].append((sheet.path.removeprefix("print/"), sheet.title))
    return tuple(PaperGroup(title, tuple(sheets)) for title, sheets in found.items() if sheets)


def pdf(draft: CountyDraft, path: str) -> bytes:
    """The PDF at ``path``. Raises Unreadable if there is none."""
    sheet = next((each for each in _sheets(draft) if each.path == path), None)
    if sheet is None:
        raise Unreadable(Place(path), "没有这一份。", "请回到“打印”那一页，从那里打开。")
    from gkdir.sheets.renderer import TypstRenderer  # Typst is an extra

    with TypstRenderer((draft.project.folder / "templates", template_folder()), draft.site.date) as press:
        return press.pdf(sheet)


def _sheets(draft: CountyDraft) -> Iterator[PrintedSheet]:
    from gkdir.sheets.renderer import missing

    place = Place(draft.catalog.overlay.name)
    if names := missing():
        hint = "请让装 gkdir 的人运行 pip install 'gkdir[print]'；或者点“看看网页”，在浏览器里直接打印。"
        raise Unreadable(place, f"打印要用的{'、'.join(names)}没有装。", hint)
    if draft.held:
        raise Unreadable(place, "还有错误，没有排版。", "请先改好标着“错误”的。")
    return county_sheets(draft.site)


def _group(path: str) -> str:
    for title, start in _GROUPS:
        if start and path.startswith(start):
            return title
    return _GROUPS[1][0] if path.count("/") > 1 else _FIRST
