"""One county of a project and a day → its release: files, differences, cover sheet; or the findings that prevent it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from msgspec import Struct

from gkdir import __version__
from gkdir.build import BuildContext, make_county
from gkdir.diffing.compare import DifferenceKind, compare
from gkdir.diffing.words import WORDS, DiffSection, as_markdown
from gkdir.export.openpyxl_writer import openpyxl_workbook
from gkdir.export.spreadsheet import DrawnRow, DrawnSheet, Paper
from gkdir.export.styles import Look
from gkdir.export.workbook import lines_in, workbook
from gkdir.finding import Finding, Severity
from gkdir.model.county import Catalog
from gkdir.model.item import Directory
from gkdir.publish.manifest import MANIFEST, with_manifest
from gkdir.read.text import one_line
from gkdir.release.pack import site_archive

COLUMNS = (
    ("领域", 10),
    ("编号", 8),
    ("事项", 24),
    ("变化", 8),
    ("栏目", 14),
    ("国家目录", 50),
    ("本县", 50),
    ("理由", 30),
)
"""The headings of the sheet of differences, and their widths."""

Line = tuple[str, ...]


def differences(national: Mapping[str, Directory], catalog: Catalog) -> tuple[DiffSection, ...]:
    """By domain, what the county added, changed and left out; domains without any difference are left out."""
    found = []
    for domain, laid in catalog.directories.items():
        items = tuple(entry.item for entry in laid.entries)
        reasons = {each.item.number or "": each.omission.reason for each in laid.omitted}
        several = compare(national[domain].items, items, reasons)
        if several:
            found.append(DiffSection(catalog.slug, "", domain, catalog.overlay.name, laid.label, several))
    return tuple(found)


def table(found: Sequence[DiffSection], dated: date) -> bytes:
    """The differences as a workbook with one row for each column that differs, to filter and print."""
    widths = [width for _, width in COLUMNS]
    lines = [tuple(heading for heading, _ in COLUMNS), *(line for section in found for line in _lines(section))]
    rows = []
    for number, line in enumerate(lines):
        tallest = max(map(lines_in, line, widths))
        rows.append(DrawnRow([(text, min(number, 1)) for text in line], min(409.0, tallest * 14.0 + 6.0)))
    sheet = DrawnSheet(
        "与国家目录的差别", rows, widths, frozen=(3, 1), filtered=f"A1:H{len(lines)}", paper=Paper(rows="1:1")
    )
    return openpyxl_workbook([sheet], (Look(bold=True, fill="F2F2F2", frame="000000"), Look(frame="000000")), dated)


def _lines(section: DiffSection) -> Iterator[Line]:
    for one in section.differences:
        head = (section.label, one.number or "", one.name, WORDS[one.kind])
        if one.kind is DifferenceKind.STOPPED:
            yield (*head, "", "", "不列入", one.reason)
        for change in one.fields:
            yield (*head, change.label, _listed(change.old), _listed(change.new), one.reason)


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(one_line(text) for text in texts)


_STYLE = (
    "body{font:16px/1.7 'Noto Serif CJK SC',SimSun,serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.5em;text-align:center}h2{font-size:1.15em;margin-top:1.5em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.3em .6em;text-align:left}"
    "code{font-size:.8em;overflow-wrap:anywhere}td.n{text-align:right}"
    "@page{size:A4;margin:20mm}@media print{body{margin:0}}"
)


class CoverSubject(Struct, frozen=True):
    """What the cover describes: ``files`` are the names and descriptions of the other files."""

    catalog: Catalog
    day: date
    version: str
    found: tuple[DiffSection, ...]
    findings: tuple[Finding, ...]
    files: Mapping[str, str]


def cover(subject: CoverSubject) -> str:
    """The cover sheet, the same text for the same county on the same day."""
    name = subject.catalog.overlay.name
    title = f"{name}基层政务公开标准目录备案说明"
    body = "\n".join(_body(subject, title))
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="zh-CN">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'


def _body(subject: CoverSubject, title: str) -> Iterator[str]:
    overlay = subject.catalog.overlay
    day = subject.day
    yield f"<h1>{escape(title)}</h1>"
    text = f"{overlay.name}（行政区划代码 {overlay.code}），{day.year} 年 {day.month} 月 {day.day} 日。"
    if overlay.example:
        text += "本县是虚构的示例。"
    yield f"<p>{escape(text)}</p>"
    yield "<h2>一、目录</h2>"
    yield from _directories(subject)
    yield "<h2>二、不列入的事项</h2>"
    yield from _omitted(subject.catalog)
    yield "<h2>三、本县增加的事项</h2>"
    yield from _list(
        f"{directory.label} {entry.item.numbered_name}"
        for directory in subject.catalog.directories.values()
        for entry in directory.entries
        if entry.local
    )
    yield "<h2>四、核对</h2>"
    yield from _checked(subject)
    yield "<h2>五、文件</h2>"
    rows = ((name, what) for name, what in subject.files.items())
    yield from _table(("文件", "是什么"), rows)
    yield "<p>SHA256SUMS 记着每个文件的校验和，用 <code>sha256sum -c SHA256SUMS</code> 可以核对有没有改动。</p>"
    yield f"<p>由 gkdir {escape(subject.version)} 生成。</p>"
    yield "<h2>六、签字</h2>"
    yield from _table(("编制", "审核", "批准", "日期"), (("　", "　", "　", "　"),))


def _directories(subject: CoverSubject) -> Iterator[str]:
    rows = []
    of = {section.domain: section.differences for section in subject.found}
    for domain, directory in subject.catalog.directories.items():
        several = of.get(domain, ())
        counts = {kind: sum(one.kind is kind for one in several) for kind in DifferenceKind}
        reviewed = directory.reviewed.isoformat() if directory.reviewed else "没有写"
        rows.append(
            (
                directory.label,
                str(directory.national_count),
                str(len(directory.entries)),
                str(counts[DifferenceKind.CHANGED]),
                str(counts[DifferenceKind.ADDED]),
                str(counts[DifferenceKind.STOPPED]),
                reviewed,
            )
        )
    yield from _table(("领域", "国家目录", "本县", "其中修改", "增加", "不列入", "审核日期"), rows)


def _omitted(catalog: Catalog) -> Iterator[str]:
    yield from _list(
        f"{directory.label} {each.item.numbered_name}：{each.omission.reason}"
        for directory in catalog.directories.values()
        for each in directory.omitted
    )


def _checked(subject: CoverSubject) -> Iterator[str]:
    counts = {severity: sum(one.severity is severity for one in subject.findings) for severity in Severity}
    yield (
        f"<p>按通知逐条核对，没有错误，警告 {counts[Severity.WARNING]} 条，提示 {counts[Severity.INFO]} 条"
        "（用 gkdir check 看）。</p>"
    )
    allowed = [
        f"{each.rule}{f'（{each.item}）' if each.item else ''}：{each.reason or ''}，到 {each.until} 为止"
        for each in subject.catalog.overlay.allowances
    ]
    if allowed:
        yield "<p>县里说明理由、暂时允许的：</p>"
        yield from _list(iter(allowed))


def _list(lines: Iterator[str]) -> Iterator[str]:
    items = [f"<li>{escape(line)}</li>" for line in lines]
    yield f"<ul>{''.join(items)}</ul>" if items else "<p>没有。</p>"


def _table(headings: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> Iterator[str]:
    yield "<table><tr>" + "".join(f"<th>{escape(each)}</th>" for each in headings) + "</tr>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in row) + "</tr>"
    yield "</table>"


SITE, COVER, DIRECTORY, SUMS = "网站.zip", "备案说明.html", "目录.xlsx", "SHA256SUMS"
KEPT_MANIFEST = "manifest.json"
"""A copy of the site's manifest for ``gkdir audit --manifest``, which those who change the site cannot change."""
DIFFERENCES = "与国家目录的差别"


class Release(Struct, frozen=True):
    """A county's release: its date, the findings, and its files (``None`` if an error holds it back)."""

    slug: str
    day: date
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] | None = None

    @property
    def name(self) -> str:
        """The name of the folder for it."""
        return f"{self.slug}-{self.day.isoformat()}"


def release(context: BuildContext, slug: str) -> Release:
    """The release of the county ``slug``: the same bytes for the same county on the same day."""
    made = make_county(context, slug)
    catalog, day = made.site.catalog, made.site.date
    if made.files is None:
        return Release(slug, day, made.findings)
    found = differences(context.project.national, catalog)
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
