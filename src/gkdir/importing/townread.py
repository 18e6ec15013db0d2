"""A county's folder and a town's tables → the new text of the town's file, or why it cannot be written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Trouble, Unreadable
from gkdir.importing.draft import Draft, Report, RowOutcome
from gkdir.importing.newcounty import NAME
from gkdir.importing.plan import differing
from gkdir.importing.town import TownIdentity, plan_town, town_text
from gkdir.model.county import Catalog, County, Overlay
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.county import FILE, NO_CODE, TOWNS
from gkdir.read.directory import read_directories
from gkdir.read.folder import is_slug
from gkdir.read.known import known_project
from gkdir.read.layer import overlay
from gkdir.read.project import read_county
from gkdir.read.schema.layer import TownPart
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import parse_yaml

_RENAME_HINT = "请在表里照县里的目录改这几行的名称，再导入一遍；确是本地自己的事项，请换一个说得清区别的名称。"


BOM = "\ufeff"


class TownDraft(Struct, frozen=True):
    """The file, its new text, and the report; ``refused``: why it cannot be written, and what to do."""

    path: Path
    text: str
    report: Report
    refused: tuple[str, str] | None = None


def town_draft(path: Path, files: Sequence[tuple[str, Path]], town: TownIdentity) -> TownDraft:
    """The draft of the town's file at ``path`` from ``files``: display name and path of each table.

    Raises Unreadable: a file is no table, the county does not exist, or the town's name or code is wrong.
    """
    folder, slug = path.parent.parent, path.stem
    project = known_project(folder.parent.parent)
    if folder.parent.name != "counties" or not (folder / FILE).is_file():
        raise Unreadable(Place(str(folder)), "没有这个县。", "乡镇、村的表要写进已经有的县；请先导入县里的目录。")
    county = read_county(project, folder.name)
    existing = next((each for each in county.towns if each.slug == slug), None)
    town = _named(county, slug, existing, town)
    labels = {domain: directory.label for domain, directory in project.national.items()}
    tables = [table for name, path in files for table in read_directories(path, name=name, labels=labels)]
    before = path.read_bytes().decode() if existing else ""
    mark = BOM if before.startswith(BOM) else ""
    own = tuple(each for each in county.towns if each.slug != slug)
    bare = Overlay(slug, Place(str(path)), town.name, town.code, town.kind, parent=town.parent)
    above = _town(project, county, (*own, bare))
    draft, report = plan_town(tables, above, town)
    known = _town(project, county, county.towns, slug).organisations if existing else above.organisations
    text = mark + town_text(before.removeprefix(BOM), draft, town, known)
    refused = _refused(draft, report) or _mismatch(project, replace(county, towns=own), (text, slug, path), report)
    return TownDraft(path, text, report, refused)


def _named(county: County, slug: str, existing: Overlay | None, town: TownIdentity) -> TownIdentity:
    """The town with name, code and parent, taken from its file if not given. Raises Unreadable if they are wrong."""
    name, code = town.name or (existing.name if existing else ""), town.code or (existing.code if existing else "")
    place = Place(f"{TOWNS}/{slug}.yaml")
    if not is_slug(slug) or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        raise Unreadable(place, f"“{slug[:30]}”不能用作网址里的名字。", "请用小写字母、数字和短横线，如 baishi。")
    if not NAME.fullmatch(name):
        raise Unreadable(place, "没有写乡镇、村的名称，或者名称不对。", "请写名称，例如 白石镇（命令里是 --name）。")
    if not re.fullmatch(r"\d{9}|\d{12}", code):
        raise Unreadable(
            place, f"代码“{code[:20]}”不是九位（乡镇）或十二位（村）数字。", "请写行政区划代码（命令里是 --code）。"
        )
    township = next((each.slug for each in county.towns if len(code) > 9 and each.code == code[:9]), None)
    parent = existing.parent if existing else township
    return replace(town, name=name, code=code, parent=parent)


def _town(project: Project, county: County, towns: Sequence[Overlay], slug: str = "") -> Catalog:
    """The catalog of the town ``slug``, by default the last of ``towns``, laid over the county."""
    laid = lay(project, replace(county, towns=tuple(towns))).towns
    return next(each for each in laid if not slug or each.slug == slug) if slug else laid[-1]


def _refused(draft: Draft, report: Report) -> tuple[str, str] | None:
    count = report.count(RowOutcome.DOUBTFUL) + len(draft.unassigned)
    if count:
        return f"有 {count} 行拿不准或者没有读懂，", _RENAME_HINT
    if not draft.domains:
        return "表里没有读出一个事项，", "请用 gkdir read 看看读出了什么。"
    return None


def _mismatch(project: Project, county: County, new: tuple[str, str, Path], report: Report) -> tuple[str, str] | None:
    """Why the new file, read back, does not match the table; ``None`` if it does."""
    text, slug, path = new
    town, troubles = _read(text, slug, str(path))
    if troubles:
        return f"写成的文件读不通：{troubles[0].message}", "请把这份表和这句话发给维护者。"
    rows = list(differing(report, _town(project, county, (*county.towns, town)).directories))
    if not rows:
        return None
    first, labels = rows[0]
    return f"{first.place}：“{'、'.join(labels)}”的写法太特别，写不成一样的，", "请改好表里这一格，再导入一遍。"


def _read(text: str, slug: str, name: str) -> tuple[Overlay, tuple[Trouble, ...]]:
    document = parse_yaml(text.removeprefix(BOM).replace("\r\n", "\n"), name)
    part, troubles = validate(TownPart, document.root, {"名称": slug, "代码": NO_CODE})
    return overlay(part, slug, "乡级"), document.troubles + troubles
