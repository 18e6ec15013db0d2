"""A county's folder → County: its layers, guides and forms, and all troubles. Bad content never raises."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import realpath
from pathlib import Path

from msgspec.structs import asdict, replace

from gkdir.finding import Gathered, Trouble, TroubleKind, Unreadable
from gkdir.model.amendment import Amendment
from gkdir.model.attached import PICTURES
from gkdir.model.county import County, LayerFiles, Overlay
from gkdir.model.item import Written
from gkdir.read.attached import attached
from gkdir.read.declaredfiles import CHANGES, read_amendments
from gkdir.read.folder import (
    Contents,
    Root,
    bad_name,
    contents,
    folded,
    is_slug,
    outside,
    strays,
    without_clashes,
)
from gkdir.read.layer import minimal, overlay
from gkdir.read.layerfiles import LAYER_FILES, NAMES, layer_folder, read_files_above, read_layer_files
from gkdir.read.passages import county_files
from gkdir.read.schema.layer import CountyPart, LayerPart, TownPart
from gkdir.read.schema.unknown import nearest
from gkdir.read.schema.validate import validate
from gkdir.read.schema.values import LONGEST_NAME
from gkdir.read.text import shortened
from gkdir.yaml.nodes import Branch
from gkdir.yaml.parse import read_yaml, read_yaml_cached

FILE = "county.yaml"
_OTHER_SUFFIX = "county.yml"
NO_CODE = "000000"

_MOST_LAYERS = 8
"""The most layers above a county, more than there can be; a longer chain of 上级 is reported as circular."""

_SHOWN = 60
"""The most characters of a path in a message."""

_SCREENS = ("kiosk",)
"""Names that a town cannot have, because the site has another page of that name beside the towns' screens."""

_BELONGS = f"县的文件夹里放 county.yaml、changes.yaml、党政机关标识的图片、towns、{'、'.join(NAMES)}。"
TOWNS = "towns"
MARK = "党政机关标识"
"""The stem of the picture in every page's footer: the mark of a government website, issued by the county's 编办."""
_NAME = "请改用小写英文字母、数字和连字符。"

Layers = tuple[tuple[Overlay, ...], tuple[Trouble, ...]]


def read_county_folder(root: Root, folder: Path) -> County:
    """The county in ``folder`` of the project ``root``; all problems are among its ``troubles``."""
    county = _county(root, folder)
    searched = county_files(root, folder, [layer.place.file for layer in county.above])
    return replace(county, searched=tuple(searched))


def _county(root: Root, folder: Path) -> County:
    slug = folder.name
    if not root.holds(folder):
        layer = minimal(slug, root.place(folder / FILE), "县级")
        return County(slug, root.relative(folder), layer, troubles=(outside(root, folder),))
    found = contents(root, folder)
    if found == Contents(troubles=found.troubles) and found.troubles:  # cannot be opened: its contents are unknown
        layer = minimal(slug, root.place(folder / FILE), "县级")
        return County(slug, root.relative(folder), layer, troubles=found.troubles)
    troubles = Gathered(found.troubles)
    layer = troubles.taken_from(_own(root, folder, found))
    marks = [path for path in found.files if path.stem == MARK and path.suffix[1:].lower() in PICTURES][:1]
    layer = replace(layer, mark=attached(root, folder, marks[0].name) if marks else None)
    above, inherited = troubles.taken_from(_above(root, folder / FILE, layer))
    towns = troubles.taken_from(_towns(root, folder / TOWNS))
    files = troubles.taken_from(read_layer_files(root, folder, found))
    changes, amendments = folder / CHANGES, tuple[Amendment, ...]()
    if changes in found.all:
        amendments = troubles.taken_from(read_amendments(changes, root.called(changes)))
    known = {FILE, CHANGES, TOWNS, *NAMES, *(path.name for path in marks)}  # reported separately
    if folder / FILE not in found.all:
        known.add(_OTHER_SUFFIX)
    troubles += strays(root, tuple(path for path in found.all if path.name not in known), _BELONGS)
    return County(
        slug=slug,
        folder=root.relative(folder),
        overlay=layer,
        above=above,
        towns=towns,
        inherited=inherited,
        troubles=tuple(troubles),
        amendments=amendments,
        **asdict(files),
    )


def _own(root: Root, folder: Path, found: Contents) -> tuple[Overlay, tuple[Trouble, ...]]:
    """The county's own layer, minimal if it has no file, and the troubles of its file."""
    file = folder / FILE
    if file in found.all:
        return _layer(root, file, folder.name, "县级")
    layer = minimal(folder.name, root.place(file), "县级")
    if file in found.outside:
        return layer, ()
    hint = f"请把 {_OTHER_SUFFIX} 改名为 {FILE}。" if folder / _OTHER_SUFFIX in found.files else f"请写一个 {FILE}。"
    message = f"县“{folder.name}”的文件夹里没有 {FILE}。"
    return layer, (Trouble(TroubleKind.MISSING_FILE, layer.place, message, hint),)


def _layer(root: Root, path: Path, slug: str, kind: str) -> tuple[Overlay, tuple[Trouble, ...]]:
    """The layer in the file at ``path``, minimal if it cannot be read, and troubles."""
    try:
        document = (read_yaml_cached if path.name == FILE else read_yaml)(path, root.called(path))
    except Unreadable as error:
        return minimal(slug, error.trouble.place, kind), (error.trouble,)
    shape: type[LayerPart] = TownPart if kind == "乡级" else CountyPart
    part, troubles = validate(shape, document.root, {"名称": slug[:LONGEST_NAME], "代码": NO_CODE})
    if not isinstance(document.root, Branch):
        return minimal(slug, part.place, kind), document.troubles + troubles
    return overlay(part, slug, kind), document.troubles + troubles


def _above(
    root: Root, file: Path, county: Overlay
) -> tuple[tuple[tuple[Overlay, ...], tuple[LayerFiles, ...]], tuple[Trouble, ...]]:
    """The layers above, from the top down, by following 上级 from file to file; and the files that belong to each."""
    layers: list[tuple[Path, Overlay]] = []
    troubles = Gathered()
    lowest, seen, folders = county, {realpath(file)}, {file.parent}
    while (written := lowest.written.get("上级")) is not None:
        path = file.parent / written.text
        trouble = _no_way_up(root, path, written, seen)
        if trouble is not None:
            troubles.append(trouble)
            break
        file = root.path / Path(realpath(path)).relative_to(root.real)
        seen.add(realpath(path))
        lowest = troubles.taken_from(_layer(root, file, _slug_above(root, file), "市级"))
        if lowest.code.endswith("0000") and "级别" not in lowest.written:
            lowest = replace(lowest, kind="省级")
        layers.insert(0, (file, lowest))
    inherited = []
    for file, _ in layers:
        folder = layer_folder(file)
        # If two layers are in one folder, its other files belong to the higher one.
        inherited.append(LayerFiles() if folder in folders else troubles.taken_from(read_files_above(root, folder)))
        folders.add(folder)
    return (tuple(layer for _, layer in layers), tuple(inherited)), tuple(troubles)


def _slug_above(root: Root, file: Path) -> str:
    """The layer's slug: ``99`` for provinces/99/province.yaml and for provinces/99.yaml."""
    return file.parent.name if file.stem in LAYER_FILES and file.parent != root.path else file.stem


def _no_way_up(root: Root, path: Path, written: Written, seen: set[str]) -> Trouble | None:
    text, place = written.text, written.place
    text = shortened(text, _SHOWN)
    missing = f"找不到上级“{text}”。", "请检查路径：从本文件所在的文件夹算起，“..”是上一层。"
    try:
        there = path.is_file()
    except (OSError, ValueError):  # too long for a path, or with characters that no path has
        return Trouble(TroubleKind.MISSING_FILE, place, *missing)
    if not root.holds(path):
        message = f"上级“{text}”指向项目文件夹之外。"
        return Trouble(TroubleKind.OUTSIDE, place, message, "请把上一级的目录文件放进项目文件夹，再改这里的路径。")
    if realpath(path) in seen or len(seen) > _MOST_LAYERS:
        return Trouble(TroubleKind.WRONG_VALUE, place, f"上级“{text}”绕回了自己。", "请检查各级文件里的“上级”。")
    return None if there else Trouble(TroubleKind.MISSING_FILE, place, *missing)


def _towns(root: Root, folder: Path) -> Layers:
    found = contents(root, folder)
    troubles = Gathered(found.troubles)
    towns: list[Overlay] = []
    files = tuple(path for path in found.files if path.suffix == ".yaml")
    unused = tuple(path for path in found.all if path not in files)
    troubles += strays(root, unused, "towns 里放各乡镇、村的“名称.yaml”。")
    for path in troubles.taken_from(without_clashes(root, files)):
        if not is_slug(path.stem) or folded(path.stem) in _SCREENS:
            troubles.append(bad_name(root, path, _NAME))
            continue
        town = troubles.taken_from(_layer(root, path, path.stem, "乡级"))
        if town.parent and "级别" not in town.written:
            town = replace(town, kind="村级")
        towns.append(town)
    return tuple(towns), tuple(troubles) + tuple(_lost_towns(towns))


def _lost_towns(towns: list[Overlay]) -> list[Trouble]:
    """The troubles of villages whose township is missing, or whose 上级 lead back to themselves."""
    known = {town.slug: town for town in towns}
    troubles = []
    for town in towns:
        if town.parent is None:
            continue
        place, parent = town.written["上级"].place, town.parent
        if parent not in known:
            meant = nearest(parent, tuple(known))
            hint = f"您是不是想写“{meant}”？" if meant else f"请在 towns 里放 {parent}.yaml，或改正“上级”。"
            troubles.append(Trouble(TroubleKind.MISSING_FILE, place, f"towns 里没有上级“{parent}”。", hint))
        elif _circles(town, known):
            message = f"上级“{parent}”绕回了自己。"
            troubles.append(Trouble(TroubleKind.WRONG_VALUE, place, message, "请检查各文件里的“上级”。"))
    return troubles


def _circles(town: Overlay, known: Mapping[str, Overlay]) -> bool:
    seen = {town.slug}
    while (above := known.get(town.parent or "")) is not None:
        if above.slug in seen:
            return True
        seen.add(above.slug)
        town = above
    return False
