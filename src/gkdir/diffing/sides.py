"""A project, a folder of tables or one table → its directories by county and domain, ready to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.diffing.compare import Described
from gkdir.diffing.described import described, offices, town_guides
from gkdir.finding import Place, Trouble, Unreadable
from gkdir.model.amendment import GUIDE, OFFICE
from gkdir.model.county import Catalog
from gkdir.model.item import Directory, Item
from gkdir.overlay import lay
from gkdir.read.directory import read_directories
from gkdir.read.known import known_project
from gkdir.read.national import WORKBOOKS
from gkdir.read.project import read_county
from gkdir.read.regions import FILE as REGIONS

Key = tuple[str, str, str]
"""County's folder (or, among tables, the file's stem), township's or village's folder, domain (or, where a table names
one that is not known, its title's word for it)."""


class Listed(Struct, frozen=True):
    """One directory of one place: ``place`` empty where a table does not say; ``reasons`` by item number."""

    place: str
    label: str
    items: tuple[Item, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


class Side(Struct, frozen=True):
    """One side of a comparison, and troubles of reading it.

    ``described`` has a project's guides, forms and so on by county, town and subject; ``places`` are the names of the
    counties and towns by their folders. Tables have neither.
    """

    directories: Mapping[Key, Listed]
    troubles: tuple[Trouble, ...] = ()
    described: Mapping[Key, Mapping[str, Described]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()  # the folders of counties whose own file could not be read

    def without(self, counties: Set[str]) -> Side:
        """The side without those counties: of one that could not be read nothing is known to have changed."""
        return replace(
            self,
            directories={key: each for key, each in self.directories.items() if key[0] not in counties},
            described={key: each for key, each in self.described.items() if key[0] not in counties},
            places={key: each for key, each in self.places.items() if key[0] not in counties},
        )

    @property
    def counties(self) -> frozenset[str]:
        """The folders of a project's counties."""
        return frozenset(county for county, town in self.places if not town)


def is_project(path: Path) -> bool:
    """Whether this is a project, and not tables."""
    return (path / "counties").is_dir()


def project_side(folder: Path, packaged: Path | None = None) -> Side:
    """What every county and its townships publish; ``packaged`` as for ``known_project``."""
    project = known_project(folder, packaged)
    directories: dict[Key, Listed] = {}
    told: dict[Key, Mapping[str, Described]] = {}
    places: dict[tuple[str, str], str] = {}
    troubles = list(project.troubles)
    unread = set()
    for slug in project.counties:
        county = read_county(project, slug)
        if not county.overlay.code:
            unread.add(slug)
        catalog = lay(project, county)
        troubles += county.troubles
        directories |= _laid(catalog, slug, "", catalog.overlay.name)
        told |= {(slug, "", subject): each for subject, each in described(catalog, folder).items()}
        places[slug, ""] = catalog.overlay.name
        for town in catalog.towns:
            places[slug, town.slug] = f"{catalog.overlay.name}{town.overlay.name}"
            directories |= _laid(town, slug, town.slug, places[slug, town.slug])
            told[slug, town.slug, OFFICE] = offices(town.overlay)
            told[slug, town.slug, GUIDE] = town_guides(town)
    return Side(directories, tuple(troubles), told, places, frozenset(unread))


def _laid(catalog: Catalog, county: str, town: str, place: str) -> dict[Key, Listed]:
    return {
        (county, town, domain): Listed(
            place,
            laid.label,
            tuple(entry.item for entry in laid.entries),
            {each.item.number or "": each.omission.reason for each in laid.omitted},
        )
        for domain, laid in catalog.directories.items()
    }


def table_sides(old: Path, new: Path, names: tuple[str, str] | None = None) -> tuple[Side, Side]:
    """Two files, or folders of files; ``names``: how they are called in places, by default as they are.

    Where one side has a domain in several files, files pair by their names; where it has several domains that are
    not known, those pair by their titles.

    :raises Unreadable: a file holds no directory, or a folder no file
    """
    called = names or (old.as_posix(), new.as_posix())
    read = [list(_tables(path, name)) for path, name in zip((old, new), called, strict=True)]
    by_file = any(_several_files(tables) for tables in read)
    by_label = any(len({each.label for _, each in tables if each.domain is None}) > 1 for tables in read)
    before, after = (_joined(tables, by_file, by_label) for tables in read)
    return before, after


def _tables(path: Path, name: str) -> Iterator[tuple[Path, Directory]]:
    files = [path]
    if path.is_dir():
        # office programs create ~$ and . files next to an open table
        names = (each for each in path.iterdir() if not each.name.startswith(("~$", ".")) and each.name != REGIONS)
        files = sorted(each for each in names if each.suffix.lower() in WORKBOOKS and each.is_file())
    if not files:
        hint = "请指到放着 .xlsx、.xls、.ods、.csv 或网页表格的文件夹；项目文件夹里要有 counties。"
        raise Unreadable(Place(name), "这个文件夹里没有目录表格，也不是项目。", hint)
    for file in files:
        for directory in read_directories(file, name=name if file == path else f"{name.rstrip('/')}/{file.name}"):
            yield file, directory


def _several_files(tables: list[tuple[Path, Directory]]) -> bool:
    pairs = {(directory.domain or directory.label, file) for file, directory in tables}
    return len(pairs) > len({domain for domain, _ in pairs})


def _joined(tables: list[tuple[Path, Directory]], by_file: bool, by_label: bool) -> Side:
    """Tables of one key, such as the sheets that one directory is spread over, are one directory."""
    directories: dict[Key, Listed] = {}
    for file, directory in tables:
        stem = file.stem if by_file else ""
        key = (stem, "", directory.domain or (directory.label if by_label else ""))
        listed = directories.get(key) or Listed(stem, directory.label)
        directories[key] = replace(listed, items=listed.items + directory.items)
    return Side(directories, tuple(trouble for _, directory in tables for trouble in directory.troubles))
