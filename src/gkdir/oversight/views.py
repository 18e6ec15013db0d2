"""A Survey → what each page of the report shows, charts included, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from gkdir.oversight.facts import ItemFact, LateFact
from gkdir.oversight.history import CountyLine, ReportData
from gkdir.oversight.survey import CountyResult, Survey
from gkdir.report.text import summary
from gkdir.report.worklist import Job, worklist

_ROW, _BAR = 52, 16
_PATTERNS = (
    '<pattern id="p0" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ink"/>'
    "</pattern>",
    '<pattern id="p1" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" class="paper"/><rect width="4" height="8" class="ink"/></pattern>',
    '<pattern id="p2" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="paper"/>'
    '<circle cx="4" cy="4" r="2" class="ink"/></pattern>',
    '<pattern id="p3" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="paper"/>'
    "</pattern>",
)


class Bar(Struct, frozen=True):
    """One bar: its name, its value, and the text beside the name.

    Widths are percentages, so that a chart fills the width and its text has the size of the page's.
    """

    name: str
    value: float
    text: str


def bars(title: str, rows: Sequence[Bar], most: float) -> Markup:
    """A bar for each row, below its name and number; the value ``most`` fills the width."""
    height = _ROW * len(rows)
    parts = []
    for number, row in enumerate(rows):
        y = number * _ROW
        width = 100 * row.value / most if most else 0.0
        parts.append(
            Markup('<text x="0" y="{}">{}　{}</text>').format(y + 22, row.name, row.text)
            + Markup('<rect x="0" y="{}" width="100%" height="{}" class="rail"/>').format(y + 30, _BAR)
            + Markup('<rect x="0" y="{}" width="{:.2f}%" height="{}" class="ink"/>').format(y + 30, width, _BAR)
        )
    return _chart(title, height, Markup("").join(parts))


def stacked(title: str, parts: Sequence[Bar]) -> Markup:
    """One bar divided into parts with different patterns, and a legend with their names and numbers."""
    whole = sum(part.value for part in parts) or 1.0
    shapes = [Markup("<defs>{}</defs>").format(Markup("").join(map(Markup, _PATTERNS)))]
    left = 0.0
    for number, part in enumerate(parts):
        width = 100 * part.value / whole
        shapes.append(
            Markup('<rect x="{:.2f}%" y="2" width="{:.2f}%" height="28" fill="url(#p{})" class="edge"/>').format(
                left, width, number
            )
        )
        left += width
    for number, part in enumerate(parts):
        y = 40 + number * 32
        shapes.append(
            Markup('<rect x="1" y="{}" width="24" height="20" fill="url(#p{})" class="edge"/>').format(y, number)
            + Markup('<text x="34" y="{}">{}　{}</text>').format(y + 16, part.name, part.text)
        )
    return _chart(title, 40 + 32 * len(parts), Markup("").join(shapes))


def _chart(title: str, height: int, inside: Markup) -> Markup:
    return Markup('<svg role="img" aria-label="{}" width="100%" height="{}">{}</svg>').format(
        escape(title), height, inside
    )


GUIDES = {"own": "本县写的", "checked": "国家的，本县核对过", "national": "国家的，还没有核对", "none": "没有指南"}
MARKS = {"own": "●", "checked": "◐", "national": "○", "none": "·"}
WITHOUT = {"omitted": "不", "unexplained": "缺"}
LEGEND = (
    "● 公开，指南是本县写的；◐ 公开，国家的指南本县核对过；○ 公开，国家的指南还没有核对；· 公开，没有指南；"
    "不 不列入，写了理由；缺 不列入，没有写理由；空白是没有读到。带 ↓ 的，公开时限比国家目录短。"
)
COUNTY_HEADINGS = (
    "名次", "县", "得分", "比上次", "公开", "不列入", "没写理由", "增加", "本县指南", "核对过", "没核对", "没有指南",
    "时限压缩", "审核过期", "错误", "警告", "逾期",
)  # fmt: skip
_EVIDENCE = {
    "事项公开": ("items", "事项"),
    "指南齐全": ("guides", "办事指南"),
    "指南核对": ("guides", "办事指南"),
    "指南写全": ("findings", "问题"),
    "时限压缩": ("items", "事项"),
    "目录审核": ("items", "事项"),
    "没有逾期": ("late", "逾期没办"),
}
_MAX_JOBS, _MAX_PAST = 40, 12
_RESCORED = "评分表换过，得分、名次不能比。"


class ViewRow(Struct, frozen=True):
    """A row of a table: a name, the county whose page it links to, and the other cells."""

    name: str
    cells: tuple[str, ...]
    slug: str = ""
    place: int = 0


class IndexView(Struct, frozen=True):
    """The first page."""

    counties: tuple[ViewRow, ...]
    sums: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    full: int
    last: str
    points: Markup
    guides: Markup
    families: Markup


class IndicatorRow(Struct, frozen=True):
    """One indicator on a county's page."""

    number: str
    group: str
    name: str
    points: str
    full: int
    how: str
    missing: tuple[str, ...]
    evidence: str
    where: str


class SheetView(Struct, frozen=True):
    """A county's own page."""

    name: str
    code: str
    points: str
    full: int
    rank: int
    of: int
    change: str
    failed: bool
    line: CountyLine
    indicators: tuple[IndicatorRow, ...]
    history: Markup | None
    reviewed: tuple[tuple[str, str], ...]
    omitted: tuple[ItemFact, ...]
    added: tuple[str, ...]
    without: tuple[str, ...]
    guides: Markup
    late: tuple[LateFact, ...]
    jobs: tuple[Job, ...]
    summary: str
    address: str


def index_view(found: Survey) -> IndexView:
    """All counties by points, and the sums."""
    lines = [each.line for each in found.counties]
    mean = sum(line.points for line in lines) / len(lines) if lines else 0.0
    sums = (
        (f"{len(lines)}", "个县"),
        (f"{mean:.1f}", "平均得分"),
        (f"{sum(not line.unexplained and not line.failed for line in lines)}", "个县事项公开没有缺漏"),
        (f"{sum(line.errors > 0 for line in lines)}", "个县有错误"),
        (f"{sum(line.late > 0 for line in lines)}", "个县有逾期没办的事"),
    )
    return IndexView(
        counties=tuple(ViewRow(each.facts.name, county_cells(each)[2:], each.facts.slug, each.line.rank)
                       for each in found.ranked),
        sums=sums,
        headings=COUNTY_HEADINGS,
        full=found.sheet.points,
        last=_compared(found),
        points=_points(lines, found.sheet.points),
        guides=guide_chart(_added(line.guides for line in lines)),
        families=_families(lines),
    )  # fmt: skip


def county_cells(each: CountyResult) -> tuple[str, ...]:
    """A county's cells under ``COUNTY_HEADINGS``."""
    line = each.line
    guides = tuple(str(line.guides[key]) for key in GUIDES)
    states = tuple(map(str, (line.published, line.omitted, line.unexplained, line.added)))
    cells = tuple(map(str, (line.shortened, line.lapsed, line.errors, line.warnings, line.late)))
    return (str(line.rank), each.facts.name, f"{line.points:.1f}", signed(each.gained), *states, *guides, *cells)


def signed(points: float | None) -> str:
    """A difference with its sign; a dash if unknown."""
    return "—" if points is None else f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points):.1f}"


def sheet_view(found: Survey, each: CountyResult, past: Sequence[ReportData]) -> SheetView:
    """The view of one county."""
    facts, line = each.facts, each.line
    states: dict[str, list[ItemFact]] = {}
    for item in facts.items:
        states.setdefault(item.state, []).append(item)
    there = (*states.get("published", ()), *states.get("added", ()))
    return SheetView(
        name=facts.name,
        code=facts.code,
        points=f"{line.points:.1f}",
        full=found.sheet.points,
        rank=line.rank,
        of=len(found.counties),
        change=_change(found, each),
        failed=facts.failed,
        line=line,
        indicators=tuple(_indicators(each)),
        history=_history(found, each, past),
        reviewed=tuple(
            (found.domains[domain][0] if domain in found.domains else domain, day.isoformat() if day else "没有写")
            for domain, day in facts.reviewed.items()
        ),
        omitted=(*states.get("unexplained", ()), *states.get("omitted", ())),
        added=tuple(item.name for item in states.get("added", ())),
        without=tuple(item.name for item in there if item.guide == "none"),
        guides=guide_chart(line.guides),
        late=facts.late,
        jobs=worklist(facts.findings, found.day).jobs[:_MAX_JOBS],
        summary=summary(facts.findings),
        address=facts.address,
    )


def _indicators(each: CountyResult) -> list[IndicatorRow]:
    rows = []
    for one in each.score.indicators:
        indicator = one.indicator
        anchor, where = _EVIDENCE.get(indicator.measure or "", ("findings", "问题"))
        rows.append(
            IndicatorRow(
                indicator.number,
                indicator.group,
                indicator.name,
                f"{one.points:.1f}",
                indicator.points,
                one.how,
                one.missing,
                f"#{anchor}",
                where,
            )
        )
    return rows


def _compared(found: Survey) -> str:
    """Which report this one is compared with, and what cannot be compared."""
    if found.last is None:
        return "这是第一份报告，下一份起写明变化。"
    there = {each.facts.slug for each in found.counties}
    gone = "、".join(line.name for line in found.last.counties if line.county not in there)
    rescored = _RESCORED if any(each.rescored for each in found.counties) else ""
    return f"比的是 {found.last.date} 的报告。{rescored}" + (f"那时有、现在没有的：{gone}。" if gone else "")


def _change(found: Survey, each: CountyResult) -> str:
    if found.last is None:
        return ""
    before = each.before
    if before is None:
        return f"{found.last.date} 的报告里没有这个县。"
    points = f" {signed(each.gained)} 分，那时排第 {before.rank}；"
    return (
        f"比 {found.last.date} 的报告{f'：{_RESCORED}' if each.rescored else points}"
        f"错误从 {before.errors} 处到 {each.line.errors} 处，本县写的指南从 {before.guides.get('own', 0)} 份到 "
        f"{each.line.guides['own']} 份，逾期从 {before.late} 件到 {each.line.late} 件。"
    )


def _history(found: Survey, each: CountyResult, past: Sequence[ReportData]) -> Markup | None:
    old = [(data.date, line) for data in past[:_MAX_PAST] if (line := data.line(each.facts.slug))]
    if not old:
        return None
    rows = [(found.day, each.line), *old]
    points = [Bar(day.isoformat(), line.points, f"{line.points:.1f} 分，第 {line.rank}") for day, line in rows]
    return bars(f"{each.facts.name}历次得分", points, float(found.sheet.points))


def _points(lines: Sequence[CountyLine], full: int) -> Markup:
    """A chart of how many counties have how many points, in ten steps."""
    step = full / 10
    counts = Counter(min(9, int(line.points / step)) for line in lines) if full else Counter[int]()
    rows = [
        Bar(f"{number * step:g}–{(number + 1) * step:g} 分", counts[number], f"{counts[number]} 个县")
        for number in range(9, -1, -1)
        if counts[number]
    ]
    return bars("各分数段有多少个县", rows, max(counts.values(), default=1))


def guide_chart(guides: Mapping[str, int]) -> Markup:
    """A chart of whose guides the items have."""
    whole = sum(guides.values()) or 1
    parts = [
        Bar(name, guides.get(key, 0), f"{guides.get(key, 0)} 份（{100 * guides.get(key, 0) / whole:.0f}%）")
        for key, name in GUIDES.items()
    ]
    return stacked("办事指南是谁写的", parts)


def _families(lines: Sequence[CountyLine]) -> Markup:
    counts = _added(line.families for line in lines)
    rows = [
        Bar(name, number, f"{number} 处") for name, number in sorted(counts.items(), key=lambda one: (-one[1], one))
    ]
    return bars("各类问题有多少处", rows, max(counts.values(), default=1))


def _added(several: Iterable[Mapping[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in several:
        counts.update(each)
    return counts
