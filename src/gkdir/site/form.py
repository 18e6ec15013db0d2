"""Form → its pages: description and instructions, the blank to print, the filled sample."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.model.guide import Form, FormField, Guide, Section
from gkdir.service.address import HOME, entry_path, form_blank_path, form_folder, form_path, form_sample_path
from gkdir.service.county import Link
from gkdir.service.form import Blank, form_lines
from gkdir.service.guide import FormView, form_view
from gkdir.service.meta import Publication, WebsiteColumn, article_tags
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/forms/{form}/index.html"
BLANK = "{county}/forms/{form}/blank/index.html"
SAMPLE = "{county}/forms/{form}/sample/index.html"


class BlankPart(Struct, frozen=True):
    """A titled part of a printed form."""

    title: str
    blanks: tuple[Blank, ...]


class FormPageView(Struct, frozen=True):
    """The pages of one form. ``helps`` are the fields with instructions."""

    form: Form
    parts: tuple[BlankPart, ...]
    link: FormView
    blank: str
    sample: str
    instructions: Section | None
    items: tuple[Link, ...]
    helps: tuple[FormField, ...]
    updated: date | None


def form_pages(site: Site) -> Iterator[Page]:
    """The pages of all forms."""
    asking: dict[str, dict[str, Guide]] = {}
    for guide in site.catalog.guides.values():
        for material in guide.materials or ():
            if material.form:
                asking.setdefault(material.form, {})[guide.id] = guide
    for form in site.catalog.forms.values():
        yield from _pages(form, asking.get(form.name, {}), site)


def _pages(form: Form, guides: Mapping[str, Guide], site: Site) -> Iterator[Page]:
    """The form's page, and for a described form blank and sample; ``guides`` are those that ask for the form."""
    catalog, files = site.catalog, site.files
    items = tuple(_items(guides, catalog))
    helps = tuple(field for section in form.sections for field in section.fields if field.help)
    view = FormPageView(
        form=form,
        parts=tuple(BlankPart(section.title, form_lines(section.fields)) for section in form.sections),
        link=form_view(form, files),
        blank=form_blank_path(form.name),
        sample=form_sample_path(form.name),
        instructions=Section("填写说明", form.instructions, form.place) if form.instructions else None,
        items=items,
        helps=helps,
        updated=max(_days(guides.values(), catalog), default=None),
    )
    yield _page(TEMPLATE, form.title, view, catalog)
    if form.sections:
        yield _page(BLANK, f"{form.title}（空白表）", view, catalog)
        yield _page(SAMPLE, f"{form.title}（示范文本）", view, catalog)


def _page(template: str, title: str, view: FormPageView, catalog: Catalog) -> Page:
    website, name = catalog.overlay.website, catalog.overlay.name
    top = template is TEMPLATE
    column = WebsiteColumn("办事表格", "办事用的规范表格、填写说明和示范文本", "表格,填写说明,示范文本", "办事服务")
    own = Crumb(view.form.title, None if top else form_path(view.form.name))
    return Page(
        template,
        {"county": catalog.slug, "form": form_folder(view.form.name)},
        view,
        title=title,
        description=f"{view.form.title}：空白表、填写说明和示范文本。",
        breadcrumbs=(Crumb(name, HOME), own, *(() if top else (Crumb(title.partition("（")[2].rstrip("）")),))),
        meta=article_tags(website, column, Publication(title, view.updated, website.organiser or name)),
        updated=view.updated,
    )


def _days(guides: Iterable[Guide], catalog: Catalog) -> Iterator[date]:
    """The days on which the guides were checked; for those without one, the day of their directory."""
    for guide in guides:
        directory = catalog.directories.get(guide.domain)
        day = guide.checked or (directory.reviewed if directory else None)
        if day is not None:
            yield day


def _items(guides: Container[str], catalog: Catalog) -> Iterator[Link]:
    """The items that have those guides."""
    for entry in catalog.entries():
        if entry.item.id in guides:
            yield Link(entry.title, entry_path(entry))
