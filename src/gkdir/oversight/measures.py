"""One county, read and laid → for each measure how many of how many are done, and which are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from gkdir.model.article import ARTICLE_KINDS
from gkdir.model.county import Catalog, County, Entry, Website
from gkdir.model.declared import key_names
from gkdir.model.guide import Guide
from gkdir.model.project import Project
from gkdir.model.review import STAGES
from gkdir.read.reviewed import digested, digests
from gkdir.rules.dates import DUE
from gkdir.rules.limits import Verdict, compare
from gkdir.service.review import file_reviews

_SHOWN = 8
_COLUMNS = ("policies", "notices", "interpretations", "faq")
_IDENTITY = (
    "name", "domain", "code", "address", "organiser", "contact", "icp", "police", "sitemap", "report_errors",
)  # fmt: skip
"""What a website has to say of itself, by field."""


class Portion(Struct, frozen=True):
    """``done`` of ``of``; ``missing`` names the first of what is not."""

    done: int
    of: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """In hundredths; all of nothing is all."""
        return 100 * self.done / self.of if self.of else 100.0


class CountyRead(Struct, frozen=True):
    """What is counted: a county as it was read and laid, on a day."""

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
        """The guides of its items, by their names."""
        found = ((entry, self.catalog.guides.get(entry.item.id)) for entry in self.entries)
        return {f"{entry.item.number or ''} {entry.item.name}".strip(): guide for entry, guide in found if guide}


def shares(read: CountyRead) -> Mapping[str, Portion]:
    """Every measure that is counted of the county's own files, by its name in 评分.yaml."""
    return {name: count(read) for name, count in _COUNTED.items()}


def _share(all_: Iterable[tuple[str, bool]]) -> Portion:
    entries = list(all_)
    missing = [name for name, done in entries if not done]
    return Portion(len(entries) - len(missing), len(entries), tuple(missing[:_SHOWN]))


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
    """Whether its limit of publishing is shorter than the country's: within it, and not the other way round."""
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
