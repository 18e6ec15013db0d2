"""A county's folder and a clerk's changes → the new texts of its files, read back before any is written."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.form import KEEPERS, ExcelForm, form
from gkdir.excel_form.guidefile import guide_text
from gkdir.excel_form.guides import FIRST, GUIDES, ITEM, guide_of
from gkdir.excel_form.layerfile import layer_text
from gkdir.excel_form.plan import Plan
from gkdir.excel_form.table import RowChange
from gkdir.excel_form.verify import Unexplained, unexplained
from gkdir.finding import Trouble, wrong_value
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.output import change_files
from gkdir.read.layerfiles import NAMES, layer_folder
from gkdir.read.project import read_county
from gkdir.yaml.front_matter import EMPTY
from gkdir.yaml.lines import CannotEdit

Versions = tuple[bytes | None, bytes | None]
"""A file's content before and after; ``None`` if there is no file."""

BOM = "\ufeff"
MOST_TRIALS = 40
"""The most trials before the remaining changes are given up: each trial reads the county again."""


class Rewritten(Struct, frozen=True):
    """The files that change, by path in the project, with the changes made and the troubles of the others."""

    files: Mapping[str, Versions]
    changes: tuple[RowChange, ...]
    troubles: tuple[Trouble, ...]


class Exchange(Struct, frozen=True):
    """The context of an import: the project, the county as read, and its form."""

    project: Project
    county: County
    form: ExcelForm


def applied(desk: Exchange, planned: Plan) -> Rewritten:
    """The files after all changes that read back exactly as in the workbook.

    The changed files are written to a copy of the county and read again. Rows that come back differently, or make a
    file unreadable, are left out and reported.
    """
    trial = _Trial(desk)
    trial.add(planned.changes)
    troubles = list(planned.troubles)
    for change, why in trial.faults:
        shown = change.row.name or "新增的一行"
        hint = "请直接在项目文件里改，或者请管项目文件的人来改。"
        troubles.append(wrong_value(change.place, f"{shown}没有改动：{why}", hint))
    good = tuple(change for change in planned.changes if change in trial.good)
    return Rewritten(trial.files, good, tuple(troubles))


class _Trial:
    """Finds which changes can be made together, bisecting for those that cannot."""

    def __init__(self, desk: Exchange) -> None:
        self._desk = desk
        self._left = MOST_TRIALS
        self.files: Mapping[str, Versions] = {}
        self.good: list[RowChange] = []
        self.faults: list[tuple[RowChange, str]] = []

    def add(self, changes: Sequence[RowChange]) -> None:
        """Accept the changes that work together with those accepted before."""
        if not changes:
            return
        if not self._left:
            self.faults += [
                (change, "别的行出错太多，这一行没有再试。请先改正别的行，再导入一遍。") for change in changes
            ]
            return
        self._left -= 1
        files, odd = _verified(self._desk, [*self.good, *changes])
        if not odd:
            self.files = files
            self.good += changes
            return
        guilty = {id(each.change): each for each in reversed(odd) if each.change is not None}
        if len(changes) == 1:
            guilty = {id(changes[0]): odd[0]}
        if guilty:
            self.faults += [(change, guilty[id(change)].words) for change in changes if id(change) in guilty]
            self.add([change for change in changes if id(change) not in guilty])
        else:
            half = len(changes) // 2
            self.add(changes[:half])
            self.add(changes[half:])


def write(desk: Exchange, done: Rewritten) -> None:
    """Write all files or none. Raises Unreadable if one of them has changed since it was read."""
    change_files({desk.project.folder / name: versions for name, versions in done.files.items()})


def _files(desk: Exchange, changes: Sequence[RowChange]) -> dict[str, Versions]:
    """The files that ``changes`` change, before and after."""
    files: dict[str, Versions] = {}
    elsewhere = {GUIDES, *FIRST, *(key for keeper in KEEPERS for key in keeper.tables)}
    layer = [change for change in changes if change.table.key not in elsewhere]
    county = f"{desk.county.folder}/county.yaml"
    if layer:
        before, text, mark = _text(desk.project.folder / county)
        files[county] = before, (mark + layer_text(text, desk.form, desk.county, layer)).encode()
    for item, own in _by_item(desk.form, changes).items():
        name = f"{desk.county.folder}/guides/{item}.md"
        before, text, mark = _text(desk.project.folder / name)
        after = guide_text(text, desk.form.ground.catalog.guides.get(item), own)
        bare = re.sub(r"\s|^---[ \t\r]*$", "", after, flags=re.M)  # a guide without content is removed
        files[name] = before, (mark + after).encode() if bare else None
    for keeper in KEEPERS:
        kept = keeper.files(desk.county, [change for change in changes if change.table.key in keeper.tables])
        for path, concerned in kept.items():
            name = f"{desk.county.folder}/{path}"
            before, text, mark = _text(desk.project.folder / name)
            files[name] = before, (mark + keeper.text(text, concerned)).encode()
    return {name: (before, after) for name, (before, after) in files.items() if before != after}


def _text(path: Path) -> tuple[bytes | None, str, str]:
    """The bytes of the file, its text with its own line ends, and its byte order mark."""
    if not path.exists():
        return None, EMPTY if path.suffix == ".md" else "", ""
    content = path.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise CannotEdit("not in UTF-8") from error
    return content, text.removeprefix(BOM), BOM if text.startswith(BOM) else ""


def _by_item(form: ExcelForm, changes: Sequence[RowChange]) -> Mapping[str, list[RowChange]]:
    """The changes of guides, by the item they belong to."""
    guides = form.table(GUIDES)
    assert guides is not None
    ids = {row.texts[ITEM]: row.id for row in guides.rows}
    found: dict[str, list[RowChange]] = {}
    for change in changes:
        if change.table.key in (GUIDES, *FIRST):
            item = ids[change.texts[ITEM]] if change.new else guide_of(change.row)
            found.setdefault(item, []).append(change)
    return found


def _verified(desk: Exchange, changes: Sequence[RowChange]) -> tuple[Mapping[str, Versions], tuple[Unexplained, ...]]:
    """The files after the changes, and what does not read back as written."""
    try:
        files = _files(desk, changes)
    except CannotEdit:
        return {}, (Unexplained("文件里这一处的写法太特别，不能替您改。"),)
    with rehearsed(desk.project, desk.county, files) as (project, county):
        known = {(trouble.kind, trouble.message) for trouble in desk.county.troubles}
        new = [trouble for trouble in county.troubles if (trouble.kind, trouble.message) not in known]
        if new:
            return files, (Unexplained("改了以后文件读不通：" + new[0].message),)
        odd = unexplained(desk.form, form(project, county), changes)
    return files, tuple(
        Unexplained(f"写进文件以后再读，和表里写的不一样（{each.words}）。", each.change) for each in odd
    )


@contextmanager
def rehearsed(project: Project, county: County, files: Mapping[str, Versions]) -> Iterator[tuple[Project, County]]:
    """The county as it would be with ``files``, in a copy that is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for name in _needed(project, county):
            _copied(project.folder / name, copy / name)
        for name, (_, after) in files.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).unlink(missing_ok=True)
            if after is not None:
                (copy / name).write_bytes(after)
        copied = replace(project, folder=copy)
        yield copied, read_county(copied, county.slug)


def _needed(project: Project, county: County) -> Iterator[str]:
    """Everything that the county is read from: its folder, and the files of the layers above it and beside these."""
    yield county.folder
    called = county.overlay.place.file.removesuffix(f"{county.folder}/county.yaml")
    for layer in county.above:
        name = layer.place.file.removeprefix(called)
        yield name
        beside = (layer_folder(Path(name)) / part for part in NAMES)
        yield from (part.as_posix() for part in beside if (project.folder / part).exists())


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        # Without who may write what: on Windows the copy of a read-only file could not be taken away.
        shutil.copytree(source, target, symlinks=True, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)
