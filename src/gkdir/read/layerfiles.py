"""A layer's folder → LayerFiles: guides, forms, pages, words.yaml and its like, and all troubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os.path import realpath
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gkdir.finding import Trouble, Unreadable
from gkdir.model.county import LayerFiles
from gkdir.model.guide import Guide
from gkdir.read.article import read_articles
from gkdir.read.attached import joined, unlinked
from gkdir.read.declaredfiles import HANT, WAYS, WORDS, read_county_navigation, read_county_words, read_traditional
from gkdir.read.folder import Contents, Root, bad_name, contents, is_file_name, strays, told_apart
from gkdir.read.form import read_forms
from gkdir.read.reference import WORDING, read_wording
from gkdir.read.schema.validate import validate
from gkdir.yaml.front_matter import read_headed

GUIDES, FORMS, PAGES = FOLDERS = ("guides", "forms", "pages")
LAYER_FILES = ("province", "city", "county")
"""Stems of files that have their folder to themselves; of others, the folder of the same name is theirs."""

_FILES: Mapping[str, tuple[str, Callable[[Path, str], tuple[Any, tuple[Trouble, ...]]]]] = {
    WORDS: ("words", read_county_words),
    HANT: ("traditional", read_traditional),
    WAYS: ("navigation", read_county_navigation),
    WORDING: ("wording", read_wording),
}
"""Name of a file → the field of LayerFiles, and its reader."""
NAMES = (*_FILES, *FOLDERS)

_BELONGS = "guides 里按领域分文件夹，如 guides/employment/4.1.md。"
_LINKED = "指南里链接到的文件和图片放在指南旁边，如 ![流程图](流程图.png)；没有链接到的不会发布。"
_BESIDE = f"上一级目录文件旁边放 {'、'.join(NAMES)}。"


def read_layer_files(root: Root, folder: Path, found: Contents) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The files in ``folder``, whose contents are ``found``; names that are not ``NAMES`` are left to the caller."""
    guides, troubles = read_guides(root, folder / GUIDES)
    forms, more = read_forms(root, folder / FORMS)
    troubles += more
    articles, more = read_articles(root, folder / PAGES)
    troubles += more
    files: dict[str, Any] = {}
    here = (*found.files, *found.folders)  # the caller reports the others
    for name, (field, read) in _FILES.items():
        if folder / name in here:
            files[field], more = read(folder / name, root.called(folder / name))
            troubles += more
    return LayerFiles(guides=guides, forms=forms, articles=articles, **files), troubles


def layer_folder(file: Path) -> Path:
    """The folder of the files that belong to the layer described in ``file``."""
    return file.parent if file.stem in LAYER_FILES else file.with_suffix("")


def read_files_above(root: Root, folder: Path) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The files of a layer above a county, which are in ``folder``.

    Other layers may be there too: its cities, its counties. What is none of all these is a stray.
    """
    if folder == root.path or not root.holds(folder):
        return LayerFiles(), ()
    found = contents(root, folder)
    files, troubles = read_layer_files(root, folder, found)
    unused = [path for path in found.folders if path.name not in NAMES and not any(path.rglob("*.yaml"))]
    unused += [path for path in found.files if path.name not in NAMES and path.suffix not in (".yaml", ".yml")]
    return files, (*found.troubles, *troubles, *strays(root, tuple(unused), _BESIDE))


def read_national_files(root: Root, packaged: Path) -> tuple[LayerFiles, tuple[Trouble, ...]]:
    """The country's guides and forms: those that come with gkdir, and the project's own in place of them."""
    own = root.path / "national"
    folders = [(root, own)]
    if realpath(own) != realpath(packaged):
        folders.insert(0, (Root(packaged, "gkdir/national", Path(realpath(packaged))), packaged))
    whole = LayerFiles()
    troubles: tuple[Trouble, ...] = ()
    for holder, folder in folders:
        guides, more = read_guides(holder, folder / GUIDES)
        troubles += more
        forms, more = read_forms(holder, folder / FORMS)
        troubles += more
        whole = LayerFiles(guides={**whole.guides, **guides}, forms={**whole.forms, **forms})
    return whole, troubles


def read_guides(root: Root, folder: Path) -> tuple[Mapping[str, Guide], tuple[Trouble, ...]]:
    """The guides in ``folder`` by the ids of their items."""
    found = contents(root, folder)
    troubles = list(found.troubles)
    troubles += strays(root, found.files, _BELONGS)
    guides: dict[str, Guide] = {}
    domains, more = told_apart(root, found.folders)
    troubles += more
    for domain in domains:
        inner = contents(root, domain)
        troubles += inner.troubles
        pages = tuple(path for path in inner.files if path.suffix == ".md")
        beside = tuple(path for path in (*inner.files, *inner.folders) if path not in pages)
        pages, more = told_apart(root, pages)
        troubles += more
        used: set[Path] = set()
        for path in pages:
            guide, more = _guide(root, path, used)
            guides |= {guide.id: guide} if guide else {}
            troubles += more
        troubles += unlinked(root, beside, used, _LINKED)
    return guides, tuple(troubles)


def _guide(root: Root, path: Path, used: set[Path]) -> tuple[Guide | None, tuple[Trouble, ...]]:
    """The guide in the file, with the files beside it that it links to, which are ``used`` then."""
    if not is_file_name(path.stem):
        return None, (bad_name(root, path, "文件名是事项的编号，如 4.1.md。"),)
    try:
        guide, troubles = read_guide(path, root.called(path), path.parent.name, path.stem)
    except Unreadable as error:
        return None, (error.trouble,)
    whole = joined(root, path.parent, guide.sections)
    used |= whole.used
    return (replace(guide, sections=whole.sections) if whole.used else guide), troubles + whole.troubles


def read_guide(path: Path, name: str, domain: str, number: str) -> tuple[Guide, tuple[Trouble, ...]]:
    """The guide at ``path``, called ``name`` in places, and troubles. Raises Unreadable."""
    page = read_headed(path, name, "办事指南", "简述、办理材料")
    given = {"domain": domain, "number": number, "place": page.place, "sections": page.sections}
    guide, more = validate(Guide, page.head, {}, given)
    return guide, page.troubles + more
