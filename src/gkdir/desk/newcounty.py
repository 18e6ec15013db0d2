"""A county's own tables → what importing them would write; a name and a code → a new county without tables."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gkdir.desk.proposal import Proposal
from gkdir.finding import Place, Unreadable, wrong_value
from gkdir.importing.draft import Draft, Report, RowOutcome
from gkdir.importing.newcounty import NewCounty
from gkdir.importing.overlayfile import overlay_text
from gkdir.importing.plan import plan
from gkdir.importing.town import TownIdentity
from gkdir.importing.townread import town_draft
from gkdir.model.project import Project
from gkdir.preview.draft import CountyDraft
from gkdir.read.county import TOWNS
from gkdir.read.directory import read_directories
from gkdir.read.folder import is_slug
from gkdir.yaml.edit import at, put, remove
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Branch, Scalar
from gkdir.yaml.parse import parse_yaml
from gkdir.yaml.spans import tree

_OFFICES = "机构"
_OF_TABLES = ("名称", "代码", "目录", "存疑")
"""The keys that an import writes; any other key of county.yaml comes from no table."""


def imported(project: Project, county: NewCounty, files: Sequence[tuple[str, Path]]) -> Proposal:
    """The proposal to write the county's county.yaml from ``files``, each with the clerk's own name for it.

    :raises Unreadable: a file that is no table, an invalid name of a county, or a county.yaml that cannot be changed
    """
    if (wrong := county.wrong) is not None:
        raise Unreadable(Place("新的县"), wrong.message, wrong.hint)
    labels = {domain: directory.label for domain, directory in project.national.items()}
    tables = tuple(table for name, path in files for table in read_directories(path, name=name, labels=labels))
    draft, report = (
        plan(tables, project.national, county.name, county.code) if files else (Draft(county.name, county.code), None)
    )
    name = f"counties/{county.slug}/county.yaml"
    path = project.folder / name
    before = path.read_bytes() if path.exists() else None
    try:
        after = _beside(overlay_text(draft), before, name).encode()
    except CannotEdit:
        message = "现有的内容有写得不对的地方，写进去会丢掉一些，什么也没有写。"
        raise Unreadable(Place(name), message, "请先核对，把错误改好，再交一次。") from None
    shown = "、".join(name for name, _ in files)
    title = f"从“{shown}”读出的目录" if files else f"新的县 {county.name}"
    changed = {} if before == after else {name: (before, after)}
    return Proposal(county.slug, title, changed, report=report, lines=_lines(before, after))


def imported_town(
    draft: CountyDraft, fields: Mapping[str, str], files: Sequence[tuple[str, Path]], today: date
) -> Proposal:
    """The proposal to write a township's file from its tables, noting who adopts them and the day.

    :raises Unreadable: a file that is no table, or an invalid name of a place
    """
    code, by = fields.get("code", ""), fields.get("by", "")
    slug = fields.get("town") or code
    if not is_slug(slug):
        hint = "请点开“是哪个乡镇、村”，写上名称和代码；网址里叫什么用小写字母、数字和短横线，如 baishi。"
        raise Unreadable(Place("乡镇、村的目录表"), f"“{slug[:30]}”不能用作网址里的名字，没有读。", hint)
    path = draft.project.folder / draft.county.folder / TOWNS / f"{slug}.yaml"
    found = town_draft(path, files, TownIdentity(fields.get("name", ""), code, by=by, day=today if by else None))
    before, after = path.read_bytes() if path.exists() else None, found.text.encode()
    title = f"从“{'、'.join(name for name, _ in files)}”读出的乡镇、村目录"
    proposal = Proposal(draft.county.slug, title, {}, report=found.report)
    if found.refused is not None:
        message, hint = found.refused
        trouble = wrong_value(Place(path.name), f"{message}没有采用。", hint)
        return replace(proposal, troubles=(trouble,))
    files_after = {f"{draft.county.folder}/{TOWNS}/{path.name}": (before, after)} if before != after else {}
    return replace(proposal, files=files_after, lines=_lines(before, after))


def counted(report: Report) -> tuple[tuple[str, int, str], ...]:
    """What became of the rows: one word, the number of rows, and a sentence."""
    sentences = {
        RowOutcome.SAME: "和国家目录一样，不用写",
        RowOutcome.CHANGED: "和国家目录有些不同，只写不同的地方",
        RowOutcome.ADDED: "国家目录没有，作为本县增加的事项",
        RowOutcome.OMITTED: "国家目录有、您的表里没有，要写明不列入的理由",
        RowOutcome.DOUBTFUL: "拿不准，下一步请您定",
    }
    return tuple((outcome.value, report.count(outcome), words) for outcome, words in sentences.items())


def _beside(made: str, before: bytes | None, name: str) -> str:
    """``made``, the text made from tables, with everything else in the present county.yaml, byte for byte.

    :raises Unreadable: the present file cannot be read, so nobody knows what would be lost
    """
    text = (before or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
    root = parse_yaml(text, name).root if text.strip() else None
    if not isinstance(root, Branch):
        return made
    lines = text.splitlines(keepends=True)
    starts = [(key.place.line or 1) - 1 for key, _ in root.entries]
    keys = [key.text for key, _ in root.entries]
    parts = zip(keys, starts, [*starts[1:], len(lines)], strict=True)
    offices, known = at(tree(made), (_OFFICES,)), at(root, (_OFFICES,))
    replaced = _OF_TABLES if isinstance(known, Branch) else (*_OF_TABLES, _OFFICES)
    kept = "".join("".join(lines[start:end]) for key, start, end in parts if key not in replaced)
    if isinstance(offices, Branch) and isinstance(known, Branch):
        made = remove(made, (_OFFICES,))
        for key, office in offices.entries:
            if key.text not in known.by_key and isinstance(office, Branch):
                entries = {of.text: value.text for of, value in office.entries if isinstance(value, Scalar)}
                kept = put(kept, (_OFFICES, key.text), entries)
    return f"{made.rstrip()}\n\n{kept.strip()}\n" if kept.strip() else made


def _lines(before: bytes | None, after: bytes) -> tuple[str, ...]:
    if before is None:
        return ()
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    return tuple(difflib.unified_diff(old, new, "现有的", "将写入的", lineterm=""))
