"""A number that only finished pages contain is found on them, whatever composed it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner
from msgspec.structs import replace
from tests.places import SMALL

from gkdir import unchanged
from gkdir.build import build, proof
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group, printing
from gkdir.finding import Finding, Place
from gkdir.model.searched import Passage, Searched
from gkdir.outcome import BuildOutcome, State
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.rules import check_project, finished, judge, judge_project
from gkdir.rules.checking import SHEETS
from gkdir.rules.finished import figures, find_numbers

runs = finished._runs
IDENTITY, MOBILE = "990101199003078893", "13800138000"
AT = Place("county.yaml", 3)


def _faults_of(page: str, *sources: str, path: str = "az/index.html") -> list[tuple[str, str, int | None]]:
    known = frozenset(figures(Searched(AT, (Passage(text, AT),)) for text in sources))
    found = find_numbers({"assets/site.css": b"p{}", path: page.encode()}, "qingyuan", lambda: known)
    return [(rule.id, fault.place.file, fault.place.line) for rule, fault in found.faults]


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (f"<p>打\n{MOBILE}</p>", "GK902"),
        ("<p>\n138 0013 8000</p>", "GK902"),
        ("<p>\n138-0013-8000</p>", "GK902"),
        ("\n<b>138</b><i>0013</i>8000", "GK902"),
        ("\n<td>138</td><td>0013</td><td>8000</td>", "GK902"),
        ("\n138&nbsp;0013&nbsp;8000", "GK902"),
        ("\n138\u30000013\u20098000", "GK902"),
        ("\n138\u200b0013\u20608000", "GK902"),
        ("\n１３８００１３８０００", "GK902"),
        ("\n&#49;3800138000", "GK902"),
        ("\n1<!-- -->3800138000", "GK902"),
        (f'\n<a href="tel:{MOBILE}">打电话</a>', "GK902"),
        ('\n<a href="tel:%31%33800138000">打电话</a>', "GK902"),
        (f'\n0600-5550102</a> <a href="tel:{MOBILE}">打电话</a>', "GK902"),
        ('\n0600-5550102<br title="138 0013 8000"> 12345', "GK902"),
        ('\n0600-5550102<br title="138&nbsp;0013&nbsp;8000"> 12345', "GK902"),
        ("\n12345<138>00138000", "GK902"),
        (f"<p>\n{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", "GK901"),
        ("\n<span>9901011990030</span><span>78893</span>", "GK901"),
        ("\n6222020000000000000", "GK903"),
    ],
)
def test_a_number_that_the_page_shows_is_found(page: str, rule: str) -> None:
    assert _faults_of(page) == [(rule, "qingyuan/az/index.html", 2)]


@pytest.mark.parametrize("path", ["data/search.json", "print/a.txt", "data/x.csv", "feed.xml", "assets/a.js", "a.svg"])
def test_in_every_file_of_text(path: str) -> None:
    assert _faults_of(f'["x",\n"{MOBILE}"]', path=path) == [("GK902", f"qingyuan/{path}", 2)]


@pytest.mark.parametrize(
    ("page", "sources"),
    [
        (f"<p>{MOBILE}</p>", (f"电话: {MOBILE}",)),  # an office's number, or an allowed one: checked in the source
        (f"<dt>许可证号</dt><dd>{MOBILE}</dd>", (f"许可证号: {MOBILE}",)),  # a thing's code, by its source
        ("<p>0600-5550101 2026-11-29 09:00</p>", ()),
        ("<td>2026年11月29日</td><td>20</td><td>0600-5550101</td>", ()),
        ("<p>990101199003078894</p>", ()),
    ],
)
def test_what_the_sources_have_or_is_no_number_of_a_person_passes(page: str, sources: tuple[str, ...]) -> None:
    assert _faults_of(page, *sources) == []


@pytest.mark.parametrize(
    "page",
    [
        '<p><a href="tel:0600-5550102">0600-5550102</a></p><p><a href="tel:12345">12345</a></p>',
        '<p><a href="tel:0600-5550101">0600-5550101</a></p><p><a href="tel:0600-5550131">0600-5550131</a></p>',
    ],
)
def test_where_no_number_of_a_person_can_be_nothing_more_is_asked(page: str) -> None:
    assert not find_numbers(
        {"en/az/index.html": page.encode()}, "qingyuan", lambda: pytest.fail("looked closer")
    ).faults


def test_the_parts_of_a_number_in_the_sources_are_not_the_number() -> None:
    assert _faults_of(f"<p>{MOBILE}</p>", "电话一: 1380", "电话二: 0138000") == [("GK902", "qingyuan/az/index.html", 1)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL / "project", tmp_path / "project"))


def _footer(project: Path, text: str) -> None:
    parts = project / "templates" / "_parts"
    parts.mkdir(parents=True, exist_ok=True)
    text = text.replace("<footer>", '<footer id="mistake">')  # link targets elsewhere on the page
    (parts / "footer.html").write_text(text, encoding="utf-8")


def _both(project: Path, out: Path) -> tuple[list[Finding], dict[str, State]]:
    """The findings of a build of the good county, the same as of a check, and its state."""
    national = SMALL / "national"
    options = BuildOptions(project, out, ("heping",), 1, today=date(2026, 6, 1), national=national, hant=False)
    of_project, outcomes = build(options, list[BuildOutcome]().append)
    found = [*of_project, *(one for outcome in outcomes for one in outcome.findings)]
    shared = judge_project(read_project(project, national), options.today)
    checked = {replace(one, form="") for one in proof(shared, options)}  # only a check names the cell
    assert checked == set(found), "a check says all that a build does"
    wanted = [one for one in found if one.rule.startswith(("GK9", "GK11", "GK001"))]
    return wanted, {outcome.slug: outcome.state for outcome in outcomes}


FILTER = "<footer>{{ '00083100831' | reverse }}</footer>\n"


def test_a_county_with_such_a_page_is_held_back_until_it_is_answered_for(project: Path, tmp_path: Path) -> None:
    _footer(project, FILTER)
    found, states = _both(project, tmp_path / "site")
    assert states == {"heping": State.HELD}
    assert [one.rule for one in found] == ["GK902", "GK902"], "the county's pages, and the page of all counties"
    assert [one.county for one in found] == [None, "heping"]
    assert found[1].place.file == "heping/index.html"
    assert "138******00" in found[1].message
    assert MOBILE not in f"{found}"
    assert not (tmp_path / "site" / "index.html").exists()

    answer = '允许:\n  - {规则: GK902, 只限: "138******00", 理由: 这是设备的序列号, 截止: 2027-06-30}\n'
    county = project / "counties" / "heping" / "county.yaml"
    before = county.read_text("utf-8")
    county.write_text(before + answer, encoding="utf-8")
    found, states = _both(project, tmp_path / "site")
    assert states == {"heping": State.PUBLISHED}
    assert [(one.rule, one.county) for one in found] == [("GK902", None)], "the page of all counties is no county's"
    assert not (tmp_path / "site" / "index.html").exists()

    county.write_text(before, encoding="utf-8")
    (project / "national").mkdir(exist_ok=True)
    (project / "national" / "allowances.yaml").write_text(answer, encoding="utf-8")
    assert _both(project, tmp_path / "site") == ([], {"heping": State.UNCHANGED}), "the project answers for all pages"
    assert (tmp_path / "site" / "index.html").exists()

    county.write_text(before + answer, encoding="utf-8")
    _footer(project, "<footer></footer>\n")
    found, _ = _both(project, tmp_path / "site")
    assert [(one.rule, one.county) for one in found] == [("GK113", "heping")]


def test_pages_that_stay_the_same_are_held_back_once_nothing_answers_for_them(project: Path, tmp_path: Path) -> None:
    _footer(project, FILTER)
    county = project / "counties" / "heping" / "county.yaml"
    before = county.read_text("utf-8")

    def outcome(text: str) -> BuildOutcome:
        county.write_text(text, encoding="utf-8")
        return build(_options(project, tmp_path), list[BuildOutcome]().append)[1][0]

    answer = '允许:\n  - {规则: GK902, 只限: "138******00", 理由: 这是设备的序列号, 截止: 2027-06-30}\n'
    for excuse in (answer, f"# 许可证号 {MOBILE}\n"):  # a number that a source has is judged there
        assert outcome(before + excuse).state is not State.HELD
        page = (tmp_path / "site" / "heping" / "index.html").read_bytes()
        held = outcome(before)
        assert held.state is State.HELD
        assert "GK902" in {one.rule for one in held.findings}
        assert (tmp_path / "site" / "heping" / "index.html").read_bytes() == page


def test_files_without_numbers_are_looked_through_once(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bytes] = []

    def counted(data: bytes) -> Iterator[str]:
        looked.append(data)
        return runs(data)

    monkeypatch.setattr(finished, "_runs", counted)
    county = project / "counties" / "heping" / "county.yaml"

    def files() -> int:
        looked.clear()
        build(_options(project, tmp_path), list[BuildOutcome]().append)
        return sum(b"</html>" in data for data in looked)

    whole = files()
    county.write_text(county.read_text("utf-8").replace("0600-5560001", "0600-5560009", 1), encoding="utf-8")
    assert 0 < files() < whole, "only those that have changed"
    said(county)
    monkeypatch.setattr(unchanged, "program", lambda: "another")
    assert files() == whole, "by another program"
    said(county)
    manifest = tmp_path / "site" / "heping" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"updated"', b' "updated"'))
    assert files() == whole, "another manifest"


def said(file: Path) -> None:
    file.write_text(f"{file.read_text('utf-8')}# 改\n", encoding="utf-8")


def _options(project: Path, folder: Path) -> BuildOptions:
    national = SMALL / "national"
    return BuildOptions(project, folder / "site", ("heping",), 1, None, date(2026, 6, 1), national=national, hant=False)


def test_nor_is_such_a_county_printed(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "say_missing", lambda: False)
    shutil.copytree(SMALL / "national", project / "national")
    _footer(project, FILTER)
    done = CliRunner().invoke(group, ["print", str(project), "--county", "heping", "-o", str(tmp_path / "sheets")])
    assert (done.exit_code, "138******00" in done.stdout, "GK902" in done.stdout) == (1, True, True)
    assert not (tmp_path / "sheets").exists()


def test_links_to_the_data_of_items_are_no_dead_ones(project: Path, tmp_path: Path) -> None:
    _footer(project, "<footer></footer>\n")
    assert _both(project, tmp_path / "site") == ([], {"heping": State.PUBLISHED})


def _sheet(shown: str) -> bytes:
    """A sheet whose template composes the number."""
    pdf = typst.compile(f"#let figures = {shown}\n#figures".encode())
    assert isinstance(pdf, bytes)
    return pdf


def test_a_number_that_only_a_sheet_shows_is_found_on_its_page() -> None:
    sheet = {"print/ballot.pdf": _sheet('"00083100831".rev()')}
    found = find_numbers(sheet, "qingyuan", frozenset).faults
    assert [(rule.id, fault.place.file, fault.place.sheet) for rule, fault in found] == [
        ("GK902", "qingyuan/print/ballot.pdf", "第1页")
    ]
    assert "生成的文件上" in found[0][1].message
    assert find_numbers(sheet, "qingyuan", lambda: {MOBILE}).faults == ()


def test_sheets_are_looked_through_where_their_templates_are_the_projects_own(project: Path) -> None:
    files = {"print/ballot.pdf": _sheet('"00083100831".rev()')}
    for own, rules in ((False, []), (True, ["GK902"])):
        if own:
            (project / SHEETS).mkdir(parents=True)
        found = read_project(project, SMALL / "national")
        county = read_county(found, "heping")
        judged = judge(found, county, lay(found, county), date(2026, 6, 1)).with_files(files)
        assert [one.rule for one in judged if one.place.file.endswith(".pdf")] == rules


def test_a_mistake_in_a_template_is_found_by_a_check_too_and_hides_nothing(project: Path, tmp_path: Path) -> None:
    _footer(project, "<footer>{{ county.nothing }}</footer>\n")
    text = (project / "counties" / "heping" / "county.yaml").read_text("utf-8")
    answer = "允许:\n  - {规则: GK203, 理由: 不重复, 截止: 2027-06-30}\n"
    (project / "counties" / "heping" / "county.yaml").write_text(text + answer, encoding="utf-8")
    found, states = _both(project, tmp_path / "site")
    assert states == {"heping": State.HELD}
    assert [(one.rule, one.place.file.rpartition("/")[2]) for one in found if one.county] == [
        ("GK113", "county.yaml"),
        ("GK001", "footer.html"),
    ]


ANSWERS = "允许:\n  - {{规则: GK902, 只限: {only}, 理由: 序列号, 截止: {until}}}\n"


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("", ["GK902"]),
        (ANSWERS.format(only='"138******00"', until="2026-06-01"), []),
        (ANSWERS.format(only="templates/_parts/footer.html", until="2026-06-01"), ["GK902"]),
        (ANSWERS.format(only='"139******00"', until="2026-06-01"), ["GK902"]),
        (ANSWERS.format(only='"138******00"', until="2026-05-31"), ["GK112", "GK902"]),
        ("允许:\n  - {规则: GK902}\n", ["GK111", "GK902"]),
        ("允许:\n  - {规则: GK999, 理由: 序列号, 截止: 2027-06-30}\n", ["GK114", "GK902"]),
        ("允许:\n  - {规则: GK901, 理由: 序列号, 截止: 2027-06-30}\n", ["GK115", "GK902"]),
        ("允许: [\n", ["GK001", "GK902"]),
        ("允许了: []\n", ["GK101", "GK902"]),
    ],
)
def test_what_counties_share_is_answered_for_by_the_project(answer: str, left: list[str], tmp_path: Path) -> None:
    (tmp_path / "counties").mkdir()
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "allowances.yaml").write_text(answer, encoding="utf-8")
    _footer(tmp_path, f"<footer>序列 {MOBILE}</footer>\n")
    found = check_project(read_project(tmp_path), date(2026, 6, 1))
    assert [one.rule for one in found] == left
    assert all("national/allowances.yaml" in one.hint for one in found if one.rule == "GK902")
