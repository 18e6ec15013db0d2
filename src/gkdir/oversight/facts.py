"""One county, read, laid and checked → the facts that a report shows: plain values, to be sent between processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from gkdir.buildoptions import BuildOptions
from gkdir.checking import failed, sources_of
from gkdir.due.deadline import KINDS
from gkdir.due.gather import DueSubject, deadlines
from gkdir.finding import Finding, Severity, apart
from gkdir.model.county import Catalog, County, Entry
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.oversight.measures import CountyRead, Portion, shares, shortened
from gkdir.remembered import Remembered, WithSources
from gkdir.rules import check
from gkdir.rules.dates import DUE
from gkdir.rules.documents import family_of

State = Literal["published", "omitted", "unexplained", "added"]
GuideState = Literal["own", "checked", "national", "none"]
_SHOWN = 8
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
    """The facts about one county; ``failed`` if it could not be read: the other fields are empty then."""

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
        """How many findings are that severe."""
        return sum(each.severity is severity for each in self.findings)

    def states(self) -> Counter[str]:
        """How many items are in which state."""
        return Counter(each.state for each in self.items)

    def guides(self) -> Counter[str]:
        """Of the items that are published, how many have which kind of guide."""
        return Counter(each.guide for each in self.items if each.state in ("published", "added"))

    @property
    def shortened(self) -> int:
        """How many limits are shorter than the country's."""
        return sum(each.shortened for each in self.items)

    def families(self) -> Counter[str]:
        """How many findings there are in each family of rules."""
        return Counter(family_of(each.rule) for each in self.findings)


def facts_before(options: BuildOptions) -> Remembered[CountyFacts]:
    """What the last report was made of; to be taken before anything is read."""
    return Remembered("surveyed", CountyFacts, options)


def facts_of(project: Project, today: date, slug: str) -> WithSources[CountyFacts]:
    """The facts of one county of ``project``; what goes wrong in it concerns no other county."""
    from gkdir.read.project import read_county  # heavy: loaded in the process that reads

    try:
        county = read_county(project, slug)
        catalog = lay(project, county)
        findings = apart(check(project, county, catalog, today))
        facts = _facts(CountyRead(project, county, catalog, today), findings)
        return facts, sources_of(project.folder, county)
    except Exception as error:  # whatever it is, the other counties go on
        return CountyFacts(slug, slug, findings=(failed(error, project, slug),), failed=True), None


def _facts(read: CountyRead, findings: tuple[Finding, ...]) -> CountyFacts:
    county, catalog, today = read.county, read.catalog, read.today
    owed = deadlines(DueSubject(county, catalog, read.project.reference, today), _HORIZON)
    late = tuple(LateFact(each.day, KINDS[each.kind], each.what, str(each.place)) for each in owed if each.day < today)
    done = len(owed) - len(late)
    portions = {**shares(read), "没有逾期": Portion(done, len(owed), tuple(each.what for each in late[:_SHOWN]))}
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
    """Whether a directory was not reviewed within a year."""
    return reviewed is None or reviewed + timedelta(days=DUE) < today
