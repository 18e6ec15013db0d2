"""A Site and the files made so far → files for programs: llms.txt, datapackage.json, CPSV-AP, JSON Schemas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import PurePosixPath

from gkdir.export.schemas import schema_files
from gkdir.read.text import one_line
from gkdir.service.address import (
    ABOUT,
    DATA,
    INDEX,
    LLMS,
    PACKAGE,
    SCHEMAS,
    SERVICES,
    data_path,
    item_data_path,
)
from gkdir.service.cpsv import services
from gkdir.service.site import Site
from gkdir.site.root import Published

_FURTHER = {
    INDEX: "全部事项和文章的索引（csv）",
    PACKAGE: "csv 的说明（Data Package）",
    SERVICES: "公共服务的关联数据（CPSV-AP，JSON-LD）",
    ABOUT: "目录说明",
    DATA: "下载",
}
"""What llms.txt lists besides the directories."""
_BOM = b"\xef\xbb\xbf"


def machines(site: Site, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files by path inside the county's folder; ``files`` are the files that they describe."""
    yield LLMS, _llms(site).encode("utf-8", "replace")
    yield SERVICES, _json(services(site))
    yield PACKAGE, _json(_package(site, files))
    yield from ((f"{SCHEMAS}{name}.json", content) for name, content in schema_files().items())


def root_llms(counties: Sequence[Published], base: str | None) -> bytes:
    """The llms.txt of all counties, which links to each county's own."""
    lines = ["# 基层政务公开目录", "", "> 各县的公开事项、办事指南和办理机构，每个县一份说明。", "", "## 各县", ""]
    lines += [f"- [{_plain(county.name)}]({base or ''}{county.slug}/{LLMS})" for county in counties]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _json(document: object) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False)}\n".encode("utf-8", "replace")


def _llms(site: Site) -> str:
    """What the site has and where, for programs that read texts (llmstxt.org); full addresses if ``base`` is known."""
    overlay, base = site.catalog.overlay, site.base or ""
    lines = [f"# {overlay.name}基层政务公开目录", ""]
    example = "这是虚构的示例，不要当作真的。" if overlay.example else ""
    lines += [
        f"> {example}{overlay.name}各项公开事项、办事指南和办理机构。以网页为准，办事前请打页面上的电话核实。",
        "",
    ]
    lines += ["## 数据", ""]
    lines += [
        f"- [{domain.label}目录]({base}{data_path(domain.domain, 'json')})：全部事项和办事指南（JSON）"
        for domain in site.domains
    ]
    lines += [f"- [{what}]({base}{path})" for path, what in _FURTHER.items()]
    for domain in site.domains:
        lines += ["", f"## {domain.label}事项", ""]
        for row in (row for group in domain.groups for row in group.rows):
            path = item_data_path(domain.domain, row.number)
            summary = site.services[row.item.id].summary or row.official
            lines.append(f"- [{_plain(row.title)}]({base}{path})：{_plain(summary)}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """The text on one line, without characters that Markdown reads as a link."""
    return one_line(text).replace("[", "［").replace("]", "］")


def _package(site: Site, files: Mapping[str, bytes]) -> dict[str, object]:
    """The CSV files as a Data Package; every field is text."""
    overlay = site.catalog.overlay
    titles = {data_path(one.domain, "csv"): f"{overlay.name}{one.label}目录" for one in site.domains}
    titles[INDEX] = f"{overlay.name}全部事项和文章的索引"
    return {
        "profile": "tabular-data-package",
        "name": site.catalog.slug.lower(),
        "title": f"{overlay.name}基层政务公开目录",
        "description": "编号、电话和日期都是文字，不要当数字读。",
        "resources": [_resource(path, title, files[path]) for path, title in titles.items() if path in files],
    }


def _resource(path: str, title: str, content: bytes) -> dict[str, object]:
    heading = next(csv.reader(StringIO(content.removeprefix(_BOM).decode("utf-8", "replace"), newline="")), [])
    name = PurePosixPath(path)
    return {
        "name": name.stem.lower(),
        "title": title,
        "path": name.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "schema": {"fields": [{"name": field, "type": "string"} for field in heading]},
    }
