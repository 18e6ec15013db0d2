"""Guide → its elements for a page, in the order of 公开内容, with keys resolved to organisations, forms and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from msgspec import Struct

from gkdir.model.county import Catalog, Entry, Organisation
from gkdir.model.guide import PAPERS, Form, Guide, GuideStep, Material, Section, Way
from gkdir.overlay.elements import ELEMENTS, NOT_NEEDED, ONLY_IF_ASKED, OTHER, kind_of
from gkdir.read.webaddress import is_web_address
from gkdir.service.address import (
    form_blank_path,
    form_file_path,
    form_path,
    form_sample_path,
    form_sheet_path,
)

NO_FILES: Mapping[str, int] = MappingProxyType({})
"""No published files: for callers that need texts but no links."""
NEEDS = {"非必要": "有这种情况才带", "容缺后补": "可以后补"}
"""必要性 → its everyday wording on pages and paper; 必要 needs none."""
COUNTER = "窗口"
"""The kind of 办理方式 at a counter."""
_FOR_ANOTHER = re.compile("代办人|授权委托书")
"""Materials that only a person acting for another has to bring."""
PROGRAMS = {"doc": "Word", "docx": "Word", "xls": "Excel", "xlsx": "Excel", "pdf": "PDF"}
"""File name extension → the everyday name of the type."""


class File(Struct, frozen=True):
    """A file to open or download: path, label, everyday name of its type, size in bytes if known.

    ``saved``: the name to save it under, if it differs from the one in the address.
    """

    path: str
    label: str
    kind: str = ""
    size: int | None = None
    saved: str = ""


class FormView(Struct, frozen=True):
    """A form: its page, and the files of its blank and its sample, the easiest to fill in first.

    ``explained`` says whether its page has 填写说明.
    """

    title: str
    path: str
    blanks: tuple[File, ...]
    samples: tuple[File, ...]
    explained: bool = False
    note: str | None = None

    @property
    def files(self) -> tuple[File, ...]:
        """All of them, the blanks first."""
        return self.blanks + self.samples


class MaterialView(Struct, frozen=True):
    """One line of 办理材料, with the form to fill in if it is one."""

    material: Material
    form: FormView | None

    @property
    def need(self) -> str:
        """Its 必要性 in everyday words."""
        return NEEDS.get(self.material.necessity or "", self.material.necessity or "")


class StepView(Struct, frozen=True):
    """One step of 办理流程; ``office`` is a name."""

    step: GuideStep
    office: str | None


class WayView(Struct, frozen=True):
    """One of 办理方式: an organisation, a web address, or words."""

    kind: str
    text: str
    office: Organisation | None = None
    url: str | None = None


FIRST_SECTIONS = ("我要做什么", "常见问题")
"""The titles of sections that come first on the page, whatever their order in the file."""


class GuideSection(Struct, frozen=True):
    """A section of the guide's body; ``anchor`` has its number in the file (``s2``), which links to it use."""

    anchor: str
    section: Section


class GuideView(Struct, frozen=True, dict=True):
    """The guide, with its keys resolved; ``asked`` is the item's 公开内容."""

    guide: Guide
    materials: tuple[MaterialView, ...] | None
    steps: tuple[StepView, ...] | None
    ways: tuple[WayView, ...] | None
    offices: tuple[Organisation, ...]
    forms: tuple[FormView, ...]
    asked: tuple[str, ...] = ()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Its elements, in the order and under the headings of the item's 公开内容."""
        return elements(self.asked, self.guide)

    @property
    def counters(self) -> tuple[Organisation, ...]:
        """The offices whose counters 办理方式 names; counters that were filled in have the guide's place."""
        ways = zip(self.ways or (), self.guide.ways or (), strict=True)
        return tuple(
            view.office for view, way in ways if view.kind == COUNTER and view.office and way.place != self.guide.place
        )

    @cached_property
    def required(self) -> tuple[MaterialView, ...]:
        """The materials that everybody must bring or hand in later."""
        return tuple(view for view in self.materials or () if not view.material.optional)

    @cached_property
    def conditional(self) -> tuple[MaterialView, ...]:
        """The materials that only some must bring, except those for 代办."""
        some = (view for view in self.materials or () if view.material.optional)
        return tuple(view for view in some if not _FOR_ANOTHER.match(view.material.name))

    @cached_property
    def proxy(self) -> str:
        """Whether somebody else may apply: 代办 of the guide, else inferred from its materials; empty if unknown."""
        papers = "、".join(
            view.material.name for view in self.materials or () if _FOR_ANOTHER.match(view.material.name)
        )
        return self.guide.proxy or (f"可以请人替您办，再带{papers}。" if papers else "")

    @cached_property
    def sections(self) -> tuple[GuideSection, ...]:
        """The sections of the body in the order of a page: what to do, questions, then the others as written."""
        numbered = [GuideSection(f"s{number}", each) for number, each in enumerate(self.guide.sections, 1)]
        last = len(FIRST_SECTIONS)
        place = {title: index for index, title in enumerate(FIRST_SECTIONS)}
        return tuple(sorted(numbered, key=lambda each: place.get(each.section.title, last)))

    def instead(self, kind: str) -> str:
        """The text in place of a missing element: its entry in 待补, or the reason why there is none."""
        blanks = (element.blank for element in self.elements if element.kind == kind and element.blank)
        reasons = (entry.text for entry in self.guide.without if _key(entry.name) == kind)
        needless, why = NOT_NEEDED.get(self.guide.nature or "", (frozenset[str](), ""))
        return next(chain(blanks, reasons), why if kind in needless else "")


def guide_view(guide: Guide, entry: Entry, catalog: Catalog, files: Mapping[str, int] = NO_FILES) -> GuideView:
    """The guide of one entry; ``files`` are the published files by path, with their sizes."""
    materials = guide.materials
    views = None if materials is None else tuple(MaterialView(m, _form(m, catalog, files)) for m in materials)
    steps = guide.steps
    return GuideView(
        guide=guide,
        materials=views,
        steps=None if steps is None else tuple(StepView(step, _named(step.office, catalog)) for step in steps),
        ways=None if guide.ways is None else tuple(way_view(way, catalog) for way in guide.ways),
        offices=offices(guide, entry, catalog),
        forms=tuple(view.form for view in views or () if view.form),
        asked=entry.item.content,
    )


def offices(guide: Guide | None, entry: Entry, catalog: Catalog) -> tuple[Organisation, ...]:
    """The organisations that handle an item: those named in its guide, else its publishers."""
    names = guide.offices if guide and guide.offices else entry.item.publisher
    found = (catalog.organisation(name) for name in names)
    return tuple(office for office in found if office)


def form_view(form: Form, files: Mapping[str, int] = NO_FILES) -> FormView:
    """A form with its published blanks and samples: ready files, Word files, PDFs, pages of a described form."""
    blank, sample = _papers(form, "blank", files), _papers(form, "sample", files)
    if form.sections:
        blank += (File(form_blank_path(form.name), PAPERS["blank"], "网页"),)
        sample += (File(form_sample_path(form.name), PAPERS["sample"], "网页"),)
    explained = bool(form.instructions) or any(field.help for section in form.sections for field in section.fields)
    return FormView(form.title, form_path(form.name), blank, sample, explained, form.note)


def _papers(form: Form, kind: str, files: Mapping[str, int]) -> tuple[File, ...]:
    label, ready = PAPERS[kind], form.ready(kind)
    made = ((form_file_path(form.name, kind, "docx"), "Word"), (form_sheet_path(form.name, kind), "PDF"))
    found = []
    if ready:
        program = PROGRAMS.get(ready.suffix, ready.suffix)
        found.append((form_file_path(form.name, kind, ready.suffix), program, ready.size))
    found += [
        (path, program, files[path]) for path, program in made if path in files and path not in [of[0] for of in found]
    ]
    return tuple(File(path, label, program, size, _saved(form, label, path)) for path, program, size in found)


def _saved(form: Form, label: str, path: str) -> str:
    """The name to save the file under; empty for a PDF, which opens in the browser."""
    return "" if path.endswith(".pdf") else f"{form.name}-{label}.{path.rpartition('.')[2]}"


def way_view(way: Way, catalog: Catalog) -> WayView:
    """One way, with its organisation or web address resolved."""
    office = catalog.organisations.get(way.target)
    if office:
        return WayView(way.kind, office.name, office=office)
    if is_web_address(way.target):
        return WayView(way.kind, way.target, url=way.target)
    return WayView(way.kind, way.target)


def _form(material: Material, catalog: Catalog, files: Mapping[str, int]) -> FormView | None:
    form = catalog.forms.get(material.form) if material.form else None
    return form_view(form, files) if form else None


def _named(key: str | None, catalog: Catalog) -> str | None:
    office = catalog.organisations.get(key) if key else None
    return office.name if office else key


_SENTENCE = re.compile(r"[^。]+。?")


class Element(Struct, frozen=True):
    """One element for a page: ``kind`` is a key of ``ELEMENTS`` or ``OTHER``; ``text`` for elements of plain text.

    ``reason``: why the guide has no such element, or not a part of it (办理时限.法定); ``blank``: the text from 待补.
    All are ``None`` if the guide has nothing about it.
    """

    kind: str
    heading: str
    text: str | None = None
    reason: str | None = None
    blank: str | None = None


def as_text(value: object) -> str | None:
    """An element that is a text or a list of texts, as one text; ``None`` for others."""
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return "；".join(value) or None
    return value if isinstance(value, str) else None


def elements(asked: Iterable[str], guide: Guide) -> tuple[Element, ...]:
    """All elements of a guide: those of 公开内容 in its order, each of the others after its usual predecessor."""
    order: dict[str, str] = {}  # kind, or a word that only this sheet uses → heading
    for word in asked:
        kind = kind_of(word)
        order.setdefault(word if kind is OTHER else kind, word)
    order |= {
        entry.name: entry.name for entry in guide.further if kind_of(entry.name) is OTHER and entry.name not in order
    }
    needless, why = NOT_NEEDED.get(guide.nature or "", (frozenset(), ""))
    before = None
    for kind, words in ELEMENTS.items():
        if kind not in order and kind not in ONLY_IF_ASKED and (kind not in needless or getattr(guide, kind, None)):
            order = _inserted(order, kind, words[0], before)
        before = kind if kind in order else before
    further = {entry.name: entry.text for entry in guide.further}
    # An element that the guide has is shown, even if its 办理类型 does not need it.
    spared = {kind: why for kind in needless if not getattr(guide, kind, None)}
    without = {**spared, **{_key(entry.name): entry.text for entry in guide.without}}
    # 办理时限.法定 and 办理时限.承诺 are one element: one may have a reason while the other is in 待补.
    lacking = {kind: f"{reason.rstrip('。')}。" for kind, reason in without.items()}
    blanks = {_key(entry.name): lacking.get(_key(entry.name), "") for entry in guide.pending}
    for entry in guide.pending:
        reason = blanks.get(_key(entry.name), "")
        blanks[_key(entry.name)] = reason + "".join(one for one in _SENTENCE.findall(entry.text) if one not in reason)
    return tuple(
        Element(
            kind if kind in ELEMENTS else OTHER,
            heading,
            as_text(getattr(guide, kind, None)) or further.get(heading),
            without.get(kind),
            blanks.get(kind),
        )
        for kind, heading in order.items()
    )


def _key(name: str) -> str:
    """The key in the order of elements: a kind, or the word that only this sheet uses."""
    kind = kind_of(name.partition(".")[0])
    return name if kind == OTHER else kind


def _inserted(order: dict[str, str], kind: str, heading: str, before: str | None) -> dict[str, str]:
    """The order with one more element, right after ``before``, or first if that is ``None``."""
    entries = list(order.items())
    place = next((index + 1 for index, entry in enumerate(entries) if entry[0] == before), 0)
    return dict((*entries[:place], (kind, heading), *entries[place:]))
