"""A project, a folder of tables or one table → its directories and their descriptions, ready to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.diffing.compare import Described
from gkdir.finding import Place, Trouble, Unreadable
from gkdir.model.amendment import ARTICLE, FORM, GUIDE, OFFICE, defaults_id
from gkdir.model.article import Article, Revision
from gkdir.model.attached import FormFile
from gkdir.model.county import Catalog, County, Overlay
from gkdir.model.declared import DeclaredKey, InForm, declared
from gkdir.model.guide import (
    Fee,
    Form,
    FormField,
    Guide,
    GuideSource,
    GuideStep,
    Limits,
    Material,
    Section,
    Way,
)
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Directory, Item, TimeLimit, Written
from gkdir.model.project import Project
from gkdir.model.townguide import TownGuide
from gkdir.overlay import lay
from gkdir.overlay.county_guides import COUNTER
from gkdir.overlay.guides import FIELDS
from gkdir.read.county import FILE
from gkdir.read.directory import read_directories
from gkdir.read.known import known_project
from gkdir.read.national import WORKBOOKS
from gkdir.read.project import read_county
from gkdir.read.regions import FILE as REGIONS

Elements = Iterator[tuple[str, str | tuple[str, ...] | None]]


def described(catalog: Catalog, folder: Path) -> Mapping[str, Mapping[str, Described]]:
    """Guides, forms, articles and organisations of the county, by subject and id; ``folder`` is the project's."""
    names = {entry.item.id: entry.item.name for entry in catalog.entries()}
    once = tuple(catalog.overlay.defaults_of_guides.values())
    guides = ((id_, _without_defaults(guide, once) if once else guide) for id_, guide in sorted(catalog.guides.items()))
    return {
        GUIDE: dict(_defaults(catalog))
        | {id_: _described(names.get(id_, id_), _guide(guide)) for id_, guide in guides},
        FORM: {name: _described(form.title, _form(form, folder)) for name, form in sorted(catalog.forms.items())},
        ARTICLE: {f"{one.kind}/{one.slug}": _described(one.title, _article(one)) for one in catalog.articles},
        OFFICE: offices(catalog.overlay),
    }


def _defaults(catalog: Catalog) -> Iterator[tuple[str, Described]]:
    """The county's 指南默认, for the guides of all items and for those of each domain."""
    for domain, defaults in catalog.overlay.defaults_of_guides.items():
        label = catalog.directories[domain].label if domain in catalog.directories else domain
        yield defaults_id(domain), _described(f"{label}全部事项", _elements(defaults))


def _without_defaults(guide: Guide, every: Sequence[GuideDefaults]) -> Guide:
    """The guide without what it has from 指南默认: a change there is one change, not one of each guide."""
    places = {written.place for each in every for written in each.written.values()}
    gone = {field for field, key in FIELDS.items() if key in guide.written and guide.written[key].place in places}
    promised = None if "promised" in gone else guide.promised
    counters = tuple(way for way in guide.ways or () if way.kind == COUNTER)
    return replace(
        guide,
        limit=Limits(guide.statutory, promised) if guide.statutory or promised else None,
        ways=(counters or None) if "ways" in gone else guide.ways,
        **dict.fromkeys(gone - {"promised", "ways"}),
    )


def offices(overlay: Overlay) -> Mapping[str, Described]:
    """The organisations of one layer by short name."""
    return {key: _described(office.name, _elements(office)) for key, office in overlay.organisations.items()}


def town_guides(town: Catalog) -> Mapping[str, Described]:
    """What a township or village says about how to apply, by item id."""
    names = {entry.item.id: entry.item.name for entry in town.entries()}
    guides = (
        (f"{each.domain}/{item.number}", item.guide) for each in town.overlay.domains.values() for item in each.items
    )
    return {id_: _described(names.get(id_, id_), _guide(guide)) for id_, guide in guides if guide is not None}


def _described(name: str, elements: Elements) -> Described:
    texts: dict[str, tuple[str, ...]] = {}
    for label, value in elements:
        if value:
            texts[label] = (value,) if isinstance(value, str) else value
    return Described(name, texts)


def _guide(guide: Guide | TownGuide) -> Elements:
    """The elements in the order of the page, without the day of the last check and elements not written yet."""
    if isinstance(guide, Guide):
        yield from _elements(replace(guide, pending=()))
        yield from _body(guide.sections)
    else:
        yield from _elements(guide)


def _elements(value: Struct) -> Elements:
    """The value of each declared key, in the order of their declaration."""
    for one in declared(type(value)):
        yield from _element(one, getattr(value, one.field))


def _element(one: DeclaredKey, value: object) -> Elements:
    label = next((cell.label for cell in one.marks(InForm) if cell.label), one.key.name)
    if isinstance(value, Limits):
        yield from _elements(value)
    elif isinstance(value, TimeLimit | Fee):
        yield label, value.text
    elif one.field in ("further", "without") and isinstance(value, tuple):
        named = {"further": "{}", "without": "没有的要素“{}”"}[one.field]
        yield from ((named.format(entry.name), entry.text) for entry in value)
    elif one.field == "materials" and value is not None and isinstance(value, tuple):
        yield from [] if value else [(label, "无需材料")]
        yield from _each(label, ((material.name, _material(material)) for material in value))
    elif isinstance(value, tuple):
        yield label, tuple(_line(each) for each in value)
    elif isinstance(value, date):
        yield label, value.isoformat()
    elif isinstance(value, str):
        yield label, value


def _line(value: object) -> str:
    if isinstance(value, GuideStep):
        return _step(value)
    if isinstance(value, Way):
        return f"{value.kind}：{value.target}"
    if isinstance(value, Revision):
        return f"{value.day.isoformat()} {value.what}"
    if isinstance(value, GuideSource):
        return f"{value.name}{f'（{value.number}）' if value.number else ''}{value.articles or ''}"
    return value.text if isinstance(value, Written) else str(value)


def _each(label: str, named: Iterable[tuple[str, str | tuple[str, ...]]]) -> Elements:
    """One element for each pair, identified by name, so that a new material is one change, not a changed list."""
    seen: Counter[str] = Counter()
    for name, value in named:
        seen[name] += 1
        times = f"（第{seen[name]}处）" if seen[name] > 1 else ""
        yield f"{label}“{name}”{times}" if name else f"{label}{times}", value


def _material(material: Material) -> str:
    parts = (
        ("", material.original),
        ("", f"{material.copies}份" if material.copies else None),
        ("", material.medium),
        ("来源：", material.source),
        ("", material.necessity),
        ("表格：", material.form),
        ("要求：", material.note),
    )
    return "，".join(f"{before}{text}" for before, text in parts if text) or material.name


def _step(step: GuideStep) -> str:
    parts = (f"时限{step.limit.text}" if step.limit else None, step.office, step.text)
    return "，".join(text for text in (step.name, *parts) if text)


def _body(sections: Iterable[Section]) -> Elements:
    """The Markdown by heading, as lines, without empty ones."""
    return _each("正文", ((section.title, _lines(section.markdown)) for section in sections))


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _form(form: Form, folder: Path) -> Elements:
    yield "名称", form.title
    yield "说明", form.note
    for section in form.sections:
        fields = ((field.label, _field(field)) for field in section.fields)
        yield from _each(f"“{section.title}”的栏目", fields)
    yield "空白表", _file(form.blank, folder)
    yield "示范文本", _file(form.sample, folder)
    yield "填写说明", _lines(form.instructions)


def _field(field: FormField) -> str:
    parts = (
        field.kind,
        "必填" if field.required else "选填",
        f"选项：{'、'.join(field.choices)}" if field.choices else None,
        f"说明：{field.help}" if field.help else None,
        f"示例：{field.example}" if field.example else None,
    )
    return "，".join(text for text in parts if text)


def _file(file: FormFile | None, folder: Path) -> str | None:
    """A ready file's name and digest, because two files of one name may differ."""
    if file is None:
        return None
    try:
        mark = sha256((folder / file.path).read_bytes()).hexdigest()[:8]
    except OSError:
        mark = "读不出"
    return f"{file.path.rpartition('/')[2]}（{file.size}字节，校验码{mark}）"


def _article(article: Article) -> Elements:
    yield from _elements(article)
    yield from _body(article.sections)


Key = tuple[str, str, str]
"""The folder of a county (or the stem of a table's file), that of a township or village, and the domain (or, for an
unknown domain, the word for it in the table's title).
"""


class Listed(Struct, frozen=True):
    """One directory of one place: ``place`` is blank if a table does not name it; ``reasons`` are by item number."""

    place: str
    label: str
    items: tuple[Item, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


class Side(Struct, frozen=True):
    """One side of a comparison, and troubles of reading it.

    ``described`` has a project's guides, forms and so on by county, town and subject; ``places`` are the names of the
    counties and towns by their folders. Both are empty for tables.
    """

    directories: Mapping[Key, Listed]
    troubles: tuple[Trouble, ...] = ()
    described: Mapping[Key, Mapping[str, Described]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()  # folders of counties whose county.yaml could not be read

    def without(self, counties: Set[str]) -> Side:
        """The side without ``counties``: nothing can be said about changes in a county that could not be read."""
        return replace(
            self,
            directories={key: each for key, each in self.directories.items() if key[0] not in counties},
            described={key: each for key, each in self.described.items() if key[0] not in counties},
            places={key: each for key, each in self.places.items() if key[0] not in counties},
        )

    @property
    def counties(self) -> frozenset[str]:
        """The folder names of a project's counties."""
        return frozenset(county for county, town in self.places if not town)


def is_project(path: Path) -> bool:
    """Whether the path is a project's, not that of tables."""
    return (path / "counties").is_dir()


def project_side(folder: Path, packaged: Path | None = None) -> Side:
    """What every county and its townships publish; ``packaged`` as for ``known_project``."""
    project = known_project(folder, packaged)
    sides = [county_side(project, read_county(project, slug)) for slug in project.counties]
    return Side(
        {key: each for side in sides for key, each in side.directories.items()},
        (*project.troubles, *(trouble for side in sides for trouble in side.troubles)),
        {key: each for side in sides for key, each in side.described.items()},
        {key: each for side in sides for key, each in side.places.items()},
        frozenset(slug for side in sides for slug in side.unread),
    )


def county_side(project: Project, county: County) -> Side:
    """What one county and its townships publish."""
    catalog, slug = lay(project, county), county.slug
    directories = _laid(catalog, slug, "", catalog.overlay.name)
    descriptions: dict[Key, Mapping[str, Described]] = {
        (slug, "", subject): each for subject, each in described(catalog, project.folder).items()
    }
    places = {(slug, ""): catalog.overlay.name}
    for town in catalog.towns:
        places[slug, town.slug] = f"{catalog.overlay.name}{town.overlay.name}"
        directories |= _laid(town, slug, town.slug, places[slug, town.slug])
        descriptions[slug, town.slug, OFFICE] = offices(town.overlay)
        descriptions[slug, town.slug, GUIDE] = town_guides(town)
    unread = frozenset() if county.overlay.code else frozenset((slug,))
    return Side(directories, county.troubles, descriptions, places, unread)


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
    """Two files, or two folders of files; ``names`` are their names in places, by default their paths.

    If one side has a domain in several files, files are matched by name; if it has several unknown domains, these are
    matched by title.

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
        if (path / FILE).is_file():
            hint = "这像是一个县的文件夹，请给它所在的项目，里面要有 counties。"
        raise Unreadable(Place(name), "这个文件夹里没有目录表格，也不是项目。", hint)
    for file in files:
        for directory in read_directories(file, name=name if file == path else f"{name.rstrip('/')}/{file.name}"):
            yield file, directory


def _several_files(tables: list[tuple[Path, Directory]]) -> bool:
    pairs = {(directory.domain or directory.label, file) for file, directory in tables}
    return len(pairs) > len({domain for domain, _ in pairs})


def _joined(tables: list[tuple[Path, Directory]], by_file: bool, by_label: bool) -> Side:
    """Tables with the same key, such as the sheets that one directory is spread over, joined into one directory."""
    directories: dict[Key, Listed] = {}
    for file, directory in tables:
        stem = file.stem if by_file else ""
        key = (stem, "", directory.domain or (directory.label if by_label else ""))
        listed = directories.get(key) or Listed(stem, directory.label)
        directories[key] = replace(listed, items=listed.items + directory.items)
    return Side(directories, tuple(trouble for _, directory in tables for trouble in directory.troubles))
