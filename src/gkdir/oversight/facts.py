"""One county, read, laid and checked → the facts and shares that a report shows.

All are plain values that can be sent between processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.checking import failed, sources_of
from gkdir.due import KINDS, DueSubject, deadlines
from gkdir.finding import Finding, Severity, apart
from gkdir.model.article import ARTICLE_KINDS
from gkdir.model.county import Catalog, County, Entry, Website
from gkdir.model.declared import key_names
from gkdir.model.guide import Guide
from gkdir.model.project import Project
from gkdir.model.review import STAGES
from gkdir.overlay import lay
from gkdir.read.reviewed import digested, digests
from gkdir.remembered import Remembered, WithSources
from gkdir.rules import check
from gkdir.rules.dates import DUE
from gkdir.rules.documents import family_of
from gkdir.rules.limits import Verdict, compare
from gkdir.service.review import file_reviews

_MAX_WORST = 8
_COLUMNS = ("policies", "notices", "interpretations", "faq")
_IDENTITY = (
    "name", "domain", "code", "address", "organiser", "contact", "icp", "police", "sitemap", "report_errors",
)  # fmt: skip
"""The fields of what a website must say about itself."""


class Portion(Struct, frozen=True):
    """``done`` out of ``of``; ``missing`` names the first of those not done."""

    done: int
    of: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """0 to 100; 100 if there is nothing to do."""
        return 100 * self.done / self.of if self.of else 100.0


class CountyRead(Struct, frozen=True):
    """What shares are counted from: a county as read and laid, on a day."""

    project: Project
    county: County
    catalog: Catalog
    today: date

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All items of the county."""
        return tuple(self.catalog.entries())

    @property
    def guides(self) -> Mapping[str, Guide]:
        """The guides of its items, by the item's number and name."""
        found = ((entry, self.catalog.guides.get(entry.item.id)) for entry in self.entries)
        return {f"{entry.item.number or ''} {entry.item.name}".strip(): guide for entry, guide in found if guide}


def shares(read: CountyRead) -> Mapping[str, Portion]:
    """Every share that is counted from the county's own files, by its name in 评分.yaml."""
    return {name: count(read) for name, count in _COUNTED.items()}


def _share(all_: Iterable[tuple[str, bool]]) -> Portion:
    entries = list(all_)
    missing = [name for name, done in entries if not done]
    return Portion(len(entries) - len(missing), len(entries), tuple(missing[:_MAX_WORST]))


def _published(read: CountyRead) -> Portion:
    there = [(entry.item.name, True) for entry in read.entries if not entry.local]
    omitted = [each for directory in read.catalog.directories.values() for each in directory.omitted]
    return _share([*there, *((each.item.name, bool(each.omission.reason)) for each in omitted)])


def _with_guide(read: CountyRead) -> Portion:
    return _share((entry.item.name, entry.item.id in read.catalog.guides) for entry in read.entries)


def _checked(read: CountyRead) -> Portion:
    own = read.county.guides
    found = ((entry, read.catalog.guides.get(entry.item.id)) for entry in read.entries)
    return _share((entry.item.name, entry.item.id in own or bool(guide.checked)) for entry, guide in found if guide)


def _complete(read: CountyRead) -> Portion:
    return _share((name, not guide.pending) for name, guide in read.guides.items())


def _limits(read: CountyRead) -> Portion:
    return _share((entry.item.name, shortened(read, entry)) for entry in read.entries if entry.national is not None)


def shortened(read: CountyRead, entry: Entry) -> bool:
    """Whether the item's limit of publishing is shorter than the national one."""
    if entry.national is None or entry.item.time_limit == entry.national.time_limit:
        return False
    workdays = read.project.reference.workdays
    own, least = entry.item.time_limit, entry.national.time_limit
    return compare(own, least, workdays) is Verdict.KEPT and compare(least, own, workdays) is Verdict.LOOSER


def _promises(read: CountyRead) -> Portion:
    workdays = read.project.reference.workdays
    entries = []
    for name, guide in read.guides.items():
        if guide.promised and guide.statutory:
            entries.append((name, compare(guide.statutory, guide.promised, workdays) is Verdict.LOOSER))
    return _share(entries)


def _reviewed(read: CountyRead) -> Portion:
    entries = []
    for directory in read.catalog.directories.values():
        day = directory.reviewed
        entries.append((f"{directory.label}目录", day is not None and day + timedelta(days=DUE) >= read.today))
    return _share(entries)


def _columns(read: CountyRead) -> Portion:
    kinds = {article.kind for article in read.catalog.articles}
    return _share((ARTICLE_KINDS[kind], kind in kinds) for kind in _COLUMNS)


def _joined(read: CountyRead) -> Portion:
    articles = read.catalog.articles
    read_out = [article for article in articles if article.kind == "interpretations"]
    policies = (article for article in articles if article.kind == "policies")
    return _share((f"《{one.title}》", any(one.joined(other) for other in read_out)) for one in policies)


def _identity(read: CountyRead) -> Portion:
    website = read.county.overlay.website
    return _share((key_names(Website)[field], bool(getattr(website, field))) for field in _IDENTITY)


def _signed(read: CountyRead) -> Portion:
    folder, signings = read.project.folder, read.county.overlay.signings
    if not signings:
        return _share((path, False) for path in sorted(set(digested(folder, read.county))))
    reviews = file_reviews(signings, digests(folder, read.county))
    return _share((each.path, each.reached == len(STAGES)) for each in reviews)


_COUNTED: Mapping[str, Callable[[CountyRead], Portion]] = {
    "事项公开": _published,
    "指南齐全": _with_guide,
    "指南核对": _checked,
    "指南写全": _complete,
    "时限压缩": _limits,
    "承诺压缩": _promises,
    "目录审核": _reviewed,
    "栏目有内容": _columns,
    "解读关联": _joined,
    "标识齐全": _identity,
    "三审三校": _signed,
}


State = Literal["published", "omitted", "unexplained", "added"]
GuideState = Literal["own", "checked", "national", "none"]
_MAX_SHOWN = 8
_HORIZON = 3650


class ItemFact(Struct, frozen=True):
    """What became of one item: published, omitted (with or without a reason), or added by the county itself."""

    id: str
    name: str
    state: State
    guide: GuideState = "none"
    shortened: bool = False
    reason: str = ""


class LateFact(Struct, frozen=True):
    """Something that is overdue."""

    day: date
    kind: str
    what: str
    place: str


class CountyFacts(Struct, frozen=True):
    """The facts about one county.

    ``failed`` if it could not be read: everything but its findings is then empty.
    """

    slug: str
    name: str
    code: str = ""
    items: tuple[ItemFact, ...] = ()
    shares: Mapping[str, Portion] = {}
    reviewed: Mapping[str, date | None] = {}
    findings: tuple[Finding, ...] = ()
    late: tuple[LateFact, ...] = ()
    address: str = ""
    failed: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(each.severity is severity for each in self.findings)

    def states(self) -> Counter[str]:
        """State → number of items."""
        return Counter(each.state for each in self.items)

    def guides(self) -> Counter[str]:
        """Kind of guide → number of published items."""
        return Counter(each.guide for each in self.items if each.state in ("published", "added"))

    @property
    def shortened(self) -> int:
        """How many limits are shorter than the national ones."""
        return sum(each.shortened for each in self.items)

    def families(self) -> Counter[str]:
        """Family of rules → number of findings."""
        return Counter(family_of(each.rule) for each in self.findings)


def facts_before(options: BuildOptions) -> Remembered[CountyFacts]:
    """The facts of the last report; must be called before anything is read."""
    return Remembered("surveyed", CountyFacts, options)


def facts_of(project: Project, today: date, slug: str) -> WithSources[CountyFacts]:
    """The facts of one county of ``project``; an error in it does not affect other counties."""
    from gkdir.read.project import read_county  # slow to import: done in the worker process

    try:
        county = read_county(project, slug)
        catalog = lay(project, county)
        findings = apart(check(project, county, catalog, today))
        if county.overlay.code:
            facts = _facts(CountyRead(project, county, catalog, today), findings)
        else:  # county.yaml could not be read
            facts = CountyFacts(slug, county.overlay.name, findings=findings, failed=True)
        return _from_within(facts, project.folder), sources_of(project.folder, county)
    except Exception as error:  # whatever the error, the other counties go on
        facts = CountyFacts(slug, slug, findings=(failed(error, project, slug),), failed=True)
        return _from_within(facts, project.folder), None


def _from_within(facts: CountyFacts, folder: Path) -> CountyFacts:
    """The facts with places relative to the project's folder, however its path was given."""
    if not folder.parts:  # the command was run in the folder
        return facts
    typed = re.compile(rf"(?<![\w.-]){re.escape(folder.as_posix())}/+(?=\w)")

    def within(text: str) -> str:
        return typed.sub("", text)

    def moved(found: Finding) -> Finding:
        place = replace(found.place, file=within(found.place.file))
        return replace(found, place=place, message=within(found.message), hint=within(found.hint))

    late = tuple(replace(each, place=within(each.place)) for each in facts.late)
    return replace(facts, findings=tuple(map(moved, facts.findings)), late=late)


def _facts(read: CountyRead, findings: tuple[Finding, ...]) -> CountyFacts:
    county, catalog, today = read.county, read.catalog, read.today
    owed = deadlines(DueSubject(county, catalog, read.project.reference, today), _HORIZON)
    late = tuple(LateFact(each.day, KINDS[each.kind], each.what, str(each.place)) for each in owed if each.day < today)
    done = len(owed) - len(late)
    portions = {**shares(read), "没有逾期": Portion(done, len(owed), tuple(each.what for each in late[:_MAX_SHOWN]))}
    return CountyFacts(
        slug=county.slug,
        name=county.overlay.name,
        code=county.overlay.code,
        items=tuple(_items(read)),
        shares=portions,
        reviewed={domain: directory.reviewed for domain, directory in catalog.directories.items()},
        findings=findings,
        late=late,
        address=county.overlay.website.address or "",
    )


def _items(read: CountyRead) -> Iterator[ItemFact]:
    for directory in read.catalog.directories.values():
        for entry in directory.entries:
            state: State = "added" if entry.local else "published"
            guide = guide_state(read.county, read.catalog, entry)
            yield ItemFact(entry.item.id, entry.item.name, state, guide, shortened(read, entry))
        for omitted in directory.omitted:
            reason = omitted.omission.reason
            without: State = "omitted" if reason else "unexplained"
            yield ItemFact(omitted.item.id, omitted.item.name, without, reason=reason)


def guide_state(county: County, catalog: Catalog, entry: Entry) -> GuideState:
    """Whose guide the item has."""
    guide = catalog.guides.get(entry.item.id)
    if guide is None:
        return "none"
    if entry.item.id in county.guides:
        return "own"
    return "checked" if guide.checked else "national"


def lapsed(reviewed: date | None, today: date) -> bool:
    """Whether a directory's last review is more than a year ago, or there was none."""
    return reviewed is None or reviewed + timedelta(days=DUE) < today
