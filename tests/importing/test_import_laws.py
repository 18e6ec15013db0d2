"""Properties of importing: every row once; the layer, when laid, is what the table says, and contains nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.laws import law

from gkdir.export.workbook import workbook
from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.importing.draft import Report, RowOutcome
from gkdir.importing.fieldchange import value_of
from gkdir.importing.overlayfile import overlay_text
from gkdir.importing.plan import differing, plan
from gkdir.importing.report import report_text
from gkdir.model.columns import CHANNELS, FIELDS
from gkdir.model.county import Catalog, County, Entry, LaidDirectory
from gkdir.model.item import Directory, Item
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.directory import read_directories
from gkdir.read.national import read_national
from gkdir.read.project import read_county
from gkdir.read.timelimit import time_limit
from gkdir.read.words import basis
from gkdir.resources import national_folder

NAME, CODE = "清源县", "990101"
TICKED = ("channels", "audience", "mode", "levels")
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
BOOKS = sorted(CORPUS.glob("*.xlsx"))


@cache
def nationals() -> Mapping[str, Directory]:
    """The two national directories that come with gkdir."""
    return {
        domain: read_national(national_folder() / f"{domain}.xlsx", f"{domain}.xlsx", domain)[0]
        for domain in ("employment", "social_insurance")
    }


def imported(tables: Sequence[Directory]) -> tuple[str, Report, Catalog]:
    """The layer's text, the report, and the catalog laid from that text."""
    draft, report = plan(tables, nationals(), NAME, CODE)
    text = overlay_text(draft)
    return text, report, lay(Project(Path(), nationals(), ()), written(text))


def written(text: str) -> County:
    """The county whose file says ``text``."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "counties" / "qingyuan"
        folder.mkdir(parents=True)
        (folder / "county.yaml").write_text(text, encoding="utf-8")
        county = read_county(Project(Path(name), nationals(), ("qingyuan",)), "qingyuan")
    assert county.troubles == ()
    return county


def exported(directories: Sequence[LaidDirectory]) -> tuple[Directory, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "目录.xlsx"
        path.write_bytes(workbook(directories, NAME))
        return read_directories(path, name=path.name)


def rows_of(tables: Sequence[Directory]) -> Counter[str]:
    return Counter(
        str(item.place("level3") if item.level3 else item.place("level2")) for t in tables for item in t.items
    )


def as_dict(item: Item) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(item, key) for key in Item.__struct_fields__}
    for key in ("written", "rows", "extra"):
        del values[key]
    return values | {key: frozenset(getattr(item, key) or ()) for key in TICKED}


def unchanged() -> list[LaidDirectory]:
    return [
        LaidDirectory(domain, each.title, each.label, tuple(Entry(item, item) for item in each.items))
        for domain, each in nationals().items()
    ]


def test_a_county_that_changed_nothing_says_only_who_it_is() -> None:
    text, report, catalog = imported(exported(unchanged()))
    said = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert said == ["名称: 清源县", '代码: "990101"']
    assert {row.outcome for row in report.rows} == {RowOutcome.SAME}
    assert len(report.rows) == 103
    assert all(not entry.changed for entry in catalog.entries())


HAN = st.text("茶桑蚕渔船桥井窑碑塔", min_size=3, max_size=8)  # no national item's name
ORGANISATION = st.builds("清源县{}{}".format, HAN, st.sampled_from(("局", "中心", "服务站")))
MORE_CHANNELS = ("12333咨询电话", "移动客户端", "有线电视", "村务公开栏")


@st.composite
def changed(draw: st.DrawFn, item: Item) -> Item:
    """The item as some county might have it: stricter, looser, or different."""
    values: dict[str, object] = {}
    ways = st.sampled_from(("same", "add", "replace"))
    for key, element in (("content", HAN), ("basis", st.builds("《{}办法》（清政发〔2024〕5号）".format, HAN))):
        more = draw(st.lists(element, min_size=1, max_size=2, unique=True))
        made: tuple[object, ...] = tuple(map(basis, more)) if key == "basis" else tuple(more)
        made = tuple(one for one in made if one not in getattr(item, key))  # no value twice in one cell
        match draw(ways):
            case "add":
                values[key] = (*getattr(item, key), *made)
            case "replace":
                values[key] = made or getattr(item, key)
    if draw(st.booleans()):
        values["time_limit"] = time_limit(f"信息形成或变更之日起{draw(st.integers(1, 19))}个工作日内公开")
    if draw(st.booleans()):
        values["publisher"] = tuple(draw(st.lists(ORGANISATION, min_size=1, max_size=2, unique=True)))
    if draw(st.booleans()):
        channels = {*item.channels, *draw(st.sets(st.sampled_from((*CHANNELS[:-1], *MORE_CHANNELS)), max_size=4))}
        values["channels"] = tuple(sorted(channels))
    if draw(st.booleans()):
        values |= {"audience": ("特定群体",), "audience_detail": draw(st.none() | st.just("失业人员"))}
    if draw(st.integers(0, 5)) == 0:
        values |= {"mode": ("依申请",), "levels": ("县级", "村级")}
    return replace(item, **values)


@dataclass(frozen=True, repr=False)
class Drawn:
    """A drawn directory, with a short representation in messages."""

    laid: LaidDirectory


@st.composite
def county(draw: st.DrawFn) -> Drawn:
    """A county's directory: some items left out, some changed, own ones at every level, all in number order."""
    national = nationals()["employment"]
    at = st.integers(0, len(national.items) - 1)
    left_out, touched, deepened = (draw(st.sets(at, max_size=4)) for _ in range(3))
    common = tuple(draw(st.lists(ORGANISATION, max_size=1)))
    extended = draw(st.sets(st.sampled_from(sorted({item.level1 for item in national.items})), max_size=2))
    entries: list[Entry] = []
    for level1, items in national.first_levels():
        for item in items:
            index = national.items.index(item)
            if index in left_out:
                continue
            item = replace(item, publisher=common or item.publisher)
            item = draw(changed(item)) if index in touched else item
            entries.append(Entry(item, item))
            if index in deepened:
                entries.append(Entry(draw(changed(replace(item, number=f"{item.number}.1", level3=draw(HAN))))))
        if level1 in extended and any(entry.item.level1 == level1 for entry in entries):
            own = replace(items[-1], number=f"{items[-1].number}".partition(".")[0] + f".{len(items) + 1}")
            entries.append(Entry(draw(changed(replace(own, level2=draw(HAN))))))
    if draw(st.booleans()):
        own = replace(national.items[0], number="10.1", level1=draw(HAN), level2=draw(HAN))
        entries.append(Entry(draw(changed(own))))
    return Drawn(LaidDirectory(national.domain or "", national.title, national.label, tuple(entries)))


LAW = law(25)


@LAW
@given(county())
def test_an_export_comes_back_as_the_county_it_was(drawn: Drawn) -> None:
    laid = drawn.laid
    tables = exported([laid])
    text, report, catalog = imported(tables)
    back = catalog.directories["employment"]
    assert [as_dict(entry.item) for entry in back.entries] == [as_dict(entry.item) for entry in laid.entries]
    assert list(differing(report, catalog.directories)) == []
    assert {item.number for item in report.omitted} == {one.item.number for one in back.omitted}
    assert rows_of(tables) == Counter(str(row.place) for row in report.rows)
    assert overlay_text(plan(tables, nationals(), NAME, CODE)[0]) == text


@LAW
@given(county())
def test_only_what_differs_is_written(drawn: Drawn) -> None:
    """What is under 事项 differs from the national directory, or from a default that does."""
    draft, report = plan(exported([drawn.laid]), nationals(), NAME, CODE)
    changed_rows = {row.number for row in report.rows if row.outcome is RowOutcome.CHANGED}
    for domain in draft.domains:
        defaults = {change.key for change in domain.defaults}
        for item in domain.items:
            assert {change.key for change in item.changes} <= defaults or item.number in changed_rows


def shuffled_names(table: Directory) -> Directory:
    """The table with names that are similar to national ones."""
    return replace(
        table,
        items=tuple(
            replace(item, level2=item.level2.replace("申领", "领取").replace("登记", "登记办理"), number=None)
            for item in table.items
        ),
    )


def test_rows_in_doubt_are_listed_once_with_two_candidates_and_kept_whole() -> None:
    tables = [shuffled_names(table) for table in exported(unchanged())]
    text, report, catalog = imported(tables)
    doubtful = [row for row in report.rows if row.outcome is RowOutcome.DOUBTFUL]
    assert doubtful
    assert rows_of(tables) == Counter(str(row.place) for row in report.rows)
    assert all(len(row.match.candidates) == 2 for row in doubtful)
    kept = {entry.item.id for entry in catalog.entries()}
    for row in doubtful:
        assert row.match.candidates[0].item.id in kept, "what is not decided is neither changed nor left out"
    doubts = {doubt.source: doubt for doubt in written(text).overlay.doubts}
    assert set(doubts) == {str(row.place) for row in doubtful}
    for row in doubtful:
        doubt, item = doubts[str(row.place)], row.match.item
        first = row.match.candidates[0].item
        assert doubt.item is not None
        assert doubt.candidates[:1] == ((f"{first.number} {first.name}",) if not row.match.candidates[0].taken else ())
        assert {change.field for change in doubt.item.changes} == {key for key in FIELDS if value_of(item, key)}
        assert all(change.action == "replace" for change in doubt.item.changes)
    said = report_text(report)
    assert all(said.count(f"{row.place}  ") == 1 for row in doubtful)


def test_a_table_of_no_known_domain_is_in_doubt_whole() -> None:
    (table, *_) = exported(unchanged())
    foreign = replace(
        table, domain=None, items=tuple(replace(item, level2=f"桑蚕{at}") for at, item in enumerate(table.items))
    )
    text, report, _ = imported([foreign])
    assert "目录:" not in text
    assert [row.outcome for row in report.rows] == [RowOutcome.DOUBTFUL] * len(foreign.items)
    doubts = written(text).overlay.doubts
    assert [doubt.source for doubt in doubts] == [str(row.place) for row in report.rows]
    assert [doubt.item.level2 if doubt.item else "" for doubt in doubts] == [item.level2 for item in foreign.items]


def test_rows_that_were_not_read_are_kept_by_their_place() -> None:
    (table, *_) = exported(unchanged())
    place = Place("某文件夹/目录.xlsx", sheet="就业", cell="B9")
    text, _, _ = imported([replace(table, troubles=(Trouble(TroubleKind.NOT_A_ROW, place, "没有认作事项"),))])
    (doubt,) = written(text).overlay.doubts
    assert (doubt.source, doubt.item, doubt.candidates) == ("目录.xlsx#就业!B9", None, ())


@pytest.mark.skipif(not BOOKS, reason="the corpus is not beside the repository")
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.stem))
def test_the_corpus_comes_back_row_by_row(book: Path) -> None:
    tables = read_directories(book, name=book.name)
    _, report, catalog = imported(tables)
    assert rows_of(tables) == Counter(str(row.place) for row in report.rows)
    assert list(differing(report, catalog.directories)) == []
    assert not any(directory.unmatched for directory in catalog.directories.values())
    decided = {row.number for row in report.rows if row.number}
    assert decided
    assert sum(row.outcome is RowOutcome.DOUBTFUL for row in report.rows) <= 1
