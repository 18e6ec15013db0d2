"""A project's folder → Project: the national directories by domain, and the counties to build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import asdict, replace

from gkdir.finding import Gathered, Place, Trouble, Unreadable
from gkdir.model.county import County
from gkdir.model.item import Directory
from gkdir.model.project import Project
from gkdir.read.county import read_county_folder
from gkdir.read.countyfolders import RESERVED, county_folders
from gkdir.read.declaredfiles import (
    ALLOWANCES,
    read_allowances,
    read_domains,
    read_glossary,
    read_national_navigation,
    read_national_traditional,
    read_national_words,
)
from gkdir.read.folder import Root, bad_name, contents, folded, is_slug, links_leading_out
from gkdir.read.layerfiles import read_national_files
from gkdir.read.passages import project_files
from gkdir.read.reference import read_reference
from gkdir.read.regions import FILE as REGIONS
from gkdir.read.wizard import read_wizard
from gkdir.resources import national_folder


def read_project(folder: Path, packaged: Path | None = None) -> Project:
    """The project in ``folder``; missing national workbooks are taken from ``packaged``.

    ``packaged`` is by default the folder that comes with gkdir. Bad content is among ``troubles``. Raises Unreadable if
    there is no such project.
    """
    root = Root.of(folder)
    if not folder.is_dir():
        hint = "请检查路径，或用 gkdir init 新建一个项目。"
        raise Unreadable(Place(folder.as_posix()), "没有这个项目文件夹。", hint)
    packaged = packaged or national_folder()
    troubles = Gathered()
    national = troubles.taken_from(_national(root, packaged))
    folders = (root.path / "national", packaged)
    words = troubles.taken_from(read_national_words(folders))
    ways = troubles.taken_from(read_national_navigation(folders))
    wizard = troubles.taken_from(read_wizard(folders))
    traditional = troubles.taken_from(read_national_traditional(folders))
    glossary = troubles.taken_from(read_glossary(folders))
    own = root.path / "national" / ALLOWANCES
    answers = troubles.taken_from(read_allowances(own, root.called(own)))
    counties = troubles.taken_from(county_folders(root))
    troubles += links_leading_out(root, root.path / "templates")
    reference = troubles.taken_from(read_reference(folders))
    domains = troubles.taken_from(read_domains(folders))
    files = troubles.taken_from(read_national_files(root, packaged))
    files = replace(files, words=words, traditional=traditional, navigation=replace(ways, wizard=wizard))
    return Project(
        folder=folder,
        national=national,
        counties=counties,
        troubles=tuple(troubles),
        glossary=glossary,
        reference=reference,
        allowances=answers,
        domains=domains,
        searched=tuple(project_files(root, national.values())),
        **asdict(files),
    )


def read_county(project: Project, slug: str) -> County:
    """The county ``slug`` of ``project``, read whole; bad content is among its ``troubles`` and never raises."""
    root = Root.of(project.folder)
    return read_county_folder(root, root.path / "counties" / slug)


def _national(root: Root, packaged: Path) -> tuple[Mapping[str, Directory], tuple[Trouble, ...]]:
    from gkdir.read.national import WORKBOOKS, read_national  # heavy, and most runs know the project

    found = contents(root, root.path / "national")
    troubles = Gathered(found.troubles)
    # the project's own come last, so that they replace those of the same domain that come with gkdir
    workbooks = [(path, f"gkdir/national/{path.name}") for path in sorted(packaged.glob("*.xlsx"))]
    own = (path for path in found.files if path.name != REGIONS)  # a table of codes, not a directory
    workbooks += [(path, root.called(path)) for path in own if path.suffix.lower() in WORKBOOKS]
    named = {}
    stems: dict[str, str] = {}
    for path, name in workbooks:
        free = is_slug(path.stem) and folded(path.stem) not in RESERVED
        if free and stems.setdefault(folded(path.stem), path.stem) == path.stem:
            named[path.stem] = path, name
        else:
            troubles.append(bad_name(root, path, "工作簿的文件名就是领域在网址里的名称，如 social_assistance.xlsx。"))
    directories = {}
    for domain in sorted(named):
        path, name = named[domain]
        try:
            directories[domain] = troubles.taken_from(read_national(path, name, domain))
        except Unreadable as error:
            troubles.append(error.trouble)
    return directories, tuple(troubles)
