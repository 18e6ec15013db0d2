"""One county of a project and a day → every file of its release, or what keeps it from being released."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gkdir import __version__
from gkdir.build import Workshop, make_county
from gkdir.diffing.words import as_markdown
from gkdir.export.workbook import workbook
from gkdir.finding import Finding
from gkdir.publish.manifest import MANIFEST, with_manifest
from gkdir.release.cover import CoverSubject, cover
from gkdir.release.differences import differences, table
from gkdir.release.pack import site_archive

SITE, COVER, DIRECTORY, SUMS = "网站.zip", "备案说明.html", "目录.xlsx", "SHA256SUMS"
KEPT_MANIFEST = "manifest.json"
"""A copy of the site's manifest for ``gkdir audit --manifest``, which those who change the site cannot change."""
DIFFERENCES = "与国家目录的差别"


class Release(Struct, frozen=True):
    """A county's release: the day it bears, what was found, and its files, ``None`` where an error holds it back."""

    slug: str
    day: date
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] | None = None

    @property
    def name(self) -> str:
        """The folder it is put in."""
        return f"{self.slug}-{self.day.isoformat()}"


def release(shop: Workshop, slug: str) -> Release:
    """The release of the county ``slug``: the same bytes for the same county on the same day."""
    made = make_county(shop, slug)
    catalog, day = made.site.catalog, made.site.date
    if made.files is None:
        return Release(slug, day, made.findings)
    found = differences(shop.project.national, catalog)
    about = {
        COVER: "这份说明",
        DIRECTORY: "本县的目录，国家目录的版式",
        f"{DIFFERENCES}.md": "逐项写出本县和国家目录哪里不同，文字",
        f"{DIFFERENCES}.xlsx": "同样的内容，表格",
        SITE: "网站：解开以后放到网站上，或者直接打开 index.html",
        KEPT_MANIFEST: "网站每个文件的校验和：用 gkdir audit --manifest 对照网上的一份有没有被改",
        SUMS: "每个文件的校验和",
    }
    site = with_manifest(made.files.items(), made.about)
    files = {
        COVER: cover(CoverSubject(catalog, day, __version__, found, made.findings, about)).encode("utf-8", "replace"),
        DIRECTORY: workbook(tuple(catalog.directories.values()), catalog.overlay.name, day),
        f"{DIFFERENCES}.md": as_markdown(found).encode("utf-8", "replace"),
        f"{DIFFERENCES}.xlsx": table(found, day),
        SITE: site_archive(slug, site),
        KEPT_MANIFEST: site[MANIFEST],
    }
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return Release(slug, day, made.findings, {**files, SUMS: sums.encode()})
