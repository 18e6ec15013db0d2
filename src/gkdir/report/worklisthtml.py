"""A Worklist → one page of HTML without anything outside it: read on a screen, printed on A4, filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gkdir.finding import WORDS, Finding
from gkdir.report.paper import page
from gkdir.report.text import summary, where
from gkdir.report.worklist import Job, Worklist

_FEW = 3
"""Places of one cause that are shown in the table."""

_CLASSES = (' class="n"', "", "", "", "", *(' class="w"',) * 3)
_HEADINGS = ("序号", "问题", "在哪里", "依据", "怎么改", "责任人", "期限", "改好日期")


def render(found: Worklist) -> str:
    """The page, the same text for the same findings on the same day."""
    return page(f"整改清单 {found.day}", "整改清单", "\n".join(_body(found)))


def _body(found: Worklist) -> Iterator[str]:
    yield "<h1>整改清单</h1>"
    whose = f"{'、'.join(map(escape, found.counties))}。" if found.counties else ""
    yield f"<p>{whose}按 {found.day.year} 年 {found.day.month} 月 {found.day.day} 日核对。"
    yield f"{summary([each for job in found.jobs for each in job.findings])}"
    if not found.jobs:
        yield "</p>"
        return
    yield (
        f"同一个原因合成一行，一共 {len(found.jobs)} 行；检查时最先会扣的排在最前。"
        "责任人从“责任人”里取，没有写的留空；期限留空的由本单位定。</p>"
    )
    several = len(found.counties) > 1
    yield "<table><thead><tr>"
    yield "".join(f'<th scope="col"{kind}>{name}</th>' for kind, name in zip(_CLASSES, _HEADINGS, strict=True))
    yield "</tr></thead><tbody>"
    for job in found.jobs:
        yield _row(job, several)
    yield "</tbody></table>"
    yield from _all_places(found)


def _row(job: Job, several: bool) -> str:
    first = job.first
    called = f'<span class="grave">{escape(job.reason)}</span> ' if job.reason else ""
    county = f"{escape(first.county or '各县共用')}：" if several else ""
    cells = (
        str(job.number),
        f"{called}{WORDS[first.severity]} {first.rule}<br>{county}{escape(job.problem)}",
        _places(job),
        escape(first.cite),
        escape(first.hint),
        escape("、".join(job.owners)),
        escape(job.by),
        "",
    )
    columns = zip(_CLASSES, _HEADINGS, cells, strict=True)
    row = "".join(f'<td{kind} data-label="{label}">{cell}</td>' for kind, label, cell in columns)
    return f"<tr>{row}</tr>"


def _places(job: Job) -> str:
    lines = [_place(each) for each in job.findings]
    if len(lines) == 1:
        return f"<code>{escape(where(job.first))}</code>"
    more = f'<p><a href="#p{job.number}">全部 {len(lines)} 处</a></p>' if len(lines) > _FEW else ""
    return f"<ul>{''.join(lines[:_FEW])}</ul>{more}"


def _place(finding: Finding) -> str:
    return f"<li><code>{escape(where(finding))}</code> {escape(finding.message)}</li>"


def _all_places(found: Worklist) -> Iterator[str]:
    """The places of causes with many places, below the table so that they are printed too."""
    many = [job for job in found.jobs if len(job.findings) > _FEW]
    if many:
        yield "<h2>附：每一处</h2>"
    for job in many:
        yield f'<h3 id="p{job.number}">{job.number}. {escape(job.title)}</h3>'
        yield f"<ul>{''.join(map(_place, job.findings))}</ul>"
