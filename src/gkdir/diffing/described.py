"""A county's guides, forms, articles and organisations → their elements by label, as texts that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from gkdir.diffing.compare import Described
from gkdir.model.amendment import ARTICLE, FORM, GUIDE, OFFICE
from gkdir.model.article import Article, Revision
from gkdir.model.attached import FormFile
from gkdir.model.county import Catalog, Overlay
from gkdir.model.declared import DeclaredKey, InForm, declared
from gkdir.model.guide import (
    Fee,
    Form,
    FormField,
    Guide,
    GuideStep,
    Limits,
    Material,
    Section,
    TownGuide,
    Way,
)
from gkdir.model.item import TimeLimit, Written

Elements = Iterator[tuple[str, str | tuple[str, ...] | None]]


def described(catalog: Catalog, folder: Path) -> Mapping[str, Mapping[str, Described]]:
    """Guides, forms, articles and organisations of the county, by subject and id; ``folder`` is the project's."""
    names = {entry.item.id: entry.item.name for entry in catalog.entries()}
    return {
        GUIDE: {id_: _described(names.get(id_, id_), _guide(guide)) for id_, guide in sorted(catalog.guides.items())},
        FORM: {name: _described(form.title, _form(form, folder)) for name, form in sorted(catalog.forms.items())},
        ARTICLE: {f"{one.kind}/{one.slug}": _described(one.title, _article(one)) for one in catalog.articles},
        OFFICE: offices(catalog.overlay),
    }


def offices(overlay: Overlay) -> Mapping[str, Described]:
    """The organisations of one layer by their keys."""
    return {key: _described(office.name, _elements(office)) for key, office in overlay.organisations.items()}


def town_guides(town: Catalog) -> Mapping[str, Described]:
    """How items are done at a township or village, by id."""
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
    """The elements in the order of the page. The day of the last check is not compared."""
    yield from _elements(guide)
    if isinstance(guide, Guide):
        yield from _body(guide.sections)


def _elements(value: Struct) -> Elements:
    """What a value has under each of its keys, in the order of their declaration."""
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
    return value.text if isinstance(value, Written) else str(value)


def _each(label: str, named: Iterable[tuple[str, str | tuple[str, ...]]]) -> Elements:
    """One element for each, identified by name: a new material is one change, not a changed list."""
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
    """The Markdown by heading, line by line without the empty ones."""
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
    """A ready file by its content: two files of one name may differ."""
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
