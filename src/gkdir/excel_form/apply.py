"""A county's folder and the changes of its form → the new texts of its files, read back before any is written."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.form import WRITERS, ExcelForm, form
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
MAX_TRIALS = 40
"""How often the county is written and read again before the changes not yet tried are given up."""


class Rewritten(Struct, frozen=True):
    """The files to write, by path in the project; the changes made in them; the troubles of the other changes."""

    files: Mapping[str, Versions]
    changes: tuple[RowChange, ...]
    troubles: tuple[Trouble, ...]


class Exchange(Struct, frozen=True):
    """What an import works with: the project, the county as read, and its form."""

    project: Project
    county: County
    form: ExcelForm


def applied(exchange: Exchange, planned: Plan) -> Rewritten:
    """The files after every change that reads back exactly as in the workbook.

    The changed files are written to a copy of the county and read again. Rows that come back different, or make a file
    unreadable, are left out and reported.
    """
    trial = _Trial(exchange)
    trial.add(planned.changes)
    troubles = list(planned.troubles)
    for change, why in trial.faults:
        shown = change.row.name or "新增的一行"
        hint = "请直接在项目文件里改，或者请管项目文件的人来改。"
        troubles.append(wrong_value(change.place, f"{shown}没有改动：{why}", hint))
    good = tuple(change for change in planned.changes if change in trial.good)
    return Rewritten(trial.files, good, tuple(troubles))


class _Trial:
    """Finds a set of changes that can be made together: leaves out those that differ, or else bisects."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._left = MAX_TRIALS
        self.files: Mapping[str, Versions] = {}
        self.good: list[RowChange] = []
        self.faults: list[tuple[RowChange, str]] = []

    def add(self, changes: Sequence[RowChange]) -> None:
        """Accept those of ``changes`` that read back correctly together with the ones already accepted."""
        if not changes:
            return
        if not self._left:
            self.faults += [
                (change, "别的行出错太多，这一行没有再试。请先改正别的行，再导入一遍。") for change in changes
            ]
            return
        self._left -= 1
        files, differences = _verified(self._exchange, [*self.good, *changes])
        if not differences:
            self.files = files
            self.good += changes
            return
        causes = {id(each.change): each for each in reversed(differences) if each.change is not None}
        if len(changes) == 1:
            causes = {id(changes[0]): differences[0]}
        if causes:
            self.faults += [(change, causes[id(change)].words) for change in changes if id(change) in causes]
            self.add([change for change in changes if id(change) not in causes])
        else:
            half = len(changes) // 2
            self.add(changes[:half])
            self.add(changes[half:])


def write(exchange: Exchange, done: Rewritten) -> None:
    """Write all files or none.

    :raises Unreadable: one of them has changed since it was read
    """
    change_files({exchange.project.folder / name: versions for name, versions in done.files.items()})


def _files(exchange: Exchange, changes: Sequence[RowChange]) -> dict[str, Versions]:
    """The files that ``changes`` touch: path in the project → content before and after."""
    files: dict[str, Versions] = {}
    elsewhere = {GUIDES, *FIRST, *(key for writer in WRITERS for key in writer.tables)}
    layer = [change for change in changes if change.table.key not in elsewhere]
    county = f"{exchange.county.folder}/county.yaml"
    if layer:
        before, text, mark = _text(exchange.project.folder / county)
        files[county] = before, (mark + layer_text(text, exchange.form, exchange.county, layer)).encode()
    for item, own in _by_item(exchange.form, changes).items():
        name = f"{exchange.county.folder}/guides/{item}.md"
        before, text, mark = _text(exchange.project.folder / name)
        after = guide_text(text, exchange.form.catalogs.catalog.guides.get(item), own)
        bare = re.sub(r"\s|^---[ \t\r]*$", "", after, flags=re.M)  # a guide without content is removed
        files[name] = before, (mark + after).encode() if bare else None
    for writer in WRITERS:
        kept = writer.files(exchange.county, [change for change in changes if change.table.key in writer.tables])
        for path, concerned in kept.items():
            name = f"{exchange.county.folder}/{path}"
            before, text, mark = _text(exchange.project.folder / name)
            files[name] = before, (mark + writer.text(text, concerned)).encode()
    return {name: (before, after) for name, (before, after) in files.items() if before != after}


def _text(path: Path) -> tuple[bytes | None, str, str]:
    """The file's bytes, its text with line ends unchanged and without a byte order mark, and that mark."""
    if not path.exists():
        return None, EMPTY if path.suffix == ".md" else "", ""
    content = path.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise CannotEdit("not in UTF-8") from error
    return content, text.removeprefix(BOM), BOM if text.startswith(BOM) else ""


def _by_item(form: ExcelForm, changes: Sequence[RowChange]) -> Mapping[str, list[RowChange]]:
    """The changes to guides, by the id of the guide's item."""
    guides = form.table(GUIDES)
    assert guides is not None
    ids = {row.texts[ITEM]: row.id for row in guides.rows}
    found: dict[str, list[RowChange]] = {}
    for change in changes:
        if change.table.key in (GUIDES, *FIRST):
            item = ids[change.texts[ITEM]] if change.new else guide_of(change.row)
            found.setdefault(item, []).append(change)
    return found


def _verified(
    exchange: Exchange, changes: Sequence[RowChange]
) -> tuple[Mapping[str, Versions], tuple[Unexplained, ...]]:
    """The files after the changes, and every cell that does not read back as written."""
    try:
        files = _files(exchange, changes)
    except CannotEdit:
        return {}, (Unexplained("文件里这一处的写法太特别，不能替您改。"),)
    with trial_copy(exchange.project, exchange.county, files) as (project, county):
        known = {(trouble.kind, trouble.message) for trouble in exchange.county.troubles}
        new = [trouble for trouble in county.troubles if (trouble.kind, trouble.message) not in known]
        if new:
            return files, (Unexplained("改了以后文件读不通：" + new[0].message),)
        differences = unexplained(exchange.form, form(project, county), changes)
    return files, tuple(
        Unexplained(f"写进文件以后再读，和表里写的不一样（{each.words}）。", each.change) for each in differences
    )


@contextmanager
def trial_copy(project: Project, county: County, files: Mapping[str, Versions]) -> Iterator[tuple[Project, County]]:
    """The project and county read from a temporary copy in which ``files`` are already written."""
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
    """The paths the county is read from: its folder, the files of the layers above, and what lies beside those."""
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
        # Permissions are not copied: Windows cannot delete a read-only copy.
        shutil.copytree(source, target, symlinks=True, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)
