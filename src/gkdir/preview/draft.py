"""One county's current files → its findings, and each page or file of its site on request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec.structs import replace

from gkdir.build import BuildContext, script_of
from gkdir.checking import sources_of
from gkdir.finding import Finding, holds_back
from gkdir.outputs import OutputContext, PageSet, county_files, documents, search, tables
from gkdir.overlay import lay
from gkdir.publish.converter import Converter
from gkdir.publish.hant import HantPages, scripts_with_texts
from gkdir.publish.live import about_of, county_of
from gkdir.read.project import read_county
from gkdir.rules import judge
from gkdir.search import index
from gkdir.service.address import HANT
from gkdir.service.site import Site
from gkdir.site.root import Published


class CountyDraft:
    """A county of ``context.project``, read and laid; the rest is done when it is asked for.

    ``sources`` are the folders of ``counties`` that it is made from.
    """

    def __init__(self, context: BuildContext, slug: str) -> None:
        self.project, self._build = context.project, context
        self.county = read_county(context.project, slug)
        self.catalog = lay(context.project, self.county)
        self.sources = sources_of(context.project.folder, self.county)
        self.site = Site.of(context.project, self.catalog, context.options)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of reading and checking; only a build also looks through all finished pages."""
        return judge(self.project, self.county, self.catalog, self.site.date).with_files({})

    @cached_property
    def held(self) -> bool:
        """Whether an error prevents the county from being published."""
        return holds_back(self.findings, self._build.options.strict)

    @property
    def listed(self) -> Published:
        """The county, as the page of all counties lists it."""
        overlay = self.catalog.overlay
        about = about_of(self.catalog, self.site.date)
        return county_of(overlay.slug, about) or Published(overlay.slug, overlay.name, overlay.code)

    def get(self, path: str) -> bytes | None:
        """The content of one file of the county's folder; ``None`` if there is no such file.

        :raises Unreadable: a mistake in a template
        """
        if path.startswith(HANT) and self._script is not None:
            return self._converted(path.removeprefix(HANT))
        if path in self._beside:
            return self._beside[path]
        return self._pages.page(path) if path in self._pages.pages else self._pages.assets.get(path)

    @cached_property
    def _script(self) -> Converter | None:
        return script_of(self.catalog) if self._build.options.hant else None

    @cached_property
    def _outputs(self) -> OutputContext:
        site = replace(self.site, hant=self._script is not None)
        return OutputContext(site, self._build.project.folder, self._build.options, self._build.renderer)

    @cached_property
    def _beside(self) -> Mapping[str, bytes]:
        """The files that pages link to."""
        return county_files(self._outputs, (documents, tables, search))

    @cached_property
    def _pages(self) -> PageSet:
        sizes = {path: len(content) for path, content in self._beside.items()}
        return PageSet.of(self._outputs.site.with_files(sizes), self._build.renderer)

    def _converted(self, path: str) -> bytes | None:
        content = None if path.startswith(HANT) else self.get(path)
        if content is None or self._script is None:
            return None
        scripts = scripts_with_texts((*self._beside.items(), *self._pages.assets.items()), index.PATH)
        return dict(HantPages(self._script, scripts).of([(path, content)])).get(HANT + path)
